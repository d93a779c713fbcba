import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../support/folder.js";
import { ROOT } from "../support/stack.js";

type Fact = Record<string, unknown>;

const SOURCE = join(ROOT, "test/fixtures/runner-source");

/** Reads a checkout into a field list, which may be there already, and gives what the program said. */
function update(checkout: string, list: string): string {
  const options = { cwd: join(ROOT, "scripts/fields"), encoding: "utf8", stdio: "pipe" } as const;
  return execFileSync("go", ["run", ".", checkout, list], options);
}

const read = (list: string) => JSON.parse(readFileSync(list, "utf8")) as Fact[];

/** A fact in few words. */
const describeFact = ({ path, kind, pointer, struct, whenZero, flag, flagAlias, env }: Fact) =>
  [`${path}: ${kind}${pointer ? " behind a pointer" : ""}, ${struct}, ${whenZero}`, flag, flagAlias, env]
    .filter(Boolean)
    .join("; ");

describe("the field list from the Runner's Go source (needs Go)", function () {
  this.timeout(120_000);
  let list: string;

  beforeEach(() => {
    list = join(makeFolder(), "fields.json");
  });

  it("has every key with place, kind, zero rule, flag and variable, in the order of the source", () => {
    update(SOURCE, list);
    assert.deepEqual(read(list).map(describeFact), [
      "listen_address: string, Config, omitted",
      "concurrent: int, Config, written as 0",
      "log_level: string behind a pointer, Config, omitted when unset (nil)",
      "labels: map<string,string>, Config, omitted when empty",
      "runners: list<table>, Config, omitted when nil, written when set but empty",
      'runners[].name: string, RunnerConfig, written as ""; --description; --name; RUNNER_NAME',
      "runners[].limit: int, RunnerConfig, omitted; --limit; RUNNER_LIMIT",
      'runners[].token: string, RunnerCredentials, written as ""; --token; -t; CI_SERVER_TOKEN',
      "runners[].expires_at: datetime, RunnerCredentials, written as 0001-01-01T00:00:00Z",
      "runners[].docker: table behind a pointer, RunnerSettings, omitted when unset (nil)",
      "runners[].docker.host: string, helpers/docker.Credentials, omitted; --docker-host; DOCKER_HOST",
      "runners[].docker.privileged: bool, DockerConfig, written as false; --docker-privileged; DOCKER_PRIVILEGED",
      "runners[].docker.pull_policy: string|list<string>, DockerConfig, omitted when empty; --docker-pull-policy",
      "runners[].docker.devices: map<string,list<string>>, DockerConfig, omitted when nil, written when set but empty",
      "runners[].docker.plugin: map<string,any>, DockerConfig, omitted when empty",
      "runners[].docker.ratio: float, DockerConfig, written as 0.0",
      "runners[].docker.grace: int behind a pointer, DockerConfig, omitted when unset or 0",
      "runners[].docker.aliases: list<table>, DockerConfig, omitted when empty; --docker-aliases",
      'runners[].docker.aliases[].ip: string, HostAlias, written as ""',
      "runners[].docker.security: table behind a pointer, DockerConfig, omitted when unset (nil)",
      "runners[].docker.security.add: list<string>, SecurityContext, omitted when nil, written when set but empty; --docker-security-context-add; DOCKER_SECURITY_CONTEXT_ADD",
      "runners[].plain: table, RunnerSettings, table header always written",
      'runners[].plain.hidden: string, PlainTable, written as ""',
      "runners[].Unlabelled: bool, RunnerSettings, written as false",
      "max_age: duration behind a pointer, Config, omitted when unset (nil)",
    ]);
  });

  it("keeps what people wrote of a key, and tells what is new, gone and otherwise", () => {
    update(SOURCE, list);
    const words = { doc: "By hand.", default: "1", unit: "jobs", enum: ["a"], secret: true, since: "1.0" };
    const edited = read(list)
      .filter(({ path }) => path !== "runners[].name")
      .map((fact) => (fact.path === "concurrent" ? { ...fact, ...words, kind: "string" } : fact));
    writeFileSync(list, JSON.stringify([...edited, { ...edited[0], path: "retired" }]));
    const report = update(SOURCE, list);
    assert.match(report, /^25 keys in the source, 25 in the list before\n/);
    assert.match(report, /\nnew: runners\[\]\.name \(string\): write its doc/);
    assert.match(report, /\ngone: retired\n/);
    assert.match(report, /\nchanged: concurrent\n {2}was .*"kind":"string".*\n {2}is {2}.*"kind":"int"/);
    const facts = read(list);
    assert.deepEqual({ ...facts[1], ...words }, facts[1]);
    assert.equal(facts.find(({ path }) => path === "runners[].name")?.doc, "Runner name");
    assert.equal(update(SOURCE, list), "25 keys in the source, 25 in the list before\n");
  });

  it("fails on a folder that is no checkout, and leaves the list", () => {
    const folder = join(makeFolder(), "no-checkout");
    mkdirSync(folder);
    copyFileSync(join(ROOT, "provider/config/schema/fields.json"), list);
    const before = readFileSync(list, "utf8");
    assert.throws(() => update(folder, list), /is no checkout of GitLab Runner/);
    assert.equal(readFileSync(list, "utf8"), before);
  });
});
