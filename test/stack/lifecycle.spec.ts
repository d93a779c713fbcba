import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { TestStack } from "../support/stack.js";

/** One runner in one file, with the settings that the tests change. */
const program = ({ tags = ["docker"], image = "alpine:3.20", more = "" }) => `
  const runner = new Runner("docker", { runnerType: "instance_type", description: "mine", tagList: ${JSON.stringify(tags)} });
  new ConfigToml("host", {
    path: file,
    concurrent: 4,
    runners: { docker: { runner, executor: "docker", docker: { image: "${image}" } } },
  });
  ${more}
`;

describe("the life of a runner and its file on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;

  beforeEach(async () => {
    gitlab = await makeGitLab({ runnerIdStart: 77 });
    stack = new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token });
    await stack.init();
  });

  const onDisk = () => readFileSync(stack.file, "utf8");

  it("is created, changed in place, left alone when nothing changed, healed after drift, and destroyed", async () => {
    stack.program(program({}));
    await stack.up();
    const token = gitlab.runners.get(77).token;
    assert.ok(onDisk().includes(`token = "${token}"`));

    const [runner, file] = await stack.resources();
    assert.deepEqual([runner?.id, runner?.type], ["77", "pulumi-nodejs:dynamic/gitlab-runner:Runner"]);
    assert.match(file?.id ?? "", /^[0-9a-f]{16}$/);

    gitlab.requests.clear();
    const { mtimeMs } = statSync(stack.file);
    assert.match((await stack.up("--expect-no-changes")).output, /4 unchanged/);
    assert.deepEqual([gitlab.requests.count(), statSync(stack.file).mtimeMs], [0, mtimeMs]);

    stack.program(program({ tags: ["linux", "docker"], image: "alpine:3.21" }));
    await stack.up();
    assert.deepEqual(gitlab.runners.get(77).tagList, ["docker", "linux"]);
    assert.equal(gitlab.runners.get(77).token, token);
    assert.match(onDisk(), /image = "alpine:3\.21"/);
    assert.ok(onDisk().includes(token));

    gitlab.runners.update(77, { paused: true, tagList: ["docker"] });
    writeFileSync(stack.file, onDisk().replace("concurrent = 4", "concurrent = 9"));
    const { output } = await stack.preview("--refresh");
    assert.match(output, /- drift +: \{\s+- paused: true/);
    assert.match(output, /~ concurrent *: 9 => 4/);
    await stack.up("--refresh");
    assert.deepEqual([gitlab.runners.get(77).paused, gitlab.runners.get(77).tagList], [false, ["docker", "linux"]]);
    assert.match(onDisk(), /concurrent = 4\n/);
    assert.match((await stack.succeed("preview", "--refresh", "--expect-no-changes")).output, /4 unchanged/);

    await stack.destroy();
    assert.deepEqual([gitlab.runners.size, existsSync(stack.file)], [0, false]);
  });

  it("does not write a file that did not change, though the preview cannot know its token", async () => {
    stack.program(program({}));
    await stack.up();
    const { ino, mtimeMs } = statSync(stack.file);
    stack.program(program({ tags: ["new"] }));
    const { output } = await stack.up();
    assert.match(output, /1 updated\s+3 unchanged/);
    assert.deepEqual([statSync(stack.file).ino, statSync(stack.file).mtimeMs], [ino, mtimeMs]);
  });

  it("creates again what is gone in GitLab and on the disk", async () => {
    stack.program(program({}));
    await stack.up();
    gitlab.runners.remove(77);
    await stack.up("--refresh");
    assert.deepEqual(
      gitlab.runners.all().map(({ id }) => id),
      [78],
    );
    assert.match(onDisk(), /^ {2}id = 78$/m);
  });

  it("keeps a runner in state whose creation failed half-way, and finishes it with the next up", async () => {
    stack.program(program({}));
    gitlab.faults.add({
      method: "GET",
      path: "/api/v4/runners/*",
      count: "all",
      kind: "reply",
      status: 403,
      body: { message: "403 Forbidden" },
    });
    const { output } = await stack.failUp();
    assert.match(output, /runner 77 was created and is kept in state, but could not be read back/);
    const [half] = await stack.resources();
    assert.equal(half?.id, "77");
    gitlab.faults.clear();
    await stack.up();
    assert.deepEqual(
      gitlab.runners.all().map(({ id }) => id),
      [77],
    );
    assert.ok(onDisk().includes(gitlab.runners.get(77).token));
  });
});
