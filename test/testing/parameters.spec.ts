import assert from "node:assert/strict";
import { openGitLab, read, send } from "./support.js";

const create = "POST /user/runners";

describe("stand-in GitLab: §1.1 parameters and bodies", () => {
  it("§1.1 takes JSON, forms, multipart and the query string", async () => {
    const gitlab = await openGitLab();
    const values = { runner_type: "instance_type", description: "same", paused: "true", maximum_timeout: "700" };
    const query = new URLSearchParams({ ...values, tag_list: "a,b" });
    const form = new URLSearchParams([...Object.entries(values), ["tag_list[]", "a"], ["tag_list[]", "b"]]);
    const multipart = new FormData();
    for (const [name, value] of form) multipart.append(name, value);
    await send(gitlab, create, { json: { ...values, paused: true, maximum_timeout: 700, tag_list: ["a", "b"] } });
    await send(gitlab, create, { form });
    await fetch(`${gitlab.url}/api/v4/user/runners`, {
      method: "POST",
      headers: { "PRIVATE-TOKEN": gitlab.token },
      body: multipart,
    });
    await send(gitlab, `${create}?${query}`);
    assert.equal(gitlab.runners.size, 4);
    for (const runner of gitlab.runners) {
      const { description, paused, maximumTimeout, tagList } = runner;
      assert.deepEqual([description, paused, maximumTimeout, tagList], ["same", true, 700, ["a", "b"]]);
    }
  });

  it("§1.1 a DELETE may carry its token in the query or in the body", async () => {
    const gitlab = await openGitLab();
    const one = gitlab.createRunner({ runnerType: "instance_type" });
    const two = gitlab.createRunner({ runnerType: "instance_type" });
    const three = gitlab.createRunner({ runnerType: "instance_type" });
    assert.equal((await send(gitlab, `DELETE /runners?token=${one.token}`, { token: null })).status, 204);
    assert.equal((await send(gitlab, "DELETE /runners", { token: null, form: { token: two.token } })).status, 204);
    assert.equal((await send(gitlab, "DELETE /runners", { token: null, json: { token: three.token } })).status, 204);
  });

  it("nested names of a form become objects", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    const form = { token, system_id: "s_1", "info[version]": "18.0.0", "info[platform]": "linux" };
    assert.equal((await send(gitlab, "POST /runners/verify", { token: null, form })).status, 200);
    assert.equal(gitlab.runners.get(1).managers[0]?.version, "18.0.0");
  });

  it("§10.17 JSON that is no object, and no body at all, hold no parameters", async () => {
    const gitlab = await openGitLab();
    const error = "runner_type is missing, runner_type does not have a valid value";
    for (const json of [null, [], "text", 5]) {
      const answer = await send(gitlab, create, { json });
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { error });
    }
    assert.deepEqual((await send(gitlab, create)).body, { error });
  });

  it("JSON without a content type is read as JSON; broken JSON is 400; other types are 415", async () => {
    const gitlab = await openGitLab();
    const post = async (body: string, contentType?: string) => {
      const headers = { "PRIVATE-TOKEN": gitlab.token, ...(contentType ? { "content-type": contentType } : {}) };
      const bytes = new TextEncoder().encode(body);
      return read(await fetch(`${gitlab.url}/api/v4/user/runners`, { method: "POST", headers, body: bytes }));
    };
    assert.equal((await post('{"runner_type":"instance_type"}')).status, 201);
    assert.equal((await post('{"runner_type":"instance_type"}', "application/json; charset=utf-8")).status, 201);
    const broken = await post('{"runner_type":', "application/json");
    assert.equal(broken.status, 400);
    assert.match(String(broken.body.error), /message body does not match declared format/);
    assert.equal((await post("no parts", "multipart/form-data; boundary=x")).status, 400);
    const plain = await post("hello", "text/plain");
    assert.equal(plain.status, 415);
    assert.deepEqual(plain.body, { error: "The provided content-type 'text/plain' is not supported." });
  });

  const spellings: [unknown, boolean | string][] = [
    [true, true],
    ["true", true],
    ["1", true],
    [1, true],
    ["on", true],
    [false, false],
    ["false", false],
    ["0", false],
    [0, false],
    ["", false],
    [null, false],
    ["perhaps", "paused is invalid"],
    [{}, "paused is invalid"],
    [2, "paused is invalid"],
  ];
  for (const [sent, expected] of spellings) {
    it(`reads the flag ${JSON.stringify(sent)} as ${expected}`, async () => {
      const gitlab = await openGitLab();
      const answer = await send(gitlab, create, { json: { runner_type: "instance_type", paused: sent } });
      if (typeof expected === "string") assert.deepEqual(answer.body, { error: expected });
      else assert.equal(gitlab.runners.get(1).paused, expected);
    });
  }

  const numbers: [unknown, number | null | string][] = [
    [600, 600],
    ["600", 600],
    ["", null],
    [null, null],
    [600.5, "maximum_timeout is invalid"],
    ["600s", "maximum_timeout is invalid"],
    [[600], "maximum_timeout is invalid"],
  ];
  for (const [sent, expected] of numbers) {
    it(`reads the number ${JSON.stringify(sent)} as ${expected}`, async () => {
      const gitlab = await openGitLab();
      const answer = await send(gitlab, create, { json: { runner_type: "instance_type", maximum_timeout: sent } });
      if (typeof expected === "string") assert.deepEqual(answer.body, { error: expected });
      else assert.equal(gitlab.runners.get(1).maximumTimeout, expected);
    });
  }

  it("numbers count as their text, lists and objects are no text", async () => {
    const gitlab = await openGitLab();
    await send(gitlab, create, { json: { runner_type: "instance_type", description: 12 } });
    assert.equal(gitlab.runners.get(1).description, "12");
    const answer = await send(gitlab, create, { json: { runner_type: "instance_type", description: ["a"] } });
    assert.deepEqual(answer.body, { error: "description is invalid" });
  });

  it("the names of built-in properties are no parameters", async () => {
    const gitlab = await openGitLab();
    const answer = await send(gitlab, create, { form: { __proto__: "x", constructor: "y", "__proto__[z]": "1" } });
    assert.equal(answer.status, 400);
    assert.equal(({} as Record<string, unknown>).z, undefined);
  });
});
