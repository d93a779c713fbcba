import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { ids, openGitLab, personWith, send } from "./support.js";

/** Runners 1 instance, 2 group, 3 subgroup, 4 project, 5 project below the subgroup, 6 another group. */
async function openWithRunners(): Promise<StandInGitLab & { subgroupId: number; belowId: number; otherId: number }> {
  const gitlab = await openGitLab();
  const { groupId, projectId } = gitlab;
  const subgroup = gitlab.createGroup({ path: "sub", parentId: groupId });
  const below = gitlab.createProject({ path: "below", groupId: subgroup.id });
  const other = gitlab.createGroup({ path: "other" });
  gitlab.createRunner({ runnerType: "instance_type" });
  gitlab.createRunner({ runnerType: "group_type", groupId });
  gitlab.createRunner({ runnerType: "group_type", groupId: subgroup.id });
  gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] });
  gitlab.createRunner({ runnerType: "project_type", projectIds: [below.id] });
  gitlab.createRunner({ runnerType: "group_type", groupId: other.id });
  return Object.assign(gitlab, { subgroupId: subgroup.id, belowId: below.id, otherId: other.id });
}

describe("stand-in GitLab: §4 lists of runners", () => {
  it("§2.1 lists lack tags and all that belongs to the detail form", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type", creatorId: gitlab.userId, tagList: ["a"] });
    const { list } = await send(gitlab, "GET /runners/all");
    assert.deepEqual(Object.keys(list[0] ?? {}), [
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
    ]);
  });

  it("§4 GET /runners has runners of owned groups and maintained projects, never those of the instance", async () => {
    const gitlab = await openWithRunners();
    const { groupId, subgroupId, projectId, belowId } = gitlab;
    const listed = async (token: string) => ids(await send(gitlab, "GET /runners", { token }));
    assert.deepEqual(await listed(gitlab.token), [2, 3, 4, 5]);
    assert.deepEqual(await listed(personWith(gitlab)), []);
    assert.deepEqual(await listed(personWith(gitlab, { admin: true })), []);
    assert.deepEqual(await listed(personWith(gitlab, { role: "owner", groupId })), [2, 3, 4, 5]);
    assert.deepEqual(await listed(personWith(gitlab, { role: "maintainer", groupId })), [4, 5]);
    assert.deepEqual(await listed(personWith(gitlab, { role: "owner", groupId: subgroupId })), [3, 5]);
    assert.deepEqual(await listed(personWith(gitlab, { role: "maintainer", projectId: belowId })), [5]);
    assert.deepEqual(await listed(personWith(gitlab, { role: "developer", projectId })), []);
  });

  it("§4 GET /runners/all is for administrators and auditors", async () => {
    const gitlab = await openWithRunners();
    assert.deepEqual(ids(await send(gitlab, "GET /runners/all")), [1, 2, 3, 4, 5, 6]);
    const auditor = personWith(gitlab, { auditor: true });
    assert.equal((await send(gitlab, "GET /runners/all", { token: auditor })).status, 200);
    const owner = personWith(gitlab, { role: "owner", groupId: gitlab.groupId });
    const refused = await send(gitlab, "GET /runners/all", { token: owner });
    assert.equal(refused.status, 403);
    assert.deepEqual(refused.body, { message: "403 Forbidden" });
  });

  it("§4 GET /projects/:id/runners unites assigned, inherited and instance runners", async () => {
    const gitlab = await openWithRunners();
    const list = async (place: string) => ids(await send(gitlab, `GET /projects/${place}/runners`));
    assert.deepEqual(await list(String(gitlab.projectId)), [1, 2, 4]);
    assert.deepEqual(await list("example-group%2Fsub%2Fbelow"), [1, 2, 3, 5]);
    gitlab.projects.get(gitlab.belowId).instanceRunnersEnabled = false;
    assert.deepEqual(await list("example-group%2Fsub%2Fbelow"), [2, 3, 5]);
    gitlab.projects.get(gitlab.belowId).groupRunnersEnabled = false;
    assert.deepEqual(await list("example-group%2Fsub%2Fbelow"), [5]);
  });

  it("§4 GET /groups/:id/runners has the group's, its ancestors' and instance runners, never project runners", async () => {
    const gitlab = await openWithRunners();
    const list = async (place: string) => ids(await send(gitlab, `GET /groups/${place}`));
    assert.deepEqual(await list(`${gitlab.groupId}/runners`), [1, 2]);
    assert.deepEqual(await list("example-group%2Fsub/runners"), [1, 2, 3]);
    assert.deepEqual(await list("example-group%2Fsub/runners?type=project_type"), []);
    gitlab.groups.get(gitlab.subgroupId).instanceRunnersEnabled = false;
    assert.deepEqual(await list("example-group%2Fsub/runners"), [2, 3]);
  });

  it("§4 GET /groups/:id/runners knows no scope", async () => {
    const gitlab = await openWithRunners();
    assert.deepEqual(ids(await send(gitlab, `GET /groups/${gitlab.groupId}/runners?scope=shared`)), [1, 2]);
  });

  it("§1.4 projects and groups: 404 when not to be seen, 403 when the role is too low", async () => {
    const gitlab = await openWithRunners();
    const { groupId, projectId } = gitlab;
    const look = async (path: string, token: string) => {
      const { status, body } = await send(gitlab, `GET ${path}`, { token });
      return status === 200 ? 200 : `${status} ${JSON.stringify(body)}`;
    };
    const stranger = personWith(gitlab);
    const noProject = '404 {"message":"404 Project Not Found"}';
    const noGroup = '404 {"message":"404 Group Not Found"}';
    const forbidden = '403 {"message":"403 Forbidden"}';
    assert.equal(await look("/projects/9/runners", gitlab.token), noProject);
    assert.equal(await look("/groups/9/runners", gitlab.token), noGroup);
    assert.equal(await look("/projects/no%2Fwhere/runners", gitlab.token), noProject);
    assert.equal(await look(`/projects/${projectId}/runners`, stranger), noProject);
    assert.equal(await look(`/groups/${groupId}/runners`, stranger), noGroup);
    gitlab.projects.get(projectId).visibility = "public";
    gitlab.groups.get(groupId).visibility = "internal";
    assert.equal(await look(`/projects/${projectId}/runners`, stranger), forbidden);
    assert.equal(await look(`/groups/${groupId}/runners`, stranger), forbidden);
    const statuses: Record<string, unknown> = {};
    for (const role of ["developer", "security_manager", "maintainer", "owner"] as const) {
      const token = personWith(gitlab, { role, groupId });
      statuses[role] = [
        await look(`/projects/${projectId}/runners`, token),
        await look(`/groups/${groupId}/runners`, token),
      ];
    }
    assert.deepEqual(statuses, {
      developer: [forbidden, forbidden],
      security_manager: [200, 200],
      maintainer: [200, 200],
      owner: [200, 200],
    });
    const auditor = personWith(gitlab, { auditor: true });
    assert.equal(await look(`/projects/${projectId}/runners`, auditor), 200);
  });

  it("§1.4 who is a member of a project below may see the private group, but not its runners", async () => {
    const gitlab = await openWithRunners();
    const token = personWith(gitlab, { role: "maintainer", projectId: gitlab.belowId });
    assert.equal((await send(gitlab, `GET /groups/${gitlab.groupId}/runners`, { token })).status, 403);
  });

  it("§4 filters by type, paused and tags; a runner must have all tags, in their case", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type", tagList: ["linux", "docker"] });
    gitlab.createRunner({ runnerType: "instance_type", tagList: ["linux"], paused: true });
    gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId, tagList: ["Linux"] });
    const list = async (query: string) => ids(await send(gitlab, `GET /runners/all?${query}`));
    assert.deepEqual(await list("type=group_type"), [3]);
    assert.deepEqual(await list("paused=true"), [2]);
    assert.deepEqual(await list("paused=false"), [1, 3]);
    assert.deepEqual(await list("tag_list=linux"), [1, 2]);
    assert.deepEqual(await list("tag_list=linux,docker"), [1]);
    assert.deepEqual(await list("tag_list[]=docker&tag_list[]=linux"), [1]);
    assert.deepEqual(await list("tag_list=gpu"), []);
    assert.deepEqual(await list("search=linux&sort=desc"), [1, 2, 3]);
  });

  it("§2.4 filters by status, which is not the status that is shown", async () => {
    const gitlab = await openGitLab();
    const now = gitlab.clock.stop("2025-05-03T12:00:00Z").getTime();
    const ago = (hours: number) => new Date(now - hours * 3_600_000);
    const facts: { contactedAt: Date | null; createdAt?: Date; paused?: boolean }[] = [
      { contactedAt: null },
      { contactedAt: null, createdAt: ago(24 * 7) },
      { contactedAt: ago(1) },
      { contactedAt: ago(1), paused: true },
      { contactedAt: ago(2) },
      { contactedAt: ago(24 * 7), createdAt: ago(24 * 8), paused: true },
    ];
    for (const fact of facts) {
      const { id } = gitlab.createRunner({ runnerType: "instance_type", paused: fact.paused ?? false });
      gitlab.runners.update(id, {
        contactedAt: fact.contactedAt,
        ...(fact.createdAt ? { createdAt: fact.createdAt } : {}),
      });
    }
    const list = async (status: string) => ids(await send(gitlab, `GET /runners/all?status=${status}`));
    assert.deepEqual(await list("never_contacted"), [1, 2]);
    assert.deepEqual(await list("stale"), [2, 6]);
    assert.deepEqual(await list("online"), [3, 4]);
    assert.deepEqual(await list("offline"), [5, 6]);
    assert.deepEqual(await list("paused"), [4, 6]);
    assert.deepEqual(await list("active"), [1, 2, 3, 5]);
  });

  it("§4 filters by the start of the version", async () => {
    const gitlab = await openGitLab();
    for (const version of ["16.3.1", "17.0.0"]) {
      const { token } = gitlab.createRunner({ runnerType: "instance_type" });
      await send(gitlab, "POST /runners/verify", { token: null, json: { token, system_id: "s_1", info: { version } } });
    }
    assert.deepEqual(ids(await send(gitlab, "GET /runners/all?version_prefix=16.")), [1]);
    const [manager] = gitlab.runners.get(1).managers;
    if (manager) manager.version = "16.10.2";
    for (const [prefix, isFound] of [
      ["1", false],
      ["16", true],
      ["16.1", false],
      ["16.10", true],
      ["16.10.", true],
      ["16.10.2", true],
      ["16.10.20", false],
    ] as const) {
      const found = ids(await send(gitlab, `GET /runners/all?version_prefix=${prefix}`));
      assert.deepEqual(found, isFound ? [1] : [], prefix);
    }
    const wrong = await send(gitlab, "GET /runners/all?version_prefix=v16");
    assert.equal(wrong.status, 400);
    assert.deepEqual(wrong.body, { error: "version_prefix is invalid" });
  });

  it("§4 the deprecated scope mixes types and statuses; GET /runners takes statuses only", async () => {
    const gitlab = await openWithRunners();
    const list = async (query: string) => ids(await send(gitlab, `GET /runners/all?scope=${query}`));
    assert.deepEqual(await list("shared"), [1]);
    assert.deepEqual(await list("specific"), [2, 3, 4, 5, 6]);
    assert.deepEqual(await list("project_type"), [4, 5]);
    assert.deepEqual(await list("online"), []);
    assert.deepEqual(ids(await send(gitlab, "GET /runners?scope=active")), [2, 3, 4, 5]);
    const refused = await send(gitlab, "GET /runners?scope=specific");
    assert.equal(refused.status, 400);
    assert.deepEqual(refused.body, { message: "Scope contains invalid value" });
  });

  for (const query of ["type=shared", "status=asleep", "scope=all"]) {
    it(`§4 refuses ${query} with 400`, async () => {
      const gitlab = await openGitLab();
      for (const path of ["/runners", "/runners/all", `/projects/${gitlab.projectId}/runners`]) {
        const answer = await send(gitlab, `GET ${path}?${query}`);
        assert.equal(answer.status, 400);
        assert.deepEqual(answer.body, { error: `${query.split("=")[0]} does not have a valid value` });
      }
    });
  }
});
