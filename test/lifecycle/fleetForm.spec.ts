import assert from "node:assert/strict";
import * as runnerSet from "../../provider/lifecycle/runnerSet.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { checkedBy, type Made, type Properties } from "../support/lifecycle.js";
import { failureOf } from "../support/reject.js";
import { destroy, make, refresh } from "../support/runners.js";

const STACK = "0123456789abcdef0123456789abcdef";
const OTHER_STACK = "fedcba9876543210fedcba9876543210";
const FLEET = "gitlab-runner:index:RunnerFleet$";
const COMMON = { runnerType: "instance_type", stackId: STACK };

describe("A fleet's form", () => {
  let gitlab: StandInGitLab;
  /** What a process knows, it knows by a resource's name, and the tests share a process: each has its own fleet. */
  let fleet: string;
  let count = 0;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    useGitLab(gitlab);
    fleet = `ci${count++}`;
  });

  const checkedSet = checkedBy(runnerSet);
  const makeSet = async (items: readonly string[], settings: Properties = {}) => {
    const declared = Object.fromEntries(items.map((item) => [item, {}]));
    const args = { ...COMMON, identity: FLEET + fleet, items: declared, ...settings };
    return (await runnerSet.create(await checkedSet(args))) as unknown as Made;
  };
  const makeRunner = (key: string, settings: Properties = {}) =>
    make({ ...COMMON, identity: `${FLEET}${fleet}/${key}`, ...settings });
  const makeRunners = (...keys: string[]) => Promise.all(keys.map((key) => makeRunner(key)));
  /** Another address of the same runners stands for another process, which knows nothing of what this one made. */
  async function moveToNewProcess(): Promise<void> {
    const copy = await makeGitLab();
    for (const { id: _, ...runner } of gitlab.runners.all()) copy.createRunner({ ...runner, creatorId: copy.userId });
    gitlab = copy;
    useGitLab(gitlab);
  }
  const asked = () => gitlab.requests.list().map(({ method, path }) => `${method} ${path.split("?")[0]}`);
  const writes = () => asked().filter((request) => !/^GET |graphql$/.test(request));
  const mayNotList = () => {
    const { token } = gitlab.createToken({ userId: gitlab.userId, scopes: ["create_runner", "manage_runner"] });
    useGitLab({ url: gitlab.url, token });
  };

  it("is not changed from a Runner each to a RunnerSet: nothing is sent, and one error names fleet, runners and choice", async () => {
    await makeRunners("a", "b", "c", "d", "e", "f");
    await moveToNewProcess();
    const { message, name } = await failureOf(makeSet(["a", "b", "c", "d", "e", "f", "new"]));
    assert.equal(
      message,
      `RunnerFleet ${fleet}: GitLab has 6 of its runners (1, 2, 3, 4, 5 and 1 more), made as a Runner each. As one RunnerSet ` +
        "they would be replaced, so none was created, changed or deleted. bulk: false keeps them as they are. To replace them: " +
        'first bulk: false, with marker: false for each runner, and "pulumi up"; then bulk: true, without marker: false',
    );
    assert.deepEqual([name, writes()], ["FleetFormError", []]);
  });

  it("is not changed from a RunnerSet to a Runner each: every one is refused, and names the whole set", async () => {
    await makeSet(["a", "host/b", "c.d"]);
    await moveToNewProcess();
    for (const key of ["a", "host/b", "c.d"]) {
      const { message } = await failureOf(makeRunner(key));
      assert.match(
        message,
        new RegExp(`^RunnerFleet ${fleet}: GitLab has 3 of its runners \\(1, 2, 3\\), made as one RunnerSet`),
      );
      assert.match(message, /bulk: true keeps them as they are\. .* then bulk: false, without marker: false$/);
    }
    assert.deepEqual(writes(), []);
  });

  it("is told by state, too, where a refresh has read the runners before", async () => {
    const made = await makeRunner("host/a");
    await moveToNewProcess();
    await refresh({ ...made, outs: { ...made.outs, url: gitlab.url } });
    gitlab.requests.clear();
    assert.match((await failureOf(makeSet(["host/a"]))).message, /has 1 of its runners \(1\), made as a Runner each/);
    assert.deepEqual(asked(), ["GET /api/v4/runners/all"]);
  });

  it("is told without a request more than a creation sends", async () => {
    gitlab.createRunner({ runnerType: "instance_type" });
    await makeSet(["a", "b"]);
    const looks = asked().filter((request) => /runners\/all|graphql/.test(request));
    assert.deepEqual(looks, ["GET /api/v4/runners/all", "POST /api/graphql"]);
  });

  it("is no matter of other stacks, other fleets, and runners of no fleet", async () => {
    const others = [
      { identity: `${FLEET}${fleet}/a`, stackId: OTHER_STACK },
      { identity: `${fleet}/a` },
      { identity: `${FLEET}${fleet}.x/a` },
      { identity: `${FLEET}x/${fleet}/a` },
      { identity: `my:pkg/mod:Component$${FLEET}${fleet}/a` },
      { identity: `${FLEET}${fleet}/b` },
    ];
    for (const one of others) await makeRunner("", one);
    await moveToNewProcess();
    await makeSet(["a"]);
    await makeSet(["b"], { identity: fleet });
    assert.equal(gitlab.runners.size, others.length + 2);
  });

  it("holds for a fleet in a component and one with a slash in its name", async () => {
    const inside = `my:pkg/mod:Component$${FLEET}x/${fleet}`;
    await makeRunner("", { identity: `${inside}/a` });
    await makeRunner("", { identity: `${inside}/host/b` });
    await moveToNewProcess();
    const { message } = await failureOf(makeSet(["a", "host/b"], { identity: inside }));
    assert.match(message, new RegExp(`^RunnerFleet x/${fleet}: GitLab has 2 of its runners`));
  });

  it("is not changed by an update that adds an item, either", async () => {
    await makeRunners("b");
    await moveToNewProcess();
    const { id, outs } = await makeSet(["a"]);
    const inputs = await checkedSet({ ...COMMON, identity: FLEET + fleet, items: { a: {}, b: {} } }, outs);
    assert.match((await failureOf(runnerSet.update(id, outs, inputs))).message, /has 1 of its runners \(1\)/);
    assert.equal(gitlab.runners.size, 2);
  });

  it("is not chosen by size where the token may not list; what the program says is done", async () => {
    mayNotList();
    const { message } = await failureOf(makeSet(["a"], { isBySize: true }));
    assert.match(
      message,
      new RegExp(`^RunnerFleet ${fleet}: .* cannot be told: the token may not list the runners there\\. So none`),
    );
    assert.match(message, /bulk: true if it is new, bulk: false if it is not/);
    assert.deepEqual(writes(), []);
    await makeSet(["a"]);
    await makeRunner("b");
    assert.equal(gitlab.runners.size, 2);
  });

  it("is looked for without an item's secrets getting into an error", async () => {
    const [description, message] = ["hush-hush-hush", "no hush-hush-hush"];
    gitlab.faults.add({ path: "/api/v4/runners/all", kind: "reply", status: 400, body: { message } });
    const secret = { items: { a: { description } }, secretPaths: ["items.a.description"] };
    const error = await failureOf(makeSet([], secret));
    assert.match(error.message, /answered 400: no /);
    assert.doesNotMatch(error.message, /hush/);
  });

  it("can be changed on purpose once the marks are gone: what is made is marked again", async () => {
    const { id, outs } = await makeRunner("a", { marker: false, stackId: undefined });
    const set = await makeSet(["a"]);
    await destroy({ id, outs });
    assert.deepEqual(
      gitlab.runners.all().map(({ token }) => token),
      Object.values(set.outs.tokens as object),
    );
    assert.match(gitlab.runners.all()[0]?.maintenanceNote ?? "", /RunnerSet%24gitlab-runner/);
  });

  describe("of which the change was refused or failed", () => {
    const NOT_DELETED = /not deleted, since what is to take its place was not made/;

    it("keeps its Runners when the engine goes on to delete them, and its set as well", async () => {
      const made = await makeRunner("a");
      await moveToNewProcess();
      const old = { ...made, outs: { ...made.outs, url: gitlab.url } };
      await failureOf(makeSet(["a"]));
      assert.match((await failureOf(destroy(old))).message, NOT_DELETED);
      const set = await makeSet(["b"]);
      await moveToNewProcess();
      await failureOf(makeRunner("b"));
      const { message } = await failureOf(runnerSet.delete(set.id, { ...set.outs, url: gitlab.url }));
      assert.match(message, NOT_DELETED);
      assert.equal(gitlab.runners.size, 2);
    });

    it("keeps them where GitLab does not tell or does not make the new one, until that is made", async () => {
      const old = await makeRunner("a", { marker: false, stackId: undefined });
      const fail = { kind: "reply", status: 400, count: "all" } as const;
      for (const [method, path] of [
        ["GET", "/api/v4/runners/all"],
        ["POST", "/api/v4/user/runners"],
      ] as const) {
        gitlab.faults.add({ method, path, ...fail });
        await failureOf(makeSet(["a"]));
        assert.match((await failureOf(destroy(old))).message, NOT_DELETED);
        gitlab.faults.clear();
      }
      await makeSet(["a"]);
      await destroy(old);
      assert.equal(gitlab.runners.size, 1);
    });
  });

  describe("by size", () => {
    it("is what it was at creation: the program's word of today is no change, nor is it for state of before", async () => {
      const [bySize, byWord] = [await makeSet(["a"], { isBySize: true }), await makeSet(["b"])];
      assert.deepEqual([bySize.outs.isBySize, "isBySize" in byWord.outs], [true, false]);
      for (const [{ id, outs }, isBySize] of [
        [bySize, undefined],
        [byWord, true],
      ] as const) {
        const { tokens: _, runners: _r, schemaVersion: _v, ...olds } = outs;
        const inputs = await checkedSet({ ...olds, isBySize }, olds);
        assert.deepEqual(inputs, olds);
        assert.deepEqual(await runnerSet.diff(id, outs, inputs), { changes: false });
      }
    });
  });
});
