import assert from "node:assert/strict";
import { Gitlab } from "@gitbeaker/rest";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { openGitLab, personWith } from "../testing/support.js";

function connect(gitlab: StandInGitLab, token = gitlab.token) {
  return new Gitlab({ host: gitlab.url, token });
}

/** What a client tells of a refusal. */
async function statusOf(promise: Promise<unknown>): Promise<number> {
  try {
    await promise;
  } catch (error) {
    return (error as { cause: { response: { status: number } } }).cause.response.status;
  }
  return assert.fail("was not refused");
}

describe("stand-in GitLab: driven by @gitbeaker/rest", () => {
  it("creates runners of all three types, and their attributes are read back as sent", async () => {
    const gitlab = await openGitLab();
    const api = connect(gitlab);
    const { groupId, projectId } = gitlab;
    const attributes = {
      description: "builder",
      maintenanceNote: "a note",
      paused: true,
      locked: true,
      accessLevel: "ref_protected" as const,
      runUntagged: false,
      tagList: ["docker", "linux"],
      maximumTimeout: 3600,
    };
    const made = [
      await api.Users.createCIRunner("instance_type", attributes),
      await api.Users.createCIRunner("group_type", { ...attributes, groupId }),
      await api.Users.createCIRunner("project_type", { ...attributes, projectId }),
    ];
    assert.deepEqual(
      made.map(({ id }) => id),
      [1, 2, 3],
    );
    for (const [index, { id, token }] of made.entries()) {
      assert.match(String(token), /^glrt-/);
      const shown = await api.Runners.show(id);
      assert.equal(shown.runner_type, ["instance_type", "group_type", "project_type"][index]);
      assert.deepEqual(
        [shown.description, shown.maintenance_note, shown.paused, shown.access_level, shown.maximum_timeout],
        ["builder", "a note", true, "ref_protected", 3600],
      );
      assert.deepEqual([...(shown.tag_list ?? [])].sort(), ["docker", "linux"]);
    }
  });

  it("follows pages, and stops where it is told to", async () => {
    const gitlab = await openGitLab();
    const { groupId } = gitlab;
    for (let index = 0; index < 45; index += 1) gitlab.createRunner({ runnerType: "group_type", groupId });
    const api = connect(gitlab);
    const everything = await api.Runners.all({ groupId, perPage: 10 });
    assert.deepEqual(
      everything.map(({ id }) => id),
      Array.from({ length: 45 }, (_, index) => index + 1),
    );
    assert.equal(gitlab.requests.count({ path: `/groups/${groupId}/runners` }), 5);
    const { data, paginationInfo } = await api.Runners.all({
      groupId,
      perPage: 10,
      page: 5,
      maxPages: 1,
      showExpanded: true,
    });
    assert.equal(data.length, 5);
    assert.deepEqual([paginationInfo.total, paginationInfo.next, paginationInfo.current], [45, null, 5]);
  });

  it("updates only what it sends", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type", description: "old", tagList: ["a"], maximumTimeout: 900 });
    const api = connect(gitlab);
    const edited = await api.Runners.edit(1, { description: "new" });
    assert.equal(edited.description, "new");
    assert.deepEqual(gitlab.runners.get(1).tagList, ["a"]);
    assert.equal(gitlab.runners.get(1).maximumTimeout, 900);
    assert.equal(await statusOf(api.Runners.edit(1, { maximumTimeout: 1 })), 400);
  });

  it("verifies and removes by the runner's token", async () => {
    const gitlab = await openGitLab();
    const api = connect(gitlab);
    const { id, token } = await api.Users.createCIRunner("instance_type");
    const verification = { token, systemId: "s_gitbeaker" };
    await api.Runners.verify(verification);
    assert.deepEqual(
      gitlab.runners.get(id).managers.map(({ systemId }) => systemId),
      ["s_gitbeaker"],
    );
    await api.Runners.remove({ token: String(token) });
    assert.equal(gitlab.runners.size, 0);
    assert.equal(await statusOf(api.Runners.verify(verification)), 403);
    assert.equal(await statusOf(api.Runners.show(id)), 404);
  });

  it("registers in the retired way, for the instance, a group and a project", async () => {
    const gitlab = await openGitLab();
    const api = connect(gitlab);
    const tokens = [
      gitlab.settings.registrationToken,
      gitlab.groups.get(gitlab.groupId).registrationToken,
      gitlab.projects.get(gitlab.projectId).registrationToken,
    ];
    for (const token of tokens) await api.Runners.register(token, { description: "old way", tagList: ["a"] });
    assert.deepEqual(
      gitlab.runners.all().map(({ runnerType }) => runnerType),
      ["instance_type", "group_type", "project_type"],
    );
    await api.Runners.resetRegistrationToken({ token: String(tokens[0]) });
    assert.equal(await statusOf(api.Runners.register(String(tokens[0]))), 403);
    await api.Runners.register(gitlab.settings.registrationToken);
    gitlab.settings.allowRunnerRegistrationToken = false;
    assert.equal(await statusOf(api.Runners.register(gitlab.settings.registrationToken)), 410);
  });

  it("assigns to a project by its path and takes it away again, and lists a project's runners", async () => {
    const gitlab = await openGitLab();
    const other = gitlab.createProject({ path: "other", groupId: gitlab.groupId });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId] });
    const api = connect(gitlab);
    await api.Runners.enable("example-group/other", 1);
    assert.deepEqual(gitlab.runners.get(1).projectIds, [gitlab.projectId, other.id]);
    assert.deepEqual(
      (await api.Runners.all({ projectId: other.id })).map(({ id }) => id),
      [1],
    );
    await api.Runners.disable(other.id, 1);
    assert.deepEqual(gitlab.runners.get(1).projectIds, [gitlab.projectId]);
    assert.equal(await statusOf(api.Runners.disable(other.id, 1)), 404);
  });

  it("lists the jobs of a runner", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    for (const status of ["running", "success"] as const) {
      gitlab.createJob({ projectId: gitlab.projectId, runnerId: 1, status });
    }
    const jobs = await connect(gitlab).Runners.allJobs(1, { status: "running" });
    assert.deepEqual(
      jobs.map(({ status }) => status),
      ["running"],
    );
  });

  it("makes users and tokens, which have the rights that they were given", async () => {
    const gitlab = await openGitLab();
    const api = connect(gitlab);
    const ann = { email: "ann@example.com", username: "ann", name: "Ann", forceRandomPassword: true };
    const { id: userId } = await api.Users.create(ann);
    gitlab.addMember({ userId, groupId: gitlab.groupId, role: "owner" });
    const { token } = await api.PersonalAccessTokens.create(userId, "reading", ["read_api"]);
    const reader = connect(gitlab, String(token));
    assert.deepEqual((await reader.PersonalAccessTokens.show()).scopes, ["read_api"]);
    assert.deepEqual(await reader.Runners.all({ groupId: gitlab.groupId }), []);
    assert.equal(await statusOf(reader.Users.createCIRunner("group_type", { groupId: gitlab.groupId })), 403);
    const maker = await api.PersonalAccessTokens.create(userId, "making", ["create_runner"]);
    await connect(gitlab, String(maker.token)).Users.createCIRunner("group_type", { groupId: gitlab.groupId });
    assert.equal(gitlab.runners.get(1).creatorId, userId);
  });

  it("is told apart by statuses: no token, a foreign runner, one that is not there", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId });
    assert.equal(await statusOf(connect(gitlab, "glpat-fake").Runners.show(1)), 401);
    assert.equal(await statusOf(connect(gitlab, personWith(gitlab)).Runners.show(1)), 403);
    assert.equal(await statusOf(connect(gitlab).Runners.show(99)), 404);
  });
});
