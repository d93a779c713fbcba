import assert from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { load, repository, useSandbox } from "./sandbox";

interface Selection {
  lint: boolean;
  narrowed: boolean;
  paths: string[];
  mocha: string[];
}

describe("npm test", () => {
  const sandbox = useSandbox();

  it("hands no token, address or proxy down to the tests", async () => {
    const { scrubEnvironment } = await load<{ scrubEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv }>(
      "test/environment.mjs",
    );
    const secret = [
      ...["GITLAB_TOKEN", "GITLAB_BASE_URL", "GITLAB_ANYTHING", "CI_JOB_TOKEN", "CI_SERVER_URL", "CI_API_V4_URL"],
      ...["PULUMI_ACCESS_TOKEN", "PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"],
      ...[
        "PULUMI_GITLAB_RUNNER_RELEASES",
        "TEMPLATE_CONFIG_FILE",
        "RUNNER_NAME",
        "RUNNER_TAG_LIST",
        "REGISTER_RUN_UNTAGGED",
      ],
      ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "ALL_PROXY", "all_proxy"],
    ];
    const harmless = [
      "PATH",
      "HOME",
      "CI",
      "LANG",
      "PULUMI_GITLAB_RUNNER_CACHE",
      "PULUMI_SKIP_UPDATE_CHECK",
      "MY_CI_X",
    ];
    const env = Object.fromEntries([...secret, ...harmless].map((name) => [name, "x"]));
    assert.deepEqual(Object.keys(scrubEnvironment(env)), harmless);
  });

  it("narrows by spec paths and by mocha's filters, and passes mocha's other options on", async () => {
    const { readArguments } = await load<{ readArguments(given: string[], root: string): Selection }>(
      "test/arguments.mjs",
    );
    const read = (...given: string[]) => readArguments(given, repository);
    const all = { lint: true, narrowed: false, paths: [], mocha: [] };
    assert.deepEqual(read(), all);
    assert.deepEqual(read("--no-lint", "--forbid-only"), { ...all, lint: false, mocha: ["--forbid-only"] });
    assert.deepEqual(read("-g", "a b"), { ...all, narrowed: true, mocha: ["-g", "a b"] });
    assert.deepEqual(read("--grep=a"), { ...all, narrowed: true, mocha: ["--grep=a"] });
    assert.deepEqual(read("test/scripts"), { ...all, narrowed: true, paths: ["test/scripts"] });
    assert.throws(() => read("test/no.spec.ts"), { message: /There is no test\/no\.spec\.ts in test\// });
    assert.throws(() => read("provider"), { message: /There is no provider in test\// });
  });

  it("tells unit, engine and system specs apart by their folder", async () => {
    type FindSpecs = (kind: string, root: string, paths: string[]) => string[];
    const { findSpecs } = await load<{ findSpecs: FindSpecs }>("test/specs.mjs");
    for (const name of ["a.spec.ts", "config/b.spec.ts", "stack/c.spec.ts", "system/d.spec.ts", "support/e.ts"]) {
      sandbox().write(`test/${name}`, "");
    }
    const root = sandbox().folder;
    assert.deepEqual(findSpecs("unit", root, []), ["build/test/a.spec.js", "build/test/config/b.spec.js"]);
    assert.deepEqual(findSpecs("engine", root, []), ["build/test/stack/c.spec.js"]);
    assert.deepEqual(findSpecs("unit", root, ["test/config"]), ["build/test/config/b.spec.js"]);
    assert.deepEqual(findSpecs("engine", root, ["test/config"]), []);
  });

  it("drops the compiled spec of a deleted source, and makes one that is missing again", async function () {
    this.timeout(30_000);
    const { compileTests } = await load<{ compileTests(project: unknown): Promise<boolean> }>("test/compile.mjs");
    const { projectAt } = await load<{ projectAt(root: string): object }>("setup/project.mjs");
    const modules = `${repository}/node_modules`;
    const project = { ...projectAt(sandbox().folder), modules };
    const options = { rootDir: ".", outDir: "build", module: "node16", lib: ["ES5"], types: [], incremental: true };
    sandbox().write("tsconfig.json", JSON.stringify({ compilerOptions: options, include: ["provider", "test"] }));
    sandbox().write("test/kept.spec.ts", "export {};\n");
    sandbox().write("provider/gone.ts", "export {};\n");
    const kept = sandbox().path("build", "test", "kept.spec.js");
    const gone = sandbox().path("build", "provider", "gone.js");

    assert.ok(await compileTests(project));
    assert.ok(existsSync(kept) && existsSync(gone));
    rmSync(sandbox().path("provider", "gone.ts"));
    rmSync(kept);
    assert.ok(await compileTests(project));
    assert.deepEqual([existsSync(kept), existsSync(gone)], [true, false]);
  });
});
