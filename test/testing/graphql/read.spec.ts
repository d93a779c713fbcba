import assert from "node:assert/strict";
import type { StandInGitLab } from "../../../provider/testing/index.js";
import { openGitLab, personWith, send } from "../support.js";
import { ask, askWell, gid, messages, nodesOf, unavailable } from "./support.js";

const everything = `id description runnerType paused locked runUntagged accessLevel maximumTimeout tagList
  maintenanceNote status contactedAt createdAt createdBy { id username } tokenExpiresAt shortSha jobExecutionStatus
  groups { nodes { fullPath } } projects { nodes { fullPath } } ownerProject { id } projectCount jobCount version
  managers { count nodes { systemId version status } } creationState creationMethod`;

/** The descriptions in a list, in order. */
const names = (list: unknown) => nodesOf(list).map((node) => node.description);

describe("stand-in GitLab: §9 CiRunner", () => {
  it("§9 has every field of the reference, with upper-case enums and global ids", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop("2026-05-03T10:20:30.456Z");
    gitlab.createRunner({
      runnerType: "project_type",
      projectIds: [gitlab.projectId],
      creatorId: gitlab.userId,
      description: "builder",
      maintenanceNote: "a note",
      tagList: ["b", "a"],
      locked: true,
      accessLevel: "ref_protected",
      maximumTimeout: 3600,
      token: "glrt-ABCDEFGHIJKL_fake",
      tokenExpiresAt: new Date("2026-06-01T00:00:00Z"),
    });
    const { runner } = await askWell(gitlab, `{ runner(id: "${gid(1)}") { ${everything} } }`);
    assert.deepEqual(runner, {
      id: gid(1),
      description: "builder",
      runnerType: "PROJECT_TYPE",
      paused: false,
      locked: true,
      runUntagged: true,
      accessLevel: "REF_PROTECTED",
      maximumTimeout: 3600,
      tagList: ["b", "a"],
      maintenanceNote: "a note",
      status: "NEVER_CONTACTED",
      contactedAt: null,
      createdAt: "2026-05-03T10:20:30Z",
      createdBy: { id: gid(gitlab.userId, "User"), username: "root" },
      tokenExpiresAt: "2026-06-01T00:00:00Z",
      shortSha: "ABCDEFGH",
      jobExecutionStatus: "IDLE",
      groups: { nodes: [] },
      projects: { nodes: [{ fullPath: "example-group/example-project" }] },
      ownerProject: { id: gid(gitlab.projectId, "Project") },
      projectCount: 1,
      jobCount: 0,
      version: null,
      managers: { count: 0, nodes: [] },
      creationState: "STARTED",
      creationMethod: "AUTHENTICATED_USER",
    });
  });

  it("§2.4 status is NEVER_CONTACTED until the runner asks for a job, and never paused", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type", paused: true });
    const status = async () => {
      const { runner } = await askWell(gitlab, `{ runner(id: "${gid(1)}") { status managers { nodes { status } } } }`);
      return [runner?.status, (await send(gitlab, "GET /runners/1")).body.status];
    };
    assert.deepEqual(await status(), ["NEVER_CONTACTED", "never_contacted"]);
    await send(gitlab, "POST /runners/verify", { token: null, json: { token, system_id: "s_1" } });
    assert.deepEqual(await status(), ["NEVER_CONTACTED", "paused"]);
    await send(gitlab, "POST /jobs/request", { token: null, json: { token, system_id: "s_1" } });
    assert.deepEqual(await status(), ["ONLINE", "paused"]);
    gitlab.clock.advance({ hours: 3 });
    assert.deepEqual(await status(), ["OFFLINE", "paused"]);
    gitlab.clock.advance({ days: 7 });
    assert.deepEqual(await status(), ["STALE", "stale"]);
  });

  it("§9 managers are a list of their own, found by system id and status", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    for (const system_id of ["s_1", "s_2"]) {
      const info = { version: "18.5.0", platform: "linux", architecture: "amd64", revision: "abc" };
      await send(gitlab, "POST /runners/verify", { token: null, json: { token, system_id, info } });
    }
    const query = `{ runner(id: "${gid(1)}") { version all: managers { count nodes { id systemId version platformName
      architectureName revision status runner { id } } } one: managers(systemId: "s_1") { nodes { systemId } }
      none: managers(status: STALE) { count } } }`;
    const { runner } = await askWell(gitlab, query);
    assert.equal(runner?.version, "18.5.0");
    assert.deepEqual(nodesOf(runner?.all)[0], {
      id: gid(2, "Ci::RunnerManager"),
      systemId: "s_2",
      version: "18.5.0",
      platformName: "linux",
      architectureName: "amd64",
      revision: "abc",
      status: "ONLINE",
      runner: { id: gid(1) },
    });
    assert.deepEqual(nodesOf(runner?.one), [{ systemId: "s_1" }]);
    assert.deepEqual(runner?.none, { count: 0 });
  });

  it("§8 ephemeralAuthenticationToken is for the creator, within an hour, before the first job request", async () => {
    const gitlab = await openGitLab();
    const userId = gitlab.createUser({ username: "maker", admin: true }).id;
    const token = gitlab.createToken({ userId }).token;
    const { token: secret } = gitlab.createRunner({ runnerType: "instance_type", creatorId: userId });
    const seen = async (asker: string) =>
      (await askWell(gitlab, `{ runner(id: "${gid(1)}") { ephemeralAuthenticationToken } }`, { token: asker })).runner
        ?.ephemeralAuthenticationToken;
    assert.equal(await seen(token), secret);
    assert.equal(await seen(gitlab.token), null);
    gitlab.clock.advance({ minutes: 61 });
    assert.equal(await seen(token), null);
    gitlab.clock.advance({ minutes: -61 });
    assert.equal(await seen(token), secret);
    await send(gitlab, "POST /jobs/request", { token: null, json: { token: secret, system_id: "s_1" } });
    assert.equal(await seen(token), null);
  });

  it("§8 shortSha leaves out what every token begins with", async () => {
    const gitlab = await openGitLab({ settings: { instanceTokenPrefix: "acme" } });
    const tokens = ["glrt-AAAAAAAA1", "glrt-t1_BBBBBBBB2", "acme-glrt-CCCCCCCC3", "DDDDDDDD4", "glrtr-EEEEEEEE5"];
    for (const token of tokens) gitlab.createRunner({ runnerType: "instance_type", token });
    const { runners } = await askWell(gitlab, "{ runners(sort: CREATED_ASC) { nodes { shortSha } } }");
    assert.deepEqual(
      nodesOf(runners).map((node) => node.shortSha),
      ["AAAAAAAA", "BBBBBBBB", "CCCCCCCC", "DDDDDDDD", "EEEEEEEE"],
    );
  });
});

