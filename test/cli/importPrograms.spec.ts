import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planImport } from "../../provider/cli/importConfig.js";
import { encodeConfiguration } from "../../provider/config/encode.js";
import { readConfigFile } from "../../provider/config/file.js";
import { keepExtras } from "../../provider/config/load.js";
import { addLoadDefaults, dropZeros } from "../../provider/config/normalize.js";
import { KEY_TABLE } from "../../provider/config/schema/table.js";
import type { Table } from "../../provider/config/value.js";
import { checkConfigTomlInputs } from "../../provider/lifecycle/configToml/inputs.js";
import { lintInputs } from "../../provider/lifecycle/configToml/lint.js";
import { render } from "../../provider/lifecycle/configToml/spec.js";
import { create, read } from "../../provider/lifecycle/configToml.js";
import { sampleTable } from "../support/everyKey.js";
import { makeFolder } from "../support/folder.js";
import { FOLDER, NAMES, SECRET } from "../support/importFixtures.js";
import { compile, format, runProgram } from "../support/importPrograms.js";

/** A file in which every key is set. */
function planEveryKey(): Promise<Awaited<ReturnType<typeof planImport>>> {
  const runners = [sampleTable("RunnerConfiguration")];
  const text = encodeConfiguration({ ...sampleTable("GlobalConfiguration"), concurrent: 9n, runners });
  const file = join(makeFolder(), "config.toml");
  writeFileSync(file, text);
  return planImport(file, { gitlab: [] });
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

  let problems: string;

  before(async () => {
    for (const name of NAMES) plans.set(baseOf(name), await plan(name));
    const programs = [...plans].map(([name, { program }]) => [name, program] as const);
    problems = compile(new Map([...programs, ["every", (await planEveryKey()).program]]));
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

  it("says in a template what an argument has no word for", () => {
    assert.match(plans.get("12-docker-windows")?.program ?? "", /helper_image_flavor = "alpine3\.18"/);
    assert.match(plans.get("03-docker-machine")?.program ?? "", /AuthenticationType = "IAM"/);
    assert.doesNotMatch(plans.get("01-docker")?.program ?? "", /template: /);
  });

  it("prints programs that biome would not format otherwise", () => {
    for (const [name, { program }] of plans) assert.equal(program, format(program), name);
  });

  it("prints the same program each time", async () => {
    assert.deepEqual(await plan("14-several-gitlabs.toml"), plans.get("14-several-gitlabs"));
  });

  it("prints programs that compile strictly, and that render to the data of the files", async () => {
    assert.equal(problems, "");
    for (const [name, { secrets }] of plans) {
      const given = await runProgram(name, secrets);
      assert.deepEqual(checkConfigTomlInputs(given), [], name);
      assert.deepEqual(lintInputs(given).problems, [], name);
      const rendered = render(given);
      const file = load(readFileSync(join(FOLDER, `${name}.toml`), "utf8"));
      const byId = (entries: Iterable<Table>) =>
        new Map([...entries].map((entry) => [`${entry.url} ${entry.id}`, dropZeros("RunnerConfiguration", entry)]));
      // One without an id cannot be found again among others, and stays in the file as it is.
      const numbered = file.entries.filter(({ id }) => id);
      assert.deepEqual(byId(rendered.entries.values()), byId(numbered), name);
      const globals = (table: Table) => dropZeros("GlobalConfiguration", addLoadDefaults(table));
      const { future_global, log_level, ...known } = file.globals;
      const { log_level: level, ...declared } = rendered.globals;
      assert.deepEqual(globals(declared), globals(known), name);
      // A word in another case is left to the file.
      assert.equal(level, name === "12-docker-windows" ? undefined : log_level, name);
    }
  });

  it("prints programs that leave the files byte for byte as they are", async () => {
    const folder = makeFolder();
    for (const [name, { secrets }] of plans) {
      const before = readFileSync(join(FOLDER, `${name}.toml`));
      const path = join(folder, `${name}.toml`);
      writeFileSync(path, before);
      const { id, outs } = await create({ ...(await runProgram(name, secrets)), path });
      assert.ok(readFileSync(path).equals(before), name);
      const { props } = await read(id, outs as Record<string, unknown>);
      assert.equal((props as Record<string, unknown>).drift, undefined, name);
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

  it("uses an argument for each of all keys", async () => {
    const { program } = await planEveryKey();
    assert.doesNotMatch(program, /extraToml/);
    const keys = new Set(Object.values(KEY_TABLE).flatMap((fields) => fields.map(({ argument }) => argument)));
    assert.deepEqual(
      [...keys].filter((argument) => !new RegExp(`\\b${argument}:`).test(program)),
      [],
    );
    assert.ok(!problems.includes("every.ts"), problems);
    assert.equal(program, format(program));
  });
});
