import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { openGitLab, personWith, send } from "./support.js";

const missing =
  "description, active, paused, tag_list, run_untagged, locked, access_level, maximum_timeout, maintenance_note are missing, at least one parameter must be provided";

async function openWithRunner(): Promise<StandInGitLab> {
  const gitlab = await openGitLab();
  gitlab.createRunner({
    runnerType: "instance_type",
    description: "old",
    maintenanceNote: "note",
    tagList: ["a", "b"],
    maximumTimeout: 3600,
    creatorId: gitlab.userId,
  });
  return gitlab;
}

describe("stand-in GitLab: §5.1 PUT /runners/:id", () => {
  it("§5.1 answers 200 with the detail form but without projects", async () => {
    const gitlab = await openWithRunner();
    const read = await send(gitlab, "GET /runners/1");
    const answer = await send(gitlab, "PUT /runners/1", { json: { description: "old" } });
    assert.equal(answer.status, 200);
    const { projects, ...rest } = read.body;
    assert.deepEqual(projects, []);
    assert.deepEqual(answer.body, rest);
  });

  it("§5.1 changes only what is sent", async () => {
    const gitlab = await openWithRunner();
    const before = { ...gitlab.runners.get(1) };
    await send(gitlab, "PUT /runners/1", { json: { description: "new" } });
    const after = gitlab.runners.get(1);
    assert.deepEqual({ ...after }, { ...before, description: "new", updatedAt: after.updatedAt });
  });

  it("§5.1 changes every attribute", async () => {
    const gitlab = await openWithRunner();
    const json = {
      description: "new",
      paused: true,
      tag_list: ["c"],
      run_untagged: false,
      locked: true,
      access_level: "ref_protected",
      maximum_timeout: 600,
      maintenance_note: "moved",
    };
    const { status, body } = await send(gitlab, "PUT /runners/1", { json });
    assert.equal(status, 200);
    for (const [key, value] of Object.entries(json)) assert.deepEqual(body[key], value);
    assert.equal(body.active, false);
  });

  it("§5.1 `active` is the opposite of `paused`; both together are refused", async () => {
    const gitlab = await openWithRunner();
    assert.equal((await send(gitlab, "PUT /runners/1", { json: { active: false } })).body.paused, true);
    assert.equal((await send(gitlab, "PUT /runners/1", { json: { active: true } })).body.paused, false);
    const both = await send(gitlab, "PUT /runners/1", { json: { active: true, paused: false } });
    assert.equal(both.status, 400);
    assert.deepEqual(both.body, { error: "active, paused are mutually exclusive" });
  });

  for (const json of [{}, { runner_type: "group_type" }, { token_expires_at: null }, { unknown: 1 }]) {
    it(`§5.1 refuses ${JSON.stringify(json)}: no declared parameter`, async () => {
      const gitlab = await openWithRunner();
      const answer = await send(gitlab, "PUT /runners/1", { json });
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { error: missing });
    });
  }

  it("§2.5 ignores runner_type besides others", async () => {
    const gitlab = await openWithRunner();
    const json = { runner_type: "group_type", description: "new" };
    assert.equal((await send(gitlab, "PUT /runners/1", { json })).body.runner_type, "instance_type");
  });

  for (const sent of [[], "", null]) {
    it(`§5.1 tag_list ${JSON.stringify(sent)} takes all tags away`, async () => {
      const gitlab = await openWithRunner();
      const { status, body } = await send(gitlab, "PUT /runners/1", { json: { tag_list: sent } });
      assert.equal(status, 200);
      assert.deepEqual(body.tag_list, []);
    });
  }

  it("§5.1 tag_list replaces the whole list", async () => {
    const gitlab = await openWithRunner();
    const { body } = await send(gitlab, "PUT /runners/1", { json: { tag_list: "b, c" } });
    assert.deepEqual(body.tag_list, ["b", "c"]);
  });

  it("§2.2 tags come in an order of GitLab's own", async () => {
    const gitlab = await openWithRunner();
    const { body } = await send(gitlab, "PUT /runners/1", { json: { tag_list: ["z", "b", "a"] } });
    assert.deepEqual(body.tag_list, ["a", "b", "z"]);
  });

  it("§5.1 empty values count: texts are stored empty, null clears the timeout", async () => {
    const gitlab = await openWithRunner();
    const { body } = await send(gitlab, "PUT /runners/1", {
      json: { description: "", maintenance_note: "", maximum_timeout: null },
    });
    assert.deepEqual([body.description, body.maintenance_note, body.maximum_timeout], ["", "", null]);
    gitlab.runners.get(1).maximumTimeout = 700;
    const form = await send(gitlab, "PUT /runners/1", { form: { maximum_timeout: "" } });
    assert.equal(form.body.maximum_timeout, null);
  });

  it("§5.1 paused null un-pauses; null for other flags is more than the database takes", async () => {
    const gitlab = await openWithRunner();
    gitlab.runners.get(1).paused = true;
    assert.equal((await send(gitlab, "PUT /runners/1", { json: { paused: null } })).body.paused, false);
    for (const key of ["active", "locked", "run_untagged"]) {
      assert.equal((await send(gitlab, "PUT /runners/1", { json: { [key]: null } })).status, 500, key);
    }
  });

  const problems: { json: Record<string, unknown>; message: Record<string, string[]> }[] = [
    {
      json: { tag_list: [], run_untagged: false },
      message: { tags_list: ["can not be empty when runner is not allowed to pick untagged jobs"] },
    },
    { json: { maximum_timeout: 599 }, message: { maximum_timeout: ["needs to be at least 10 minutes"] } },
    {
      json: { description: "x".repeat(1025), maintenance_note: "x".repeat(1025) },
      message: {
        description: ["is too long (maximum is 1024 characters)"],
        maintenance_note: ["is too long (maximum is 1024 characters)"],
      },
    },
    {
      json: { tag_list: Array.from({ length: 51 }, (_, index) => `t${index}`) },
      message: { tags_list: ["Too many tags specified. Please limit the number of tags to 50"] },
    },
    { json: { access_level: null }, message: { access_level: ["can't be blank"] } },
  ];
  for (const { json, message } of problems) {
    it(`§5.1 refuses with the texts by attribute: ${Object.keys(message).join(", ")}`, async () => {
      const gitlab = await openWithRunner();
      const answer = await send(gitlab, "PUT /runners/1", { json });
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { message });
      assert.equal(gitlab.runners.get(1).description, "old");
    });
  }

  it("§2.5 the number of tags is checked only when the list changes", async () => {
    const gitlab = await openWithRunner();
    const tags = Array.from({ length: 51 }, (_, index) => `t${index}`);
    gitlab.runners.get(1).tagList = tags;
    assert.equal((await send(gitlab, "PUT /runners/1", { json: { description: "new" } })).status, 200);
    assert.equal((await send(gitlab, "PUT /runners/1", { json: { tag_list: tags.toReversed() } })).status, 200);
    assert.equal((await send(gitlab, "PUT /runners/1", { json: { tag_list: [...tags, "u"] } })).status, 400);
  });

  it("§5.1 no parameter changes a token's expiry", async () => {
    const gitlab = await openWithRunner();
    const times = { token_expires_at: "2031-01-01T00:00:00Z", token_rotation_deadline: "2031-01-01T00:00:00Z" };
    const alone = await send(gitlab, "PUT /runners/1", { json: times });
    assert.deepEqual([alone.status, alone.body], [400, { error: missing }]);
    assert.equal((await send(gitlab, "PUT /runners/1", { json: { ...times, paused: true } })).status, 200);
    const { tokenExpiresAt, tokenRotationDeadline } = gitlab.runners.get(1);
    assert.deepEqual([tokenExpiresAt, tokenRotationDeadline], [null, null]);
  });

  it("§2.5 a locked runner can be changed and read, and works on for its projects", async () => {
    const gitlab = await openGitLab();
    const { projectId } = gitlab;
    const { token: secret } = gitlab.createRunner({
      runnerType: "project_type",
      projectIds: [projectId],
      locked: true,
    });
    gitlab.createJob({ projectId, status: "pending" });
    const token = personWith(gitlab, { role: "maintainer", projectId });
    assert.equal((await send(gitlab, "PUT /runners/1", { token, json: { description: "new" } })).status, 200);
    assert.equal((await send(gitlab, "GET /runners/1", { token })).body.locked, true);
    assert.equal((await send(gitlab, "POST /jobs/request", { token: null, json: { token: secret } })).status, 201);
  });

  it("§5.1 who may change a runner", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const other = gitlab.createProject({ path: "other" });
    gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.createRunner({ runnerType: "group_type", groupId });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId, other.id] });
    const people: [string, number[]][] = [
      [gitlab.token, [200, 200, 200, 200]],
      [personWith(gitlab, { role: "owner", groupId }), [403, 200, 200, 200]],
      [personWith(gitlab, { role: "maintainer", groupId }), [403, 403, 200, 200]],
      [personWith(gitlab, { role: "developer", groupId }), [403, 403, 403, 403]],
      [personWith(gitlab, { role: "maintainer", projectId: other.id }), [403, 403, 403, 200]],
      [personWith(gitlab, { auditor: true }), [403, 403, 403, 403]],
    ];
    for (const [token, statuses] of people) {
      for (const [index, status] of statuses.entries()) {
        const answer = await send(gitlab, `PUT /runners/${index + 1}`, { token, json: { paused: false } });
        assert.equal(answer.status, status);
        if (status === 403) assert.deepEqual(answer.body, { message: "403 Forbidden - No access granted" });
      }
    }
  });

  it("§5.1 an unknown runner is 404, a wrong id 400 together with what else is wrong", async () => {
    const gitlab = await openGitLab();
    assert.equal((await send(gitlab, "PUT /runners/1", { json: { paused: true } })).status, 404);
    const wrong = await send(gitlab, "PUT /runners/abc", { json: {} });
    assert.deepEqual(wrong.body, { error: `id is invalid, ${missing}` });
  });
});