describe("stand-in GitLab: §9 who sees which runner by GraphQL", () => {
  it("a runner that is not there or may not be seen is null, without an error", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId });
    const query = `{ a: runner(id: "${gid(1)}") { id } b: runner(id: "${gid(99)}") { id } }`;
    assert.deepEqual(await askWell(gitlab, query, { token: personWith(gitlab) }), { a: null, b: null });
  });

  it("everyone sees instance runners, but only administrators their note and expiry", async () => {
    const gitlab = await openGitLab();
    const tokenExpiresAt = new Date("2030-01-01T00:00:00Z");
    gitlab.createRunner({ runnerType: "instance_type", maintenanceNote: "secret", tokenExpiresAt });
    const query = `{ runner(id: "${gid(1)}") { description maintenanceNote tokenExpiresAt userPermissions {
      readRunner updateRunner deleteRunner assignRunner } } }`;
    const all = (value: boolean) => ({ updateRunner: value, deleteRunner: value, assignRunner: value });
    assert.deepEqual((await askWell(gitlab, query, { token: personWith(gitlab) })).runner, {
      description: null,
      maintenanceNote: null,
      tokenExpiresAt: null,
      userPermissions: { readRunner: true, ...all(false) },
    });
    assert.deepEqual((await askWell(gitlab, query)).runner, {
      description: null,
      maintenanceNote: "secret",
      tokenExpiresAt: "2030-01-01T00:00:00Z",
      userPermissions: { readRunner: true, ...all(true) },
    });
  });

  it("a group's maintainer sees its runners with expiry, but not their notes", async () => {
    const gitlab = await openGitLab();
    const tokenExpiresAt = new Date("2030-01-01T00:00:00Z");
    const groupId = gitlab.groupId;
    gitlab.createRunner({ runnerType: "group_type", groupId, maintenanceNote: "secret", tokenExpiresAt });
    const token = personWith(gitlab, { role: "maintainer", groupId });
    const query = `{ runner(id: "${gid(1)}") { maintenanceNote tokenExpiresAt groups { nodes { fullPath } } } }`;
    assert.deepEqual((await askWell(gitlab, query, { token })).runner, {
      maintenanceNote: null,
      tokenExpiresAt: "2030-01-01T00:00:00Z",
      groups: { nodes: [{ fullPath: "example-group" }] },
    });
  });

  for (const [who, rights, allowed] of [
    ["an administrator", { admin: true }, true],
    ["an auditor", { auditor: true }, true],
    ["an owner of a group", { role: "owner" as const, groupId: 100 }, false],
  ] as const) {
    it(`runners of the instance are ${allowed ? "for" : "not for"} ${who}`, async () => {
      const gitlab = await openGitLab();
      gitlab.createRunner({ runnerType: "instance_type" });
      const answer = await ask(gitlab, "{ runners { nodes { id } } }", { token: personWith(gitlab, rights) });
      assert.equal(answer.status, 200);
      assert.deepEqual(messages(answer), allowed ? [] : [unavailable]);
      assert.deepEqual(answer.data, { runners: allowed ? { nodes: [{ id: gid(1) }] } : null });
    });
  }

  it("group(fullPath).runners and project(fullPath).runners need the role that REST needs", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const query = `{ group(fullPath: "example-group") { name runners { count } }
      project(fullPath: "example-group/example-project") { name runners { count } } }`;
    for (const role of ["guest", "reporter", "developer", "maintainer", "owner"] as const) {
      const answer = await ask(gitlab, query, { token: personWith(gitlab, { role, groupId }) });
      const open = role === "maintainer" || role === "owner";
      assert.deepEqual(messages(answer), open ? [] : [unavailable, unavailable], role);
      assert.equal(answer.data.group?.name, "Example Group");
    }
    const inProject = await ask(gitlab, query, { token: personWith(gitlab, { role: "maintainer", projectId }) });
    assert.deepEqual(
      inProject.errors.map((error) => error.path),
      [["group", "runners"]],
    );
    assert.deepEqual(inProject.data.project?.runners, { count: 0 });
  });
});

