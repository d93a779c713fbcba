import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as TOML from "@iarna/toml";
import { toArguments } from "../../provider/config/arguments.js";
import { readConfigFile } from "../../provider/config/file.js";
import * as lifecycle from "../../provider/lifecycle/configToml.js";

type Properties = Record<string, unknown>;

/** One line of the field list as it was read from the Runner's source; the generator knows nothing of this copy. */
interface Fact {
  path: string;
  key: string;
  kind: string;
  whenZero: string;
  enum?: string[];
}

const FIXTURE = join(__dirname, "../../../test/fixtures/config-fields.json");
const SHA256 = "415736ee1fca914edaf96091661da23bf843e068c990fe294691e77205b8645d";
const facts = JSON.parse(readFileSync(FIXTURE, "utf8")) as Fact[];

const isTableKind = (kind: string) => kind === "table" || kind === "list<table>";

/** The rule of the names, said once more: words are split at hyphens, underscores and changes of case. */
function camelCase(key: string): string {
  const words = key.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g) ?? [];
  const [first = "", ...rest] = words.map((word) => word.toLowerCase());
  return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** A value of each kind: as an argument, and as another parser must find it in the file. */
const SAMPLES: Record<string, [unknown, unknown]> = {
  string: ["a word", "a word"],
  bool: [true, true],
  int: ["9007199254740993", 9007199254740993n],
  float: [2, 2],
  duration: ["90s", "1m30s"],
  datetime: ["2026-01-31T12:00:00Z", new Date("2026-01-31T12:00:00Z")],
  "list<string>": [
    ["b", "a"],
    ["b", "a"],
  ],
  "list<int>": [
    [3, "9007199254740993"],
    [3, 9007199254740993n],
  ],
  "list<float>": [
    [1, 2.5],
    [1, 2.5],
  ],
  "string|list<string>": ["a word", ["a word"]],
  "map<string,string>": [{ "odd key": "x" }, { "odd key": "x" }],
  "map<string,bool>": [{ FF_X: true }, { FF_X: true }],
  "map<string,int>": [{ a: 5 }, { a: 5 }],
  "map<string,list<string>>": [{ a: ["x"] }, { a: ["x"] }],
  "map<string,any>": [
    { zone: "a", count: 3, deep: { on: true, list: [1, "x", 0.5] } },
    { zone: "a", count: 3, deep: { on: true, list: [1, "x", 0.5] } },
  ],
};

/** The zero of each kind, likewise. */
const ZEROS: Record<string, [unknown, unknown]> = {
  string: ["", ""],
  bool: [false, false],
  int: [0, 0],
  float: [0, 0],
  duration: ["0s", "0s"],
  datetime: ["0001-01-01T00:00:00Z", new Date("0001-01-01T00:00:00Z")],
};

function zeroOf(kind: string): [unknown, unknown] {
  if (kind.startsWith("map<")) return [{}, {}];
  return kind.includes("list<") ? [[], []] : (ZEROS[kind] as [unknown, unknown]);
}

/** Where GitLab Runner asks for more than the kind, or refuses the file. */
const PERIODS = ["* * 9-17 * * mon-fri *", "* * * * * sat *"];

const OWN_SAMPLES: Record<string, [unknown, unknown]> = {
  "runners[].monitoring.job_queuing_durations[].periods": [PERIODS, PERIODS],
  "runners[].machine.autoscaling[].Periods": [PERIODS, PERIODS],
  "runners[].kubernetes.autoscaler.policy[].periods": [PERIODS, PERIODS],
  "runners[].autoscaler.policy[].periods": [PERIODS, PERIODS],
  "runners[].machine.MachineOptionsWithName": [["a=%s"], ["a=%s"]],
  "runners[].url": ["https://git.example.com", "https://git.example.com"],
  "runners[].id": [8, 8],
  "runners[].token": ["glrt-another", "glrt-another"],
  labels: [{ "an.odd-key": "x" }, { "an.odd-key": "x" }],
  "runners[].labels": [{ "an.odd-key": "x" }, { "an.odd-key": "x" }],
};

function sampleOf({ path, kind, enum: words }: Fact): [unknown, unknown] {
  const own = OWN_SAMPLES[path];
  if (own) return own;
  const word = words?.find((choice) => choice !== "");
  if (word && kind === "string") return [word, word];
  if (word) return kind === "list<string>" ? [[word], [word]] : [word, [word]];
  return SAMPLES[kind] as [unknown, unknown];
}

