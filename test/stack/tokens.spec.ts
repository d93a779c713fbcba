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

  it("is told nowhere, whatever the way to it: refused, given as another one, drained, or lost with its answer", async () => {
    const compatible = gitlab.createRunner({ runnerType: "instance_type", token: token("compatible") });
    const adopted = gitlab.createRunner({ runnerType: "instance_type", token: token("adopted") });
    const unknown = token("unknown");
    gitlab.nextTokens.push(token("lost"), token("taken-over"));
    // GitLab, or what stands before it, may say anything.
    const echo = { message: `403 Forbidden - ${[unknown, compatible.token, adopted.token].join()}` };
    const refusal = { kind: "reply", status: 403, body: echo } as const;
    const refused = gitlab.faults.add({ method: "POST", path: "/runners/verify", count: "all", ...refusal });
    const program = (given: string) => `
      const used = new Runner("used", { ${given}: ${JSON.stringify(given === "authenticationToken" ? unknown : compatible.token)} });
      const made = new Runner("made", { runnerType: "instance_type", drain: { timeout: "1s" } });
      const adopted = new Runner("adopted", { runnerType: "instance_type", adopt: { runnerId: ${adopted.id}, token: ${JSON.stringify(adopted.token)} } });
      const entries = Object.entries({ used, made, adopted }).map(([key, runner]) => [key, { runner, executor: "shell" }]);
      new ConfigToml("host", { path: file, runners: Object.fromEntries(entries) });
    `;
    stack.program(program("authenticationToken"));
    // The runner is made, and nobody hears of it: the answer is lost, and then it cannot be looked for.
    gitlab.faults.add({ method: "POST", path: "/user/runners", kind: "cut", when: "after" });
    const hidden = gitlab.faults.add({ method: "GET", path: "/runners/all", nth: 2, count: "all", ...refusal });
    runs.refused = await stack.failUp("--diff", "--debug");
    assert.match(runs.refused.output, /POST \/api\/v4\/runners\/verify .*answered 403/);
    canaries.assertReached("unknown", JSON.stringify(gitlab.requests.list()));
    canaries.assertReached("lost", JSON.stringify(gitlab.runners.all()));

    for (const { id } of [refused, hidden]) gitlab.faults.remove(id);
    stack.program(program("registrationToken"));
    runs.json = await stack.succeed("preview", "--json", "--debug");
    runs.up = await stack.up("--diff", "--debug");
    assert.match(
      runs.up.output,
      /registrationToken holds a runner authentication token: give it as authenticationToken/,
    );
    for (const place of ["compatible", "adopted", "taken-over"]) canaries.assertReached(place, inFile());
    runs.exported = await stack.succeed("stack", "export");

    const { id: made } =
      gitlab.runners.all().find(({ token }) => inFile().includes(token) && token.includes("taken-over")) ??
      assert.fail();
    gitlab.createJob({ projectId: gitlab.projectId, runnerId: made, name: "long-build", userId: gitlab.userId });
    runs.drained = await stack.fail("destroy", "--yes", "--skip-preview", "--debug");
    assert.match(runs.drained.output, /Runner made \(runner \d+\): after 1s 1 job runs/);
    assertNoLeak();
  });
});
