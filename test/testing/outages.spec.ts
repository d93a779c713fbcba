import assert from "node:assert/strict";
import { gitlabComLimits } from "../../provider/testing/index.js";
import { openGitLab, personWith, send } from "./support.js";

describe("stand-in GitLab: §1.6 rate limits, maintenance, migrations", () => {
  it("§1.6 the limit per user is off at first; above it 429 as plain text with the RateLimit headers", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:10Z");
    gitlab.settings.authenticatedThrottle = { requests: 2, periodSeconds: 60 };
    const first = await send(gitlab, "GET /runners");
    assert.equal(first.status, 200);
    assert.equal(first.headers.get("ratelimit-remaining"), "1");
    assert.equal((await send(gitlab, "GET /runners")).status, 200);
    const limited = await send(gitlab, "GET /runners");
    assert.equal(limited.status, 429);
    assert.equal(limited.text, "Retry later\n");
    assert.match(limited.headers.get("content-type") ?? "", /^text\/plain/);
    const names = ["limit", "name", "observed", "remaining", "reset", "resettime"];
    assert.deepEqual(
      names.map((name) => limited.headers.get(`ratelimit-${name}`)),
      ["2", "throttle_authenticated_api", "3", "0", "1893456060", "Tue, 01 Jan 2030 00:01:00 GMT"],
    );
    assert.equal(limited.headers.get("retry-after"), "50");

    assert.equal((await send(gitlab, "GET /runners", { token: personWith(gitlab) })).status, 200);
    gitlab.clock.advance({ seconds: 50 });
    assert.equal((await send(gitlab, "GET /runners")).status, 200);
  });

  it("§1.6 RateLimit-Limit is told per minute", async () => {
    const gitlab = await openGitLab({ settings: { authenticatedThrottle: { requests: 7200, periodSeconds: 3600 } } });
    assert.equal((await send(gitlab, "GET /runners")).headers.get("ratelimit-limit"), "120");
  });

  it("§1.6 the limit per address counts requests without a good token, and no others", async () => {
    const gitlab = await openGitLab({ settings: { unauthenticatedThrottle: { requests: 2, periodSeconds: 3600 } } });
    gitlab.clock.stop("2030-01-01T00:30:00Z");
    for (const status of [401, 401, 429]) {
      const answer = await send(gitlab, "GET /runners", { token: "glpat-fake" });
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get("ratelimit-name"), status === 429 ? "throttle_unauthenticated_api" : null);
    }
    assert.equal((await send(gitlab, "GET /runners", { token: null })).headers.get("retry-after"), "1800");
    const known = await send(gitlab, "GET /runners");
    assert.deepEqual([known.status, known.headers.get("ratelimit-name")], [200, null]);
  });

  it("§1.6 a request with a good runner token is not counted as unauthenticated, one with a wrong token is", async () => {
    const gitlab = await openGitLab({ settings: { unauthenticatedThrottle: { requests: 1, periodSeconds: 3600 } } });
    gitlab.clock.stop();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    const verify = async (value: string) =>
      (await send(gitlab, "POST /runners/verify", { token: null, json: { token: value } })).status;
    for (let round = 0; round < 3; round += 1) assert.equal(await verify(token), 200);
    assert.equal(await verify("wrong"), 403);
    assert.equal(await verify("wrong"), 429);
    assert.equal(await verify(token), 200);
    assert.equal((await send(gitlab, "GET /runners")).status, 200);
    assert.equal((await send(gitlab, "GET /runners", { token: null })).status, 429);
  });

  it("§1.6 POST /jobs/request has a limit of its own, 429 as JSON with Retry-After 60", async () => {
    const gitlab = await openGitLab({ settings: { runnerJobsRequestApiLimit: 2 } });
    gitlab.clock.stop();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    const ask = () => send(gitlab, "POST /jobs/request", { token: null, json: { token } });
    assert.deepEqual([(await ask()).status, (await ask()).status], [204, 204]);
    const limited = await ask();
    assert.equal(limited.status, 429);
    assert.deepEqual(limited.body, {
      message: { error: "This endpoint has been requested too many times. Try again later." },
    });
    assert.equal(limited.headers.get("retry-after"), "60");
    gitlab.settings.runnerJobsRequestApiLimit = 0;
    assert.equal((await ask()).status, 204);
  });

  it("§1.6 a limit of all requests from one address, with whichever token; above it 429 as plain text", async () => {
    const gitlab = await openGitLab({ settings: { addressThrottle: { requests: 3, periodSeconds: 60 } } });
    gitlab.clock.stop("2030-01-01T00:00:40Z");
    for (const [token, status] of [
      [gitlab.token, 200],
      [personWith(gitlab), 200],
      [null, 401],
    ] as const) {
      assert.equal((await send(gitlab, "GET /user", { token })).status, status);
    }
    const limited = await send(gitlab, "GET /user", { token: personWith(gitlab) });
    assert.deepEqual([limited.status, limited.text, limited.headers.get("retry-after")], [429, "Retry later\n", "20"]);
    assert.match(limited.headers.get("content-type") ?? "", /^text\/plain/);
    const graphql = await fetch(`${gitlab.url}/api/graphql`, { method: "POST", body: "{}" });
    assert.equal(graphql.status, 429);
    gitlab.clock.advance({ seconds: 20 });
    assert.equal((await send(gitlab, "GET /user")).status, 200);
  });

  it("§1.6 GitLab.com: 2,000 a minute for a user, 500 for an address without one", () => {
    assert.deepEqual(gitlabComLimits, {
      authenticatedThrottle: { requests: 2000, periodSeconds: 60 },
      unauthenticatedThrottle: { requests: 500, periodSeconds: 60 },
      addressThrottle: { requests: 2000, periodSeconds: 60 },
      runnerJobsRequestApiLimit: 2000,
      jobsRequestAddressThrottle: { requests: 2400, periodSeconds: 60 },
    });
  });

  it("§1.6 a limit of requests for jobs for each token at each address, beside that of the token", async () => {
    const gitlab = await openGitLab({ settings: { jobsRequestAddressThrottle: { requests: 2, periodSeconds: 60 } } });
    gitlab.clock.stop("2030-01-01T00:00:10Z");
    const runners = [1, 2].map(() => gitlab.createRunner({ runnerType: "instance_type" }));
    const ask = (token = "") => send(gitlab, "POST /jobs/request", { token: null, json: { token } });
    const [one, other] = runners.map(({ token }) => token);
    assert.deepEqual([(await ask(one)).status, (await ask(one)).status], [204, 204]);
    const limited = await ask(one);
    assert.deepEqual([limited.status, limited.text, limited.headers.get("retry-after")], [429, "Retry later\n", "50"]);
    assert.equal((await ask(other)).status, 204);
    gitlab.clock.advance({ seconds: 50 });
    assert.equal((await ask(one)).status, 204);
  });

  it("§1.6 in Maintenance Mode reading works and writing is 503", async () => {
    const gitlab = await openGitLab({ settings: { maintenanceMode: true } });
    assert.equal((await send(gitlab, "GET /runners")).status, 200);
    for (const request of ["POST /user/runners", "PUT /runners/1", "DELETE /runners/1", "POST /runners/verify"]) {
      const answer = await send(gitlab, request, { json: {} });
      assert.equal(answer.status, 503);
      assert.deepEqual(answer.body, { message: "GitLab Maintenance: system is in maintenance mode" });
    }
  });

  it("§1.6 on a read-only instance writing is 403", async () => {
    const gitlab = await openGitLab({ settings: { readOnly: true } });
    assert.equal((await send(gitlab, "GET /runners")).status, 200);
    const answer = await send(gitlab, "POST /user/runners", { json: { runner_type: "instance_type" } });
    assert.equal(answer.status, 403);
    assert.deepEqual(answer.body, { message: "You cannot perform write operations on a read-only instance" });
  });

  it("§1.6 while the database migrates, what runners ask is 429; what users ask works", async () => {
    const gitlab = await openGitLab({ settings: { migrationBackoff: true } });
    gitlab.createRunner({ runnerType: "instance_type" });
    const requests = [
      "POST /runners",
      "DELETE /runners",
      "POST /runners/verify",
      "DELETE /runners/managers",
      "POST /runners/reset_authentication_token",
      "POST /jobs/request",
      "GET /runners/router/discovery",
    ];
    for (const request of requests) {
      const answer = await send(gitlab, request, { token: null });
      assert.equal(answer.status, 429, request);
      assert.deepEqual(answer.body, { message: "Executing database migrations. Please retry later." });
      assert.equal(answer.headers.get("retry-after"), "60");
    }
    assert.equal((await send(gitlab, "GET /runners/1")).status, 200);
  });
});
