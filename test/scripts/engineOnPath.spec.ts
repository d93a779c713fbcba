import assert from "node:assert/strict";
import path from "node:path";
import { type Run, script, useSandbox } from "./sandbox";

const finding = `
  import { getEngine } from ${script("engine/getEngine.mjs")};
  import { environmentWith } from ${script("engine/environment.mjs")};
  import { projectAt } from ${script("setup/project.mjs")};
  const engine = await getEngine({ env: process.env, searchPath: process.env.PATH });
  const env = environmentWith({ engine, project: projectAt(process.cwd()), env: process.env });
  console.log(JSON.stringify({ engine, env }));
`;

interface Found {
  engine: { cli: string; languageHost: string; version: string };
  env: Record<string, string>;
}

describe("the engine on PATH", () => {
  const sandbox = useSandbox();

  it("is taken when it is new enough, without a word", async () => {
    const good = sandbox().writePulumi("good", "v3.216.0");
    const run = sandbox().run(finding, { folders: [good] });
    assert.equal((await found(run)).engine.cli, path.join(good, "pulumi"));
    assert.equal((await run.ended).stderr, "");
  });

  it("is passed over when it is too old, with a line that names its version, and the next one is taken", async () => {
    const old = sandbox().writePulumi("old", "v3.215.9");
    const good = sandbox().writePulumi("good", "v3.230.1-alpha.1");
    const run = sandbox().run(finding, { folders: [old, good] });
    const { engine } = await found(run);
    assert.deepEqual([engine.cli, engine.version], [path.join(good, "pulumi"), "3.230.1"]);
    const line = `set-up: passing over ${path.join(old, "pulumi")}: version 3.215.9 is older than 3.216.0\n`;
    assert.equal((await run.ended).stderr, line);
  });

  it("is passed over when its language host for Node.js is nowhere", async () => {
    sandbox().writeProgram("alone/pulumi", "echo v3.225.0");
    sandbox().write("alone/pulumi-language-nodejs", "not executable");
    const good = sandbox().writePulumi("good", "v3.225.0");
    const old = sandbox().path("alone");
    const run = sandbox().run(finding, { folders: [old] });
    await run.says(/alone\/pulumi: pulumi-language-nodejs is neither beside it nor on PATH/);
    const next = sandbox().run(finding, { folders: [old, good] });
    // The host of the second one serves the first, too.
    assert.equal((await found(next)).engine.cli, path.join(old, "pulumi"));
  });

  it("is passed over when it does not run, says no version or says something else", async () => {
    const folders = [
      path.dirname(sandbox().writeProgram("broken/pulumi", "echo no license >&2; exit 3")),
      path.dirname(sandbox().writeProgram("blank/pulumi", "exit 0")),
      path.dirname(sandbox().writeProgram("other/pulumi", "echo a namesake")),
      sandbox().writePulumi("good", "v3.225.0"),
    ];
    const run = sandbox().run(finding, { folders });
    assert.equal((await found(run)).engine.cli, sandbox().path("good", "pulumi"));
    const lines = (await run.ended).stderr.replaceAll(sandbox().folder, "").trim().split("\n");
    assert.deepEqual(lines, [
      "set-up: passing over /broken/pulumi: does not run (exit code 3: no license)",
      "set-up: passing over /blank/pulumi: does not say its version",
      'set-up: passing over /other/pulumi: does not say its version, but "a namesake"',
    ]);
  });

  it("comes first for the programs that follow, without changing which node they find", async () => {
    const old = sandbox().writePulumi("old", "v3.0.0");
    const good = sandbox().writePulumi("good", "v3.225.0");
    sandbox().writeProgram("good/node", "echo a foreign node");
    const { env } = await found(sandbox().run(finding, { folders: [sandbox().tools, old, good] }));
    const asking = sandbox().run(
      `import { execSync } from "node:child_process";
       console.log(execSync("pulumi version; pulumi-language-nodejs && echo host; node -p 6*7", { encoding: "utf8" }));`,
      { env },
    );
    assert.equal((await asking.ended).stdout.trim(), "v3.225.0\nhost\n42");
  });

  it("leaves the rest of the environment alone", async () => {
    const good = sandbox().writePulumi("good", "v3.225.0");
    const { env } = await found(sandbox().run(finding, { folders: [good], env: { PULUMI_HOME: "/mine" } }));
    const launcher = sandbox().path("node_modules", "@pulumi", "pulumi");
    assert.equal(env.PATH, [launcher, good, sandbox().tools].join(path.delimiter));
    assert.equal(env.PULUMI_SKIP_UPDATE_CHECK, "true");
    assert.equal(env.PULUMI_HOME, "/mine");
  });

  async function found(run: Run): Promise<Found> {
    const { stdout, stderr } = await run.ended;
    assert.notEqual(stdout, "", stderr);
    return JSON.parse(stdout) as Found;
  }
});
