import assert from "node:assert/strict";
import { normalizeAddress } from "../provider/address.js";

describe("normalizeAddress", () => {
  const same = "https://gitlab.example.com";
  for (const text of [
    same,
    `${same}/`,
    `${same}//`,
    `${same}/ci`,
    `${same}/api/v4`,
    `${same}/api/v4/`,
    `${same}:443`,
    `HTTPS://GitLab.Example.COM`,
    ` ${same} `,
  ]) {
    it(`seed row 8: takes ${JSON.stringify(text)} for ${same}`, () => assert.equal(normalizeAddress(text), same));
  }

  it("keeps a port and the folder below which GitLab lives", () => {
    assert.equal(normalizeAddress("http://localhost:8080/gitlab/api/v4/"), "http://localhost:8080/gitlab");
    assert.equal(normalizeAddress("https://example.com/devops/ci/ci"), "https://example.com/devops");
  });

  const refused: [string, RegExp][] = [
    ["gitlab.example.com", /write it like/],
    ["ftp://gitlab.example.com", /must begin with https/],
    ["https://user:pw@gitlab.example.com", /must not carry a user name or password/],
    ["https://gitlab.example.com/?a=1", /must not carry a query/],
    ["", /write it like/],
  ];
  for (const [text, message] of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      const result = normalizeAddress(text);
      assert.match(typeof result === "string" ? "" : result.problem, message);
    });
  }
});
