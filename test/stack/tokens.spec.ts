import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { Canaries, readFolder } from "../support/canaries.js";
import { makeGitLab } from "../support/gitlab.js";
import { type Run, TestStack } from "../support/stack.js";

describe("a runner's token on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;
  let canaries: Canaries;
  const runs: Record<string, Run> = {};

  beforeEach(async () => {
    canaries = new Canaries();
    gitlab = await makeGitLab({ runnerIdStart: 77 });
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    for (const name of Object.keys(runs)) delete runs[name];
  });

  /** State and its history, and all that the runs said. */
  function assertNoLeak(): void {
    const said = Object.entries(runs).flatMap(([what, { stdout, stderr }]) => [
      [`${what}, stdout`, `${stdout} `] as const,
      [`${what}, stderr`, `${stderr} `] as const,
    ]);
    canaries.assertNone({ "the state backend": readFolder(stack.path("state")), ...Object.fromEntries(said) });
  }

  /** A token made by GitLab, with a canary in it. */
  const token = (place: string) => `glrt-${canaries.make(place)}`;
  const inFile = () => readFileSync(stack.file, "utf8");
  const inState = async () => (await stack.succeed("stack", "output", "--show-secrets", "token")).stdout.trim();

  it("that is dead on one side is found out: in the end one living token is on all sides, and nothing changes after that", async () => {
    gitlab.nextTokens.push(token("first"), token("reset"));
    const program = (trigger: number, limit: number) => `
      const runner = new Runner("docker", { runnerType: "instance_type", rotation: { triggers: ${trigger} } });
      new ConfigToml("host", { path: file, runners: { docker: { runner, executor: "shell", outputLimit: ${limit} } } });
      exports.token = runner.token;
    `;
    stack.program(program(1, 1000));
    await stack.up();
    writeFileSync(stack.path("host/.runner_system_id"), "s_0123456789ab");
    canaries.assertReached("first", inFile());

    // As by `gitlab-runner reset-token` on the host: the file has the living one, the state a dead one.
    gitlab.runners.update(77, { token: token("made-elsewhere") });
    writeFileSync(stack.file, inFile().replace(/glrt-[^"]*/, gitlab.runners.get(77).token));
    stack.program(program(1, 2000));
    runs.dead = await stack.up("--diff", "--debug");
    assert.match(runs.dead.output, /runners\.docker: warning: the program's token is dead: somebody else reset it/);
    canaries.assertReached("made-elsewhere", inFile());
    assert.match(inFile(), /output_limit = 2000/);

    stack.program(program(2, 2000));
    runs.json = await stack.succeed("preview", "--json", "--debug");
    runs.rotated = await stack.up("--diff", "--debug");
    canaries.assertReached("reset", inFile());
    assert.equal(await inState(), gitlab.runners.get(77).token);

    // Somebody restores a copy: now the file has a dead one.
    writeFileSync(stack.file, inFile().replace(/glrt-[^"]*/, token("restored")));
    runs.mended = await stack.up("--refresh", "--diff", "--debug");
    assert.match(
      runs.mended.output,
      /runners\.docker: the file's token is dead, and is replaced by the program's, which lives/,
    );
    assert.ok(inFile().includes(`token = "${gitlab.runners.get(77).token}"`));
    assert.deepEqual(
      gitlab.runners.get(77).managers.map(({ systemId }) => systemId),
      ["s_0123456789ab"],
    );
    await stack.up("--expect-no-changes");
    assertNoLeak();
  });
});
