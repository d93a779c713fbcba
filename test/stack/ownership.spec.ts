import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseToml } from "../../provider/config/toml.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, TestStack } from "../support/stack.js";

const FOREIGN = [
  "# the team's runners",
  "concurrent   = 4",
  "",
  "[[runners]]",
  '  name = "by hand" # since 2019',
  '  url = "https://elsewhere.example.com"',
  "  id = 1",
  '  token = "glrt-theirs"',
  '  executor = "shell"',
  "",
].join("\n");

describe("one config.toml with entries of two stacks, on the engine", () => {
  let gitlab: StandInGitLab;
  let one: TestStack;
  let other: TestStack;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    const env = { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token };
    [one, other] = [await new TestStack(env).init(), await new TestStack(env).init()];
    mkdirSync(dirname(one.file));
  });

  const program = (key: string, { more = "", ownership = "entries", path = one.file } = {}) => `
    const runner = new Runner("${key}", { runnerType: "instance_type" });
    const args = { path: ${JSON.stringify(path)}, ownership: "${ownership}", ${more} };
    new ConfigToml("host", { ...args, runners: { ${key}: { runner, executor: "shell" } } });
    exports.token = runner.token;
  `;
  const text = () => readFileSync(one.file, "utf8");
  const names = (file = one.file) =>
    (parseToml(readFileSync(file, "utf8")).runners as unknown as { name: string }[]).map(({ name }) => name).sort();

  it("both keep theirs, a runner registered by hand stays, and destroying one leaves the rest byte for byte", async () => {
    writeFileSync(one.file, FOREIGN);
    one.program(program("a"));
    other.program(program("b"));
    await Promise.all([one.up(), other.up()]);
    assert.deepEqual(names(), ["a", "b", "by hand"]);
    assert.ok(text().startsWith(FOREIGN));
    await Promise.all([one, other].map((stack) => stack.succeed("preview", "--refresh", "--expect-no-changes")));

    const drift = await one.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "drift"], {
      TMPDIR: one.folder,
    });
    assert.equal(drift.stdout, "2 resources: 2 clean, 0 drifted, 0 gone, 0 unknown\n");

    const registered = '\n[[runners]]\n  name = "registered"\n  url = "https://elsewhere.example.com"\n  id = 2\n';
    writeFileSync(one.file, text() + registered);
    one.program(program("a", { more: "concurrent: 9, logLevel: 'debug'" }));
    await one.up();
    assert.deepEqual(names(), ["a", "b", "by hand", "registered"]);
    assert.ok(text().startsWith(FOREIGN.replace("= 4\n", '= 9\nlog_level = "debug"\n')) && text().endsWith(registered));

    await one.destroy();
    assert.deepEqual(names(), ["b", "by hand", "registered"]);
    await other.destroy();
    assert.equal(text(), FOREIGN.replace("= 4\n", '= 9\nlog_level = "debug"\n') + registered);
    assert.deepEqual(readdirSync(dirname(one.file)), ["config.toml"]);
  });

  it("refuse each other's entries by name, and leave the file", async () => {
    one.program(program("a"));
    await one.up();
    const identity = /"id": "([0-9a-f]{32})"/.exec((await one.succeed("stack", "export")).stdout)?.[1];
    const before = text();
    const { token } = gitlab.runners.get(1);
    other.program(`
      const runner = { url: ${JSON.stringify(gitlab.url)}, id: 1, token: pulumi.secret("${token}") };
      const args = { path: ${JSON.stringify(one.file)}, ownership: "entries" };
      new ConfigToml("host", { ...args, runners: { stolen: { runner, executor: "shell" } } });
    `);
    const { output } = await other.failUp();
    assert.match(output, new RegExp(`runners\\.stolen\\.runner: .*belongs to the stack test/dev \\(${identity}\\)`));
    assert.ok(!output.includes(token));
    assert.equal(text(), before);
  });

  it("survive --replace, a new path, and changes of ownership, each without a foreign entry lost", async () => {
    writeFileSync(one.file, FOREIGN);
    one.program(program("a"));
    await one.up();
    const urn = (await one.resources()).find(({ type }) => type.endsWith(":ConfigToml"))?.urn ?? "";
    await one.up("--replace", urn);
    assert.deepEqual(names(), ["a", "by hand"]);
    await one.succeed("preview", "--refresh", "--expect-no-changes");

    const moved = join(dirname(one.file), "moved.toml");
    one.program(program("a", { path: moved }));
    await one.up();
    assert.deepEqual([text(), names(moved)], [FOREIGN, ["a"]]);

    one.program(program("a", { path: moved, ownership: "file" }));
    await one.up();
    assert.match(readFileSync(moved, "utf8"), /^# Written by Pulumi/);
    one.program(program("a", { path: moved, ownership: "entries" }));
    await one.up();
    assert.ok(!readFileSync(moved, "utf8").includes("# Written by Pulumi"));
    await one.succeed("preview", "--refresh", "--expect-no-changes");
    await one.destroy();
    assert.deepEqual([existsSync(moved), readFileSync(moved, "utf8").includes("runners")], [true, false]);
  });
});
