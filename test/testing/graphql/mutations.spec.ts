import assert from "node:assert/strict";
import { openGitLab, personWith, send } from "../support.js";
import { ask, askWell, gid, listOf, messages, nodesOf, unavailable } from "./support.js";

const create = `mutation ($input: RunnerCreateInput!) {
  runnerCreate(input: $input) { clientMutationId errors runner { id ephemeralAuthenticationToken } } }`;
const update = `mutation ($input: RunnerUpdateInput!) {
  runnerUpdate(input: $input) { errors runner { description tagList paused maximumTimeout accessLevel } } }`;
const remove = "mutation ($id: CiRunnerID!) { runnerDelete(input: { id: $id }) { errors } }";

describe("stand-in GitLab: §9 runnerCreate", () => {
  it("§9 makes a runner with every attribute and shows its token to its creator", async () => {
    const gitlab = await openGitLab();
    const input = {
      clientMutationId: "mine",
      runnerType: "GROUP_TYPE",
      groupId: gid(gitlab.groupId, "Group"),
      description: "made",
      maintenanceNote: "note",
      maximumTimeout: 3600,
      accessLevel: "REF_PROTECTED",
      paused: true,
      locked: true,
      runUntagged: false,
      tagList: ["a", "b"],
    };
    const { runnerCreate } = await askWell(gitlab, create, { variables: { input } });
    const runner = gitlab.runners.get(1);
    assert.deepEqual(runnerCreate, {
      clientMutationId: "mine",
      errors: [],
      runner: { id: gid(1), ephemeralAuthenticationToken: runner.token },
    });
    const { groupId, creatorId, accessLevel, tagList, maximumTimeout, paused, locked, runUntagged } = runner;
    assert.deepEqual(
      { groupId, creatorId, accessLevel, tagList, maximumTimeout, paused, locked, runUntagged },
      {
        groupId: gitlab.groupId,
        creatorId: gitlab.userId,
        accessLevel: "ref_protected",
        tagList: ["a", "b"],
        maximumTimeout: 3600,
        paused: true,
        locked: true,
        runUntagged: false,
      },
    );
    assert.equal((await send(gitlab, "GET /runners/1")).body.maintenance_note, "note");
  });

  it("§9 gives the broken rules in errors[], all of them, and makes nothing", async () => {
    const gitlab = await openGitLab();
    const input = { runnerType: "INSTANCE_TYPE", maximumTimeout: 1, runUntagged: false, description: "x".repeat(1025) };
    const { runnerCreate } = await askWell(gitlab, create, { variables: { input } });
    assert.deepEqual(runnerCreate, {
      clientMutationId: null,
      errors: [
        "Tags list can not be empty when runner is not allowed to pick untagged jobs",
        "Maximum timeout needs to be at least 10 minutes",
        "Description is too long (maximum is 1024 characters)",
      ],
      runner: null,
    });
    assert.equal(gitlab.runners.size, 0);
  });

  it("§9 needs the place that goes with the type, and the role there", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const tried = async (input: Record<string, unknown>, token = gitlab.token) =>
      messages(await ask(gitlab, create, { token, variables: { input } }));
    assert.deepEqual(await tried({ runnerType: "GROUP_TYPE" }), ["`group_id` is missing"]);
    assert.deepEqual(await tried({ runnerType: "PROJECT_TYPE" }), ["`project_id` is missing"]);
    assert.deepEqual(await tried({ runnerType: "GROUP_TYPE", groupId: gid(9, "Group") }), [unavailable]);
    const maintainer = personWith(gitlab, { role: "maintainer", groupId });
    const inGroup = { runnerType: "GROUP_TYPE", groupId: gid(groupId, "Group") };
    const inProject = { runnerType: "PROJECT_TYPE", projectId: gid(projectId, "Project") };
    assert.deepEqual(await tried(inGroup, maintainer), [unavailable]);
    assert.deepEqual(await tried({ runnerType: "INSTANCE_TYPE" }, maintainer), [unavailable]);
    assert.equal(gitlab.runners.size, 0);
    assert.deepEqual(await tried(inProject, maintainer), []);
    assert.deepEqual(gitlab.runners.get(1).projectIds, [projectId]);
  });

  it("§3 an expiry and a deadline for rotation can be set in the Enterprise Edition", async () => {
    const gitlab = await openGitLab();
    const inTwoDays = new Date(gitlab.clock.now().getTime() + 2 * 24 * 3600 * 1000).toISOString();
    const input = { runnerType: "INSTANCE_TYPE", tokenExpiresAt: inTwoDays, tokenRotationDeadline: inTwoDays };
    await askWell(gitlab, create, { variables: { input } });
    assert.equal(gitlab.runners.get(1).tokenExpiresAt?.toISOString(), inTwoDays);
    const late = { runnerType: "INSTANCE_TYPE", tokenExpiresAt: "2001-01-01T00:00:00Z" };
    const { runnerCreate } = await askWell(gitlab, create, { variables: { input: late } });
    assert.deepEqual(runnerCreate?.errors, ["token_expires_at must be at least 5 minutes in the future"]);
  });
});

