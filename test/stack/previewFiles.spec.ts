import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, TestStack } from "../support/stack.js";

describe("the command preview-files", () => {
  it("prints new files, changed lines and changed secrets without any secret, and changes nothing", async () => {
    const gitlab = await makeGitLab({ nextTokens: ["glrt-canaryfake0001"] });
    const stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    const { iid } = gitlab.createMergeRequest({ projectId: gitlab.projectId });
    const note = ["--note", `${gitlab.projectId}!${iid}`, "--gitlab", `${gitlab.url}=NOTE_TOKEN`];
    const preview = (...args: string[]) =>
      stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "preview-files", ...args]);
    const program = (limit: number, more: string) =>
      stack.program(`
        const runner = new Runner("docker", { runnerType: "instance_type" });
        ${more}
        const environment = ["A=1", pulumi.secret("PASSWORD=canaryfake${limit}")];
        const docker = { runner, executor: "docker", docker: { image: "alpine" }, limit: ${limit}, environment };
        new ConfigToml("host", { path: file, runners: { docker${more ? ", other: { runner: other, executor: 'shell' }" : ""} } });
      `);
    program(4, "");
    const first = await preview("--stack", "dev");
    assert.equal(first.code, 0, first.output);
    assert.match(first.stdout, /^create Runner docker\ncreate ConfigToml host\n--- \/dev\/null\tapplied\n/);
    assert.match(first.stdout, /\n\+ +id = "\[known after up\]"\n\+ +token = "\[known after up\]"\n/);
    await stack.up();
    const same = await preview(...note);
    assert.deepEqual([same.code, same.stdout], [0, "nothing would change\n"]);
    assert.match(same.stderr, /no note was written: the variable NOTE_TOKEN is not set/);
    const wrong = await preview("--note", "acme/infra", "--gitlab", "NOTE_TOKEN");
    assert.match(wrong.stderr, /--note: write FULL\/PATH!NUMBER[\s\S]*--gitlab: write ADDRESS=VARIABLE/);

    program(5, 'const other = new Runner("other", { runnerType: "instance_type" });');
    const before = readFileSync(stack.file, "utf8");
    gitlab.requests.clear();
    const output = stack.path("preview.diff");
    stack.env.NOTE_TOKEN = gitlab.token;
    const changed = await preview("--output", output, ...note);
    assert.equal(changed.code, 0, changed.output);
    assert.match(changed.stdout, /- +limit = 4\n(?:.*\n)*?\+ +limit = 5\n/);
    assert.match(changed.stdout, /- +environment = \["A=1", "\[secret, version 1\]"\]\n(?:.*\n)*?\+.*version 2\]"\]/);
    assert.match(changed.stdout, /\n\+\[\[runners\]\]\n\+ +name = "other"\n/);
    assert.equal(readFileSync(output, "utf8"), changed.stdout);
    assert.equal(readFileSync(stack.file, "utf8"), before);
    const writes = gitlab.requests.list().filter(({ method }) => method !== "GET");
    assert.deepEqual(
      writes.map(({ path }) => path),
      [`/api/v4/projects/${gitlab.projectId}/merge_requests/${iid}/notes`],
    );
    const [written] = gitlab.notes.all();
    assert.match(written?.body ?? "", /^<!-- pulumi-gitlab-runner preview of test\/dev -->/);
    assert.ok(written?.body.includes(changed.stdout), written?.body);
    assert.doesNotMatch(first.output + changed.output, /canaryfake/);

    stack.program('new Runner("docker", { runnerType: "nonsense" });');
    const broken = await preview();
    assert.equal(broken.code, 1);
    assert.match(broken.stderr, /the preview failed: [\s\S]*runnerType: must be/);
    stack.program('require("no-such-module");');
    const { stderr } = await preview();
    assert.deepEqual(
      [/Cannot find module 'no-such-module'/.test(stderr), stderr.includes("\u001b")],
      [true, false],
      stderr,
    );
  });

  it("prints the runners and files of a fleet, and of any component, too", async () => {
    const gitlab = await makeGitLab();
    const stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    const program = (concurrent: number) =>
      stack.program(`
        class Site extends pulumi.ComponentResource {
          constructor(name) {
            super("my:index:Site", name);
            new gitlabRunner.RunnerFleet("fleet", {
              defaults: { concurrent: ${concurrent} },
              runners: { docker: { runner: { runnerType: "instance_type" }, executor: "shell" } },
              hosts: { one: { path: file } },
            }, { parent: this });
          }
        }
        new Site("site");
      `);
    const preview = () => stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "preview-files"]);
    program(4);
    const first = await preview();
    assert.match(first.stdout, /^create Runner fleet\/docker\ncreate ConfigToml fleet\/one\n/, first.output);
    await stack.up();
    assert.equal((await preview()).stdout, "nothing would change\n");
    program(8);
    assert.match(
      (await preview()).stdout,
      /^update ConfigToml fleet\/one\n[\s\S]*\n-concurrent = 4\n\+concurrent = 8\n/,
    );
  });
});
