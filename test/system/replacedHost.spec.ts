import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { Machine, systemIdOf } from "../support/machine.js";
import { type SmallSshServer, startSmallSshServer } from "../support/sshServer.js";
import { TestStack } from "../support/stack.js";

describe("a host of a fleet that is gone, and whose name another machine gets", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;
  let old: SmallSshServer;
  let next: SmallSshServer;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    old = await startSmallSshServer("canary");
    next = await startSmallSshServer("canary");
    declare("old", old);
    await stack.up();
    await new Machine(stack.path("old"), systemIdOf(1)).contact();
    await stack.up("--refresh");
    old.pause();
  });

  const declare = (folder: string, { port, hostKey }: SmallSshServer, settings: object = {}) => {
    const ssh = { host: "127.0.0.1", port, user: "deploy", password: "canary", hostKey, timeout: 20 };
    const host = { path: stack.path(folder, "config.toml"), target: { ssh }, ...settings };
    stack.program(`new gitlabRunner.RunnerFleet("ci", {
      runners: { docker: { runner: { runnerType: "instance_type" }, executor: "shell" } },
      hosts: { a: ${JSON.stringify(host)} },
    });`);
  };
  const FORGET = { onUnreachable: "forget" };
  const managers = () => gitlab.runners.get(1).managers.map(({ systemId }) => systemId);
  const assertMoved = () => {
    assert.ok(readFileSync(stack.path("next", "config.toml"), "utf8").includes(gitlab.runners.get(1).token));
    assert.deepEqual(managers(), []);
  };

  it("is forgotten by the word of the new one, with its manager", async () => {
    declare("next", next, FORGET);
    assert.match((await stack.up()).output, /warning: the host is forgotten/);
    assertMoved();
    await stack.destroy();
    assert.equal(gitlab.runners.size, 0);
  }).timeout(120_000);

  it("is told how to be forgotten where the new one did not say so, and that is the way", async () => {
    declare("next", next);
    const { output } = await stack.failUp();
    assert.match(output, /declare the old one with onUnreachable: "forget", run "pulumi up --continue-on-error"/);
    assert.deepEqual(managers(), [systemIdOf(1)]);
    declare("old", old, FORGET);
    await stack.failUp("--continue-on-error");
    declare("next", next);
    await stack.up();
    assertMoved();
    await stack.destroy();
    assert.equal(gitlab.runners.size, 0);
  }).timeout(120_000);
});
