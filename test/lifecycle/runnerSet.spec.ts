import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as configToml from "../../provider/lifecycle/configToml.js";
import { type Finding, REPORT_VARIABLE } from "../../provider/lifecycle/report.js";
import * as lifecycle from "../../provider/lifecycle/runnerSet.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import { printedBy } from "../support/runners.js";

type Properties = Record<string, unknown>;

/** A set as the engine would hold it. */
interface Made {
  id: string;
  outs: Properties & {
    items: Record<string, Properties>;
    runners: Record<string, Properties & { runnerId: number }>;
    tokens: Record<string, string>;
  };
}

type Failure = Error & { id: string; properties: Made["outs"]; reasons: string[] };

const STACK = "0123456789abcdef0123456789abcdef";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const COMMON = { runnerType: "instance_type", identity: "fleet", stackId: STACK };
const NO_GRAPHQL = { path: "/api/graphql", count: "all", kind: "reply", status: 403 } as const;
const THREE = { a: { description: "one" }, b: { tagList: ["x", "t"] }, c: {} };

describe("RunnerSet", () => {
  let gitlab: StandInGitLab;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    useGitLab(gitlab);
  });

  async function checked(items: unknown, { olds = {}, ...common }: Properties & { olds?: Properties } = {}) {
    const { inputs, failures } = await lifecycle.check(olds, { ...COMMON, ...common, items });
    assert.deepEqual(failures ?? [], []);
    return inputs;
  }
  async function refusals(args: Properties, olds: Properties = {}) {
    return ((await lifecycle.check(olds, args)).failures ?? []).map(({ reason }) => reason);
  }
  const make = async (items: object = THREE, common: Properties = {}) =>
    (await lifecycle.create(await checked(items, common))) as unknown as Made;
  async function change({ id, outs }: Made, items: object, common: Properties = {}): Promise<Made> {
    const inputs = await checked(items, { olds: outs, ...common });
    return { id, outs: (await lifecycle.update(id, outs, inputs)).outs as unknown as Made["outs"] };
  }
  const differs = async ({ id, outs }: Made, items: unknown, common: Properties = {}) =>
    lifecycle.diff(id, outs, await checked(items, { olds: outs, ...common }));
  const refresh = async ({ id, outs }: Made) =>
    (await lifecycle.read(id, outs)) as unknown as { id: string; props: Made["outs"]; inputs: Properties };
  const idOf = ({ outs }: Made, name: string) => outs.runners[name]?.runnerId ?? assert.fail(`no runner for ${name}`);
  const ofGitLab = (made: Made, name: string) => gitlab.runners.get(idOf(made, name));
  const tokens = () => gitlab.runners.all().map(({ token }) => token);
  const failureIn = async (act: Promise<unknown>) => (await failureOf(act)) as Failure;
  /** Refuses what is sent of one item. */
  const refuse = (method: "POST" | "PUT" | "DELETE", path: string, extra: object = {}) =>
    gitlab.faults.add({ method, path, count: 1, kind: "reply", status: 400, body: { message: "no" }, ...extra });
  /** Another address of the same runners stands for another process, which knows nothing of what this one made. */
  async function moveToNewProcess(): Promise<void> {
    const copy = await makeGitLab();
    for (const { id: _, ...runner } of gitlab.runners.all()) copy.createRunner({ ...runner, creatorId: copy.userId });
    gitlab = copy;
    useGitLab(gitlab);
  }

  describe("creates", () => {
    it("a runner for each item, with its settings, and keeps id, token and what was applied of each", async () => {
      const made = await make();
      assert.equal(gitlab.runners.size, 3);
      const { description, tagList, token } = ofGitLab(made, "b");
      assert.deepEqual([ofGitLab(made, "a").description, description, tagList], ["one", null, ["t", "x"]]);
      assert.deepEqual(Object.values(made.outs.tokens).sort(), tokens().sort());
      assert.equal(made.outs.tokens.b, token);
      assert.deepEqual(await differs(made, THREE), { changes: false });
    });

    it("side by side, and tells of each that has ended", async () => {
      const items = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`i${index}`, {}]));
      gitlab.faults.add({ method: "POST", path: "/api/v4/user/runners", count: "all", kind: "delay", delayMs: 50 });
      const start = performance.now();
      const lines = await printedBy(() => make(items));
      assert.ok(performance.now() - start < 40 * 50, "one after the other");
      const told = lines.filter((line) => line.startsWith("RunnerSet fleet: ")).join("\n");
      for (const name of Object.keys(items)) assert.match(told, new RegExp(`\\b${name} \\(runner \\d+\\)`));
      assert.match(told, /^RunnerSet fleet: 40 of 40: /m);
    });

    it("with a mark of its own in each note, by which set and item are told", async () => {
      const made = await make({ "host 1/docker": {}, a: { maintenanceNote: "ours" } });
      assert.match(ofGitLab(made, "a").maintenanceNote ?? "", /^ours\n\n\[\S+ 0123456789abcdef\/RunnerSet%24fleet\.a#/);
      assert.match(ofGitLab(made, "host 1/docker").maintenanceNote ?? "", /fleet%5B%22host%201%2Fdocker%22%5D#/);
    });

    it("keeps what was made when others fail, with a reason by path for each, and makes the rest later", async () => {
      refuse("POST", "/api/v4/user/runners", { count: 2 });
      const { id, properties, reasons } = await failureIn(make());
      assert.equal(reasons.length, 2);
      for (const reason of reasons) assert.match(reason, /^items\.[abc]: POST \/api\/v4\/user\/runners .* 400: no/);
      const partial: Made = { id, outs: properties };
      assert.deepEqual([gitlab.runners.size, Object.keys(properties.runners).length], [1, 1]);
      assert.deepEqual(await differs(partial, THREE), { changes: true });
      const before = tokens();
      const whole = await change(partial, THREE);
      assert.equal(gitlab.runners.size, 3);
      assert.ok(tokens().includes(before[0] ?? ""));
      assert.deepEqual(await differs(whole, THREE), { changes: false });
    });

    it("keeps nothing when nothing was made", async () => {
      refuse("POST", "/api/v4/user/runners", { count: "all" });
      const error = await failureIn(make());
      assert.deepEqual([error.properties, error.message.split("\n").length], [undefined, 3]);
    });

    it("keeps a runner that could not be read back, and finishes it later", async () => {
      gitlab.faults.add({
        method: "GET",
        path: "/api/v4/runners/2",
        count: "all",
        kind: "reply",
        status: 403,
      });
      const { id, properties, reasons } = await failureIn(make());
      assert.match(reasons.join(), /^items\.\w: runner 2 was created and is kept in state, but could not be read back/);
      gitlab.faults.clear();
      const whole = await change({ id, outs: properties }, THREE);
      assert.deepEqual([gitlab.runners.size, await differs(whole, THREE)], [3, { changes: false }]);
    });

    it("assigns further projects with the next update where a runner could not be read back", async () => {
      const other = gitlab.createProject({ path: "other", groupId: gitlab.groupId }).id;
      const common = { runnerType: "project_type", projectId: gitlab.projectId };
      const items = { a: { sharedProjectIds: [other] } };
      const forbidden = { kind: "reply", status: 403, body: { message: "403 Forbidden" } } as const;
      gitlab.faults.add({ method: "GET", path: "/api/v4/runners/1", ...forbidden });
      const { id, properties } = await failureIn(make(items, common));
      const whole = await change({ id, outs: properties }, items, common);
      assert.deepEqual(ofGitLab(whole, "a").projectIds, [gitlab.projectId, other]);
      assert.deepEqual(await differs(whole, items, common), { changes: false });
    });

    it("looks at what GitLab made of them by a few requests", async () => {
      gitlab.requests.clear();
      await make(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`i${index}`, {}])));
      const paths = gitlab.requests.list().map(({ method, path }) => `${method} ${path.replace(/\?.*/, "")}`);
      const count = (pattern: RegExp) => paths.filter((path) => pattern.test(path)).length;
      assert.deepEqual([count(/^POST .*\/user\/runners$/), count(/^GET .*\/runners\/\d+$/)], [60, 0]);
      assert.ok(count(/graphql$/) <= 4, `${count(/graphql$/)} queries`);
    });

    it("keeps all that were created where none can be looked at any more, and finishes them later", async () => {
      const items = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`i${index}`, {}]));
      const refuseAll = { method: "GET", count: "all", kind: "reply" } as const;
      // What is asked before the first creation is answered; of several faults the first one hits.
      gitlab.faults.add({ ...refuseAll, path: "/api/v4/runners/all", status: 200, body: [] });
      for (const path of ["/api/graphql", "/api/v4/runners/*"]) gitlab.faults.add({ ...refuseAll, path, status: 403 });
      const { id, properties, reasons } = await failureIn(make(items));
      assert.deepEqual([reasons.length, gitlab.runners.size], [300, 300]);
      assert.deepEqual(Object.values(properties.tokens).sort(), tokens().sort());
      const untried = reasons.filter((reason) =>
        reason.includes("was not read back, since nothing went well any more"),
      );
      assert.ok(untried.length > 0 && untried.length < 300, `${untried.length} were not tried`);
      gitlab.faults.clear();
      const whole = await change({ id, outs: properties }, items);
      assert.deepEqual([gitlab.runners.size, await differs(whole, items)], [300, { changes: false }]);
    });

    it("stops to try where a gateway answers instead of GitLab, whatever its page says", async () => {
      const items = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`i${index}`, {}]));
      const page = { kind: "reply", status: 404, body: "<html>Nothing here</html>" } as const;
      gitlab.faults.add({ method: "POST", path: "/api/v4/user/runners", count: "all", ...page });
      assert.match((await failureIn(make(items))).message, /not tried, since nothing went well any more: items\.i/);
    });

    it("stops to try where nothing goes well, and says what it did not try", async () => {
      const items = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`i${index}`, {}]));
      gitlab.faults.add({ method: "POST", path: "/api/v4/user/runners", count: "all", kind: "reply", status: 403 });
      const error = await failureIn(make(items));
      const sent = gitlab.requests.count(({ method }) => method === "POST");
      assert.ok(sent < 40, `${sent} were sent`);
      assert.match(error.message, /not tried, since nothing went well any more: items\.i\d+, .* and \d+ more/);
    });
  });

  describe("a run that was killed", () => {
    it("is followed by one that takes its runners over, makes the missing ones, and loses and doubles none", async () => {
      const lost = await make({ a: THREE.a, b: THREE.b });
      await moveToNewProcess();
      const before = tokens();
      const made = await make();
      assert.equal(gitlab.runners.size, 3);
      assert.deepEqual([idOf(made, "a"), idOf(made, "b")], [idOf(lost, "a"), idOf(lost, "b")]);
      assert.ok(
        tokens().every((token) => !before.includes(token)),
        "a token that nobody knows was kept",
      );
      assert.deepEqual(Object.values(made.outs.tokens).sort(), tokens().sort());
    });

    it("in an update leaves nothing that the next one does not find, and no runner of another item is taken", async () => {
      const first = await make({ a: {} });
      await change(first, { a: {}, b: {} });
      await moveToNewProcess();
      const second = await change({ id: first.id, outs: { ...first.outs, url: gitlab.url } }, { a: {}, b: {}, c: {} });
      assert.equal(gitlab.runners.size, 3);
      assert.equal(ofGitLab(second, "a").token, first.outs.tokens.a);
      assert.equal(ofGitLab(second, "b").token, second.outs.tokens.b);
    });
  });

  describe("changes", () => {
    it("only the items that changed, adds and removes, and names them all before", async () => {
      const made = await make();
      const next = { a: THREE.a, b: { tagList: ["t"] }, d: { paused: true } };
      gitlab.requests.clear();
      const lines = await printedBy(async () => assert.deepEqual(await differs(made, next), { changes: true }));
      assert.deepEqual(lines, ["RunnerSet fleet: 1 to create: d; 1 to change: b; 1 to delete: c"]);
      assert.equal(gitlab.requests.count(), 0);
      const changed = await change(made, next);
      const writes = gitlab.requests.list().filter(({ method }) => method !== "GET");
      assert.deepEqual(writes.map(({ method, path }) => `${method} ${path}`).sort(), [
        `DELETE /api/v4/runners/${idOf(made, "c")}`,
        "POST /api/v4/user/runners",
        `PUT /api/v4/runners/${idOf(made, "b")}`,
      ]);
      assert.deepEqual(Object.keys(changed.outs.runners).sort(), ["a", "b", "d"]);
      assert.deepEqual(changed.outs.runners.a, made.outs.runners.a);
      assert.deepEqual([ofGitLab(changed, "b").tagList, ofGitLab(changed, "d").paused], [["t"], true]);
      assert.deepEqual(await differs(changed, next), { changes: false });
    });

    it("items by their own names, also by one that every object has", async () => {
      const made = await make({ a: {} });
      const grown = await change(made, { a: {}, constructor: { paused: true } });
      assert.equal(ofGitLab(grown, "constructor").paused, true);
      gitlab.runners.remove(idOf(grown, "constructor"));
      assert.deepEqual((await refresh(grown)).inputs.items, { a: {} });
      await change(grown, { a: {} });
      const again = await change(made, { a: {}, constructor: {} });
      await change(again, { a: {} });
      assert.deepEqual(
        gitlab.runners.all().map(({ id }) => id),
        [idOf(made, "a")],
      );
    });

    it("keeps an item that could not be changed as it is, and one that could not be deleted, and does both later", async () => {
      const made = await make();
      refuse("PUT", `/api/v4/runners/${idOf(made, "a")}`);
      refuse("DELETE", `/api/v4/runners/${idOf(made, "c")}`);
      const next = { a: { description: "two" }, b: { paused: true } };
      const { properties, reasons } = await failureIn(change(made, next));
      assert.deepEqual(reasons.map((reason) => reason.slice(0, 12)).sort(), ["items.a: PUT", "items.c: DEL"]);
      const partial = { id: made.id, outs: properties };
      assert.equal(ofGitLab(partial, "b").paused, true);
      const lines = await printedBy(() => differs(partial, next));
      assert.deepEqual(lines, ["RunnerSet fleet: 1 to change: a; 1 to delete: c"]);
      const seen = await refresh(partial);
      assert.deepEqual(seen.inputs.items, next);
      const whole = await change({ id: made.id, outs: seen.props }, next);
      assert.deepEqual([gitlab.runners.size, ofGitLab(whole, "a").description], [2, "two"]);
      assert.equal("former" in whole.outs, false);
      assert.deepEqual(await differs(whole, next), { changes: false });
    });

    it("takes arguments that count at creation only without a request, also where another item changes", async () => {
      const soon = new Date(Date.now() + 86_400_000).toISOString();
      const made = await make({ a: { initialTokenExpiresAt: soon }, b: {} });
      assert.deepEqual(await differs(made, { a: {}, b: {} }), { changes: false });
      const changed = await change(made, { a: {}, b: { paused: true } });
      assert.deepEqual([changed.outs.items.a, "former" in changed.outs], [{}, false]);
      assert.equal(changed.outs.runners.a?.tokenExpiresAt, made.outs.runners.a?.tokenExpiresAt);
    });

    it("replaces the set where its scope changes: the new runners are others, and the old ones go with the old set", async () => {
      const group = gitlab.createGroup({ path: "g" });
      const made = await make();
      const scope = { runnerType: "group_type", groupId: group.id };
      assert.deepEqual(await differs(made, THREE, scope), { changes: true, replaces: ["runnerType", "groupId"] });
      const other = await make(THREE, scope);
      assert.equal(gitlab.runners.size, 6);
      await lifecycle.delete(made.id, made.outs);
      assert.deepEqual(
        gitlab.runners.all().map(({ id }) => id),
        Object.values(other.outs.runners)
          .map(({ runnerId }) => runnerId)
          .sort(),
      );
    });

    it("marks all runners anew when the set gets another name", async () => {
      const made = await make();
      const renamed = await change(made, THREE, { identity: "other" });
      assert.match(ofGitLab(renamed, "c").maintenanceNote ?? "", /RunnerSet%24other\.c#/);
      assert.deepEqual(Object.values(renamed.outs.tokens).sort(), Object.values(made.outs.tokens).sort());
    });

    it("rotates the token of the one item whose triggers changed", async () => {
      const items = (trigger: number) => ({ a: { rotation: { triggers: trigger } }, b: {} });
      const made = await make(items(1));
      const lines = await printedBy(() => differs(made, items(2)));
      assert.match(
        lines[0] ?? "",
        /^RunnerSet fleet\.a \(runner \d\): its token will be reset: rotation\.triggers changed/,
      );
      const rotated = await change(made, items(2));
      assert.notEqual(rotated.outs.tokens.a, made.outs.tokens.a);
      assert.equal(rotated.outs.tokens.a, ofGitLab(rotated, "a").token);
      assert.equal(rotated.outs.tokens.b, made.outs.tokens.b);
    });
  });

  it("adopts an item with its token unchanged, and shows what an update would change of it", async () => {
    const { id: runnerId, token } = gitlab.createRunner({ runnerType: "instance_type", description: "theirs" });
    const items = { a: { description: "ours", adopt: { runnerId, token } }, b: {} };
    const made = await make(items);
    assert.deepEqual([ofGitLab(made, "a").description, made.outs.tokens.a], ["theirs", token]);
    const lines = await printedBy(() => differs(made, items));
    assert.match(
      lines[0] ?? "",
      /fleet\.a \(adopted runner 1\): description: GitLab has "theirs", the program wants "ours"/,
    );
    const changed = await change(made, items);
    assert.deepEqual([ofGitLab(changed, "a").description, await differs(changed, items)], ["ours", { changes: false }]);
    // The program may have dropped adopt meanwhile, and with it the mark as a secret.
    for (const one of [made, changed]) {
      const { inputs } = await refresh(one);
      assert.ok(!JSON.stringify(inputs).includes(token), JSON.stringify(inputs));
    }
  });

  describe("deletes", () => {
    it("all of its runners, and is content with what is gone", async () => {
      const made = await make();
      gitlab.createRunner({ runnerType: "instance_type" });
      gitlab.runners.remove(2);
      await lifecycle.delete(made.id, made.outs);
      assert.deepEqual(
        gitlab.runners.all().map(({ id }) => id),
        [4],
      );
    });

    it("goes on where one cannot be deleted, names it, and ends the work the next time", async () => {
      const made = await make();
      refuse("DELETE", `/api/v4/runners/${idOf(made, "b")}`);
      const error = await failureOf(lifecycle.delete(made.id, made.outs));
      assert.match(error.message, /^items\.b: DELETE .* 400/);
      assert.equal(gitlab.runners.size, 1);
      await lifecycle.delete(made.id, made.outs);
      assert.equal(gitlab.runners.size, 0);
    });

    it("leaves a runner whose mark carries another generation: another creation has it", async () => {
      const made = await make();
      const id = idOf(made, "b");
      const note = gitlab.runners.get(id).maintenanceNote ?? "";
      gitlab.runners.update(id, { maintenanceNote: note.replace(/#[0-9a-f]{12}/, "#ffffffffffff") });
      await change(made, { a: THREE.a, c: {} });
      assert.ok(gitlab.runners.all().some((runner) => runner.id === id));
    });

    it("drains the items that ask for it, all at once", async () => {
      const items = Object.fromEntries(
        Array.from({ length: 20 }, (_, index) => [`i${index}`, { drain: { timeout: "1s", onTimeout: "continue" } }]),
      );
      const project = gitlab.createProject({ path: "g/p" });
      const made = await make(items);
      for (const { id } of gitlab.runners.all())
        gitlab.createJob({ runnerId: id, projectId: project.id, status: "running" });
      const start = performance.now();
      await lifecycle.delete(made.id, made.outs);
      assert.equal(gitlab.runners.size, 0);
      assert.ok(performance.now() - start < 2_000, "not all at once");
    });

    it("does nothing at another GitLab", async () => {
      const made = await make();
      const other = await makeGitLab();
      useGitLab(other);
      const error = await failureOf(lifecycle.delete(made.id, made.outs));
      assert.match(error.message, /runner 1, 2, 3 is known at .* nothing was done/);
    });
  });

  describe("reads", () => {
    it("what is as applied without any trace, and changes nothing", async () => {
      const made = await make();
      gitlab.requests.clear();
      const { id, props, inputs } = await refresh(made);
      const { runners, tokens: _, schemaVersion, ...declared } = made.outs;
      assert.deepEqual([id, props, inputs], [made.id, made.outs, declared]);
      assert.equal(
        gitlab.requests.count(({ method, path }) => method !== "GET" && path !== "/api/graphql"),
        0,
      );
    });

    it("drift by item and argument: declared ones show what is observed, others stand beside; an update mends both", async () => {
      const made = await make();
      gitlab.runners.update(idOf(made, "a"), { description: "theirs", paused: true });
      const { props, inputs } = await refresh(made);
      assert.deepEqual(inputs.items, { ...THREE, a: { description: "theirs" }, b: { tagList: ["t", "x"] } });
      assert.deepEqual(inputs.drift, { a: { paused: true } });
      const drifted = { id: made.id, outs: props };
      assert.deepEqual(await differs(drifted, THREE), { changes: true });
      gitlab.requests.clear();
      const mended = await change(drifted, THREE);
      assert.deepEqual([ofGitLab(mended, "a").description, ofGitLab(mended, "a").paused], ["one", false]);
      assert.equal(
        gitlab.requests.count(({ method }) => method === "PUT"),
        1,
      );
      assert.deepEqual(mended.outs, made.outs);
    });

    it("an item that is gone as one to create, and the set stays when all are", async () => {
      const made = await make();
      const { a: _, ...rest } = made.outs.items;
      gitlab.runners.remove(idOf(made, "a"));
      const { props, inputs } = await refresh(made);
      assert.deepEqual(inputs.items, rest);
      const lines = await printedBy(() => differs({ id: made.id, outs: props }, THREE));
      assert.deepEqual(lines, ["RunnerSet fleet: 1 to create: a"]);
      for (const { id } of gitlab.runners.all()) gitlab.runners.remove(id);
      assert.equal((await refresh(made)).id, made.id);
    });

    it("only a proven 404 as gone: anything else is an error that names the item", async () => {
      const made = await make();
      gitlab.faults.add(NO_GRAPHQL);
      gitlab.faults.add({ method: "GET", path: "/api/v4/runners/2", count: "all", kind: "reply", status: 403 });
      const error = await failureOf(refresh(made));
      assert.match(error.message, /^items\.\w: GET \/api\/v4\/runners\/2 .* 403/);
    });

    it("tells the drift report of each item, and goes on where one cannot be told", async () => {
      const made = await make({ ...THREE, d: {} });
      gitlab.runners.update(idOf(made, "a"), { paused: true });
      gitlab.runners.remove(idOf(made, "b"));
      const path = `/api/v4/runners/${idOf(made, "c")}`;
      gitlab.faults.add(NO_GRAPHQL);
      gitlab.faults.add({ method: "GET", path, count: "all", kind: "reply", status: 403 });
      const file = join(makeFolder(), "report");
      writeFileSync(file, "", { mode: 0o600 });
      process.env[REPORT_VARIABLE] = file;
      try {
        await refresh(made);
      } finally {
        delete process.env[REPORT_VARIABLE];
      }
      const findings = readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Finding);
      assert.ok(findings.every(({ type, url }) => type === "RunnerSet" && url === gitlab.url));
      assert.deepEqual(
        findings.map(({ id }) => Number(id)).sort(),
        Object.values(made.outs.runners)
          .map(({ runnerId }) => runnerId)
          .sort(),
      );
      const told = findings.map(({ identity, result, differences }) => [
        identity?.at(-1),
        result,
        differences?.[0]?.path,
      ]);
      assert.deepEqual(told.sort(), [
        ["a", "drifted", "paused"],
        ["b", "gone", undefined],
        ["c", "unknown", undefined],
        ["d", "clean", undefined],
      ]);
    });
  });

  describe("refuses before anything is sent, all at once and by path", () => {
    it("what is wrong with items, and what cannot stand in one", async () => {
      const items = {
        a: { runnerType: "group_type", tagLst: ["x"] },
        "b c": { maximumTimeout: 5, registrationToken: "GR-hidden-0000000" },
        d: { runUntagged: false },
        e: "hidden",
        f: { adopt: { runnerId: 5, token: "glrt-fake" } },
        g: { adopt: { runnerId: "5", token: "glrt-fake" } },
        " ": {},
      };
      const found = await refusals({ ...COMMON, items });
      const places = found.map((reason) => reason.split(":")[0]);
      assert.deepEqual(
        places.sort(),
        [
          "items.a.runnerType",
          "items.a.tagLst",
          "items.d.tagList",
          "items.e",
          "items.g.adopt.runnerId",
          'items[" "]',
          'items["b c"].maximumTimeout',
          'items["b c"].registrationToken',
        ].sort(),
      );
      assert.match(found.join("\n"), /items\.a\.tagLst: is not a known argument: did you mean "tagList"\?/);
      assert.ok(!found.join().includes("hidden"));
      assert.equal(gitlab.requests.count(), 0);
    });

    it("a scope that does not fit, once and not for each item", async () => {
      assert.deepEqual(await refusals({ ...COMMON, runnerType: "group_type", items: THREE }), [
        "groupId: is missing: a group_type runner needs it",
      ]);
      assert.match((await refusals({ identity: "fleet", items: THREE })).join(), /^runnerType: is missing: it must be/);
      assert.match((await refusals({ ...COMMON })).join(), /^items: is missing: it must be a map/);
      assert.match((await refusals({ ...COMMON, items: ["a"] })).join(), /^items: must be a map/);
    });

    it("nothing that a preview does not know yet", async () => {
      assert.deepEqual(await refusals({ ...COMMON, items: { a: { description: UNKNOWN }, b: UNKNOWN } }), []);
      assert.deepEqual(await refusals({ ...COMMON, items: UNKNOWN }), []);
      const made = await make();
      assert.deepEqual(await differs(made, UNKNOWN), { changes: true });
      assert.deepEqual(await differs(made, { ...THREE, c: UNKNOWN }), { changes: true });
    });
  });

  it("keeps secrets of items to itself: neither drift nor what is left of a failure shows them outside of secret places", async () => {
    const secretPaths = ["items.a.description"];
    const made = await make({ a: { description: "hush-hush" }, b: {} }, { secretPaths });
    gitlab.runners.update(idOf(made, "a"), { description: "hush-hush, changed" });
    const { props, inputs } = await refresh(made);
    assert.match(String((inputs.items as typeof THREE).a.description), /^hmac-sha256:/);
    assert.ok(!JSON.stringify(props.runners).includes("hush"));
    // The program changes the secret into what is none, and GitLab refuses it: what is kept of the secret is in `former`.
    refuse("PUT", `/api/v4/runners/${idOf(made, "a")}`);
    const { properties } = await failureIn(change(made, { a: { description: "open" }, b: {} }));
    const { former, tokens: _, ...open } = properties;
    assert.ok(JSON.stringify(former).includes("hush-hush"));
    assert.ok(!JSON.stringify(open).includes("hush"));
  });

  describe("its items in a ConfigToml", () => {
    const entries = (made: Made, names: string[], isKnown = true) =>
      Object.fromEntries(
        names.map((name) => {
          const { runnerId, tokenObtainedAt: obtainedAt } = made.outs.runners[name] ?? assert.fail();
          const token = isKnown ? { value: made.outs.tokens[name], obtainedAt } : UNKNOWN;
          const runner = { url: gitlab.url, id: isKnown ? runnerId : UNKNOWN, token, item: `fleet.${name}` };
          return [name, { runner, executor: "shell" }];
        }),
      );

    /** Whether a preview of a changed set, whose tokens are not known there, shows a change of each file. */
    async function previewFiles(made: Made, items: object, files: string[][]): Promise<boolean[]> {
      const outs = await Promise.all(
        files.map(async (names) => {
          const { inputs, failures } = await configToml.check({}, { concurrent: 3, runners: entries(made, names) });
          assert.deepEqual(failures, []);
          return configToml.create(inputs);
        }),
      );
      await differs(made, items);
      return Promise.all(
        outs.map(async ({ id, outs }, index) => {
          const unknown = await configToml.check(outs, {
            concurrent: 3,
            runners: entries(made, files[index] ?? [], false),
          });
          assert.deepEqual(unknown.failures ?? [], []);
          return (await configToml.diff(id, outs as unknown as Properties, unknown.inputs)).changes;
        }),
      );
    }

    it("change a file in a preview only where an item gets another token", async () => {
      const items = { a: { rotation: { triggers: 1 } }, b: {}, c: {} };
      const made = await make(items);
      const next = { a: { rotation: { triggers: 2 } }, b: { paused: true }, c: {} };
      assert.deepEqual(await previewFiles(made, next, [["a"], ["b"], ["c"], ["a", "c"]]), [true, false, false, true]);
    });

    it("change a file whose token is not the set's, and one of an item that is gone", async () => {
      const made = await make();
      const stale = { ...made, outs: { ...made.outs, tokens: { ...made.outs.tokens, a: "glrt-stale-0000" } } };
      const { outs } = await configToml.create((await configToml.check({}, { runners: entries(stale, ["a"]) })).inputs);
      await differs(made, { ...THREE, c: { paused: true } });
      const { inputs } = await configToml.check(outs, { runners: entries(made, ["a"], false) });
      assert.equal((await configToml.diff("x", outs as unknown as Properties, inputs)).changes, true);
    });
  });
});
