import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { Canaries, readFolder } from "../support/canaries.js";
import { makeGitLab } from "../support/gitlab.js";
import { type Run, TestStack } from "../support/stack.js";

describe("the ways to a runner on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;
  let canaries: Canaries;

  beforeEach(async () => {
    canaries = new Canaries();
    gitlab = await makeGitLab({ runnerIdStart: 77, nextTokens: [canaries.make("issued-token")] });
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
  });

  function assertNoLeak(runs: Record<string, Run>): void {
    const said = Object.fromEntries(Object.entries(runs).map(([what, { output }]) => [what, output]));
    canaries.assertNone({ "the state backend": readFolder(stack.path("state")), ...said });
  }

  it("by a token made elsewhere, for two files: another token of it is taken, and destroy leaves the runner", async () => {
    const { id } = gitlab.createRunner({ runnerType: "instance_type", token: canaries.make("used-token") });
    const program = (token: string) => `
      const runner = new Runner("used", { authenticationToken: ${JSON.stringify(token)} });
      for (const name of ["one", "two"]) {
        new ConfigToml(name, { path: file + "." + name, runners: { used: { runner, executor: "shell" } } });
      }
    `;
    const inFile = (name: string) => readFileSync(`${stack.file}.${name}`, "utf8");
    stack.program(program(gitlab.runners.get(id).token));
    const up = await stack.up("--diff", "--debug");
    canaries.assertReached("used-token", inFile("two"));
    await stack.up("--expect-no-changes");
    const refreshed = await stack.succeed("preview", "--refresh", "--expect-no-changes", "--debug");

    gitlab.runners.update(id, { token: canaries.make("reset-token") });
    stack.program(program(gitlab.runners.get(id).token));
    const preview = await stack.preview("--debug");
    assert.match(preview.output, /~ authenticationToken: 1 => 2/);
    await stack.up();
    for (const name of ["one", "two"]) canaries.assertReached("reset-token", inFile(name));
    assertNoLeak({ up, refreshed, preview, exported: await stack.succeed("stack", "export") });
    await stack.destroy();
    assert.deepEqual([gitlab.runners.size, gitlab.runners.get(id).managers], [1, []]);
  });

  it("by a registration token, which may go later; its 410 is told with the switches", async () => {
    gitlab.settings.registrationToken = canaries.make("registration-token");
    const program = (args: string) => `
      const runner = new Runner("old", { description: "old", ${args} });
      new ConfigToml("host", { path: file, runners: { old: { runner, executor: "shell" } } });
    `;
    const withToken = `registrationToken: ${JSON.stringify(gitlab.settings.registrationToken)}`;
    gitlab.settings.allowRunnerRegistrationToken = false;
    stack.program(program(withToken));
    const refused = await stack.failUp("--debug");
    assert.match(
      refused.output,
      /410 Gone - runner registration disallowed\. Registration tokens are switched off: by an administrator/,
    );
    gitlab.settings.allowRunnerRegistrationToken = true;
    const up = await stack.up("--diff", "--debug");
    assert.match(up.output, /Runner old: warning: registrationToken is deprecated by GitLab/);
    canaries.assertReached("issued-token", readFileSync(stack.file, "utf8"));
    assert.equal(gitlab.runners.get(77).locked, true);
    await stack.succeed("preview", "--refresh", "--expect-no-changes");
    stack.program(program('runnerType: "instance_type", locked: true'));
    const preview = await stack.preview("--debug");
    assert.match(preview.output, /~ pulumi-nodejs:dynamic\/gitlab-runner:Runner: \(update\)/);
    assert.doesNotMatch(preview.output, /replace/);
    await stack.up();
    await stack.up("--expect-no-changes");
    assertNoLeak({ refused, up, preview });
    await stack.destroy();
    assert.equal(gitlab.runners.size, 0);
  });

  it("drained before the runner is deleted: the error lists the jobs, and the runner works on", async () => {
    const program = (onTimeout: string) =>
      `new Runner("docker", { runnerType: "instance_type", drain: { timeout: "1s", onTimeout: "${onTimeout}" } });`;
    stack.program(program("stop"));
    await stack.up();
    gitlab.createJob({ projectId: gitlab.projectId, runnerId: 77, name: "long-build", userId: gitlab.userId });
    const { output } = await stack.fail("destroy", "--yes", "--skip-preview");
    assert.match(output, /Runner docker \(runner 77\): after 1s 1 job runs: \d+ long-build \(http/);
    assert.equal(gitlab.runners.get(77).paused, false);
    stack.program(program("continue"));
    await stack.up();
    assert.match((await stack.destroy()).output, /goes on all the same/);
    assert.equal(gitlab.runners.size, 0);
  });

  it("with a token that GitLab Runner rotates itself: the file's newer one is kept, and is no change", async () => {
    const expires = new Date(gitlab.clock.now().getTime() + 240 * 3600_000).toISOString();
    const program = (tags: string) => `
      const runner = new Runner("self", { runnerType: "instance_type", initialTokenExpiresAt: "${expires}", selfRotation: true, tagList: ["${tags}"] });
      new ConfigToml("host", { path: file, runners: { self: { runner, executor: "shell" } } });
      if (process.env.SECOND) {
        const provider = new Provider("other", { baseUrl: process.env.GITLAB_BASE_URL, token: process.env.GITLAB_TOKEN });
        new ConfigToml("second", { path: file + ".second", runners: { self: { runner, executor: "shell" } } }, { provider });
      }
    `;
    stack.program(program("a"));
    await stack.up();
    await stack.up("--expect-no-changes");
    const text = readFileSync(stack.file, "utf8");
    assert.ok(!text.includes("FF_DISABLE_AUTOMATIC_TOKEN_ROTATION"));
    const newer = canaries.make("rotated-token");
    const obtained = new Date(Date.now() + 60_000).toISOString();
    writeFileSync(
      stack.file,
      text
        .replace(/token = "[^"]*"/, `token = "${newer}"`)
        .replace(/token_obtained_at = \S+/, `token_obtained_at = ${obtained}`),
    );
    await stack.succeed("preview", "--refresh", "--expect-no-changes");
    stack.program(program("b"));
    const up = await stack.up("--refresh", "--debug");
    canaries.assertReached("rotated-token", readFileSync(stack.file, "utf8"));
    await stack.up("--expect-no-changes");
    assertNoLeak({ up });
    stack.env.SECOND = "1";
    assert.match(
      (await stack.fail("preview")).output,
      /runners\.self\.runner: rotates its own token .*, and is in more than one ConfigToml: host, second\./,
    );
  });
});
