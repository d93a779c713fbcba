import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { GitLabCallError, InvalidInputError } from "../../provider/errors.js";
import {
  type GetRunnersArgs,
  getRunner,
  getRunnerOutput,
  getRunners,
  getRunnersOutput,
  Provider,
} from "../../provider/index.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import { personWith } from "../testing/support.js";

interface Settled<T> {
  value: T;
  isKnown: boolean;
  isSecret: boolean;
}

async function settle<T>(output: pulumi.Output<T>): Promise<Settled<T>> {
  const inner = output as unknown as { promise(): Promise<T>; isKnown: Promise<boolean>; isSecret: Promise<boolean> };
  return { value: await inner.promise(), isKnown: await inner.isKnown, isSecret: await inner.isSecret };
}

describe("look-ups of a program", () => {
  let gitlab: StandInGitLab;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    useGitLab(gitlab);
  });

  afterEach(() => pulumi.runtime.setAllConfig({}));

  const idsOf = async (args: GetRunnersArgs) => (await getRunners(args)).map(({ runnerId }) => runnerId);

  it("tell all of a runner, by the names of arguments, and no token", async () => {
    const { groupId, projectId } = gitlab;
    gitlab.createRunner({ runnerType: "group_type", groupId });
    const { id, token } = gitlab.createRunner({
      runnerType: "project_type",
      projectIds: [projectId],
      description: "build",
      tagList: ["linux", "docker"],
      maximumTimeout: 3600,
      // What this package notes there for itself is nobody's business.
      maintenanceNote: "rack 3\n\n[pulumi-gitlab-runner 0123456789abcdef/docker#0123456789ab]",
      locked: true,
    });
    const found = await getRunner({ runnerId: id });
    const { createdAt, projects, ...rest } = found;
    assert.deepEqual(JSON.parse(JSON.stringify(rest)), {
      runnerId: id,
      runnerType: "project_type",
      description: "build",
      paused: false,
      status: "never_contacted",
      jobExecutionStatus: "idle",
      tagList: ["docker", "linux"],
      runUntagged: true,
      locked: true,
      accessLevel: "not_protected",
      maximumTimeout: 3600,
      maintenanceNote: "rack 3",
      groups: [],
      url: gitlab.url,
    });
    assert.equal(projects[0]?.projectId, projectId);
    assert.ok(!Number.isNaN(Date.parse(createdAt ?? "")));
    assert.ok(!JSON.stringify(found).includes(token));
  });

  it("find every runner, on as many pages as there are, in as few requests", async () => {
    for (let i = 0; i < 250; i++) gitlab.createRunner({ runnerType: "instance_type" });
    const found = await idsOf({ wholeInstance: true });
    assert.deepEqual([found.length, new Set(found).size], [250, 250]);
    assert.equal(gitlab.requests.count(), 3);
    for (let i = 0; i < 50; i++) gitlab.createRunner({ runnerType: "instance_type" });
    assert.equal((await idsOf({ wholeInstance: true })).length, 300);
  });

  it("find them too where something on the way keeps the page headers to itself", async () => {
    for (let i = 0; i < 200; i++) gitlab.createRunner({ runnerType: "instance_type" });
    for (let page = 1; page <= 3; page++) {
      const from = 100 * (page - 1) + 1;
      const body = gitlab.runners
        .all()
        .filter(({ id }) => id >= from && id < from + 100)
        .map(({ id }) => ({ id, runner_type: "instance_type", paused: false, status: "online" }));
      gitlab.faults.add({ path: "/runners/all", kind: "reply", status: 200, body });
    }
    assert.equal((await idsOf({ wholeInstance: true })).length, 200);
  });

  it("pass each of GitLab's filters on", async () => {
    const { groupId, projectId } = gitlab;
    const instance = gitlab.createRunner({ runnerType: "instance_type", tagList: ["a", "b"], paused: true }).id;
    const group = gitlab.createRunner({ runnerType: "group_type", groupId, tagList: ["a"] }).id;
    const project = gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] }).id;
    assert.deepEqual(await idsOf({ wholeInstance: true, tagList: ["a", "b"] }), [instance]);
    assert.deepEqual(await idsOf({ wholeInstance: true, paused: true }), [instance]);
    assert.deepEqual(await idsOf({ wholeInstance: true, paused: false }), [group, project]);
    assert.deepEqual(await idsOf({ wholeInstance: true, runnerType: "project_type" }), [project]);
    assert.deepEqual(await idsOf({ wholeInstance: true, status: "online" }), []);
    assert.deepEqual(await idsOf({ wholeInstance: true, versionPrefix: "18." }), []);
    assert.deepEqual(await idsOf({ groupId }), [instance, group]);
    assert.deepEqual(await idsOf({ projectId }), [instance, group, project]);
    const { path: fullPath } = gitlab.groups.get(groupId);
    assert.deepEqual(await idsOf({ groupId: fullPath, runnerType: "group_type" }), [group]);
    assert.deepEqual(await idsOf({}), [group, project]);
  });

  it("refuse wrong arguments before anything is sent, all at once", async () => {
    const wrong = {
      groupId: "my group",
      projectId: 3,
      wholeInstance: true,
      status: "canary",
      tagList: ["a,b"],
      versionPrefix: "v18",
      runnerTyp: "group_type",
    } as unknown as GetRunnersArgs;
    const error = await failureOf(getRunners(wrong));
    assert.ok(error instanceof InvalidInputError);
    // What Pulumi prints where a program does not catch it.
    assert.equal(inspect(error), `[InvalidInputError: ${error.message}]`);
    for (const line of [
      /^groupId: must be GitLab's number of it, or its full path$/m,
      /^projectId: excludes groupId/m,
      /^wholeInstance: excludes groupId/m,
      /^status: must be one of online, offline/m,
      /^tagList\[0\]: must be one tag/m,
      /^versionPrefix: must be the beginning/m,
      /^runnerTyp: is not a known argument: did you mean "runnerType"/m,
    ]) {
      assert.match(error.message, line);
    }
    assert.ok(!error.message.includes("canary"));
    assert.match((await failureOf(getRunner({ runnerId: "x/../1" }))).message, /^runnerId: must be GitLab's number/);
    assert.equal(gitlab.requests.count(), 0);
  });

  it("say what is wrong when GitLab refuses", async () => {
    const gone = await failureOf(getRunner({ runnerId: 9 }));
    assert.ok(gone instanceof GitLabCallError && gone.call.isGone);
    process.env.GITLAB_TOKEN = personWith(gitlab, { scopes: ["read_api"] });
    assert.match((await failureOf(getRunners({ wholeInstance: true }))).message, /answered 403.*an auditor/);
  });

  describe("with outputs", () => {
    beforeEach(async () => {
      await pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
        call: ({ inputs }) => inputs,
      });
    });

    it("wait for them, and are unknown as long as one of them is", async () => {
      const { id } = gitlab.createRunner({ runnerType: "instance_type", description: "build" });
      const known = await settle(getRunnerOutput({ runnerId: pulumi.output(id) }));
      assert.deepEqual([known.value.description, known.isKnown, known.isSecret], ["build", true, false]);
      gitlab.requests.clear();
      const pending = unknown<number>();
      const { isKnown } = await settle(getRunnersOutput({ groupId: pending }));
      assert.deepEqual([isKnown, gitlab.requests.count()], [false, 0]);
    });

    it("use an explicit Provider's GitLab and token, which makes no secret of the answer", async () => {
      const other = await makeGitLab();
      const { id } = other.createRunner({ runnerType: "instance_type", description: "there" });
      const provider = new Provider("other", { baseUrl: other.url, token: pulumi.secret(other.token) });
      assert.equal((await getRunner({ runnerId: id }, { provider })).description, "there");
      const { value, isSecret } = await settle(getRunnersOutput({ wholeInstance: true }, { provider }));
      assert.deepEqual([value.map(({ url }) => url), isSecret], [[other.url], false]);
      assert.equal(gitlab.requests.count(), 0);
    });

    it("do not wait for ever for a Provider that is not known yet", async () => {
      const provider = new Provider("later", { baseUrl: unknown<string>(), token: "t" });
      assert.match((await failureOf(getRunner({ runnerId: 1 }, { provider }))).message, /use getRunnerOutput/);
      assert.equal((await settle(getRunnerOutput({ runnerId: 1 }, { provider }))).isKnown, false);
    });
  });

  it("take address and token from stack config where the environment has none", async () => {
    const { id } = gitlab.createRunner({ runnerType: "instance_type" });
    delete process.env.GITLAB_BASE_URL;
    delete process.env.GITLAB_TOKEN;
    assert.match((await failureOf(getRunner({ runnerId: id }))).message, /no GitLab to talk to/);
    pulumi.runtime.setAllConfig({ "gitlab-runner:baseUrl": gitlab.url, "gitlab-runner:token": gitlab.token }, [
      "gitlab-runner:token",
    ]);
    assert.equal((await getRunner({ runnerId: id })).runnerId, id);
  });
});

/** An output of a resource that is not there yet, as in a preview. */
function unknown<T>(): pulumi.Output<T> {
  const [none, no] = [Promise.resolve(new Set()), Promise.resolve(false)];
  const Output = pulumi.Output as unknown as new (...args: unknown[]) => pulumi.Output<T>;
  return new Output(new Set(), Promise.resolve(undefined), no, no, none);
}
