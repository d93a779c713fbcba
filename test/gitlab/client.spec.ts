import assert from "node:assert/strict";
import nock from "nock";
import { GitLabCallError } from "../../provider/errors.js";
import { GitLabClient } from "../../provider/gitlab/client.js";
import { createRunner, deleteRunner, getRunner, updateRunner } from "../../provider/gitlab/runners.js";

const ADDRESS = "https://gitlab.example.com";
const TOKEN = "glpat-canary-token";
const RUNNER = { id: 77, paused: false, access_level: "not_protected", run_untagged: true, tag_list: [] };

// Importing nock puts it between every test of this process and its sockets.
nock.restore();

function catchCalls(): void {
  nock.activate();
  nock.disableNetConnect();
}

function letGo(): void {
  nock.cleanAll();
  nock.enableNetConnect();
  nock.restore();
}

const RUNNER_77 = { id: "77", secrets: [] };

/** Replies to odd calls come from nock, one by one; an unexpected call fails. */
function gitlab(): nock.Scope {
  return nock(ADDRESS, { reqheaders: { authorization: `Bearer ${TOKEN}` } });
}

function client(address = ADDRESS): GitLabClient {
  return new GitLabClient({ address, token: TOKEN });
}

async function failureOf(call: Promise<unknown>): Promise<GitLabCallError> {
  const error = await call.then(
    () => assert.fail("the call went well"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof GitLabCallError, String(error));
  assert.ok(!error.message.includes(TOKEN), "the message shows the token");
  assert.ok(!JSON.stringify(error).includes(TOKEN), "the error carries the token");
  return error;
}

describe("GitLab's replies", () => {
  before(catchCalls);
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    assert.deepEqual(pending, [], "expected calls that never came");
  });
  after(letGo);

  const refusals: [string, number, object | string, RegExp][] = [
    [
      "unknown token",
      401,
      { message: "401 Unauthorized" },
      /answered 401: 401 Unauthorized\. GitLab does not accept the token/,
    ],
    [
      "expired token",
      401,
      { error: "invalid_token", error_description: "Token is expired." },
      /invalid_token: Token is expired/,
    ],
    [
      "missing scope",
      403,
      { error: "insufficient_scope", error_description: "The request requires higher privileges", scope: "api" },
      /lacks the scope manage_runner/,
    ],
    [
      "missing role",
      403,
      { message: "403 Forbidden - No access granted" },
      /an Owner of the runner's group, or a Maintainer/,
    ],
    [
      "model validation",
      400,
      { message: { tags_list: ["Too many tags"], maximum_timeout: ["needs to be at least 10 minutes"] } },
      /tags_list Too many tags, maximum_timeout needs to be/,
    ],
    [
      "parameter validation",
      400,
      { error: "access_level does not have a valid value" },
      /access_level does not have a valid value/,
    ],
  ];
  for (const [what, status, body, message] of refusals) {
    it(`explains a refusal for ${what} with GitLab's words and the next step`, async () => {
      gitlab().put("/api/v4/runners/77").reply(status, body);
      const error = await failureOf(updateRunner(client(), RUNNER_77, { paused: true }));
      assert.match(error.message, /^PUT \/api\/v4\/runners\/77 at https:\/\/gitlab\.example\.com/);
      assert.match(error.message, message);
    });
  }

  it("takes a 404 for gone only in GitLab's own form", async () => {
    for (const [body, isGone] of [
      [{ message: "404 Runner Not Found" }, true],
      [{ message: "404 Not found" }, true],
      [{ error: "404 Not Found" }, undefined],
      [{ message: "no Route matched with those values" }, undefined],
      [{ message: "Not Found" }, undefined],
      ["<html><title>Not here</title></html>", undefined],
    ] as const) {
      gitlab().get("/api/v4/runners/77").reply(404, body);
      const error = await failureOf(getRunner(client(), RUNNER_77));
      assert.equal(error.call.isGone, isGone, error.message);
    }
  });

  it("never follows a redirect, and names its target without its query", async () => {
    gitlab()
      .get("/api/v4/runners/77")
      .reply(302, "", { Location: "https://other.example.com/api/v4/runners/77?private_token=x" });
    const error = await failureOf(getRunner(client(), RUNNER_77));
    assert.match(
      error.message,
      /redirects to https:\/\/other\.example\.com\/api\/v4\/runners\/77\. Redirects are not followed/,
    );
    assert.ok(!error.message.includes("private_token"));
  });

  it("does not take a proxy's HTML page for a runner", async () => {
    gitlab()
      .get("/api/v4/runners/77")
      .reply(200, "<html><title>Sign in</title></html>", { "Content-Type": "text/html" });
    assert.match(
      (await failureOf(getRunner(client(), RUNNER_77))).message,
      /text\/html instead of JSON.*Sign in.*not GitLab's API/,
    );
  });

  it("says that a runner may exist when a creation is answered by something else", async () => {
    gitlab().post("/api/v4/user/runners").reply(201, { surprise: true });
    const error = await failureOf(createRunner(client(), { runner_type: "instance_type" }));
    assert.match(error.message, /may have created the runner all the same/);
    assert.equal(error.call.mayHaveHappened, true);
  });

  it("does not repeat a secret that GitLab echoes", async () => {
    gitlab()
      .put("/api/v4/runners/77")
      .reply(400, { message: { description: ["canary-input is too long", TOKEN] } });
    const error = await failureOf(updateRunner(client(), { id: "77", secrets: ["canary-input"] }, { paused: true }));
    assert.match(error.message, /description \[secret\] is too long; \[secret\]/);
  });
});

