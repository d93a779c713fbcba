import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, TestStack } from "../support/stack.js";

describe("the command preview-files", () => {
  it("prints new files, changed lines and changed secrets without any secret, and changes nothing", async () => {
    const gitlab = await makeGitLab({ nextTokens: ["glrt-canaryfake0001"] });
    const stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
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
    const same = await preview();
    assert.deepEqual([same.code, same.stdout], [0, "nothing would change\n"]);

    program(5, 'const other = new Runner("other", { runnerType: "instance_type" });');
    const before = readFileSync(stack.file, "utf8");
    gitlab.requests.clear();
    const output = stack.path("preview.diff");
    const changed = await preview("--output", output);
    assert.equal(changed.code, 0, changed.output);
    assert.match(changed.stdout, /- +limit = 4\n(?:.*\n)*?\+ +limit = 5\n/);
    assert.match(changed.stdout, /- +environment = \["A=1", "\[secret, version 1\]"\]\n(?:.*\n)*?\+.*version 2\]"\]/);
    assert.match(changed.stdout, /\n\+\[\[runners\]\]\n\+ +name = "other"\n/);
    assert.equal(readFileSync(output, "utf8"), changed.stdout);
    assert.equal(readFileSync(stack.file, "utf8"), before);
    assert.equal(
      gitlab.requests.count(({ method }) => method !== "GET"),
      0,
    );
    assert.doesNotMatch(first.output + changed.output, /canaryfake/);

    stack.program('new Runner("docker", { runnerType: "nonsense" });');
    const broken = await preview();
    assert.equal(broken.code, 1);
    assert.match(broken.stderr, /the preview failed: [\s\S]*runnerType: must be/);
  });
});