describe("stand-in GitLab: §5.2 DELETE /runners/:id", () => {
  it("§5.2 answers 204 without a body; then the runner is gone and its token dead", async () => {
    const gitlab = await openWithRunner();
    const { token } = gitlab.runners.get(1);
    const answer = await send(gitlab, "DELETE /runners/1");
    assert.equal(answer.status, 204);
    assert.equal(answer.text, "");
    assert.equal((await send(gitlab, "DELETE /runners/1")).status, 404);
    assert.equal((await send(gitlab, "GET /runners/1")).status, 404);
    assert.equal((await send(gitlab, "POST /runners/verify", { json: { token } })).status, 403);
    assert.equal(gitlab.runners.size, 0);
  });

  it("§5.2 an id is never used again", async () => {
    const gitlab = await openWithRunner();
    await send(gitlab, "DELETE /runners/1");
    const { body } = await send(gitlab, "POST /user/runners", { json: { runner_type: "instance_type" } });
    assert.equal(body.id, 2);
  });

  it("§5.2 who may delete a runner; one of several projects only an administrator", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const other = gitlab.createProject({ path: "other" });
    const several = "403 Forbidden - Runner associated with more than one project";
    const refused = "403 Forbidden - No access granted";
    const owner = personWith(gitlab, { role: "owner", groupId });
    const otherMaintainer = personWith(gitlab, { role: "maintainer", projectId: other.id });
    const makers = {
      instance: () => gitlab.createRunner({ runnerType: "instance_type" }),
      group: () => gitlab.createRunner({ runnerType: "group_type", groupId }),
      project: () => gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] }),
      shared: () => gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId, other.id] }),
    };
    const people: [string, Record<keyof typeof makers, unknown>][] = [
      [gitlab.token, { instance: 204, group: 204, project: 204, shared: 204 }],
      [owner, { instance: refused, group: 204, project: 204, shared: several }],
      [
        personWith(gitlab, { role: "maintainer", groupId }),
        { instance: refused, group: refused, project: 204, shared: several },
      ],
      [otherMaintainer, { instance: refused, group: refused, project: refused, shared: several }],
    ];
    for (const [token, expected] of people) {
      for (const [kind, make] of Object.entries(makers)) {
        const answer = await send(gitlab, `DELETE /runners/${make().id}`, { token });
        const outcome = answer.status === 204 ? 204 : answer.body.message;
        assert.equal(outcome, expected[kind as keyof typeof makers], kind);
      }
    }
  });

  it("§5.2 412 when the runner changed since If-Unmodified-Since", async () => {
    const gitlab = await openWithRunner();
    gitlab.clock.stop("2030-01-01T00:00:00Z");
    await send(gitlab, "PUT /runners/1", { json: { description: "new" } });
    const early = { "If-Unmodified-Since": new Date("2029-12-31T23:59:59Z").toUTCString() };
    const answer = await send(gitlab, "DELETE /runners/1", { headers: early });
    assert.equal(answer.status, 412);
    assert.deepEqual(answer.body, { message: "412 Precondition Failed" });
    const late = { "If-Unmodified-Since": new Date("2030-01-01T00:00:00Z").toUTCString() };
    assert.equal((await send(gitlab, "DELETE /runners/1", { headers: late })).status, 204);
  });
});