describe("retries", () => {
  before(catchCalls);
  after(letGo);

  for (const status of [429, 500, 502, 503, 504]) {
    it(`repeats a GET after ${status}`, async () => {
      gitlab().get("/api/v4/runners/77").reply(status, "", { "Retry-After": "0" });
      gitlab().get("/api/v4/runners/77").reply(200, RUNNER);
      assert.equal((await getRunner(client(), RUNNER_77)).id, 77);
    });
  }

  it("repeats a DELETE whose answer was lost", async () => {
    gitlab()
      .delete("/api/v4/runners/77")
      .replyWithError(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));
    gitlab().delete("/api/v4/runners/77").reply(404, { message: "404 Runner Not Found" });
    assert.equal((await failureOf(deleteRunner(client(), RUNNER_77))).call.isGone, true);
  });

  it("repeats a POST only where GitLab refused it for its rate: text or JSON", async () => {
    gitlab()
      .post("/api/v4/user/runners")
      .reply(429, "Retry later", { "Content-Type": "text/plain", "Retry-After": "0" });
    gitlab().post("/api/v4/user/runners").reply(201, { id: 5, token: "glrt-x", token_expires_at: null });
    assert.equal((await createRunner(client(), { runner_type: "instance_type" })).id, 5);
  });

  it("never repeats a POST that may have been carried out", async () => {
    for (const status of [500, 502, 503, 504]) {
      gitlab().post("/api/v4/user/runners").reply(status, "");
      const error = await failureOf(createRunner(client(), { runner_type: "instance_type" }));
      assert.equal(error.call.mayHaveHappened, true);
    }
    gitlab()
      .post("/api/v4/user/runners")
      .replyWithError(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));
    assert.equal(
      (await failureOf(createRunner(client(), { runner_type: "instance_type" }))).call.mayHaveHappened,
      true,
    );
  });

  it("gives up when GitLab asks for a longer pause than anybody waits, and tells it", async () => {
    const later = { "RateLimit-ResetTime": "Wed, 01 Jan 2025 01:00:00 GMT", Date: "Wed, 01 Jan 2025 00:00:00 GMT" };
    for (const headers of [{ "Retry-After": "3600" }, later]) {
      gitlab().get("/api/v4/runners/77").reply(429, "Retry later", headers);
      const { call, message } = await failureOf(getRunner(client(), RUNNER_77));
      assert.equal(call.status, 429);
      assert.match(message, /Retry later\. GitLab limits the rate of requests: try again in 3600 s, or ask/);
    }
  });

  it("waits as long as Retry-After says", async () => {
    gitlab().get("/api/v4/runners/77").reply(429, "", { "Retry-After": "1" });
    gitlab().get("/api/v4/runners/77").reply(200, RUNNER);
    const start = Date.now();
    await getRunner(client(), RUNNER_77);
    assert.ok(Date.now() - start >= 950, `waited ${Date.now() - start} ms`);
  });
});
