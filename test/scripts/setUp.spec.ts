import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Run, repository, script, useSandbox } from "./sandbox";

/** An npm that notes each call; its `ci` installs no more than the compiler. */
const npm = `
  echo "$1" >> "$CALLS"
  case "$1" in
    ci) mkdir node_modules && ln -s "$COMPILER" node_modules/typescript ;;
    pack)
      while [ "$1" != --pack-destination ]; do shift; done
      mkdir "$2/package" && cp -r dist package.json "$2/package" && tar -czf "$2/packed.tgz" -C "$2" package ;;
  esac
`;
/** An npm whose first call writes half an installation and then works on for ever. */
const endlessNpm = `
  mkdir -p node_modules/half
  echo $$ > "$CALLS"
  exec tail -f /dev/null
`;
const compilerOptions = {
  target: "ES2022",
  module: "node16",
  lib: ["ES5"],
  types: [],
  rootDir: "provider",
  incremental: true,
};

// Each of these runs the real compiler on a project of one line.
describe("set-up", function () {
  this.timeout(30_000);
  const sandbox = useSandbox();

  beforeEach(() => {
    sandbox().write("project/package.json", JSON.stringify({ name: "pulumi-gitlab-runner", version: "1.0.0" }));
    sandbox().write("project/package-lock.json", "{}");
    sandbox().write("project/tsconfig.json", "{}");
    sandbox().write("project/tsconfig.build.json", JSON.stringify({ compilerOptions, include: ["provider"] }));
    sandbox().write("project/provider/index.ts", "export const answer = 42;\n");
    sandbox().writeProgram("npm/npm", npm);
  });

  it("installs, compiles and packs in a fresh clone, and does nothing of it the next time", async () => {
    const first = await setUp().ended;
    assert.equal(first.code, 0, first.stderr);
    assert.deepEqual(calls(), ["ci", "pack"]);
    const installed = inProject("node_modules/pulumi-gitlab-runner");
    assert.ok(lstatSync(installed).isDirectory());
    assert.match(readFileSync(path.join(installed, "dist", "index.js"), "utf8"), /42/);
    assert.ok(existsSync(inProject("build/package/pulumi-gitlab-runner.tgz")));
    assert.deepEqual(readdirSync(inProject("build/setup")), ["built", "packed"]);

    const second = await setUp().ended;
    assert.match(second.stderr, /^set-up: everything is in place \(.+\)\n$/);
    assert.deepEqual(calls(), ["ci", "pack"]);
  });

  it("speaks on stderr and leaves stdout to the command", async () => {
    assert.equal((await setUp().ended).stdout, "");
  });

  it("compiles and packs again when a source changed, and drops what a deleted source had left", async () => {
    sandbox().write("project/provider/gone.ts", "export const gone = true;\n");
    await setUp().ended;
    rmSync(inProject("provider/gone.ts"));
    sandbox().write("project/provider/index.ts", "export const answer = 43;\n");
    await setUp().ended;
    for (const folder of ["dist", "node_modules/pulumi-gitlab-runner/dist"]) {
      assert.deepEqual(readdirSync(inProject(folder)), ["index.js"]);
      assert.match(readFileSync(inProject(`${folder}/index.js`), "utf8"), /43/);
    }
    assert.deepEqual(calls(), ["ci", "pack", "pack"]);
  });

  it("installs again when the lock file changed", async () => {
    await setUp().ended;
    sandbox().write("project/package-lock.json", "{ }");
    await setUp().ended;
    assert.deepEqual(calls(), ["ci", "pack", "ci", "pack"]);
  });

  it("mends a dist/ that somebody changed", async () => {
    await setUp().ended;
    writeFileSync(inProject("dist/index.js"), "");
    await setUp().ended;
    assert.match(readFileSync(inProject("dist/index.js"), "utf8"), /42/);
  });

  it("keeps the dist/ that works when the sources do not compile, and shows the compiler's words", async () => {
    await setUp().ended;
    sandbox().write("project/provider/index.ts", "export const answer: string = 42;\n");
    const { code, stderr } = await setUp().ended;
    assert.equal(code, 1);
    assert.match(stderr, /The TypeScript compiler failed \(exit code \d\)\. Its words:\n\nprovider\/index\.ts\(1,14\)/);
    assert.match(readFileSync(inProject("dist/index.js"), "utf8"), /42/);
  });

  it("installs once when two processes start at the same time", async () => {
    const endings = await Promise.all([setUp().ended, setUp().ended]);
    assert.deepEqual(
      endings.map(({ code }) => code),
      [0, 0],
    );
    assert.deepEqual(calls(), ["ci", "pack"]);
  });

  it("keeps the dependencies that work when the next install is interrupted, and goes on from there", async () => {
    await setUp().ended;
    sandbox().write("project/package-lock.json", "{ }");
    rmSync(sandbox().path("calls"));
    sandbox().writeProgram("npm/npm", endlessNpm);
    const interrupted = setUp();
    await until(() => existsSync(sandbox().path("calls")));
    interrupted.child.kill("SIGTERM");
    assert.equal((await interrupted.ended).code, 143);
    assert.deepEqual(readdirSync(inProject("node_modules")), [".set-up", "pulumi-gitlab-runner", "typescript"]);
    assert.deepEqual(readdirSync(inProject("build/setup")), ["built", "packed"]);

    rmSync(sandbox().path("calls"));
    sandbox().writeProgram("npm/npm", npm);
    assert.equal((await setUp().ended).code, 0);
    assert.deepEqual(calls(), ["ci", "pack"]);
  });

  it("says that npm is missing, and where it comes from", async () => {
    rmSync(sandbox().path("npm"), { recursive: true });
    const { code, stderr } = await setUp().ended;
    assert.equal(code, 1);
    assert.match(stderr, /npm is missing on PATH\. It comes with Node\.js: https:\/\/nodejs\.org/);
  });

  it("says which Node.js it needs when this one is too old", async () => {
    const { code, stderr } = await setUp(`{ node: "99.1.0" }`).ended;
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^set-up: Node\.js 99\.1 or later is needed; this is \d+\.\d+\.\d+\. https:\/\/nodejs\.org\S+\n$/,
    );
  });

  it("names Pulumi and Go, and where to get them, when there is no way to an engine", async () => {
    const { code, stderr } = await setUp("{}").ended;
    assert.equal(code, 1);
    assert.match(stderr, /no pulumi 3\.216\.0 or later, with its language host for Node\.js, on PATH/);
    assert.match(stderr, /no release: http:\/\/127\.0\.0\.1:1\/\S+ cannot be had/);
    assert.match(stderr, /no go on PATH/);
    assert.match(stderr, /https:\/\/www\.pulumi\.com\/docs\/install\//);
    assert.match(stderr, /https:\/\/go\.dev\/dl\//);
  });

  it("says which engine it took", async () => {
    const good = sandbox().writePulumi("good", "v3.225.0");
    const { stderr } = await setUp("{}", [good]).ended;
    assert.match(stderr, new RegExp(`done \\(.+\\); Pulumi 3\\.225\\.0 from PATH, ${path.join(good, "pulumi")}\n$`));
  });

  it("does not wait for ever for a cache folder where the file system lets nobody make one", () => {
    const makeWritable = `
      import { getEngine } from ${script("engine/getEngine.mjs")};
      process.exitCode = await getEngine({ env: { PULUMI_GITLAB_RUNNER_CACHE: "/proc/no/such" }, searchPath: "" }).then(
        () => 0,
        (error) => (console.error(error.message), 3),
      );
    `;
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", makeWritable], {
      encoding: "utf8",
      timeout: 20_000,
    });
    assert.deepEqual(
      [status, /The cache folder \/proc\/no\/such\/engine cannot be made/.test(stderr)],
      [3, true],
      stderr,
    );
  });

  it("says that the cache folder cannot be made, and how to choose another", async () => {
    sandbox().write("cache", "a file is in the way");
    const { code, stderr } = await setUp("{}").ended;
    assert.equal(code, 1);
    assert.match(
      stderr,
      /The cache folder \S+ cannot be made or written to \(\w+\)\. PULUMI_GITLAB_RUNNER_CACHE names another one\./,
    );
  });

  function setUp(options = "{ engine: false }", folders: string[] = []): Run {
    mkdirSync(inProject("."), { recursive: true });
    const root = JSON.stringify(inProject("."));
    const code = `
      import { setUp } from ${script("setup/setUp.mjs")};
      await setUp({ root: ${root}, ...${options} });
    `;
    const env = { CALLS: sandbox().path("calls"), COMPILER: path.join(repository, "node_modules", "typescript") };
    return sandbox().run(code, { folders: [sandbox().path("npm"), ...folders], env });
  }

  function inProject(name: string): string {
    return sandbox().path("project", name);
  }

  function calls(): string[] {
    return readFileSync(sandbox().path("calls"), "utf8").trim().split("\n");
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  }
});