/** A JSON value that no key of this kind takes. */
const wrongFor = (kind: string): unknown => (kind === "string" || kind.startsWith("string|") ? 5 : "no such thing");

const FROM_RUNNER: Record<string, string[]> = {
  url: ["url"],
  id: ["id"],
  token: ["token", "value"],
  token_obtained_at: ["token", "obtainedAt"],
  token_expires_at: ["token", "expiresAt"],
};

const steps = (path: string) => path.split(".").filter((step) => step !== "");

/** Where a program sets a key: `runners[].docker.services[].name` -> runners, build, docker, services, 0, name. */
function argumentPath(path: string): (string | number)[] {
  const [first, ...rest] = steps(path);
  const own = rest[0] !== undefined && rest.length === 1 ? FROM_RUNNER[rest[0]] : undefined;
  if (first === "runners[]" && own) return ["runners", "build", "runner", ...own];
  const named = steps(path).flatMap((step) => {
    const name = camelCase(step.replace("[]", ""));
    return step.endsWith("[]") ? [name, 0] : [name];
  });
  return first === "runners[]" ? ["runners", "build", ...named.slice(2)] : named;
}

/** GitLab Runner refuses a file with an nfs volume that lacks one of these, so a key of it comes with the others. */
const NFS = { name: "n", mountPath: "/n", server: "s", path: "/p" };

function base(path = ""): Properties {
  const runner = { url: "https://gitlab.example.com", id: 7, token: { value: "glrt-not-a-token" } };
  const beside = path.includes(".nfs") ? { kubernetes: { volumes: { nfs: [{ ...NFS }] } } } : {};
  return { runners: { build: { runner, executor: "shell", ...beside } } };
}

function set(target: Properties, path: readonly (string | number)[], value: unknown): Properties {
  let at = target as Record<string | number, unknown>;
  for (const [index, step] of path.slice(0, -1).entries()) {
    at[step] ??= typeof path[index + 1] === "number" ? [] : {};
    at = at[step] as Record<string | number, unknown>;
  }
  at[path.at(-1) as string] = value;
  return target;
}

/** What stands at a key's place in a file, as another parser than ours reads it. */
function find(text: string, path: string): unknown {
  let at: unknown = TOML.parse(text);
  for (const step of steps(path)) {
    at = (at as Properties | undefined)?.[step.replace("[]", "")];
    if (step.endsWith("[]")) at = (at as unknown[] | undefined)?.[0];
  }
  return at;
}

/** Without the checks of values: which zeros make sense is another matter than whether they are written. */
async function render(args: Properties): Promise<string> {
  return String(((await lifecycle.create(args)) as unknown as { outs: Properties }).outs.content);
}

/** The settings of a file as arguments, at a path. */
function readBack(text: string, path: readonly (string | number)[]): unknown {
  const { globals, entries } = readConfigFile(text);
  const {
    url,
    id,
    token,
    tokenObtainedAt: obtainedAt,
    tokenExpiresAt: expiresAt,
    ...settings
  } = toArguments("RunnerConfiguration", entries[0] ?? {});
  const runner = { url, id, token: { value: token, obtainedAt, expiresAt } };
  let at: unknown = { ...toArguments("GlobalConfiguration", globals), runners: { build: { ...settings, runner } } };
  for (const step of path) at = (at as Record<string | number, unknown> | undefined)?.[step];
  return at;
}

/** Plain JSON: what the parser makes of a table has no prototype. */
const plain = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !(value instanceof Date)
    ? Array.isArray(value)
      ? value.map(plain)
      : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
    : value;

const canonical: Record<string, (argument: unknown) => unknown> = {
  duration: () => "1m30s",
  "string|list<string>": (argument) => [argument],
};

/** A table is there by itself or not; what it holds says that it is the right one. */
async function proveTable({ path, kind }: Fact): Promise<void> {
  const place = argumentPath(path);
  const probe = { ...(path.endsWith(".nfs") ? NFS : {}), extraToml: "probe = 1\n" };
  const isEntries = path === "runners";
  const args = isEntries ? set(base(), ["runners", "build", "extraToml"], probe.extraToml) : base();
  const wrapped = kind === "table" ? probe : [probe];
  if (!isEntries) set(args, place, wrapped);
  const { failures } = await lifecycle.check({}, args);
  assert.deepEqual(failures, [], path);
  const text = await render(args);
  const inner = kind === "table" ? path : `${path}[]`;
  assert.equal(find(text, `${inner}.probe`), 1, path);
}

