import assert from "node:assert/strict";
import { parseIgnore } from "../../../provider/cli/drift/ignore.js";
import { judge } from "../../../provider/cli/drift/judge.js";
import { readState } from "../../../provider/cli/drift/stackState.js";
import { makeEvidence, makeFile, makeRunner } from "../../support/driftEvidence.js";

const PAUSED = { path: "paused", declared: false, observed: true };
const RENAMED = { path: "description", declared: "a", observed: "b" };

function ignoring(...patterns: string[]) {
  const ignores = patterns.map(parseIgnore).filter((one) => "matches" in one);
  assert.equal(ignores.length, patterns.length);
  return { ignores };
}

describe("the judgement on a fleet", () => {
  it("is clean, drifted, or unknown where anything could not be told, whatever else was found", () => {
    const drifted = makeRunner("a", 1, { differences: [PAUSED] });
    const unknown = makeFile("b", "u@h", { result: "unknown", reason: "no route" });
    const gone = makeRunner("c", 3, { result: "gone" });
    const clean = makeRunner("d", 4);
    const result = (...told: Parameters<typeof makeEvidence>) => judge(makeEvidence(...told)).result;
    assert.equal(result([clean]), "clean");
    assert.equal(result([clean, drifted]), "drifted");
    assert.equal(result([clean, gone]), "drifted");
    assert.equal(result([clean, drifted, unknown]), "unknown");
    assert.equal(result([clean, drifted], { problem: "the preview failed" }), "unknown");
    const { counts } = judge(makeEvidence([clean, drifted, unknown, gone]));
    assert.deepEqual(counts, { resources: 4, clean: 1, drifted: 1, gone: 1, unknown: 1, differences: 1, ignored: 0 });
  });

  it("is unknown of a resource that was not read", () => {
    const { state } = makeRunner("a", 1);
    const [resource] = judge(makeEvidence([{ state }])).resources;
    assert.deepEqual([resource?.result, resource?.reason], ["unknown", "it was not read: look at the preview"]);
    assert.equal(resource?.mend, undefined);
  });

  it("counts no difference that is ignored, keeps it, and tells the patterns that matched nothing", () => {
    const evidence = makeEvidence(
      [makeRunner("a", 1, { differences: [PAUSED, RENAMED] }), makeRunner("b", 2, { differences: [RENAMED] })],
      ignoring("*.description", "c.**"),
    );
    const { resources, counts, result, unusedIgnores } = judge(evidence);
    assert.deepEqual(
      resources.map(({ result, differences }) => [result, differences.map(({ isIgnored }) => isIgnored ?? false)]),
      [
        ["drifted", [false, true]],
        ["clean", [true]],
      ],
    );
    assert.deepEqual([result, counts.differences, counts.ignored, unusedIgnores], ["drifted", 1, 2, ["c.**"]]);
    assert.deepEqual(
      resources.map(({ mend }) => mend === undefined),
      [false, true],
    );
  });

  it("ignores nothing that is gone or unknown", () => {
    const told = [makeRunner("a", 1, { result: "gone" }), makeRunner("b", 2, { result: "unknown", reason: "x" })];
    const { counts } = judge(makeEvidence(told, ignoring("**")));
    assert.deepEqual([counts.gone, counts.unknown], [1, 1]);
  });

  it("tells runners of the same number in two GitLabs apart, and two resources of one runner", () => {
    const one = makeRunner("a", 1, { differences: [PAUSED] });
    const two = makeRunner("b", 1, {}, "https://git.partner.example");
    const three = makeRunner("c", 1, { differences: [RENAMED] });
    const { resources } = judge(makeEvidence([three, two, one]));
    assert.deepEqual(
      resources.map(({ name, differences }) => [name, differences.map(({ path }) => path)]),
      [
        ["c", ["description"]],
        ["b", []],
        ["a", ["paused"]],
      ],
    );
  });

  it("shows no token that somebody has put into a note or a script, nor one in Pulumi's words", () => {
    const observed = { notes: ["use glpat-fake12345678 for it", 7, null, true] };
    const told = makeRunner("a", 1, {
      differences: [{ path: "maintenanceNote", declared: "glrt-fake12345678", observed }],
    });
    const { resources, problem } = judge(makeEvidence([told], { problem: "threw: glpat-fake12345678" }));
    assert.deepEqual(resources[0]?.differences[0]?.declared, "[secret]");
    assert.deepEqual(resources[0]?.differences[0]?.observed, { notes: ["use [secret] for it", 7, null, true] });
    assert.equal(problem, "threw: [secret]");
  });

  it("says how to mend it: one resource by its URN, in quotes where a shell needs them; for what is gone, the stack", () => {
    const drifted = makeRunner("it's", 1, { differences: [PAUSED] });
    drifted.state.urn = "urn:pulumi:prod::runners::a:b:C$x::it's";
    const { resources } = judge(makeEvidence([drifted, makeRunner("b", 2, { result: "gone" }), makeRunner("c", 3)]));
    assert.deepEqual(
      resources.map(({ mend }) => mend),
      [
        `pulumi up --refresh --stack prod --target 'urn:pulumi:prod::runners::a:b:C$x::it'\\''s'`,
        "pulumi up --refresh --stack prod",
        undefined,
      ],
    );
  });
});

