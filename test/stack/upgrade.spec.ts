import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { Canaries, readFolder } from "../support/canaries.js";
import { makeGitLab } from "../support/gitlab.js";
import { listFixtures, restoreRelease, reviveRunners } from "../support/releases.js";
import type { TestStack } from "../support/stack.js";

/** The newest state that has tokens at all places where a stack may have them. */
const FIXTURE = listFixtures().findLast((fixture) => fixture.endsWith("/tokens")) ?? assert.fail();

describe("a stack of the release before, with a living GitLab", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;
  let canaries: Canaries;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    reviveRunners(FIXTURE, gitlab);
    stack = await restoreRelease(FIXTURE, gitlab);
    canaries = new Canaries();
  });

  /** Runs `pulumi`: then no token is to be seen in state, its backups and its history, nor in what was said. */
  async function run(...args: string[]): Promise<string> {
    const { output } = await stack.succeed(...args, "--diff");
    canaries.assertNone({ "the state backend": readFolder(stack.path("state")), [args.join(" ")]: output });
    return output;
  }

  const hostFiles = () => ["config", "kept", "shared"].map((name) => stack.path(`project/host/${name}.toml`));
  const tokensInFiles = () =>
    hostFiles().map((file) =>
      [...readFileSync(file, "utf8").matchAll(/^ *token = "(.*)"/gm)].map(([, token]) => token),
    );

  it(`shows no token, old or new, until it is destroyed: ${FIXTURE}`, async () => {
    const tokens = () => gitlab.runners.all().map(({ token }) => token);
    const [alone, kept, rotated] = tokens();
    for (const token of tokens()) canaries.add(token, token);
    const fresh = ["one", "two"].map((name) => `glrt-${canaries.make(name)}`);
    gitlab.nextTokens.push(...fresh);
    const program = readFileSync(stack.path("project/index.js"), "utf8");
    const rotate = (quarter: string) =>
      writeFileSync(stack.path("project/index.js"), program.replaceAll("2026-1", quarter));
    assert.deepEqual(tokensInFiles(), [[alone, kept, rotated], [kept], [kept, rotated]]);

    rotate("2026-2");
    assert.match(await run("preview"), /RunnerSet set\.rotated .*: its token will be reset/);
    rotate("2026-1");
    await run("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    await run("up", "--yes", "--skip-preview", "--expect-no-changes");
    assert.deepEqual(tokens(), [alone, kept, rotated]);

    rotate("2026-2");
    await run("up", "--yes");
    const [newAlone, , newRotated] = tokens();
    assert.deepEqual([newAlone, newRotated].sort(), fresh.sort());
    assert.deepEqual(tokensInFiles(), [[newAlone, kept, newRotated], [kept], [kept, newRotated]]);
    await run("refresh", "--yes", "--skip-preview", "--expect-no-changes");

    await run("destroy", "--yes", "--skip-preview");
    assert.equal(gitlab.runners.size, 0);
    assert.deepEqual(hostFiles().map(existsSync), [false, false, true], "a shared file is kept");
  });
});