describe("stand-in GitLab: §9 runnerUpdate and runnerDelete", () => {
  it("§9 changes only what is sent; empty values count, as with PUT", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type", description: "old", tagList: ["a"], maximumTimeout: 900 });
    const change = async (input: Record<string, unknown>) =>
      (await askWell(gitlab, update, { variables: { input: { id: gid(1), ...input } } })).runnerUpdate?.runner;
    const start = {
      description: "old",
      tagList: ["a"],
      paused: false,
      maximumTimeout: 900,
      accessLevel: "NOT_PROTECTED",
    };
    assert.deepEqual(await change({ paused: true }), { ...start, paused: true });
    assert.deepEqual(await change({ tagList: [], maximumTimeout: null, description: "" }), {
      ...start,
      paused: true,
      tagList: [],
      maximumTimeout: null,
      description: "",
    });
    assert.deepEqual(await change({ active: true, accessLevel: "REF_PROTECTED" }), {
      description: "",
      tagList: [],
      paused: false,
      maximumTimeout: null,
      accessLevel: "REF_PROTECTED",
    });
  });

  it("§9 on a broken rule runner is null, errors[] tells, nothing changes", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type", description: "old" });
    const input = { id: gid(1), description: "new", maximumTimeout: 1 };
    assert.deepEqual((await askWell(gitlab, update, { variables: { input } })).runnerUpdate, {
      errors: ["Maximum timeout needs to be at least 10 minutes"],
      runner: null,
    });
    assert.equal(gitlab.runners.get(1).description, "old");
  });

  it("§9 what may not be changed or deleted is as good as not there", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const other = gitlab.createProject({ path: "other", groupId });
    gitlab.createRunner({ runnerType: "group_type", groupId });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId, other.id] });
    const token = personWith(gitlab, { role: "maintainer", groupId });
    for (const id of [gid(1), gid(99)]) {
      const variables = { input: { id, paused: true } };
      assert.deepEqual(messages(await ask(gitlab, update, { token, variables })), [unavailable]);
      assert.deepEqual(messages(await ask(gitlab, remove, { token, variables: { id } })), [unavailable]);
    }
    assert.deepEqual(messages(await ask(gitlab, remove, { token, variables: { id: gid(2) } })), [unavailable]);
    assert.equal(gitlab.runners.size, 2);
    assert.equal(gitlab.runners.get(1).paused, false);
  });

  it("§9 runnerDelete removes the runner, and its token is dead", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    assert.deepEqual((await askWell(gitlab, remove, { variables: { id: gid(1) } })).runnerDelete, { errors: [] });
    assert.equal((await send(gitlab, "POST /runners/verify", { token: null, json: { token } })).status, 403);
  });

  it("§9 where REST answers with 500, GraphQL does in its own form", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    const answer = await ask(gitlab, update, { variables: { input: { id: gid(1), locked: null } } });
    assert.equal(answer.status, 500);
    assert.deepEqual(answer.body, { errors: [{ message: "Internal server error" }] });
  });
});

