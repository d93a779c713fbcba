import assert from "node:assert/strict";
import { openGitLab, send } from "./support.js";

const verify = "POST /runners/verify";

describe("stand-in GitLab: §6 what runners ask with their own token", () => {
  it("§6 POST /runners/verify answers 200 with id, the token and its expiry", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    const answer = await send(gitlab, verify, { token: null, json: { token, system_id: "s_1" } });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { id: 1, token, token_expires_at: null });
  });

  it("§6 takes verify and unregister as gitlab-runner 19 sends them", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    const headers = {
      accept: "application/json",
      "runner-token": token,
      "user-agent": "gitlab-runner 19.4.0 (19-4-stable; go1.26.8; linux/amd64)",
      "x-request-id": "0123456789abcdef0123456789abcdef",
    };
    const features = { variables: true, image: false, native_steps_integration: true };
    const info = {
      name: "gitlab-runner",
      version: "19.4.0",
      revision: "d79f3e7b",
      platform: "linux",
      architecture: "amd64",
      executor: "shell",
      shell: "bash",
      features,
      config: { gpus: "" },
    };
    const json = { info, token, system_id: "s_0123456789ab" };
    const verified = await send(gitlab, verify, { token: null, headers, json });
    assert.equal(verified.status, 200);
    assert.equal(verified.headers.get("content-type"), "application/json");
    assert.equal((await send(gitlab, "GET /runners/1")).body.version, "19.4.0");
    const gone = { token, system_id: "s_0123456789ab" };
    const removed = await send(gitlab, "DELETE /runners/managers", { token: null, headers, json: gone });
    assert.equal(removed.status, 204);
    assert.deepEqual(gitlab.runners.get(1).managers, []);
  });

  it("§6 verify sets the contact and makes one manager per system_id", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    for (const system_id of ["s_1", "s_2", "s_1"])
      await send(gitlab, verify, { token: null, json: { token, system_id } });
    const runner = gitlab.runners.get(1);
    assert.deepEqual(
      runner.managers.map((manager) => manager.systemId),
      ["s_1", "s_2"],
    );
    assert.equal(runner.contactedAt?.toISOString(), "2030-01-01T00:00:00.000Z");
    assert.equal((await send(gitlab, "GET /runners/1")).body.status, "online");
  });

  it("§10.14 verify without a system_id makes the manager <legacy>", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    await send(gitlab, verify, { token: null, json: { token } });
    await send(gitlab, verify, { token: null, json: { token } });
    assert.deepEqual(
      gitlab.runners.get(1).managers.map((manager) => manager.systemId),
      ["<legacy>"],
    );
  });

  it("§6 a system_id above 64 characters is more than the database takes", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    const ask = (length: number) =>
      send(gitlab, verify, { token: null, json: { token, system_id: "s".repeat(length) } });
    assert.equal((await ask(64)).status, 200);
    assert.equal((await ask(65)).status, 500);
  });

  it("§6 all of them: no token is 400, a wrong or expired one 403, never 401 or 404", async () => {
    const gitlab = await openGitLab({ settings: { runnerTokenExpirationInterval: 7200 } });
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.clock.advance({ hours: 2, milliseconds: -1 });
    assert.equal((await send(gitlab, verify, { token: null, json: { token } })).status, 200);
    gitlab.clock.advance({ milliseconds: 1 });
    const requests = [verify, "DELETE /runners", "POST /runners/reset_authentication_token", "POST /jobs/request"];
    for (const request of requests) {
      const empty = await send(gitlab, request, { token: null, json: {} });
      assert.equal(empty.status, 400);
      assert.deepEqual(empty.body, { error: "token is missing" });
      for (const wrong of ["glrt-wrong", "", null, token]) {
        const answer = await send(gitlab, request, { token: null, json: { token: wrong } });
        assert.equal(answer.status, 403, request);
        assert.deepEqual(answer.body, { message: "403 Forbidden" });
      }
    }
  });

  it("§6 DELETE /runners answers 204 and deletes the whole runner, for all machines", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    for (const system_id of ["s_1", "s_2"]) await send(gitlab, verify, { token: null, json: { token, system_id } });
    const outdated = await send(gitlab, "DELETE /runners", {
      token: null,
      json: { token },
      headers: { "If-Unmodified-Since": new Date(0).toUTCString() },
    });
    assert.equal(outdated.status, 412);
    const answer = await send(gitlab, "DELETE /runners", { token: null, json: { token } });
    assert.equal(answer.status, 204);
    assert.equal(answer.text, "");
    assert.equal(gitlab.runners.size, 0);
    assert.equal((await send(gitlab, "DELETE /runners", { token: null, json: { token } })).status, 403);
  });

  it("§6 DELETE /runners/managers removes one machine", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    for (const system_id of ["s_1", "s_2"]) await send(gitlab, verify, { token: null, json: { token, system_id } });
    const remove = (json: unknown) => send(gitlab, "DELETE /runners/managers", { token: null, json });
    assert.equal((await remove({ token, system_id: "s_1" })).status, 204);
    assert.deepEqual(
      gitlab.runners.get(1).managers.map((manager) => manager.systemId),
      ["s_2"],
    );
    const unknown = await remove({ token, system_id: "s_1" });
    assert.equal(unknown.status, 404);
    assert.deepEqual(unknown.body, { message: "404 Runner manager not found Not Found" });
    assert.deepEqual((await remove({ token })).body, { error: "system_id is missing" });
    assert.deepEqual((await remove({})).body, { error: "token is missing, system_id is missing" });
    assert.equal((await remove({ token: "wrong", system_id: "s_2" })).status, 403);
  });

  for (const [version, forgets] of [
    ["18.5.1-ee", true],
    ["19.2.0-ee", false],
  ] as const) {
    it(`§6 removing the last manager ${forgets ? "clears" : "keeps"} the contact in ${version}`, async () => {
      const gitlab = await openGitLab({ settings: { version } });
      const { token } = gitlab.createRunner({ runnerType: "instance_type" });
      await send(gitlab, verify, { token: null, json: { token, system_id: "s_1" } });
      await send(gitlab, "DELETE /runners/managers", { token: null, json: { token, system_id: "s_1" } });
      assert.equal(gitlab.runners.get(1).contactedAt === null, forgets);
    });
  }

  it("§6 POST /jobs/request answers 204 with X-GitLab-Last-Update, also when the runner is paused", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    const ask = () =>
      send(gitlab, "POST /jobs/request", {
        token: null,
        json: { token, system_id: "s_1", last_update: "", info: { version: "18.0.0" }, session: {} },
      });
    const first = await ask();
    assert.equal(first.status, 204);
    assert.equal(first.text, "");
    const value = first.headers.get("x-gitlab-last-update");
    assert.ok(value);
    assert.equal((await ask()).headers.get("x-gitlab-last-update"), value);
    gitlab.clock.advance({ seconds: 1 });
    await send(gitlab, "PUT /runners/1", { json: { paused: true } });
    const paused = await ask();
    assert.equal(paused.status, 204);
    assert.notEqual(paused.headers.get("x-gitlab-last-update"), value);
    assert.equal(gitlab.runners.get(1).managers[0]?.version, "18.0.0");
  });

  it("§6 an orphaned runner is 422", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId] });
    gitlab.projects.remove(gitlab.projectId);
    for (const request of [verify, "POST /jobs/request"]) {
      const answer = await send(gitlab, request, { token: null, json: { token } });
      assert.equal(answer.status, 422);
      assert.deepEqual(answer.body, { message: "Runner is orphaned" });
    }
  });

  it("§6 GET /runners/router/discovery: 501 by default, else the address; 403 for a wrong token", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    const ask = (runnerToken?: string) =>
      send(gitlab, "GET /runners/router/discovery", {
        token: null,
        headers: runnerToken ? { "Runner-Token": runnerToken } : {},
      });
    const off = await ask(token);
    assert.equal(off.status, 501);
    assert.deepEqual(off.body, { message: "Job Router is not available. Please contact your administrator." });
    gitlab.settings.jobRouterUrl = "wss://kas.example.com";
    assert.deepEqual((await ask(token)).body, { server_url: "wss://kas.example.com" });
    assert.equal((await ask("wrong")).status, 403);
    assert.equal((await ask()).status, 403);
  });

  it("§1.1 the header Runner-Token counts for the discovery of the job router only", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    const headers = { "Runner-Token": token };
    for (const request of ["POST /runners/verify", "DELETE /runners", "POST /jobs/request"]) {
      const answer = await send(gitlab, request, { token: null, headers });
      assert.deepEqual([answer.status, answer.body], [400, { error: "token is missing" }], request);
    }
    assert.equal((await send(gitlab, "GET /runners/1", { token: null, headers })).status, 401);
    assert.equal((await send(gitlab, "GET /runners/router/discovery", { token: null, headers })).status, 501);
  });

  it("§1.1 a runner's token is no token of a user", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    assert.equal((await send(gitlab, "GET /runners/1", { token })).status, 401);
  });
});
