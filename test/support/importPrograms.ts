import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { StoredSecret } from "../../provider/config/program/vault.js";
import type { ConfigTomlInputs } from "../../provider/lifecycle/configToml/spec.js";
import { ROOT } from "./stack.js";

/** As biome formats it, by the rules of this repository. */
export function format(program: string): string {
  const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  const options = { cwd: ROOT, input: program, encoding: "utf8" } as const;
  return spawnSync(process.execPath, [biome, "format", "--stdin-file-path=program.ts"], options).stdout;
}

const PROGRAMS = join(ROOT, "build/imports");

/** Compiles programs against this package, strictly; the result is what the compiler says, and JavaScript beside them. */
export function compile(programs: ReadonlyMap<string, string>): string {
  rmSync(PROGRAMS, { recursive: true, force: true });
  const installed = join(PROGRAMS, "node_modules/pulumi-gitlab-runner");
  mkdirSync(installed, { recursive: true });
  writeFileSync(
    join(installed, "index.js"),
    `module.exports = require(${JSON.stringify(join(ROOT, "build/provider/index.js"))});`,
  );
  writeFileSync(join(installed, "index.d.ts"), `export * from ${JSON.stringify(join(ROOT, "provider/index.js"))};`);
  // Without this the package would find itself by its own name.
  writeFileSync(join(PROGRAMS, "package.json"), '{ "name": "imports" }');
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

/** Runs a compiled program without an engine: the inputs of its ConfigToml, secrets open. */
export async function runProgram(name: string, secrets: readonly StoredSecret[]): Promise<ConfigTomlInputs> {
  const inputs = new Promise<ConfigTomlInputs>((resolve) => {
    const newResource = (resource: pulumi.runtime.MockResourceArgs) => {
      if (resource.type.endsWith(":ConfigToml")) resolve(unwrap(resource.inputs) as ConfigTomlInputs);
      return { id: "id", state: resource.inputs };
    };
    void pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "imports");
  });
  const values = secrets.map(({ key, value }) => [`imports:${key}`, value]);
  pulumi.runtime.setAllConfig(
    Object.fromEntries(values),
    values.map(([key]) => key as string),
  );
  const file = join(PROGRAMS, "out/build/imports", `${name}.js`);
  // A program runs each time that it is run.
  delete require.cache[file];
  require(file);
  const { __provider, ...given } = await inputs;
  return given as ConfigTomlInputs;
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";

function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value && "value" in value) return unwrap(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrap(item)]));
}
