import assert from "node:assert/strict";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation/index.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { TestStack } from "../support/stack.js";

describe("the engine by the Automation API", () => {
  let gitlab: StandInGitLab;
  let place: TestStack;
  let stack: Stack;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    place = new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token });
    place.program(`
      const runner = new Runner("docker", { runnerType: "instance_type", tagList: ["docker"] });
      const host = new ConfigToml("host", { runners: { docker: { runner, executor: "docker", docker: { image: "alpine:3.20" } } } });
      Object.assign(exports, { id: runner.id, token: runner.token, content: host.content, url: runner.url, fingerprint: host.fingerprint });
    `);
    stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "dev", workDir: place.path("project") },
      { envVars: place.env },
    );
  });

  it("gives the outputs their values, and token and content as secrets", async () => {
    const { outputs, summary } = await stack.up();
    // The stack, its identity, the runner and the file.
    assert.deepEqual(summary.resourceChanges, { create: 4 });
    const secrets = Object.entries(outputs).filter(([, { secret }]) => secret);
    assert.deepEqual(secrets.map(([name]) => name).sort(), ["content", "token"]);
    assert.deepEqual([outputs.id?.value, outputs.url?.value], ["1", gitlab.url]);
    assert.equal(outputs.token?.value, gitlab.runners.get(1).token);
    assert.ok(String(outputs.content?.value).includes(`token = "${gitlab.runners.get(1).token}"`));

    gitlab.runners.update(1, { tagList: ["docker", "drifted"] });
    assert.deepEqual((await stack.preview({ refresh: true })).changeSummary, { update: 2, same: 2 });
    assert.deepEqual((await stack.up({ refresh: true })).summary.resourceChanges, { update: 1, same: 3 });
    assert.deepEqual((await stack.preview({ refresh: true })).changeSummary, { same: 4 });
    await stack.destroy();
    assert.equal(gitlab.runners.size, 0);
  });
});