async function proveValue(fact: Fact): Promise<void> {
  const place = argumentPath(fact.path);
  const [argument, expected] = sampleOf(fact);
  const args = set(base(fact.path), place, argument);
  const { failures } = await lifecycle.check({}, args);
  assert.deepEqual(failures, [], fact.path);
  const text = await render(args);
  assert.deepEqual(plain(find(text, fact.path)), expected, fact.path);
  if (fact.kind === "float") assert.match(text, new RegExp(`${fact.key} = 2\\.0\\n`));
  if (fact.kind === "list<float>") assert.match(text, new RegExp(`${fact.key} = \\[1\\.0, 2\\.5\\]\\n`));
  const isCanonical = canonical[fact.kind];
  assert.deepEqual(readBack(text, place), isCanonical ? isCanonical(argument) : argument, fact.path);
}

/** The zero rule, in a table that is written for another reason: the entry itself, or a raw setting beside. */
async function proveZero({ path, kind, whenZero }: Fact): Promise<void> {
  const place = argumentPath(path);
  const args = base();
  const parent = place.slice(0, -1).at(-1) === "token" ? ["runners", "build"] : place.slice(0, -1);
  set(args, [...(parent.includes("runner") ? ["runners", "build"] : parent), "extraToml"], "probe = 1");
  if (path !== "runners") set(args, place, isTableKind(kind) ? (kind === "table" ? {} : []) : zeroOf(kind)[0]);
  else args.runners = {};
  const found = find(await render(args), path);
  const written =
    /^written|always written|written when set but empty/.test(whenZero) || whenZero === "omitted when unset (nil)";
  // A new file gets this one from the Runner, whose default is not zero.
  if (path === "session_server") return assert.deepEqual(plain(found), { session_timeout: 1800 });
  const zero = kind === "table" ? {} : kind === "list<table>" ? [] : zeroOf(kind)[1];
  if (!written) assert.equal(found, undefined, path);
  // A table of which some keys are always written holds these.
  else if (kind === "table") assert.equal(typeof found, "object", path);
  else assert.deepEqual(plain(found), zero, path);
}

async function proveRefusal({ path, kind }: Fact): Promise<void> {
  const place = argumentPath(path);
  const { failures } = await lifecycle.check({}, set(base(), place, wrongFor(kind)));
  const name = place.map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`)).join("");
  const told = name.replace(/\.runner\.token\.value$/, ".runner.token");
  const reasons = (failures ?? []).map(({ reason }) => reason);
  assert.ok(reasons.length > 0, `${path}: a wrong kind was taken`);
  for (const reason of reasons) assert.ok(reason.startsWith(`${told}: must be`), `${path}: ${reason}`);
  assert.ok(!reasons.join().includes("no such thing"), path);
}

describe("the keys of config.toml", () => {
  const { warn } = console;

  beforeEach(() => {
    // Deprecated keys are among them; lifecycle/extraToml.spec.ts has the warnings.
    console.warn = () => {};
  });

  afterEach(() => {
    console.warn = warn;
  });

  it("are told by a field list that nobody touched", () => {
    assert.equal(createHash("sha256").update(readFileSync(FIXTURE)).digest("hex"), SHA256);
    assert.equal(facts.length, 744);
  });

  it("can each be set alone, land in their place with their kind, are got back, and refuse another kind", async function () {
    this.timeout(120_000);
    let proven = 0;
    const failed: string[] = [];
    for (const fact of facts) {
      try {
        await (isTableKind(fact.kind) ? proveTable(fact) : proveValue(fact));
        await proveZero(fact);
        await proveRefusal(fact);
        proven += 1;
      } catch (error) {
        failed.push(`${fact.path}: ${(error as Error).message}`);
      }
    }
    console.log(
      `      ${proven} of ${facts.length} keys: set, rendered, parsed, got back; zero rule; wrong kind refused`,
    );
    assert.deepEqual(failed, []);
    assert.equal(proven, 744);
  });
});