describe("what drift reads of a stack's state", () => {
  const frame = (sourcePosition: string) => ({ sourcePosition });
  const resource = (more: object) => ({
    urn: "urn:pulumi:prod::runners::a:b:C$pulumi-nodejs:dynamic/gitlab-runner:Runner::one::two",
    type: "pulumi-nodejs:dynamic/gitlab-runner:Runner",
    id: "7",
    outputs: { url: "https://gitlab.example.com" },
    ...more,
  });
  const read = (...resources: object[]) => readState(JSON.stringify({ version: 3, deployment: { resources } }));

  it("is its names, and of a resource where the program declares it: not in a package, nor outside of the project", () => {
    const stackTrace = [
      frame("project:///../../node_modules/pulumi-gitlab-runner/dist/resources/runner.js#75,9"),
      frame("project:///node_modules/pulumi-gitlab-runner/dist/resources/runner.js#75,9"),
      {},
      frame("project:///my%20fleet/builders.ts#12,8"),
      frame("project:///index.ts#3,1"),
    ];
    const { project, stack, resources } = read(resource({ stackTrace }));
    assert.deepEqual([project, stack, resources[0]?.name], ["runners", "prod", "one::two"]);
    assert.deepEqual(resources[0]?.place, { file: "my fleet/builders.ts", line: 12 });
    const [old] = read(resource({ sourcePosition: "project:///index.ts#3,1" })).resources;
    assert.deepEqual(old?.place, { file: "index.ts", line: 3 });
    assert.equal(read(resource({})).resources[0]?.place, undefined);
  });

  it("leaves out what is not ours, not made here, or about to be deleted", () => {
    const identity = "pulumi-nodejs:dynamic/gitlab-runner:StackIdentity";
    const others = [resource({ type: "aws:s3:Bucket" }), resource({ external: true }), resource({ delete: true })];
    assert.deepEqual(read(...others, resource({ type: identity })).resources, []);
    assert.deepEqual(readState('{ "deployment": {} }'), { project: undefined, stack: undefined, resources: [] });
  });

  it("is what an interrupted creation may have left, too: unknown, until an up has made it", () => {
    const creating = { type: "creating", resource: resource({ id: undefined, outputs: undefined }) };
    const others = [
      { type: "updating", resource: resource({}) },
      { type: "creating", resource: resource({ type: "aws:s3:Bucket" }) },
    ];
    const readPending = (...resources: object[]) =>
      readState(JSON.stringify({ deployment: { resources, pending_operations: [creating, ...others] } }));
    const state = readPending();
    assert.deepEqual(
      state.resources.map(({ name, id, isPending }) => [name, id, isPending]),
      [["one::two", "(not known)", true]],
    );
    const { result, resources } = judge(makeEvidence([], { state }));
    assert.deepEqual([result, resources[0]?.result, resources[0]?.mend], ["unknown", "unknown", undefined]);
    assert.match(resources[0]?.reason ?? "", /interrupted while it made it/);
    assert.deepEqual(
      readPending(resource({})).resources.map(({ isPending }) => isPending),
      [undefined],
    );
    assert.equal(readPending(resource({ delete: true })).resources[0]?.isPending, true);
  });

  it("never takes a secret for a text, and makes a link only of a web address", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
    const [hidden] = read(
      resource({ outputs: { url: secret, path: secret, target: { ssh: { host: secret, user: "u" } } } }),
    ).resources;
    assert.deepEqual(
      [hidden?.url, hidden?.path, hidden?.host, hidden?.link],
      [undefined, undefined, undefined, undefined],
    );
    const linkOf = (outputs: object) => read(resource({ outputs })).resources[0]?.link;
    assert.equal(linkOf({ url: "javascript:alert(1)", runnerType: "instance_type" }), undefined);
    assert.equal(
      linkOf({ url: "https://g.example/git", runnerType: "instance_type" }),
      "https://g.example/git/admin/runners/7",
    );
    assert.equal(linkOf({ url: "https://g.example", runnerType: "group_type" }), "https://g.example/api/v4/runners/7");
    const [file] = read(resource({ outputs: { target: { ssh: { host: "h", user: "u", port: 2222 } } } })).resources;
    assert.equal(file?.host, "u@h:2222");
  });
});
