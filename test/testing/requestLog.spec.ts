import assert from "node:assert/strict";
import { openGitLab, send } from "./support.js";

describe("stand-in GitLab: the log of requests", () => {
  it("keeps method, path with query, headers, parsed body, status and time of every request in order", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    await send(gitlab, "GET /runners/all?per_page=5", { headers: { "User-Agent": "test" } });
    await send(gitlab, "POST /user/runners", { json: { runner_type: "instance_type", tag_list: ["a"] } });
    await send(gitlab, "POST /runners/verify", { token: null, form: { token: "x", "info[version]": "1" } });
    await send(gitlab, "DELETE /nowhere", { token: null });
    const [list, create, verify, nowhere] = gitlab.requests.list();
    assert.deepEqual(
      [list?.method, list?.path, list?.body, list?.status],
      ["GET", "/api/v4/runners/all?per_page=5", null, 200],
    );
    assert.equal(list?.headers["private-token"], gitlab.token);
    assert.equal(list?.headers["user-agent"], "test");
    assert.equal(list?.time.toISOString(), "2030-01-01T00:00:00.000Z");
    assert.deepEqual(create?.body, { runner_type: "instance_type", tag_list: ["a"] });
    assert.deepEqual([verify?.body, verify?.status], [{ token: "x", info: { version: "1" } }, 403]);
    assert.deepEqual([nowhere?.path, nowhere?.status, nowhere?.error], ["/api/v4/nowhere", 404, null]);
    assert.deepEqual(
      gitlab.requests.list().map(({ id }) => id),
      [1, 2, 3, 4],
    );
  });

  it("keeps a body that is no JSON as text", async () => {
    const gitlab = await openGitLab();
    await fetch(`${gitlab.url}/api/v4/runners`, {
      method: "POST",
      body: "{broken",
      headers: { "content-type": "application/json" },
    });
    assert.equal(gitlab.requests.last()?.body, "{broken");
  });

  it("lists, counts and finds by method, path, status or any test; and forgets", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    for (const id of [1, 2, 1]) await send(gitlab, `GET /runners/${id}`);
    await send(gitlab, "DELETE /runners/1");
    assert.equal(gitlab.requests.count(), 4);
    assert.equal(gitlab.requests.count({ method: "GET" }), 3);
    assert.equal(gitlab.requests.count({ path: "/runners/1" }), 3);
    assert.equal(gitlab.requests.count({ path: "/runners/*", status: 404 }), 1);
    assert.equal(
      gitlab.requests.count((request) => request.status === 204),
      1,
    );
    assert.equal(gitlab.requests.last({ method: "GET" })?.path, "/api/v4/runners/1");
    assert.equal(gitlab.requests.last({ method: "PUT" }), undefined);
    gitlab.requests.clear();
    assert.deepEqual(gitlab.requests.list(), []);
  });

  it("waits for a request that is to come, and gives one that was there at once", async () => {
    const gitlab = await openGitLab();
    const waiting = gitlab.requests.waitFor({ method: "GET", path: "/version" });
    await send(gitlab, "GET /runners");
    await send(gitlab, "GET /version");
    assert.equal((await waiting).path, "/api/v4/version");
    assert.equal((await gitlab.requests.waitFor({ path: "/runners" })).id, 1);
  });

  it("waits for the answer when a status is asked for", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ kind: "delay", delayMs: 30 });
    const arrived = gitlab.requests.waitFor({ path: "/version" });
    const answered = gitlab.requests.waitFor({ path: "/version", status: 200 });
    const pending = send(gitlab, "GET /version");
    assert.equal((await arrived).status, null);
    assert.equal((await answered).status, 200);
    await pending;
  });

  it("gives up waiting in time", async () => {
    const gitlab = await openGitLab();
    await assert.rejects(gitlab.requests.waitFor({ path: "/version" }, { timeoutMs: 20 }), /within 20 ms/);
  });

  it("keeps no more than its limit, the latest ones", async () => {
    const gitlab = await openGitLab({ requestLogLimit: 10 });
    for (let round = 0; round < 25; round += 1) await send(gitlab, "GET /runners");
    assert.ok(gitlab.requests.count() <= 11);
    assert.equal(gitlab.requests.last()?.id, 25);
  });
});
