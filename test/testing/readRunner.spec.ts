import assert from "node:assert/strict";
import { ids, openGitLab, personWith, send } from "./support.js";

const listKeys = [
  "id",
  "description",
  "ip_address",
  "active",
  "paused",
  "is_shared",
  "runner_type",
  "name",
  "online",
  "created_by",
  "created_at",
  "status",
  "job_execution_status",
];
const detailKeys = [
  ...listKeys,
  "tag_list",
  "run_untagged",
  "locked",
  "maximum_timeout",
  "access_level",
  "version",
  "revision",
  "platform",
  "architecture",
  "contacted_at",
  "maintenance_note",
  "projects",
  "groups",
];

describe("stand-in GitLab: §2 and §4 reading one runner", () => {
  it("§2.2 GET /runners/:id has exactly the keys of the detail form, and neither token nor expiry", async () => {
    const gitlab = await openGitLab();
    const { id } = gitlab.createRunner({ runnerType: "instance_type", creatorId: gitlab.userId });
    const { status, body } = await send(gitlab, `GET /runners/${id}`);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).sort(), [...detailKeys].sort());
  });

  it("§2.1 a new runner: no address, no name, online null, never contacted, idle", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2025-05-03T00:00:00Z");
    gitlab.createRunner({ runnerType: "instance_type", creatorId: gitlab.userId, description: null });
    const { body } = await send(gitlab, "GET /runners/1");
    assert.equal(body.description, null);
    assert.equal(body.ip_address, null);
    assert.equal(body.active, true);
    assert.equal(body.paused, false);
    assert.equal(body.is_shared, true);
    assert.equal(body.name, null);
    assert.equal(body.online, null);
    assert.equal(body.status, "never_contacted");
    assert.equal(body.job_execution_status, "idle");
    assert.equal(body.contacted_at, null);
    assert.equal(body.created_at, "2025-05-03T00:00:00.000Z");
    assert.deepEqual(Object.keys(body.created_by as object), [
      "id",
      "username",
      "public_email",
      "name",
      "state",
      "locked",
      "avatar_url",
      "web_url",
    ]);
    for (const key of ["version", "revision", "platform", "architecture"]) assert.equal(body[key], null);
  });

  it("§2.1 created_by is absent for a runner of a registration token", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type", registrationType: "registration_token" });
    assert.equal("created_by" in (await send(gitlab, "GET /runners/1")).body, false);
  });

  it("§2.1 created_by is absent where the creator may not be read", async () => {
    const gitlab = await openGitLab();
    const creator = gitlab.createUser({ username: "ann" });
    gitlab.createRunner({ runnerType: "instance_type", creatorId: creator.id });
    const shown = async () => (await send(gitlab, "GET /runners/1")).body.created_by;
    assert.equal(((await shown()) as { username: string }).username, "ann");
    creator.hidden = true;
    assert.equal(await shown(), undefined);
  });

  it("§2.2 names projects and groups; include_projects false leaves the projects out", async () => {
    const gitlab = await openGitLab({ settings: { externalUrl: "https://git.example.com" } });
    const { groupId, projectId } = gitlab;
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] });
    gitlab.createRunner({ runnerType: "group_type", groupId });
    const project = await send(gitlab, "GET /runners/1");
    const [shown] = project.body.projects as Record<string, unknown>[];
    assert.equal(shown?.id, projectId);
    assert.equal(shown?.path_with_namespace, "example-group/example-project");
    assert.equal(shown?.name_with_namespace, "Example Group / Example Project");
    assert.equal(shown?.web_url, "https://git.example.com/example-group/example-project");
    assert.deepEqual(project.body.groups, []);
    const group = await send(gitlab, "GET /runners/2");
    assert.deepEqual(group.body.projects, []);
    assert.deepEqual(group.body.groups, [
      { id: groupId, web_url: "https://git.example.com/groups/example-group", name: "Example Group" },
    ]);
    assert.equal("projects" in (await send(gitlab, "GET /runners/1?include_projects=false")).body, false);
  });

  it("§2.2 others than administrators and auditors see only projects that they are members of", async () => {
    const gitlab = await openGitLab();
    const other = gitlab.createProject({ path: "other" });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId, other.id] });
    const token = personWith(gitlab, { role: "maintainer", projectId: other.id });
    const projectIds = async (who: string) =>
      ((await send(gitlab, "GET /runners/1", { token: who })).body.projects as { id: number }[]).map(({ id }) => id);
    assert.deepEqual(await projectIds(token), [other.id]);
    assert.deepEqual(await projectIds(personWith(gitlab, { auditor: true })), [gitlab.projectId, other.id]);
    assert.deepEqual(await projectIds(gitlab.token), [gitlab.projectId, other.id]);
    assert.deepEqual(ids(await send(gitlab, "GET /runners/1/projects", { token })), [other.id]);
  });

  it("§2.2 others than administrators and auditors see only groups that they are members of", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId });
    const groupIds = async (token: string) =>
      ((await send(gitlab, "GET /runners/1", { token })).body.groups as { id: number }[]).map(({ id }) => id);
    assert.deepEqual(await groupIds(personWith(gitlab, { role: "maintainer", projectId: gitlab.projectId })), []);
    for (const token of [
      gitlab.token,
      personWith(gitlab, { auditor: true }),
      personWith(gitlab, { role: "maintainer", groupId: gitlab.groupId }),
    ]) {
      assert.deepEqual(await groupIds(token), [gitlab.groupId]);
    }
  });

  it("§2.2 maintenance_note is null for callers who may not update the runner", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type", maintenanceNote: "secret" });
    gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId, maintenanceNote: "secret" });
    const maintainer = personWith(gitlab, { role: "maintainer", groupId: gitlab.groupId });
    const noteOf = async (id: number, token: string) =>
      (await send(gitlab, `GET /runners/${id}`, { token })).body.maintenance_note;
    assert.equal(await noteOf(1, gitlab.token), "secret");
    assert.equal(await noteOf(1, maintainer), null);
    assert.equal(await noteOf(2, maintainer), null);
    assert.equal(await noteOf(2, personWith(gitlab, { role: "owner", groupId: gitlab.groupId })), "secret");
  });

  it("§1.4 an unknown runner is 404 with either text, an id that is no number is 400", async () => {
    const gitlab = await openGitLab();
    assert.deepEqual((await send(gitlab, "GET /runners/7")).body, { message: "404 Runner Not Found" });
    gitlab.settings.runnerNotFoundMessage = "404 Not found";
    for (const request of ["GET /runners/7", "GET /runners/7/managers", "GET /runners/7/jobs", "DELETE /runners/7"]) {
      const answer = await send(gitlab, request);
      assert.equal(answer.status, 404);
      assert.deepEqual(answer.body, { message: "404 Not found" });
    }
    const wrong = await send(gitlab, "GET /runners/abc");
    assert.equal(wrong.status, 400);
    assert.deepEqual(wrong.body, { error: "id is invalid" });
  });

  it("§4 who may read a runner; a foreign one is 403 and not 404", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const subgroup = gitlab.createGroup({ path: "sub", parentId: groupId });
    const below = gitlab.createProject({ path: "below", groupId: subgroup.id });
    const other = gitlab.createProject({ path: "other" });
    gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.createRunner({ runnerType: "group_type", groupId });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId, other.id] });
    const people: [string, number, number, number][] = [
      [personWith(gitlab), 200, 403, 403],
      [personWith(gitlab, { auditor: true }), 200, 200, 200],
      [personWith(gitlab, { role: "developer", groupId }), 200, 403, 403],
      [personWith(gitlab, { role: "maintainer", groupId }), 200, 200, 200],
      [personWith(gitlab, { role: "maintainer", projectId }), 200, 200, 200],
      [personWith(gitlab, { role: "maintainer", projectId: below.id }), 200, 200, 403],
      [personWith(gitlab, { role: "maintainer", projectId: other.id }), 200, 403, 200],
      [gitlab.token, 200, 200, 200],
    ];
    for (const [token, ...statuses] of people) {
      for (const [index, status] of statuses.entries()) {
        for (const part of ["", "/managers", "/projects"]) {
          const answer = await send(gitlab, `GET /runners/${index + 1}${part}`, { token });
          assert.equal(answer.status, status, `${people.findIndex(([who]) => who === token)} ${index}${part}`);
          if (status === 403) assert.deepEqual(answer.body, { message: "403 Forbidden - No access granted" });
        }
      }
    }
  });

  it("§2.4 statuses turn exactly after 2 hours and 7 days", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2025-05-03T00:00:00Z");
    const runner = gitlab.createRunner({ runnerType: "instance_type" });
    const state = async () => {
      const { body } = await send(gitlab, "GET /runners/1");
      return [body.status, body.online];
    };
    assert.deepEqual(await state(), ["never_contacted", null]);
    gitlab.clock.advance({ days: 6, hours: 23, minutes: 59, seconds: 59 });
    assert.deepEqual(await state(), ["never_contacted", null]);
    gitlab.clock.advance({ seconds: 1 });
    assert.deepEqual(await state(), ["stale", null]);
    runner.contactedAt = gitlab.clock.now();
    assert.deepEqual(await state(), ["online", true]);
    gitlab.clock.advance({ hours: 2, milliseconds: -1 });
    assert.deepEqual(await state(), ["online", true]);
    gitlab.clock.advance({ milliseconds: 1 });
    assert.deepEqual(await state(), ["offline", false]);
    runner.paused = true;
    assert.deepEqual(await state(), ["paused", false]);
    runner.paused = false;
    gitlab.clock.advance({ days: 7, hours: -2 });
    assert.deepEqual(await state(), ["stale", false]);
    runner.paused = true;
    assert.deepEqual(await state(), ["stale", false]);
  });

  it("§2.4 a paused runner that was never in contact shows never_contacted", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type", paused: true });
    assert.equal((await send(gitlab, "GET /runners/1")).body.status, "never_contacted");
  });

  it("§2.3 managers are listed unpaginated, with statuses of their own; the runner's version is the latest one's", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2025-05-03T00:00:00Z");
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    assert.deepEqual((await send(gitlab, "GET /runners/1/managers")).list, []);
    const verify = (system_id: string, version: string) =>
      send(gitlab, "POST /runners/verify", {
        token: null,
        json: { token, system_id, info: { version, revision: "abc", platform: "linux", architecture: "amd64" } },
      });
    for (let index = 0; index < 25; index += 1) await verify(`s_${index}`, "17.0.0");
    gitlab.clock.advance({ hours: 2 });
    await verify("s_0", "18.1.0");
    const managers = await send(gitlab, "GET /runners/1/managers?per_page=5");
    assert.equal(managers.list.length, 25);
    assert.equal(managers.headers.get("x-total"), null);
    assert.deepEqual(managers.list[0], {
      id: 1,
      system_id: "s_0",
      version: "18.1.0",
      revision: "abc",
      platform: "linux",
      architecture: "amd64",
      created_at: "2025-05-03T00:00:00.000Z",
      contacted_at: "2025-05-03T02:00:00.000Z",
      ip_address: "127.0.0.1",
      status: "online",
      job_execution_status: "idle",
    });
    assert.equal(managers.list[1]?.status, "offline");
    const { body } = await send(gitlab, "GET /runners/1");
    assert.deepEqual(
      [body.version, body.revision, body.platform, body.architecture],
      ["18.1.0", "abc", "linux", "amd64"],
    );
  });

  it("§4 GET /runners/:id/projects is paginated, and empty for group and instance runners", async () => {
    const gitlab = await openGitLab();
    const second = gitlab.createProject({ path: "second", groupId: gitlab.groupId });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId, second.id] });
    gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId });
    const page = await send(gitlab, "GET /runners/1/projects?per_page=1&page=2");
    assert.deepEqual(ids(page), [second.id]);
    assert.equal(page.headers.get("x-total"), "2");
    assert.deepEqual((await send(gitlab, "GET /runners/2/projects")).list, []);
  });
});