describe("stand-in GitLab: §9 lists of runners by GraphQL", () => {
  async function openWithPlaces(): Promise<StandInGitLab> {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const child = gitlab.createGroup({ path: "child", parentId: groupId });
    const inChild = gitlab.createProject({ path: "deep", groupId: child.id });
    const elsewhere = gitlab.createGroup({ path: "elsewhere" });
    gitlab.createRunner({ runnerType: "instance_type", description: "instance" });
    gitlab.createRunner({ runnerType: "group_type", groupId, description: "group" });
    gitlab.createRunner({ runnerType: "group_type", groupId: child.id, description: "child" });
    gitlab.createRunner({ runnerType: "group_type", groupId: elsewhere.id, description: "elsewhere" });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId], description: "project" });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [inChild.id], description: "deep" });
    return gitlab;
  }

  it("§9 membership: DIRECT, DESCENDANTS (which is the default, and has project runners) or ALL_AVAILABLE", async () => {
    const gitlab = await openWithPlaces();
    const { group } = await askWell(
      gitlab,
      `{ group(fullPath: "Example-Group") {
        direct: runners(membership: DIRECT, sort: CREATED_ASC) { nodes { description } }
        default: runners(sort: CREATED_ASC) { nodes { description } }
        below: runners(membership: DESCENDANTS, sort: CREATED_ASC) { nodes { description } }
        all: runners(membership: ALL_AVAILABLE, sort: CREATED_ASC) { nodes { description } } } }`,
    );
    assert.deepEqual(names(group?.direct), ["group"]);
    assert.deepEqual(names(group?.default), ["group", "child", "project", "deep"]);
    assert.deepEqual(names(group?.below), ["group", "child", "project", "deep"]);
    assert.deepEqual(names(group?.all), ["instance", "group"]);
  });

  it("§9 a project's runners are its own, those of the groups above and of the instance", async () => {
    const gitlab = await openWithPlaces();
    const query = `{ project(fullPath: "example-group/child/deep") { runners(sort: CREATED_ASC) {
      nodes { description } } } }`;
    assert.deepEqual(names((await askWell(gitlab, query)).project?.runners), ["instance", "group", "child", "deep"]);
  });

  it("§9 filters: type, paused, status, tagList, search, creator, versionPrefix", async () => {
    const gitlab = await openWithPlaces();
    const maker = gitlab.createUser({ username: "maker" });
    gitlab.runners.update(2, { paused: true, tagList: ["a", "b"], creatorId: maker.id });
    gitlab.runners.update(3, { tagList: ["a"], token: "glrt-fake-searched" });
    const contacted = { json: { token: gitlab.runners.get(4).token, system_id: "s", info: { version: "17.2.0" } } };
    await send(gitlab, "POST /runners/verify", { token: null, ...contacted });
    const found = async (args: string) =>
      names((await askWell(gitlab, `{ runners(sort: CREATED_ASC, ${args}) { nodes { description } } }`)).runners);
    assert.deepEqual(await found("type: GROUP_TYPE"), ["group", "child", "elsewhere"]);
    assert.deepEqual(await found("paused: true"), ["group"]);
    assert.deepEqual(await found("active: false"), ["group"]);
    assert.equal((await found("paused: false")).length, 5);
    assert.deepEqual(await found("status: PAUSED"), ["group"]);
    assert.deepEqual(await found("status: ONLINE"), ["elsewhere"]);
    assert.equal((await found("status: NEVER_CONTACTED")).length, 5);
    assert.deepEqual(await found('tagList: ["a"]'), ["group", "child"]);
    assert.deepEqual(await found('tagList: ["a", "b"]'), ["group"]);
    assert.deepEqual(await found('tagList: "A"'), []);
    assert.deepEqual(await found('search: "ROJ"'), ["project"]);
    assert.deepEqual(await found('search: "glrt-fake-searched"'), ["child"]);
    assert.deepEqual(await found('search: "glrt-fake"'), []);
    assert.deepEqual(await found(`creatorId: "${gid(maker.id, "User")}"`), ["group"]);
    assert.deepEqual(await found('creatorUsername: "maker"'), ["group"]);
    assert.deepEqual(await found('creatorUsername: "nobody"'), []);
    assert.deepEqual(await found('versionPrefix: "17."'), ["elsewhere"]);
    assert.deepEqual(await found('versionPrefix: "16."'), []);
    assert.deepEqual(await found("upgradeStatus: AVAILABLE"), []);
  });

  it("§9 sorts by creation, latest first, unless another order is asked for", async () => {
    const gitlab = await openGitLab();
    for (const [index, description] of ["one", "two", "three"].entries()) {
      gitlab.clock.advance({ hours: 1 });
      const tokenExpiresAt = index === 1 ? null : new Date(Date.UTC(2030 - index, 0));
      gitlab.createRunner({ runnerType: "instance_type", description, tokenExpiresAt });
    }
    gitlab.runners.update(2, { contactedAt: gitlab.clock.now() });
    const sorted = async (args: string) =>
      names((await askWell(gitlab, `{ runners${args} { nodes { description } } }`)).runners);
    assert.deepEqual(await sorted(""), ["three", "two", "one"]);
    assert.deepEqual(await sorted("(sort: CREATED_DESC)"), ["three", "two", "one"]);
    assert.deepEqual(await sorted("(sort: CREATED_ASC)"), ["one", "two", "three"]);
    assert.equal((await sorted("(sort: CONTACTED_DESC)"))[0], "two");
    assert.deepEqual(await sorted("(sort: TOKEN_EXPIRES_AT_ASC)"), ["three", "one", "two"]);
  });
});
