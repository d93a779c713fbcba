import assert from "node:assert/strict";
import { join } from "node:path";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, TestStack } from "../support/stack.js";

describe("the command strays, of the stacks of a project", () => {
  it("knows what all of them declare, and one when it is named; what none declares it prunes", async () => {
    const gitlab = await makeGitLab();
    const stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    const strays = (...args: string[]) =>
      stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "strays", "--scope", "instance", ...args]);
    stack.program(`
      const runner = new Runner("docker", { runnerType: "instance_type" });
      new ConfigToml("host", { path: file, runners: { docker: { runner, executor: "shell" } } });
    `);
    await stack.up();
    await stack.succeed("stack", "init", "idle");
    const theirs = gitlab.createRunner({ runnerType: "instance_type", description: "theirs" });
    for (const { token } of [...gitlab.runners.all()]) {
      const body = JSON.stringify({ token, system_id: "s_1" });
      const headers = { "content-type": "application/json" };
      await fetch(`${gitlab.url}/api/v4/jobs/request`, { method: "POST", headers, body });
    }
    const all = await strays();
    assert.deepEqual([all.code, all.stderr], [2, ""]);
    assert.match(all.stdout, /^stray +runner 2 "theirs": no stack declares it [^\n]*\n2 runners, 2 stacks: 1 stray\n$/);
    const whole = await strays("--all");
    assert.match(whole.stdout, /2 runners, 2 stacks: 1 stray\n$/);
    const other = await strays("--stack", "idle");
    assert.match(
      other.stdout,
      /runner 1: none of the given stacks declares it [^\n]* resource docker of another stack/,
    );
    const refused = await strays("--stack", "idle", "--prune", "1", "--yes");
    assert.match(refused.stderr, /--prune 1: its note says that another stack/);
    const pruned = await strays("--prune", String(theirs.id), "--yes");
    assert.deepEqual([pruned.code, pruned.stdout], [0, "1 runners, 2 stacks: nothing found\n"]);
    const outside = await stack.command(
      process.execPath,
      [join(ROOT, "dist/cli/main.js"), "strays", "--scope", "instance", "--cwd", stack.folder],
      {},
    );
    assert.equal(outside.code, 1);
    assert.match(outside.stderr, /stack/);
  });
});
