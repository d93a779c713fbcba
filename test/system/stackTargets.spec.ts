import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { restoreRelease } from "../support/releases.js";
import { TestStack } from "../support/stack.js";

/** A stack as a release left it, whose runners are there in a living GitLab; its file is not there yet. */
async function revive(fixture: string): Promise<{ gitlab: StandInGitLab; stack: TestStack }> {
  const gitlab = await makeGitLab();
  for (const tagList of [["docker"], []]) gitlab.createRunner({ runnerType: "instance_type", tagList });
  const stack = await restoreRelease(fixture, gitlab);
  mkdirSync(stack.path("project/host"));
  return { gitlab, stack };
}

const urnOf = (type: string, name: string) =>
  `urn:pulumi:dev::test::pulumi-nodejs:dynamic/gitlab-runner:${type}::${name}`;
/** Pulumi's own words. */
const NEEDS_IDENTITY = /depends on '.*StackIdentity::gitlab-runner' which was/;

describe("parts of a stack, and state of earlier releases, with a living GitLab", () => {
  it("0.1.0: a target wants the identity that the stack has not got yet beside it; a destroy takes all", async () => {
    const { gitlab, stack } = await revive("0.1.0/docker");
    const tokens = () => gitlab.runners.all().map(({ token }) => token);
    const before = tokens();
    const target = ["--target", urnOf("Runner", "docker")];
    assert.match((await stack.failUp(...target)).output, NEEDS_IDENTITY);
    await stack.up(...target, "--target", urnOf("StackIdentity", "gitlab-runner"));
    assert.deepEqual(tokens(), before);
    await stack.destroy();
    assert.deepEqual([gitlab.runners.size, existsSync(stack.path("project/host/config.toml"))], [0, false]);
  });

  it("0.2.0: refresh and destroy take what is there, and no more", async () => {
    const { gitlab, stack } = await revive("0.2.0/docker");
    const other = gitlab.createRunner({ runnerType: "instance_type" });
    await stack.succeed("refresh", "--yes", "--skip-preview");
    assert.equal((await stack.resources()).filter(({ type }) => type.endsWith(":Runner")).length, 2);
    await stack.destroy();
    assert.deepEqual(
      gitlab.runners.all().map(({ id }) => id),
      [other.id],
    );
  });

  it("an identity that was destroyed by itself comes again; nothing is lost", async () => {
    const gitlab = await makeGitLab();
    const stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    const program = (limit: number) =>
      stack.program(`
        const runner = new Runner("docker", { runnerType: "instance_type" });
        const entry = { runner, executor: "shell", limit: ${limit} };
        new ConfigToml("host", { path: file, runners: { docker: entry } });
      `);
    program(1);
    const [runner, identity, file] = [
      urnOf("Runner", "docker"),
      urnOf("StackIdentity", "gitlab-runner"),
      urnOf("ConfigToml", "host"),
    ];
    await stack.up("--target", runner, "--target", identity, "--target", file);
    const { token, maintenanceNote } = { ...gitlab.runners.get(1) };
    await stack.succeed("destroy", "--yes", "--skip-preview", "--target", identity);
    program(2);
    await stack.up();
    const now = gitlab.runners.get(1);
    assert.deepEqual([gitlab.runners.size, now.token], [1, token]);
    assert.notEqual(now.maintenanceNote, maintenanceNote, "it carries the new identity's mark");
    assert.match(readFileSync(stack.file, "utf8"), /limit = 2/);
  });
});
