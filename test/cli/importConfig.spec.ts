import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { planImport } from "../../provider/cli/importConfig.js";
import { encodeConfiguration } from "../../provider/config/encode.js";
import { readConfigFile } from "../../provider/config/file.js";
import { keepExtras } from "../../provider/config/load.js";
import { addLoadDefaults, dropZeros } from "../../provider/config/normalize.js";
import type { StoredSecret } from "../../provider/config/program/vault.js";
import type { Field } from "../../provider/config/schema/field.js";
import { KEY_TABLE, type TypeName } from "../../provider/config/schema/table.js";
import { DateTime, type Table, type Value } from "../../provider/config/value.js";
import { checkConfigTomlInputs } from "../../provider/lifecycle/configTomlInputs.js";
import { lintInputs } from "../../provider/lifecycle/configTomlLint.js";
import { type ConfigTomlInputs, render } from "../../provider/lifecycle/configTomlSpec.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab } from "../support/gitlab.js";
import { FOLDER, NAMES, SECRET, settle } from "../support/importFixtures.js";
import { ROOT } from "../support/stack.js";

const MAIN = join(__dirname, "../../provider/cli/main.js");

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

function importConfig(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const options = { cwd: makeFolder(), env: { PATH: process.env.PATH, ...env } };
  const child = spawn(process.execPath, [MAIN, "import-config", ...args], options);
  const run: Run = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (run.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (run.stderr += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...run, code })));
}

/** As biome formats it, by the rules of this repository. */
function format(program: string): string {
  const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  const options = { cwd: ROOT, input: program, encoding: "utf8" } as const;
  return spawnSync(process.execPath, [biome, "format", "--stdin-file-path=program.ts"], options).stdout;
}

const PROGRAMS = join(ROOT, "build/imports");

/** Compiles programs against this package, strictly; the result is what the compiler says, and JavaScript beside them. */
function compile(programs: ReadonlyMap<string, string>): string {
  rmSync(PROGRAMS, { recursive: true, force: true });
  const installed = join(PROGRAMS, "node_modules/pulumi-gitlab-runner");
  mkdirSync(installed, { recursive: true });
  writeFileSync(
    join(installed, "index.js"),
    `module.exports = require(${JSON.stringify(join(ROOT, "build/provider/index.js"))});`,
  );
  writeFileSync(join(installed, "index.d.ts"), `export * from ${JSON.stringify(join(ROOT, "provider/index.js"))};`);
  const files = [...programs.keys()].map((name) => `${name}.ts`);
  for (const [name, program] of programs) writeFileSync(join(PROGRAMS, `${name}.ts`), program);
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, "tsconfig.json"), "utf8"));
  const own = {
    ...compilerOptions,
    types: ["node"],
    rootDir: ROOT,
    outDir: "out",
    incremental: false,
    declaration: false,
  };
  writeFileSync(join(PROGRAMS, "tsconfig.json"), JSON.stringify({ compilerOptions: own, files }));
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", PROGRAMS], { encoding: "utf8" }).stdout;
}

/** Runs a compiled program without an engine: the inputs of its resources, by type, secrets open. */
async function runProgram(name: string, secrets: readonly StoredSecret[]): Promise<Map<string, ConfigTomlInputs>> {
  const seen = new Map<string, ConfigTomlInputs>();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, inputs, name: resource }) => {
        const open = unwrap(inputs) as Record<string, unknown>;
        seen.set(`${type} ${resource}`, open as unknown as ConfigTomlInputs);
        return { id: "id", state: inputs };
      },
      call: () => ({}),
    },
    "imports",
  );
  const values = secrets.map(({ key, value }) => [`imports:${key}`, value]);
  pulumi.runtime.setAllConfig(
    Object.fromEntries(values),
    values.map(([key]) => key as string),
  );
  await pulumi.runtime.runInPulumiStack(async () => {
    require(join(PROGRAMS, "out/build/imports", `${name}.js`));
  });
  return seen;
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value && "value" in value) return unwrap(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrap(item)]));
}

const plan = (name: string) => planImport(join(FOLDER, name), { gitlab: [] });

const baseOf = (name: string) => name.replace(/\.toml$/, "");

/** A file as the Runner sees it, unknown keys too. */
function load(text: string): { globals: Table; entries: Table[] } {
  const { globals, entries, extras } = readConfigFile(text);
  keepExtras(extras);
  return { globals, entries };
}

