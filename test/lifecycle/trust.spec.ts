import assert from "node:assert/strict";
import { InvalidInputError } from "../../provider/errors.js";
import { findSettings } from "../../provider/lifecycle/settings.js";

type Words = Record<string, string>;

const ENVIRONMENT = { GITLAB_BASE_URL: "https://env.example.com", GITLAB_TOKEN: "env-token" };
const OWN = {
  "gitlab-runner-provider:baseUrl": "https://own.example.com",
  "gitlab-runner-provider:token": "own-token",
};

function trustOf(config: Words, environment: Words = ENVIRONMENT) {
  return findSettings(environment, { get: (key) => config[key] }).tls;
}

describe("whom to trust", () => {
  it("is nobody's business where nothing says anything", () => {
    assert.equal(trustOf({}), undefined);
    assert.equal(trustOf({ "gitlab:insecure": "" }, { ...ENVIRONMENT, GITLAB_CACERT_FILE: "" }), undefined);
  });

  const rows: [string, Words, Words, object][] = [
    [
      "the environment",
      { "gitlab-runner:cacertFile": "/stack.pem" },
      { GITLAB_CACERT_FILE: "/ca.pem", GITLAB_CLIENT_CERT: "/c.pem", GITLAB_CLIENT_KEY: "/k.pem" },
      { cacertFile: "/ca.pem", clientCert: "/c.pem", clientKey: "/k.pem", insecure: false, origin: "the environment" },
    ],
    [
      "stack config, before pulumi-gitlab's",
      { "gitlab-runner:cacertFile": "/stack.pem", "gitlab:cacertFile": "/peer.pem", "gitlab:insecure": "true" },
      {},
      { cacertFile: "/stack.pem", insecure: false, origin: "stack config, gitlab-runner:…" },
    ],
    ["pulumi-gitlab's config", { "gitlab:insecure": "true" }, {}, { insecure: true, origin: "stack config, gitlab:…" }],
    [
      "a Provider that names no GitLab",
      { "gitlab-runner-provider:cacertFile": "/own.pem" },
      { GITLAB_CACERT_FILE: "/ca.pem" },
      { cacertFile: "/own.pem", insecure: false, origin: "the Provider's arguments" },
    ],
  ];
  for (const [place, config, environment, expected] of rows) {
    it(`is told by ${place}, and by no second place`, () => {
      assert.deepEqual(trustOf(config, { ...ENVIRONMENT, ...environment }), expected);
    });
  }

  it("is a Provider's own affair where it names its GitLab: somebody else's insecure does not reach it", () => {
    assert.equal(trustOf({ ...OWN, "gitlab-runner:insecure": "true" }, { GITLAB_INSECURE: "true" }), undefined);
    const { insecure } = trustOf({ ...OWN, "gitlab-runner-provider:insecure": "true" }, {}) ?? {};
    assert.equal(insecure, true);
  });

  it("is refused with everything that is wrong, by argument and place", () => {
    assert.throws(
      () => trustOf({ "gitlab-runner:clientCert": "/canary.pem", "gitlab-runner:insecure": "canary" }),
      (error: Error) => {
        assert.ok(error instanceof InvalidInputError);
        assert.match(error.message, /^clientKey: is missing.*\(from stack config, gitlab-runner:…\)$/m);
        assert.match(error.message, /^insecure: must be true or false/m);
        assert.ok(!error.message.includes("canary"));
        return true;
      },
    );
    assert.throws(
      () => trustOf({}, { ...ENVIRONMENT, GITLAB_CLIENT_KEY: "/k" }),
      /^InvalidInputError: clientCert: is missing/,
    );
  });
});
