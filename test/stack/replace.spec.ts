import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { TestStack } from "../support/stack.js";

describe("replacements on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
  });

  const program = ({ path = "file", type = 'runnerType: "instance_type"' }) => `
    const runner = new Runner("docker", { ${type} });
    new ConfigToml("host", { path: ${path}, runners: { docker: { runner, executor: "shell" } } });
  `;
  const urnOf = async (type: string) =>
    (await stack.resources()).find(({ urn }) => urn.includes(`:${type}::`))?.urn ?? "";

  it("by --replace create the file before the old one is deleted, and the delete leaves it", async () => {
    stack.program(program({}));
    await stack.up();
    const [, old] = await stack.resources();
    await stack.up("--replace", await urnOf("ConfigToml"));
    const [, fresh] = await stack.resources();
    assert.notEqual(fresh?.id, old?.id);
    assert.ok(
      readFileSync(stack.file, "utf8").includes(gitlab.runners.get(1).token),
      "the old one's delete removed the new file",
    );
    assert.ok(readFileSync(stack.file, "utf8").includes(`owner: ${fresh?.id}`));
    await stack.succeed("preview", "--refresh", "--expect-no-changes");
    await stack.destroy();
    assert.equal(existsSync(stack.file), false);
  });

  it("move the file when its path changes", async () => {
    stack.program(program({}));
    await stack.up();
    const moved = stack.path("elsewhere/config.toml");
    stack.program(program({ path: JSON.stringify(moved) }));
    await stack.up();
    assert.deepEqual([existsSync(stack.file), existsSync(moved)], [false, true]);
  });

  it("make another runner when its type changes, put its token into the file, and delete the old one last", async () => {
    stack.program(program({}));
    await stack.up();
    stack.program(program({ type: `runnerType: "group_type", groupId: ${gitlab.groupId}` }));
    await stack.up();
    assert.deepEqual(
      gitlab.runners.all().map(({ id, runnerType }) => [id, runnerType]),
      [[2, "group_type"]],
    );
    assert.match(readFileSync(stack.file, "utf8"), /^ {2}id = 2$/m);
  });
});