describe("import-config on realistic files", () => {
  const plans = new Map<string, Awaited<ReturnType<typeof planImport>>>();

  before(async () => {
    for (const name of NAMES) plans.set(baseOf(name), await plan(name));
  });

  it("are fifteen, of all executors", () => {
    const texts = NAMES.map((name) => readFileSync(join(FOLDER, name), "utf8")).join("\n");
    assert.equal(NAMES.length, 15);
    assert.equal(new Set([...texts.matchAll(/executor = "([^"]+)"/g)].map(([, executor]) => executor)).size, 11);
  });

  it("prints programs that hold no secret, and raw text for unknown keys only", () => {
    for (const [name, { program, secrets }] of plans) {
      assert.doesNotMatch(program, SECRET, name);
      assert.equal(program.includes("extraToml"), name === "14-several-gitlabs", name);
      const text = readFileSync(join(FOLDER, `${name}.toml`), "utf8");
      for (const [secret] of text.matchAll(/\b(canary[\w-]*|glrt-[\w-]+)/g)) {
        assert.ok(
          secrets.some(({ value }) => value.includes(secret)),
          `${name}: ${secret} is in no secret`,
        );
      }
    }
  });

  it("prints programs that biome would not format otherwise", () => {
    for (const [name, { program }] of plans) assert.equal(program, format(program), name);
  });

  it("prints the same program each time", async () => {
    assert.deepEqual(await plan("14-several-gitlabs.toml"), plans.get("14-several-gitlabs"));
  });

  it("prints programs that compile strictly, and that render to the data of the files", async () => {
    assert.equal(compile(new Map([...plans].map(([name, { program }]) => [name, program]))), "");
    for (const [name, { secrets }] of plans) {
      const inputs = (await runProgram(name, secrets)).get("pulumi-nodejs:dynamic/gitlab-runner:ConfigToml config");
      assert.ok(inputs, name);
      const { __provider, ...given } = inputs;
      assert.deepEqual(checkConfigTomlInputs(given), [], name);
      assert.deepEqual(lintInputs(given as ConfigTomlInputs).problems, [], name);
      const rendered = render(given as ConfigTomlInputs);
      const file = load(readFileSync(join(FOLDER, `${name}.toml`), "utf8"));
      const byId = (entries: Iterable<Table>) =>
        new Map([...entries].map((entry) => [`${entry.url} ${entry.id}`, dropZeros("RunnerConfiguration", entry)]));
      assert.deepEqual(byId(rendered.entries.values()), byId(file.entries), name);
      const globals = (table: Table) => dropZeros("GlobalConfiguration", addLoadDefaults(table));
      const { future_global, ...known } = file.globals;
      assert.deepEqual(globals(rendered.globals), globals(known), name);
    }
  });

  it("keeps comments where they are cheap to keep, and none that may hold a secret", async () => {
    const file = join(makeFolder(), "config.toml");
    const text = readFileSync(join(FOLDER, "01-docker.toml"), "utf8");
    writeFileSync(
      file,
      text
        .replace("  limit", "")
        .replace("executor =", "# was: token = canary-old\n# uses canary-deploy-key\nexecutor ="),
    );
    const { program } = await planImport(file, { gitlab: [] });
    assert.match(program, /\n {2}\/\/ Runners of the build farm\.\n {2}concurrent: 4,\n/);
    assert.match(program, /\n {4}\/\/ Takes everything that has no tag\.\n {4}"docker-any": \{/);
    assert.match(program, /\n {8}\/\/ small, and has what we need\n {8}image: /);
    assert.doesNotMatch(program, SECRET);
  });
});

/** A value for every key, none of which lint objects to. */
function sampleFor({ key, kind, type, enum: words }: Field): Value {
  const own = SAMPLES[key.toLowerCase()];
  if (own !== undefined) return own;
  if (type) return kind === "table" ? sampleTable(type) : [sampleTable(type)];
  const word = words?.find((choice) => choice !== "") ?? "1";
  const samples: Record<string, Value> = {
    string: word,
    bool: true,
    int: 1n,
    float: 0.5,
    duration: "1h0m0s",
    datetime: new DateTime("2036-01-02T03:04:05Z"),
    "list<string>": [word],
    "list<int>": [1n],
    "list<float>": [0.5],
    "string|list<string>": [word],
    "map<string,string>": { "a key": "1" },
    "map<string,bool>": { FF_X: true },
    "map<string,int>": { key: 1n },
    "map<string,list<string>>": { key: ["1"] },
    "map<string,any>": { key: "1" },
  };
  return samples[kind] as Value;
}

const SAMPLES: Record<string, Value> = {
  url: "https://gitlab.example.com",
  token: "glrt-FAKE",
  id: 1n,
  periods: ["* * * * *"],
  timezone: "UTC",
  machinename: "m-%s",
  machineoptionswithname: ["%s"],
  labels: { key: "1" },
  limit: 3n,
  environment: ["A=true"],
};

function sampleTable(type: TypeName): Table {
  const fields = KEY_TABLE[type].filter(({ key }) => key !== "runners");
  return Object.fromEntries(fields.map((field) => [field.key, sampleFor(field)]));
}

describe("import-config on a file with every key", () => {
  it("uses an argument for each of them, and the program compiles", async () => {
    const text = encodeConfiguration({
      ...sampleTable("GlobalConfiguration"),
      concurrent: 9n,
      runners: [sampleTable("RunnerConfiguration")],
    });
    const file = join(makeFolder(), "config.toml");
    writeFileSync(file, text);
    const { program } = await planImport(file, { gitlab: [] });
    assert.doesNotMatch(program, /extraToml/);
    const keys = new Set(Object.values(KEY_TABLE).flatMap((fields) => fields.map(({ argument }) => argument)));
    const said = [...keys].filter((argument) => !new RegExp(`\\b${argument}:`).test(program));
    assert.deepEqual(said, []);
    assert.equal(compile(new Map([["every", program]])), "");
    assert.equal(program, format(program));
  });
});

describe("pulumi-gitlab-runner import-config", () => {
  it("adopts the runners that GitLab tells of, with their attributes, and only reads there", async () => {
    const a = await makeGitLab({ runnerIdStart: 77 });
    const b = await makeGitLab({ runnerIdStart: 77 });
    const file = settle("14-several-gitlabs.toml", makeFolder(), { a, b });
    const env = { GITLAB_BASE_URL: a.url, GITLAB_TOKEN: a.token, B_TOKEN: b.token };
    const { code, stdout, stderr } = await importConfig(["--no-config", "--gitlab", `${b.url}=B_TOKEN`, file], env);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^import \{ ConfigToml, Provider, Runner \} from "pulumi-gitlab-runner";$/m);
    assert.ok(
      stdout.includes(`new Provider("${b.url.slice(7)}", {\n  baseUrl: "${b.url}",\n  tokenEnv: "B_TOKEN",\n});`),
      stdout,
    );
    const runner = {
      adopt: 'adopt: {\n    runnerId: 77,\n    token: config.requireSecret("buildToken"),',
      attributes: `runnerType: "project_type",\n  projectId: ${a.projectId},\n  description: "runner 77",\n  maintenanceNote: 'ask "ops"',`,
    };
    for (const part of Object.values(runner)) assert.ok(stdout.includes(part), `${part}\nis not in\n${stdout}`);
    assert.match(stdout, /\{ provider: \w+ \},\n\);/);
    assert.match(stderr, /entry "unknown to us" .* keeps its credentials.*no token for/);
    assert.doesNotMatch(stdout + stderr, SECRET);
    for (const gitlab of [a, b])
      assert.deepEqual(new Set(gitlab.requests.list().map(({ method }) => method)), new Set(["GET"]));
  });

  it("says why GitLab does not tell of a runner, and uses its credentials", async () => {
    const a = await makeGitLab();
    const file = settle("09-ssh.toml", makeFolder(), { a, b: a });
    a.runners.remove(1);
    const { code, stdout, stderr } = await importConfig(["--no-config", file], {
      GITLAB_BASE_URL: a.url,
      GITLAB_TOKEN: a.token,
    });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /entry "ssh" .* keeps its credentials.*answered 404/s);
    assert.match(stdout, /runner: \{\n {8}url: /);
  });

  it("prints no program for a file that a ConfigToml would refuse, and names each place", async () => {
    const file = join(makeFolder(), "config.toml");
    writeFileSync(file, 'concurrent = "x"\n[[runners]]\nurl = "https://u:canary@x.example"\nname = "a"\n');
    const { code, stdout, stderr } = await importConfig([file]);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    for (const place of [
      ":1:1: concurrent",
      ":3:1: runners[0].url",
      ":2:3: runners[0].token",
      ":2:3: runners[0].executor",
    ])
      assert.ok(stderr.includes(place), `${place} is not in ${stderr}`);
    assert.doesNotMatch(stderr, SECRET);
  });

  it("tells which secrets the program needs where there is no Pulumi project, and writes to no file that is there", async () => {
    const output = join(makeFolder(), "index.ts");
    const { code, stdout, stderr } = await importConfig(["--output", output, join(FOLDER, "09-ssh.toml")]);
    assert.equal(code, 0, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, /is in no Pulumi project/);
    assert.match(stderr, /^ {2}pulumi config set --secret sshSshPassword$/m);
    assert.match(readFileSync(output, "utf8"), /new ConfigToml\(/);
    const again = await importConfig(["--output", output, join(FOLDER, "09-ssh.toml")]);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /is there already/);
  });
});
