import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, ModuleResolutionKind, resolveModuleName, sys } from "typescript";
import { makeFolder } from "../support/folder.js";
import { matchGolden } from "../support/golden.js";
import { ROOT } from "../support/stack.js";

const TARBALL = join(ROOT, "build/package/pulumi-gitlab-runner.tgz");

/** A user's project with the packed package installed by npm, and nothing of ours beside it. */
let project: string;

function run(code: string, ...options: string[]): string {
  return execFileSync(process.execPath, [...options, "-e", code], { cwd: project, encoding: "utf8" });
}

describe("the packed and installed package", () => {
  beforeEach(function () {
    this.timeout(120_000);
    project = makeFolder();
    writeFileSync(join(project, "package.json"), '{ "name": "user", "private": true }\n');
    const install = [
      "install",
      "--silent",
      "--no-audit",
      "--no-fund",
      "--prefer-offline",
      TARBALL,
      "@pulumi/pulumi@3.225.0",
    ];
    execFileSync("npm", install, { cwd: project, stdio: "pipe" });
  });

  it("serializes each provider to the frozen text, by import and by require, and loads in all ways", () => {
    const texts = run(`
      const pulumi = require("@pulumi/pulumi");
      (async () => {
        for (const name of ["runner", "configToml", "stackIdentity", "runnerSet"]) {
          const provider = require("pulumi-gitlab-runner/lifecycle/" + name);
          const { text } = await pulumi.runtime.serializeFunction(() => provider, { allowSecrets: true });
          process.stdout.write("== " + name + ", " + Buffer.byteLength(text) + " bytes\\n" + text);
        }
      })();
    `);
    for (const [, bytes] of texts.matchAll(/, (\d+) bytes/g)) assert.ok(Number(bytes) <= 400, texts);
    matchGolden("providerText.txt", texts);

    const names =
      "ConfigToml,Provider,Runner,RunnerFleet,RunnerSet,getRunner,getRunnerOutput,getRunners,getRunnersOutput";
    const list =
      "console.log(Object.keys(p).filter((n) => !['default', 'module.exports', '__esModule'].includes(n)).sort().join())";
    assert.equal(run(`const p = require("pulumi-gitlab-runner"); ${list}`).trim(), names);
    assert.equal(run(`import * as p from "pulumi-gitlab-runner"; ${list}`, "--input-type=module").trim(), names);
    assert.match(run('console.log(typeof require("pulumi-gitlab-runner/testing").startGitLab)'), /function/);
    assert.match(
      execFileSync("npx", ["--no-install", "pulumi-gitlab-runner", "--help"], { cwd: project, encoding: "utf8" }),
      /drift/,
    );

    // The resource classes write these texts themselves.
    const seen = run(`
      const pulumi = require("@pulumi/pulumi");
      const seen = {};
      pulumi.runtime.setMocks({
        newResource: ({ type, inputs }) => ((seen[type.split(":").pop()] = inputs.__provider), { id: "1", state: inputs }),
        call: () => ({}),
      });
      const { Runner, RunnerSet, ConfigToml } = require("pulumi-gitlab-runner");
      new Runner("r", { runnerType: "instance_type" });
      new RunnerSet("s", { runnerType: "instance_type", items: {} });
      new ConfigToml("c", { runners: {} });
      process.once("beforeExit", () => process.stdout.write(JSON.stringify(seen)));
    `);
    const written = Object.entries(JSON.parse(seen) as Record<string, string>);
    assert.deepEqual(written.map(([type]) => type).sort(), ["ConfigToml", "Runner", "RunnerSet", "StackIdentity"]);
    for (const [type, text] of written) {
      const name = `${type[0]?.toLowerCase()}${type.slice(1)}`;
      assert.ok(texts.includes(`== ${name}, ${Buffer.byteLength(text)} bytes\n${text}`), text);
    }

    const folder = join(project, "node_modules/pulumi-gitlab-runner");
    // npm puts a dependency below the package where another one wants an older version of it.
    const packed = readdirSync(folder).filter((name) => name !== "node_modules");
    assert.deepEqual(packed.sort(), ["CHANGELOG.md", "LICENSE", "README.md", "dist", "package.json"]);
    assert.ok(!existsSync(join(project, "node_modules/nock")), "a development dependency was installed");
  });
});

describe("the shape of the package", () => {
  const RESOLUTIONS = [
    // What the tsconfig.json of Pulumi's own templates asks for.
    { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10 },
    { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 },
    { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler },
  ];
  for (const options of RESOLUTIONS) {
    it(`gives TypeScript the types of each door, under ${ModuleResolutionKind[options.moduleResolution]}`, () => {
      for (const door of ["", "/testing", "/lifecycle/runner", "/lifecycle/configToml", "/lifecycle/runnerSet"]) {
        const program = join(ROOT, "build/stacks/program.ts");
        const { resolvedModule } = resolveModuleName(`pulumi-gitlab-runner${door}`, program, options, sys);
        assert.match(resolvedModule?.resolvedFileName ?? "", /\/dist\/.*\.d\.ts$/, door);
      }
    });
  }

  it("finds no fault with publint", async () => {
    const [{ publint }, { formatMessage }] = await Promise.all([import("publint"), import("publint/utils")]);
    const { messages, pkg } = await publint({ pkgDir: ROOT, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg ?? {})),
      [],
    );
  });
});
