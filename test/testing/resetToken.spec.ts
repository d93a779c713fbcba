import assert from "node:assert/strict";
import { openGitLab, personWith, send } from "./support.js";

const byId = "POST /runners/1/reset_authentication_token";
const byToken = "POST /runners/reset_authentication_token";
const verify = "POST /runners/verify";

describe("stand-in GitLab: §5.4 resetting tokens", () => {
  it("§5.4 by id answers 201 with token and expiry; the old token is dead at once", async () => {
    const gitlab = await openGitLab();
    const old = gitlab.createRunner({ runnerType: "instance_type" }).token;
    const answer = await send(gitlab, byId);
    assert.equal(answer.status, 201);
    assert.deepEqual(Object.keys(answer.body), ["token", "token_expires_at"]);
    assert.notEqual(answer.body.token, old);
    assert.equal(answer.body.token_expires_at, null);
    assert.equal((await send(gitlab, verify, { token: null, json: { token: old } })).status, 403);
    assert.equal((await send(gitlab, verify, { token: null, json: { token: answer.body.token } })).status, 200);
  });

  it("§10.17 accepts the JSON body null, which gitlab-runner sends", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    assert.equal((await send(gitlab, byId, { json: null })).status, 201);
  });

  it("§5.4 by id needs the right to change the runner", async () => {
    const gitlab = await openGitLab();
    const { groupId } = gitlab;
    gitlab.createRunner({ runnerType: "group_type", groupId });
    const refused = await send(gitlab, byId, { token: personWith(gitlab, { role: "maintainer", groupId }) });
    assert.equal(refused.status, 403);
    assert.deepEqual(refused.body, { message: "403 Forbidden - No access granted" });
    assert.equal((await send(gitlab, byId, { token: personWith(gitlab, { role: "owner", groupId }) })).status, 201);
    assert.equal((await send(gitlab, "POST /runners/9/reset_authentication_token")).status, 404);
  });

  it("§5.4 by token answers 201; without a token 400, with a wrong or used one 403", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    const answer = await send(gitlab, byToken, { token: null, json: { token } });
    assert.equal(answer.status, 201);
    assert.equal(answer.body.token, gitlab.runners.get(1).token);
    const again = await send(gitlab, byToken, { token: null, json: { token } });
    assert.equal(again.status, 403);
    assert.deepEqual(again.body, { message: "403 Forbidden" });
    const empty = await send(gitlab, byToken, { token: null });
    assert.equal(empty.status, 400);
    assert.deepEqual(empty.body, { error: "token is missing" });
  });

  it("§5.4 with an expired token only the reset by id works", async () => {
    const gitlab = await openGitLab({ settings: { runnerTokenExpirationInterval: 7200 } });
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.clock.advance({ hours: 2 });
    assert.equal((await send(gitlab, byToken, { token: null, json: { token } })).status, 403);
    assert.equal((await send(gitlab, byId)).status, 201);
    const fresh = gitlab.runners.get(1).token;
    assert.equal((await send(gitlab, verify, { token: null, json: { token: fresh } })).status, 200);
  });

  it("§5.4 expiry is computed anew from the settings, an explicit one is not carried over", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    const json = { runner_type: "instance_type", token_expires_at: "2030-01-02T00:00:00Z" };
    const created = await send(gitlab, "POST /user/runners", { json });
    assert.equal(created.body.token_expires_at, "2030-01-02T00:00:00.000Z");
    assert.equal((await send(gitlab, byId)).body.token_expires_at, null);
    gitlab.settings.runnerTokenExpirationInterval = 86_400;
    assert.equal((await send(gitlab, byId)).body.token_expires_at, "2030-01-02T00:00:00.000Z");
  });

  it("§5.4 past the rotation deadline both resets are refused with the key error", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    const json = {
      runner_type: "instance_type",
      token_expires_at: "2030-01-02T00:00:00Z",
      token_rotation_deadline: "2030-01-01T12:00:00Z",
    };
    const { token } = (await send(gitlab, "POST /user/runners", { json })).body;
    gitlab.clock.advance({ hours: 12 });
    for (const answer of [await send(gitlab, byId), await send(gitlab, byToken, { token: null, json: { token } })]) {
      assert.equal(answer.status, 403);
      assert.deepEqual(answer.body, { error: "Token rotation deadline has passed" });
    }
    assert.equal(gitlab.runners.get(1).token, token);
    gitlab.clock.advance({ seconds: -1 });
    assert.equal((await send(gitlab, byId)).status, 201);
    assert.equal(gitlab.runners.get(1).tokenRotationDeadline, null);
  });

  it("§3 with a deadline equal to the expiry there is no rotation at all", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    const end = "2030-01-02T00:00:00Z";
    const json = { runner_type: "instance_type", token_expires_at: end, token_rotation_deadline: end };
    const { token } = (await send(gitlab, "POST /user/runners", { json })).body;
    for (const answer of [await send(gitlab, byId), await send(gitlab, byToken, { token: null, json: { token } })]) {
      assert.deepEqual([answer.status, answer.body], [403, { error: "Token rotation deadline has passed" }]);
    }
    const verified = await send(gitlab, "POST /runners/verify", { token: null, json: { token } });
    assert.equal(verified.status, 200);
  });

  it("§5.4 registration tokens: 201 with just the token, which works for registering", async () => {
    const gitlab = await openGitLab();
    const places = [
      ["/runners", "instance_type"],
      [`/projects/${gitlab.projectId}/runners`, "project_type"],
      [`/groups/${gitlab.groupId}/runners`, "group_type"],
    ] as const;
    for (const [path, runnerType] of places) {
      const old = await send(gitlab, `POST ${path}/reset_registration_token`);
      const answer = await send(gitlab, `POST ${path}/reset_registration_token`);
      assert.equal(answer.status, 201);
      assert.deepEqual(Object.keys(answer.body), ["token"]);
      const register = (token: unknown) => send(gitlab, "POST /runners", { token: null, json: { token } });
      assert.equal((await register(old.body.token)).status, 403);
      const registered = await register(answer.body.token);
      assert.equal(registered.status, 201);
      assert.equal(gitlab.runners.get(Number(registered.body.id)).runnerType, runnerType);
    }
  });

  it("§5.4 registration tokens: who may reset them, and not while they are switched off", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const paths = ["/runners", `/projects/${projectId}/runners`, `/groups/${groupId}/runners`];
    const statuses = async (token: string | null) => {
      const answers = paths.map((path) => send(gitlab, `POST ${path}/reset_registration_token`, { token }));
      return (await Promise.all(answers)).map((answer) => answer.status);
    };
    assert.deepEqual(await statuses(null), [401, 401, 401]);
    assert.deepEqual(await statuses(gitlab.token), [201, 201, 201]);
    assert.deepEqual(await statuses(personWith(gitlab, { role: "owner", groupId })), [403, 201, 201]);
    assert.deepEqual(await statuses(personWith(gitlab, { role: "maintainer", groupId })), [403, 201, 403]);
    assert.deepEqual(await statuses(personWith(gitlab, { role: "developer", groupId })), [403, 403, 403]);
    assert.deepEqual(await statuses(personWith(gitlab)), [403, 404, 404]);
    gitlab.groups.get(groupId).allowRunnerRegistrationToken = false;
    assert.deepEqual(await statuses(gitlab.token), [201, 403, 403]);
    gitlab.settings.allowRunnerRegistrationToken = false;
    assert.deepEqual(await statuses(gitlab.token), [403, 403, 403]);
  });
});