describe("stand-in GitLab: §9 projects and bulk mutations", () => {
  it("§9 associatedProjects replaces the set of projects; the owner stays", async () => {
    const gitlab = await openGitLab();
    const [b, c] = ["b", "c"].map((path) => gitlab.createProject({ path, groupId: gitlab.groupId }).id);
    gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId, Number(b)] });
    const set = (ids: unknown[]) =>
      askWell(gitlab, update, {
        variables: { input: { id: gid(1), associatedProjects: ids.map((id) => gid(Number(id), "Project")) } },
      });
    await set([c]);
    assert.deepEqual(gitlab.runners.get(1).projectIds, [gitlab.projectId, c]);
    await set([]);
    assert.deepEqual(gitlab.runners.get(1).projectIds, [gitlab.projectId]);
    gitlab.createRunner({ runnerType: "instance_type" });
    const input = { id: gid(2), associatedProjects: [] };
    assert.deepEqual(messages(await ask(gitlab, update, { variables: { input } })), [
      "associatedProjects must not be specified for 'instance_type' scope",
    ]);
  });

  it("§9 associatedProjects does nothing at all when one project is not allowed", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const mine = gitlab.createProject({ path: "mine", groupId }).id;
    const foreign = gitlab.createProject({ path: "foreign" }).id;
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId], description: "old" });
    const associatedProjects = [mine, foreign].map((id) => gid(id, "Project"));
    const input = { id: gid(1), description: "new", associatedProjects };
    const token = personWith(gitlab, { role: "maintainer", groupId });
    const { runnerUpdate } = await askWell(gitlab, update, { token, variables: { input } });
    assert.deepEqual(runnerUpdate, { runner: null, errors: ["user not authorized to add runners to project"] });
    assert.deepEqual(gitlab.runners.get(1).projectIds, [projectId]);
    assert.equal(gitlab.runners.get(1).description, "old");
  });

  it("§9 runnerAssignToProject and runnerUnassignFromProject", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const other = gitlab.createProject({ path: "other", groupId }).id;
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] });
    gitlab.createRunner({ runnerType: "instance_type" });
    const act = (name: string, path: string, runner = 1) =>
      `mutation { ${name}(input: { runnerId: "${gid(runner)}", projectPath: "${path}" }) { errors } }`;
    await askWell(gitlab, act("runnerAssignToProject", "example-group/other"));
    assert.deepEqual(gitlab.runners.get(1).projectIds, [projectId, other]);
    const again = await askWell(gitlab, act("runnerAssignToProject", "example-group/other"));
    assert.match(String(again.runnerAssignToProject?.errors), /has already been taken/);
    assert.deepEqual(messages(await ask(gitlab, act("runnerAssignToProject", "example-group/other", 2))), [
      "Runner is not a project runner",
    ]);
    assert.deepEqual(messages(await ask(gitlab, act("runnerAssignToProject", "no/where"))), [unavailable]);
    const owner = await askWell(gitlab, act("runnerUnassignFromProject", "example-group/example-project"));
    assert.equal(listOf(owner.runnerUnassignFromProject?.errors).length, 1);
    await askWell(gitlab, act("runnerUnassignFromProject", "example-group/other"));
    assert.deepEqual(gitlab.runners.get(1).projectIds, [projectId]);
    assert.deepEqual(messages(await ask(gitlab, act("runnerUnassignFromProject", "example-group/other"))), [
      unavailable,
    ]);
  });

  it("§5.3 assigning and unassigning by GraphQL need the rights that REST asks for", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const other = gitlab.createProject({ path: "other", groupId }).id;
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId, other], locked: true });
    const act = (name: string, runner: number, path = "example-group/other") =>
      `mutation { ${name}(input: { runnerId: "${gid(runner)}", projectPath: "${path}" }) { errors } }`;
    const token = personWith(gitlab, { role: "maintainer", projectId });
    const assign = await askWell(gitlab, act("runnerAssignToProject", 1), { token });
    assert.deepEqual(assign.runnerAssignToProject?.errors, ["user not authorized to add runners to project"]);
    assert.deepEqual(messages(await ask(gitlab, act("runnerAssignToProject", 2), { token })), [unavailable]);
    const unassign = await askWell(gitlab, act("runnerUnassignFromProject", 2), { token });
    assert.deepEqual(unassign.runnerUnassignFromProject?.errors, ["user not allowed to unassign runner"]);
    assert.deepEqual(gitlab.runners.get(2).projectIds, [projectId, other]);
  });

  it("§2.5 a tag that the database does not take is 500 here too", async () => {
    const gitlab = await openGitLab();
    const input = { runnerType: "INSTANCE_TYPE", tagList: ["x".repeat(256)] };
    assert.equal((await ask(gitlab, create, { variables: { input } })).status, 500);
    assert.equal(gitlab.runners.size, 0);
  });

  it("§9 bulkRunnerDelete and runnerBulkPause do what is allowed and name the rest, 50 runners a call", async () => {
    const gitlab = await openGitLab();
    const { groupId } = gitlab;
    gitlab.createRunner({ runnerType: "instance_type" });
    for (let index = 0; index < 51; index += 1) gitlab.createRunner({ runnerType: "group_type", groupId });
    const token = personWith(gitlab, { role: "owner", groupId });
    const ids = gitlab.runners.all().map((runner) => gid(runner.id));
    const pause = `mutation ($ids: [CiRunnerID!]!, $paused: Boolean!) { runnerBulkPause(input: { ids: $ids, paused: $paused }) {
      errors updatedCount updatedRunners { id } } }`;
    const paused = await askWell(gitlab, pause, { token, variables: { ids, paused: true } });
    assert.deepEqual(paused.runnerBulkPause?.errors, [
      "Can only pause up to 50 runners per call. Ignored the remaining runner(s).",
      "User does not have permission to update / pause runner(s) #1",
    ]);
    assert.equal(paused.runnerBulkPause?.updatedCount, 49);
    assert.equal(gitlab.runners.where((runner) => runner.paused).length, 49);
    const erase = `mutation ($ids: [CiRunnerID!]) { bulkRunnerDelete(input: { ids: $ids }) {
      errors deletedCount deletedIds } }`;
    const some = await askWell(gitlab, erase, { token, variables: { ids: [gid(1), gid(2)] } });
    assert.deepEqual(some.bulkRunnerDelete, {
      errors: ["User does not have permission to delete runner(s) #1"],
      deletedCount: 1,
      deletedIds: [gid(2)],
    });
    const none = await askWell(gitlab, erase, { token, variables: { ids: [gid(1)] } });
    assert.deepEqual(none.bulkRunnerDelete?.errors, ["User does not have permission to delete any of the runners"]);
    assert.equal(gitlab.runners.size, 51);
    const left = await askWell(gitlab, "{ runners(paused: true) { nodes { id } } }");
    assert.equal(nodesOf(left.runners).length, 48);
  });
});
