import assert from "node:assert/strict";
import { openGitLab, personWith, send } from "./support.js";

const create = "POST /user/runners";

describe("stand-in GitLab: §3 POST /user/runners", () => {
  it("§3 answers 201 with exactly id, token and token_expires_at", async () => {
    const gitlab = await openGitLab();
    const answer = await send(gitlab, create, { json: { runner_type: "instance_type", description: "one" } });
    assert.equal(answer.status, 201);
    assert.deepEqual(Object.keys(answer.body), ["id", "token", "token_expires_at"]);
    assert.equal(answer.body.id, 1);
    assert.equal(answer.body.token, gitlab.runners.get(1).token);
    assert.equal(answer.body.token_expires_at, null);
  });

  it("§3 stores every parameter", async () => {
    const gitlab = await openGitLab();
    await send(gitlab, create, {
      json: {
        runner_type: "group_type",
        group_id: gitlab.groupId,
        description: "builder",
        maintenance_note: "call Ann",
        paused: true,
        locked: true,
        access_level: "ref_protected",
        run_untagged: false,
        tag_list: ["linux", "Docker"],
        maximum_timeout: 600,
      },
    });
    const { body } = await send(gitlab, "GET /runners/1");
    assert.equal(body.runner_type, "group_type");
    assert.equal(body.description, "builder");
    assert.equal(body.maintenance_note, "call Ann");
    assert.equal(body.paused, true);
    assert.equal(body.locked, true);
    assert.equal(body.access_level, "ref_protected");
    assert.equal(body.run_untagged, false);
    assert.deepEqual(body.tag_list, ["linux", "Docker"]);
    assert.equal(body.maximum_timeout, 600);
    assert.equal(gitlab.runners.get(1).groupId, gitlab.groupId);
  });

  it("§3 has GitLab's defaults for what is not sent", async () => {
    const gitlab = await openGitLab();
    await send(gitlab, create, { json: { runner_type: "project_type", project_id: gitlab.projectId } });
    const runner = gitlab.runners.get(1);
    assert.deepEqual(
      {
        ...runner,
        token: null,
        createdAt: null,
        updatedAt: null,
      },
      {
        id: 1,
        runnerType: "project_type",
        groupId: null,
        projectIds: [gitlab.projectId],
        creatorId: gitlab.userId,
        registrationType: "authenticated_user",
        creationState: "started",
        name: null,
        description: null,
        maintenanceNote: null,
        paused: false,
        locked: false,
        accessLevel: "not_protected",
        runUntagged: true,
        tagList: [],
        maximumTimeout: null,
        token: null,
        tokenExpiresAt: null,
        tokenRotationDeadline: null,
        createdAt: null,
        updatedAt: null,
        contactedAt: null,
        unsavedContact: null,
        managers: [],
      },
    );
  });

  it("§3 drops empty values: no tags with run_untagged false fails, empty texts become null", async () => {
    const gitlab = await openGitLab();
    const untagged = await send(gitlab, create, {
      json: { runner_type: "instance_type", run_untagged: false, tag_list: [] },
    });
    assert.equal(untagged.status, 400);
    assert.deepEqual(untagged.body, {
      message: "400 Bad request - Tags list can not be empty when runner is not allowed to pick untagged jobs",
    });
    const empty = {
      runner_type: "instance_type",
      description: "",
      maintenance_note: "",
      maximum_timeout: null,
      tag_list: "",
    };
    assert.equal((await send(gitlab, create, { json: empty })).status, 201);
    assert.equal(gitlab.runners.get(1).description, null);
    assert.equal(gitlab.runners.get(1).maintenanceNote, null);
  });

  const refusals: { title: string; json: Record<string, unknown>; error: string }[] = [
    { title: "no type", json: {}, error: "runner_type is missing, runner_type does not have a valid value" },
    { title: "an unknown type", json: { runner_type: "shared" }, error: "runner_type does not have a valid value" },
    { title: "no group", json: { runner_type: "group_type" }, error: "group_id is missing" },
    { title: "no project", json: { runner_type: "project_type" }, error: "project_id is missing" },
    {
      title: "a path for a group",
      json: { runner_type: "group_type", group_id: "example-group" },
      error: "group_id is invalid",
    },
    {
      title: "an unknown access level",
      json: { runner_type: "instance_type", access_level: "secret" },
      error: "access_level does not have a valid value",
    },
    {
      title: "several wrong things",
      json: { runner_type: "instance_type", paused: "maybe", maximum_timeout: "long" },
      error: "paused is invalid, maximum_timeout is invalid",
    },
  ];
  for (const { title, json, error } of refusals) {
    it(`§3 refuses ${title} with 400 and the key error`, async () => {
      const gitlab = await openGitLab();
      const answer = await send(gitlab, create, { json });
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { error });
      assert.equal(gitlab.runners.size, 0);
    });
  }

  const problems: { title: string; json: Record<string, unknown>; sentence: string }[] = [
    { title: "an unknown group", json: { runner_type: "group_type", group_id: 9 }, sentence: "Missing/invalid group" },
    {
      title: "an unknown project",
      json: { runner_type: "project_type", project_id: 9 },
      sentence: "Missing/invalid project",
    },
    {
      title: "a timeout below 600 seconds",
      json: { runner_type: "instance_type", maximum_timeout: 599 },
      sentence: "Maximum timeout needs to be at least 10 minutes",
    },
    {
      title: "a long description",
      json: { runner_type: "instance_type", description: "x".repeat(1025) },
      sentence: "Description is too long (maximum is 1024 characters)",
    },
    {
      title: "a long note",
      json: { runner_type: "instance_type", maintenance_note: "x".repeat(1025) },
      sentence: "Maintenance note is too long (maximum is 1024 characters)",
    },
    {
      title: "51 tags",
      json: { runner_type: "instance_type", tag_list: Array.from({ length: 51 }, (_, index) => `tag${index}`) },
      sentence: "Tags list Too many tags specified. Please limit the number of tags to 50",
    },
    {
      title: "three problems, as a sentence",
      json: { runner_type: "instance_type", run_untagged: false, maximum_timeout: 0, description: "x".repeat(1025) },
      sentence:
        "Tags list can not be empty when runner is not allowed to pick untagged jobs, Maximum timeout needs to be at least 10 minutes, and Description is too long (maximum is 1024 characters)",
    },
  ];
  for (const { title, json, sentence } of problems) {
    it(`§3 refuses ${title} with 400 and a sentence`, async () => {
      const gitlab = await openGitLab();
      const answer = await send(gitlab, create, { json });
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { message: `400 Bad request - ${sentence}` });
      assert.equal(gitlab.runners.size, 0);
    });
  }

  it("§2.5 takes what is exactly at the limits", async () => {
    const gitlab = await openGitLab();
    const json = {
      runner_type: "instance_type",
      description: "é".repeat(1024),
      maintenance_note: "x".repeat(1024),
      maximum_timeout: 600,
      tag_list: Array.from({ length: 50 }, (_, index) => `${index}`.padEnd(255, "t")),
    };
    assert.equal((await send(gitlab, create, { json })).status, 201);
  });

  it("§2.5 a tag above 255 characters fails in the database", async () => {
    const gitlab = await openGitLab();
    const answer = await send(gitlab, create, { json: { runner_type: "instance_type", tag_list: ["t".repeat(256)] } });
    assert.equal(answer.status, 500);
    assert.deepEqual(answer.body, { message: "500 Internal Server Error" });
  });

  const tagSpellings: { sent: unknown; stored: string[] }[] = [
    { sent: "linux, docker ,,linux", stored: ["linux", "docker"] },
    { sent: ["linux,docker", " gpu "], stored: ["linux", "docker", "gpu"] },
    { sent: ["Docker", "docker"], stored: ["Docker", "docker"] },
    { sent: ['"quoted"', "'single'", "'open"], stored: ["quoted", "single", "'open"] },
    { sent: ["", " "], stored: [] },
  ];
  for (const { sent, stored } of tagSpellings) {
    it(`§2.5 reads the tags ${JSON.stringify(sent)} as ${JSON.stringify(stored)}`, async () => {
      const gitlab = await openGitLab();
      await send(gitlab, create, { json: { runner_type: "instance_type", tag_list: sent } });
      assert.deepEqual(gitlab.runners.get(1).tagList, stored);
    });
  }

  it("§3 the id of another kind of place gets past the declaration and crashes", async () => {
    const gitlab = await openGitLab();
    const strays = [
      { runner_type: "instance_type", group_id: gitlab.groupId },
      { runner_type: "instance_type", project_id: gitlab.projectId },
      { runner_type: "group_type", group_id: gitlab.groupId, project_id: gitlab.projectId },
    ];
    for (const json of strays) {
      const answer = await send(gitlab, create, { json });
      assert.equal(answer.status, 500);
      assert.deepEqual(answer.body, { message: "500 Internal Server Error" });
    }
    assert.equal(gitlab.runners.size, 0);
  });

  it("§3 undeclared parameters are ignored, `active` among them", async () => {
    const gitlab = await openGitLab();
    const json = { runner_type: "instance_type", active: false, colour: "red", token: "mine" };
    assert.equal((await send(gitlab, create, { json })).status, 201);
    assert.equal(gitlab.runners.get(1).paused, false);
  });

  it("§3 the creator is the token's user, also the bot of a project's token, and stays unset once deleted", async () => {
    const gitlab = await openGitLab();
    const { token, userId } = gitlab.createAccessToken({ projectId: gitlab.projectId, scopes: ["create_runner"] });
    const json = { runner_type: "project_type", project_id: gitlab.projectId };
    await send(gitlab, create, { token, json });
    const { body } = await send(gitlab, "GET /runners/1");
    assert.equal((body.created_by as { id: number }).id, userId);
    gitlab.users.remove(userId);
    const after = await send(gitlab, "GET /runners/1");
    assert.equal(after.status, 200);
    assert.equal("created_by" in after.body, false);
  });

  it("§3 is refused with 403 for a role too low, also in a private group that the caller cannot see", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const instance = { runner_type: "instance_type" };
    const group = { runner_type: "group_type", group_id: groupId };
    const project = { runner_type: "project_type", project_id: projectId };
    const tries: [string, unknown, number][] = [
      [personWith(gitlab, { role: "owner", groupId }), instance, 403],
      [personWith(gitlab, { role: "maintainer", groupId }), group, 403],
      [personWith(gitlab, { role: "owner", groupId }), group, 201],
      [personWith(gitlab, { role: "developer", groupId }), project, 403],
      [personWith(gitlab, { role: "maintainer", groupId }), project, 201],
      [personWith(gitlab, { role: "maintainer", projectId }), project, 201],
      [personWith(gitlab, { auditor: true }), project, 403],
      [personWith(gitlab), group, 403],
      [personWith(gitlab), project, 403],
    ];
    for (const [token, json, status] of tries) {
      const answer = await send(gitlab, create, { token, json });
      assert.equal(answer.status, status);
      if (status === 403) assert.deepEqual(answer.body, { message: "403 Forbidden - Insufficient permissions" });
    }
  });

  it("§3 a custom role with admin_runners is enough", async () => {
    const gitlab = await openGitLab();
    const user = gitlab.createUser({ username: "custom" });
    const { token } = gitlab.createToken({ userId: user.id });
    gitlab.addMember({ userId: user.id, groupId: gitlab.groupId, role: "developer", adminRunners: true });
    const json = { runner_type: "group_type", group_id: gitlab.groupId };
    assert.equal((await send(gitlab, create, { token, json })).status, 201);
  });

  it("§3 is refused where creating is switched off, but not to administrators", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const token = personWith(gitlab, { role: "owner", groupId });
    const group = { runner_type: "group_type", group_id: groupId };
    const project = { runner_type: "project_type", project_id: projectId };
    const statusOf = async (json: unknown, who = token) => (await send(gitlab, create, { token: who, json })).status;

    gitlab.groups.get(groupId).runnerRegistrationEnabled = false;
    assert.equal(await statusOf(group), 403);
    assert.equal(await statusOf(project), 201);
    gitlab.projects.get(projectId).runnerRegistrationEnabled = false;
    assert.equal(await statusOf(project), 403);
    assert.equal(await statusOf(group, gitlab.token), 201);

    gitlab.groups.get(groupId).runnerRegistrationEnabled = true;
    gitlab.projects.get(projectId).runnerRegistrationEnabled = true;
    gitlab.settings.validRunnerRegistrars = ["project"];
    assert.equal(await statusOf(group), 403);
    assert.equal(await statusOf(project), 201);
  });

  it("§3 the plan's limit counts runners that were active within a week", async () => {
    const gitlab = await openGitLab({ settings: { registeredProjectRunnersLimit: 1, registeredGroupRunnersLimit: 1 } });
    const project = { runner_type: "project_type", project_id: gitlab.projectId };
    const group = { runner_type: "group_type", group_id: gitlab.groupId };
    for (const [json, kind] of [
      [project, "project"],
      [group, "group"],
    ] as const) {
      assert.equal((await send(gitlab, create, { json })).status, 201);
      const answer = await send(gitlab, create, { json });
      assert.equal(answer.status, 400);
      assert.match(
        String(answer.body.message),
        new RegExp(`^400 Bad request - .*Maximum number of ci registered ${kind} runners \\(1\\) exceeded$`),
      );
    }
    gitlab.clock.advance({ days: 7 });
    assert.equal((await send(gitlab, create, { json: project })).status, 201);
  });

  it("§3 401 without a token, 403 with a scope that does not fit", async () => {
    const gitlab = await openGitLab();
    const json = { runner_type: "instance_type" };
    assert.equal((await send(gitlab, create, { token: null, json })).status, 401);
    const token = personWith(gitlab, { admin: true, scopes: ["read_api", "manage_runner"] });
    const answer = await send(gitlab, create, { token, json });
    assert.equal(answer.status, 403);
    assert.equal(answer.body.error, "insufficient_scope");
  });

  it("§2.2 several runners may share a description", async () => {
    const gitlab = await openGitLab();
    const json = { runner_type: "instance_type", description: "twin" };
    assert.equal((await send(gitlab, create, { json })).body.id, 1);
    assert.equal((await send(gitlab, create, { json })).body.id, 2);
  });
});
