import assert from "node:assert/strict";
import { openGitLab, send } from "./support.js";

const register = "POST /runners";

describe("stand-in GitLab: §6 POST /runners (registration tokens)", () => {
  it("§6 answers 201 with id, token and expiry; the place is that of the token", async () => {
    const gitlab = await openGitLab();
    const tokens = [
      gitlab.settings.registrationToken,
      gitlab.groups.get(gitlab.groupId).registrationToken,
      gitlab.projects.get(gitlab.projectId).registrationToken,
    ];
    for (const token of tokens) {
      const answer = await send(gitlab, register, { token: null, json: { token } });
      assert.equal(answer.status, 201);
      assert.deepEqual(Object.keys(answer.body), ["id", "token", "token_expires_at"]);
      assert.match(String(answer.body.token), /^glrtr-/);
    }
    const places = gitlab.runners.all().map((runner) => [runner.runnerType, runner.groupId, runner.projectIds]);
    assert.deepEqual(places, [
      ["instance_type", null, []],
      ["group_type", gitlab.groupId, []],
      ["project_type", null, [gitlab.projectId]],
    ]);
  });

  it("§6 stores the attributes, the name from info, and no creator", async () => {
    const gitlab = await openGitLab();
    const answer = await send(gitlab, register, {
      token: null,
      json: {
        token: gitlab.settings.registrationToken,
        description: "old way",
        maintainer_note: "note",
        info: { name: "gitlab-runner", version: "16.0.0" },
        active: false,
        locked: true,
        access_level: "ref_protected",
        run_untagged: false,
        tag_list: "a,b",
        maximum_timeout: 900,
      },
    });
    const { body } = await send(gitlab, `GET /runners/${answer.body.id}`);
    assert.equal(body.name, "gitlab-runner");
    assert.equal(body.description, "old way");
    assert.equal(body.maintenance_note, "note");
    assert.equal(body.paused, true);
    assert.equal(body.locked, true);
    assert.equal(body.access_level, "ref_protected");
    assert.equal(body.run_untagged, false);
    assert.deepEqual(body.tag_list, ["a", "b"]);
    assert.equal(body.maximum_timeout, 900);
    assert.equal("created_by" in body, false);
  });

  it("§6 two spellings of one thing exclude each other", async () => {
    const gitlab = await openGitLab();
    const json = { token: "x", active: true, paused: false, maintainer_note: "a", maintenance_note: "b" };
    const answer = await send(gitlab, register, { token: null, json });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body, {
      error: "maintainer_note, maintenance_note are mutually exclusive, active, paused are mutually exclusive",
    });
  });

  it("§6 without a token 400; an unknown one, a PAT or an authentication token 403", async () => {
    const gitlab = await openGitLab();
    const empty = await send(gitlab, register, { token: null, json: {} });
    assert.equal(empty.status, 400);
    assert.deepEqual(empty.body, { error: "token is missing" });
    const runner = gitlab.createRunner({ runnerType: "instance_type" });
    for (const token of ["wrong", gitlab.token, runner.token, ""]) {
      const answer = await send(gitlab, register, { token: null, json: { token } });
      assert.equal(answer.status, 403);
      assert.deepEqual(answer.body, { message: "403 Forbidden - invalid token supplied" });
    }
  });

  it("§6 410 for any token while the instance's switch is off, for known ones while the top group's is", async () => {
    const gitlab = await openGitLab();
    const subgroup = gitlab.createGroup({ path: "sub", parentId: gitlab.groupId });
    const tokens = [subgroup.registrationToken, gitlab.projects.get(gitlab.projectId).registrationToken];
    const gone = { message: "410 Gone - runner registration disallowed" };
    gitlab.groups.get(gitlab.groupId).allowRunnerRegistrationToken = false;
    for (const token of tokens) {
      const answer = await send(gitlab, register, { token: null, json: { token } });
      assert.equal(answer.status, 410);
      assert.deepEqual(answer.body, gone);
    }
    const statusOf = async (token: string) => (await send(gitlab, register, { token: null, json: { token } })).status;
    assert.equal(await statusOf("wrong"), 403);
    assert.equal(await statusOf(gitlab.settings.registrationToken), 201);
    gitlab.settings.allowRunnerRegistrationToken = false;
    assert.equal(await statusOf("wrong"), 410);
    assert.equal(await statusOf(gitlab.settings.registrationToken), 410);
    assert.equal(await statusOf(""), 403);
  });

  it("§6 400 with the texts by attribute, also for the plan's limit", async () => {
    const gitlab = await openGitLab({ settings: { registeredProjectRunnersLimit: 0 } });
    const token = gitlab.projects.get(gitlab.projectId).registrationToken;
    const limited = await send(gitlab, register, { token: null, json: { token } });
    assert.equal(limited.status, 400);
    assert.deepEqual(limited.body, {
      message: { "runner_projects.base": ["Maximum number of ci registered project runners (0) exceeded"] },
    });
    const wrong = await send(gitlab, register, {
      token: null,
      json: { token: gitlab.settings.registrationToken, run_untagged: false, tag_list: [] },
    });
    assert.deepEqual(wrong.body, {
      message: { tags_list: ["can not be empty when runner is not allowed to pick untagged jobs"] },
    });
  });
});
