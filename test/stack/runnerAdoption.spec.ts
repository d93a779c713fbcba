import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { Canaries, readFolder } from "../support/canaries.js";
import { makeGitLab } from "../support/gitlab.js";
import { TestStack } from "../support/stack.js";

describe("adopting a runner on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;

  beforeEach(async () => {
    gitlab = await makeGitLab({ runnerIdStart: 77 });
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
  });

  const program = ({ token = "", options = "" }) => `
    const adopt = ${token ? JSON.stringify({ runnerId: 77, token }) : "undefined"};
    const runner = new Runner("docker", { runnerType: "instance_type", tagList: ["new"], adopt }, { ${options} });
    new ConfigToml("host", { path: file, runners: { docker: { runner, executor: "shell" } } });
  `;

  it("changes nothing, shows what an update will change, then goes on without adopt; its token is told nowhere", async () => {
    const canaries = new Canaries();
    const token = canaries.make("runner-token");
    gitlab.createRunner({ runnerType: "instance_type", description: "theirs", tagList: ["old"], token });
    stack.program(program({ token }));
    const up = await stack.up("--diff", "--debug");
    assert.match(up.output, /Runner docker \(adopted runner 77\): taken into the stack, unchanged/);
    assert.deepEqual(gitlab.runners.get(77).tagList, ["old"]);
    canaries.assertReached("runner-token", readFileSync(stack.file, "utf8"));

    const preview = await stack.preview("--refresh", "--debug");
    assert.match(
      preview.output,
      /Runner docker \(adopted runner 77\): tagList: GitLab has \["old"\], the program wants \["new"\]/,
    );
    assert.match(preview.output, /~ pulumi-nodejs:dynamic\/gitlab-runner:Runner: \(update\)/);
    const second = await stack.up("--diff", "--debug");
    const { tagList, description } = gitlab.runners.get(77);
    assert.deepEqual([tagList, description], [["new"], ""]);

    stack.program(program({}));
    await stack.up("--expect-no-changes");
    await stack.succeed("preview", "--refresh", "--expect-no-changes");
    // State marks no adopt as a secret any more.
    await stack.succeed("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    const last = await stack.preview("--expect-no-changes");
    const exported = await stack.succeed("stack", "export");
    canaries.assertNone({
      "the state backend": readFolder(stack.path("state")),
      ...Object.fromEntries(
        Object.entries({ up, preview, second, last, exported }).map(([name, { output }]) => [name, output]),
      ),
    });
    await stack.destroy();
    assert.equal(gitlab.runners.size, 0);
  });

  it("keeps the runner in GitLab with retainOnDelete, and leaves no state when it is refused", async () => {
    const { token } = gitlab.createRunner({ runnerType: "instance_type", tagList: ["new"] });
    stack.program(program({ token: "glrt-not-this-runners" }));
    assert.match((await stack.failUp()).output, /adopt\.token: /);
    assert.deepEqual(await stack.resources(), []);
    stack.program(program({ token, options: "retainOnDelete: true" }));
    await stack.up();
    await stack.succeed("preview", "--refresh", "--expect-no-changes");
    await stack.destroy();
    assert.equal(gitlab.runners.get(77).token, token);
  });
});
