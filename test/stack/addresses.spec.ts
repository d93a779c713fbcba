import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { TestStack } from "../support/stack.js";

describe("several GitLabs on the engine", () => {
  let one: StandInGitLab;
  let other: StandInGitLab;
  let stack: TestStack;

  beforeEach(async () => {
    one = await makeGitLab({ runnerIdStart: 77 });
    other = await makeGitLab({ runnerIdStart: 77 });
    stack = await new TestStack().init();
  });

  const connect = ({ url, token }: StandInGitLab) =>
    Object.assign(stack.env, { GITLAB_BASE_URL: url, GITLAB_TOKEN: token });

  it("serve one program side by side, each with its own token, though both have a runner 77", async () => {
    stack.program(`
      for (const [name, baseUrl, token] of ${JSON.stringify([
        ["one", one.url, one.token],
        ["other", `${other.url}/api/v4/`, other.token],
      ])}) {
        const provider = new Provider(name, { baseUrl, token });
        new Runner(name, { runnerType: "instance_type", description: name }, { provider });
      }
    `);
    await stack.up();
    assert.deepEqual([one.runners.get(77).description, other.runners.get(77).description], ["one", "other"]);
    other.runners.update(77, { paused: true });
    assert.match((await stack.preview("--refresh")).output, /Runner::other\][\s\S]*- paused: true/);
    await stack.destroy();
    assert.deepEqual([one.runners.size, other.runners.size], [0, 0]);
  });

  it("are never mixed up: what one knows is not read, changed or deleted in another", async () => {
    connect(one);
    stack.program('new Runner("docker", { runnerType: "instance_type", description: "ours" });');
    await stack.up();
    other.createRunner({ runnerType: "instance_type", description: "theirs" });
    connect(other);
    stack.program('new Runner("docker", { runnerType: "instance_type", description: "changed" });');
    const refused = [
      await stack.fail("preview"),
      await stack.failUp(),
      await stack.fail("refresh", "--yes", "--skip-preview"),
      await stack.fail("destroy", "--yes", "--skip-preview"),
    ];
    for (const { output } of refused) {
      assert.ok(output.includes(`runner 77 is known at ${one.url}, but the configured GitLab is ${other.url}`), output);
    }
    assert.equal(other.requests.count(), 0);
    assert.deepEqual([one.runners.get(77).description, other.runners.get(77).description], ["ours", "theirs"]);
  });

  it("are one and the same when movedFrom says so; the new address then comes into state and file", async () => {
    connect(one);
    const program = (more: string) =>
      `const runner = new Runner("docker", { runnerType: "instance_type" ${more} });
       new ConfigToml("host", { path: file, runners: { docker: { runner, executor: "shell" } } });`;
    stack.program(program(""));
    await stack.up();
    // The same GitLab under another name: the stand-in listens on every name of this machine.
    stack.env.GITLAB_BASE_URL = one.url.replace("127.0.0.1", "localhost");
    await stack.fail("preview");
    await stack.succeed("config", "set", "--path", "gitlab-runner:movedFrom[0]", `${one.url}/`);
    assert.match((await stack.up()).output, /2 updated/);
    assert.deepEqual(
      (await stack.resources()).map(({ outputs }) => outputs.url ?? ""),
      [stack.env.GITLAB_BASE_URL, ""],
    );
    await stack.succeed("config", "rm", "--path", "gitlab-runner:movedFrom");
    await stack.succeed("preview", "--refresh", "--expect-no-changes");
    await stack.destroy();
    assert.equal(one.runners.size, 0);
  });
});
