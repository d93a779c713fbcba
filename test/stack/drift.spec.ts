import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { DriftReport } from "../../provider/cli/drift/report.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { readFolder } from "../support/canaries.js";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, TestStack } from "../support/stack.js";

describe("the command drift", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
    stack.program(`
      const runner = new Runner("docker", { runnerType: "instance_type", description: "mine" });
      new Runner("idle", { runnerType: "instance_type" }, { dependsOn: runner });
      new ConfigToml("host", { path: file, concurrent: 4, runners: { docker: { runner, executor: "shell" } } });
    `);
    await stack.up();
  });

  const drift = (...args: string[]) =>
    stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "drift", ...args]);
  const edit = (from: string, to: string) =>
    writeFileSync(stack.file, readFileSync(stack.file, "utf8").replace(from, to));
  const written = (format: string) => readFileSync(stack.path(`report.${format}`), "utf8");
  const lineOf = (text: string) =>
    readFileSync(stack.file, "utf8")
      .split("\n")
      .findIndex((line) => line.startsWith(text)) + 1;
  const reports = () => readdirSync(tmpdir()).filter((name) => name.startsWith("gitlab-runner-drift-"));

  it("ends with 0 when all is as applied, also when the program has changed meanwhile", async () => {
    stack.program('new Runner("docker", { runnerType: "instance_type", description: "changed, not applied" });');
    const { code, stdout } = await drift();
    assert.deepEqual([code, stdout], [0, "3 resources: 3 clean, 0 drifted, 0 gone, 0 unknown\n"]);
  });

  it("names each setting that drifted, on both sides, and ends with 2; it changes nothing and leaves nothing", async () => {
    gitlab.runners.update(1, { paused: true, description: "theirs" });
    edit("concurrent = 4", "concurrent = 40");
    const before = {
      reports: reports(),
      state: readFolder(stack.path("state")),
      file: readFileSync(stack.file, "utf8"),
    };
    gitlab.requests.clear();
    const files = ["json", "markdown", "junit", "codequality", "html"];
    const outputs = files.flatMap((format) => ["--format", format, "--output", stack.path(`report.${format}`)]);
    const { code, stdout } = await drift("--stack", "dev", "--ignore", "*.maximumTimeout", ...outputs);
    const program = relative(ROOT, stack.path("project", "index.js"));
    assert.equal(code, 2);
    assert.deepEqual(stdout.trimEnd().split("\n"), [
      'drifted  Runner docker: description: applied "mine", now "theirs" (info)',
      "drifted  Runner docker: paused: applied false, now true (major)",
      `         where: runner 1, ${gitlab.url}/admin/runners/1; declared in ${program}:6`,
      "         mend:  pulumi up --refresh --stack dev --target urn:pulumi:dev::test::pulumi-nodejs:dynamic/gitlab-runner:Runner::docker",
      "drifted  ConfigToml host: concurrent: applied 4, now 40 in line 4 (minor)",
      `         where: ${stack.file} on this machine; declared in ${program}:8`,
      "         mend:  pulumi up --refresh --stack dev --target urn:pulumi:dev::test::pulumi-nodejs:dynamic/gitlab-runner:ConfigToml::host",
      "--ignore *.maximumTimeout: nothing matches it",
      "3 resources: 1 clean, 2 drifted, 0 gone, 0 unknown",
    ]);
    for (const format of files) assert.match(written(format), /paused[\s\S]*concurrent/, format);
    const { resources } = JSON.parse(written("json")) as DriftReport;
    const told = Object.fromEntries(resources.map(({ name, result }) => [name, result]));
    assert.deepEqual(told, { docker: "drifted", idle: "clean", host: "drifted" });
    const host = resources.find(({ name }) => name === "host");
    assert.equal(host?.differences[0]?.line, lineOf("concurrent"));
    assert.equal(
      gitlab.requests.count(({ method }) => method !== "GET"),
      0,
    );
    assert.deepEqual(
      { reports: reports(), state: readFolder(stack.path("state")), file: readFileSync(stack.file, "utf8") },
      before,
    );
  });

  it("says by which commands it is mended: then nothing has drifted any more", async () => {
    gitlab.runners.update(1, { paused: true });
    edit("concurrent = 4", "concurrent = 40");
    const { stdout } = await drift();
    const commands = stdout.match(/(?<=mend: {2}).*/g) ?? [];
    assert.equal(commands.length, 2);
    for (const command of commands) {
      const run = await stack.command("sh", ["-c", `${command} --yes --skip-preview --non-interactive`]);
      assert.equal(run.code, 0, run.output);
    }
    assert.equal((await drift("--ignore", "host.runners.**")).code, 0);
  });

  it("still finds drift after somebody has refreshed it into state", async () => {
    gitlab.runners.update(1, { description: "theirs" });
    await stack.succeed("refresh", "--yes", "--skip-preview");
    const { code, stdout } = await drift();
    assert.equal(code, 2);
    assert.match(stdout, /Runner docker: description: applied "mine", now "theirs"/);
  });

  it("tells what is gone", async () => {
    gitlab.runners.remove(2);
    rmSync(stack.file);
    const { code, stdout } = await drift();
    assert.equal(code, 2);
    assert.match(stdout, /gone {5}Runner idle/);
    assert.match(stdout, /gone {5}ConfigToml host/);
  });

  it("ends with 1 when something could not be told, and still tells the rest", async () => {
    gitlab.faults.add({
      method: "GET",
      path: "/api/v4/runners/2",
      count: "all",
      kind: "reply",
      status: 403,
      body: { message: "403 Forbidden" },
    });
    edit("concurrent = 4", "concurrent = 40");
    const { code, stdout } = await drift();
    assert.equal(code, 1);
    assert.match(stdout, /unknown {2}Runner idle: GET \/api\/v4\/runners\/2 .* 403/);
    assert.match(stdout, /drifted {2}ConfigToml host: concurrent/);
    assert.match(stdout, /3 resources: 1 clean, 1 drifted, 0 gone, 1 unknown/);
  });

  it("ends with 1 when GitLab is down, the token is bad, or the program is broken", async () => {
    stack.env.GITLAB_TOKEN = "glpat-wrong";
    const bad = await drift();
    assert.equal(bad.code, 1);
    assert.match(bad.stdout, /unknown {2}Runner docker: .* 401[\s\S]*1 clean, 0 drifted, 0 gone, 2 unknown/);
    stack.env.GITLAB_TOKEN = gitlab.token;
    stack.program('new Runner("docker", { runnerType: "nonsense" });');
    const broken = await drift();
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /the preview failed, so not all may be told:[\s\S]*runnerType: must be/);
    await gitlab.close();
    const down = await drift("--format", "html", "--output", stack.path("report.html"));
    assert.match(written("html"), /2 resources could not be read[\s\S]*ECONNREFUSED/);
    assert.equal(down.code, 1);
    assert.match(down.stdout, /unknown {2}Runner docker: .*ECONNREFUSED/);
  });

  it("ends with 1 outside of a Pulumi project, for an unknown stack, and for a command that it does not know", async () => {
    for (const args of [
      ["drift", "--cwd", stack.folder, "--format", "json"],
      ["drift", "--stack", "nosuch", "--format", "json"],
      ["drfit"],
      ["drift", "--frmt"],
      ["drift", "--cwd", stack.path("nosuch")],
      ["drift", "--format", "nosuch", "--output", stack.path("report.none")],
    ]) {
      const run = await stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), ...args]);
      assert.deepEqual(
        [run.code, /^pulumi-gitlab-runner: /.test(run.stderr)],
        [1, true],
        `${args.join(" ")}: ${run.output}`,
      );
    }
    const { code } = await drift("--stack", "nosuch", "--format", "json", "--output", stack.path("report.json"));
    const { result, problem, counts } = JSON.parse(written("json")) as DriftReport;
    assert.deepEqual([code, result, counts.resources], [1, "unknown", 0]);
    assert.match(problem ?? "", /^the stack's state cannot be read: .*nosuch/);
    assert.equal(existsSync(stack.path("report.none")), false);
  });
});
