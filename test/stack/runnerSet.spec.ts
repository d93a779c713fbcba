import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { isRunning, killProcess, listTree } from "../bench/processTree.js";
import { Canaries, readFolder } from "../support/canaries.js";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, TestStack } from "../support/stack.js";

describe("RunnerSet on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;

  /** Two hosts that share one set. */
  const program = (items: Record<string, object>, hosts: { one: string[]; two: string[] }) => `
    const set = new gitlabRunner.RunnerSet("fleet", { runnerType: "instance_type", items: ${JSON.stringify(items)} });
    const entries = (names) => Object.fromEntries(names.map((name) => [name, { runner: set.runner(name), executor: "shell" }]));
    new ConfigToml("one", { path: file, concurrent: 9, runners: entries(${JSON.stringify(hosts.one)}) });
    new ConfigToml("two", { path: file + ".two", concurrent: 9, runners: entries(${JSON.stringify(hosts.two)}) });
  `;
  const FIVE = { a: { description: "one" }, b: {}, c: { tagList: ["t"] }, d: {}, e: {} };
  const HOSTS = { one: ["a", "b"], two: ["c", "d", "e"] };

  const files = () => [stack.file, `${stack.file}.two`];
  const tokensInFiles = () =>
    files().flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/^\s*token = "([^"]+)"/gm)].map(([, token]) => token),
    );
  /** GitLab has so many runners, and the files hold the living token of each. */
  function assertWhole(count: number): void {
    const living = gitlab.runners.all().map(({ token }) => token);
    assert.equal(living.length, count);
    assert.deepEqual(tokensInFiles().sort(), living.sort());
  }
  const writes = () => gitlab.requests.list().filter(({ method }) => method !== "GET" && method !== "HEAD");
  const inodes = () => files().map((file) => `${statSync(file).ino} ${statSync(file).mtimeMs}`);

  it("makes, keeps, changes, removes and mends its items, each for itself, and lets files alone whose tokens stay", async function () {
    this.timeout(120_000);
    const canaries = new Canaries();
    const nextTokens = Array.from({ length: 5 }, (_, index) => canaries.make(`token${index}`));
    gitlab = await makeGitLab({ nextTokens });
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    const said: string[] = [];
    const keep = <T extends { output: string }>(run: T): T => {
      said.push(run.output);
      return run;
    };

    // One is refused, one cannot be read back: the others are kept, and the next run ends the work.
    stack.program(program(FIVE, HOSTS));
    gitlab.faults.add({
      method: "POST",
      path: "/api/v4/user/runners",
      nth: 2,
      kind: "reply",
      status: 400,
      body: { message: "no" },
    });
    gitlab.faults.add({ method: "GET", path: "/api/v4/runners/3", count: "all", kind: "reply", status: 403 });
    const failed = keep(await stack.failUp());
    assert.match(failed.output, /items\.\w: POST \/api\/v4\/user\/runners .* answered 400: no/);
    assert.match(failed.output, /items\.\w: runner 3 was created and is kept in state, but could not be read back/);
    // How many lines they take depends on how long GitLab takes.
    assert.match(failed.output, /RunnerSet fleet: \d of 5: [^\n]*created \w \(runner \d\)/);
    assert.match(failed.output, /RunnerSet fleet: 5 of 5: /);
    const kept = (await stack.resources()).find(({ type }) => type.endsWith(":RunnerSet"));
    assert.equal(Object.keys((kept?.outputs.runners ?? {}) as object).length, 4);
    gitlab.faults.clear();
    gitlab.requests.clear();
    keep(await stack.up());
    assertWhole(5);
    assert.equal(writes().filter(({ method }) => method === "POST").length, 1);

    // One item changes and one is removed: the preview names both, and shows a change of the one host's file alone.
    const next = { a: FIVE.a, b: { paused: true }, c: FIVE.c, d: {} };
    stack.program(program(next, { ...HOSTS, two: ["c", "d"] }));
    const preview = keep(await stack.preview());
    assert.match(preview.output, /RunnerSet fleet: 1 to change: b; 1 to delete: e/);
    assert.match(preview.output, /~ b: \{\s+\+ paused: true/);
    assert.match(preview.output, /- e: \{/);
    assert.match(preview.output, /::two\]/);
    assert.match(preview.output, /~ 2 to update\s+3 unchanged/);
    const before = inodes();
    gitlab.requests.clear();
    keep(await stack.up());
    const sent = writes().map(({ method, path }) => `${method} ${path.replace(/\d+$/, "ID")}`);
    assert.deepEqual(sent.sort(), ["DELETE /api/v4/runners/ID", "PUT /api/v4/runners/ID"]);
    assertWhole(4);
    assert.deepEqual([inodes()[0] === before[0], inodes()[1] === before[1]], [true, false]);

    // One drifts: preview and report name it by item and argument.
    const drifting = gitlab.runners.all().find(({ description }) => description === "one") ?? assert.fail();
    gitlab.runners.update(drifting.id, { description: "theirs" });
    const drift = keep(await stack.preview("--refresh"));
    assert.match(drift.output, /~ a: \{\s+~ description: "theirs" => "one"/);
    const report = keep(await stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "drift"]));
    assert.equal(report.code, 2, report.output);
    assert.match(report.output, /RunnerSet fleet\.a: description: applied "one", now "theirs"/);
    keep(await stack.up("--refresh"));
    assert.equal(gitlab.runners.get(drifting.id).description, "one");

    for (const index of nextTokens.keys()) canaries.assertReached(`token${index}`, nextTokens.join());
    canaries.assertNone({ "the state backend": readFolder(stack.path("state")), "what was said": said.join("\n") });
    keep(await stack.destroy());
    assert.equal(gitlab.runners.size, 0);
  });

  it("is refreshed, looked at for drift and destroyed, too, when only a part of it was made", async function () {
    this.timeout(120_000);
    gitlab = await makeGitLab();
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    const refuseSecond = () => {
      const body = { message: "no" };
      gitlab.faults.add({ method: "POST", path: "/api/v4/user/runners", nth: 2, kind: "reply", status: 400, body });
    };
    stack.program(program(FIVE, HOSTS));
    refuseSecond();
    await stack.failUp();
    const report = await stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "drift"]);
    assert.match(report.output, /0 gone, 0 unknown/);
    await stack.succeed("refresh", "--yes", "--skip-preview");
    await stack.up();
    assertWhole(5);
    stack.program(program({ ...FIVE, f: {}, g: {} }, HOSTS));
    refuseSecond();
    await stack.failUp();
    await stack.destroy();
    assert.equal(gitlab.runners.size, 0);
  });

  it("has nothing yet of a new item in a run that does not change the set: other files are served, and the item's is told", async function () {
    this.timeout(120_000);
    gitlab = await makeGitLab();
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    const { a, b, c } = FIVE;
    stack.program(program({ a, b }, { one: ["a"], two: ["b"] }));
    await stack.up();
    const before = inodes();
    stack.program(program({ a, b, c }, { one: ["a"], two: ["b", "c"] }).replace("concurrent: 9", "concurrent: 8"));
    const run = ["--yes", "--skip-preview", "--run-program"];
    await stack.succeed("refresh", ...run);
    const { output } = await stack.failUp("--target", "**::two");
    assert.match(output, /runners\.c\.runner: is an item of a RunnerSet that has no runner yet: .* by --target, too/);
    assert.doesNotMatch(output, /TypeError|is missing/);
    await stack.up("--target", "**::one");
    assert.match(readFileSync(stack.file, "utf8"), /^concurrent = 8$/m);
    assert.equal(inodes()[1], before[1]);
    await stack.up("--target", "**::two", "--target", "**::fleet");
    assertWhole(3);
    stack.program(program(FIVE, HOSTS));
    await stack.succeed("destroy", ...run);
    assert.equal(gitlab.runners.size, 0);
  });

  it("loses and doubles no runner when the CLI and its plugin are killed in the middle of an up", async function () {
    this.timeout(120_000);
    gitlab = await makeGitLab();
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    const items = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`i${index}`, {}]));
    const names = Object.keys(items);
    stack.program(program(items, { one: names.slice(0, 20), two: names.slice(20) }));
    gitlab.faults.add({ method: "POST", path: "/api/v4/user/runners", count: "all", kind: "delay", delayMs: 100 });
    const args = ["up", "--yes", "--skip-preview", "--non-interactive"];
    const cli = spawn("pulumi", args, { cwd: stack.path("project"), env: stack.env, stdio: "ignore" });
    const end = new Promise((resolve) => cli.once("close", resolve));
    const seen = new Set<number>();
    await gitlab.requests.waitFor(
      ({ id, method, path }) => method === "POST" && path === "/api/v4/user/runners" && seen.add(id).size >= 20,
      { timeoutMs: 60_000 },
    );
    const tree = listTree(cli.pid ?? assert.fail());
    for (const { pid } of tree) killProcess(pid);
    await end;
    while (tree.some(({ pid }) => isRunning(pid))) await wait(20);
    const lost = gitlab.runners.size;
    assert.ok(lost > 0 && lost < 40, `${lost} were made by then`);
    gitlab.faults.clear();
    await stack.pulumi("cancel", "--yes");
    const { output } = await stack.up();
    assert.match(output, /RunnerSet fleet\.i\d+ \(runner \d+\): found in GitLab, .* taken over, with a new token/);
    assertWhole(40);
  });
});
