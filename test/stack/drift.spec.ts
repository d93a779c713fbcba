import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { DriftReport } from "../../provider/cli/drift/report.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { readFolder } from "../support/canaries.js";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, TestStack } from "../support/stack.js";

describe("the command drift", () => {
  let gitlab: StandInGitLab;
  let other: StandInGitLab;
  let stack: TestStack;

  /** Two GitLabs, whose first runners have the same number. */
  beforeEach(async () => {
    [gitlab, other] = await Promise.all([makeGitLab(), makeGitLab()]);
    stack = new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token, OTHER_TOKEN: other.token });
    await stack.init();
  });

  async function build(): Promise<void> {
    stack.program(`
      const runner = new Runner("docker", { runnerType: "instance_type", description: "mine" });
      new Runner("idle", { runnerType: "instance_type" }, { dependsOn: runner });
      const host = new ConfigToml("host", { path: file, concurrent: 4, runners: { docker: { runner, executor: "shell" } } });
      const provider = new Provider("other", { baseUrl: "${other.url}", tokenEnv: "OTHER_TOKEN" });
      new Runner("abroad", { runnerType: "instance_type", description: "mine" }, { provider, dependsOn: host });
    `);
    await stack.up();
  }

  /** Temporary files of its own: other tests run `drift`, too. */
  const drift = (...args: string[]) =>
    stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "drift", ...args], { TMPDIR: scratch() });
  const scratch = () => stack.makeFolder("tmp");
  const edit = (from: string, to: string) =>
    writeFileSync(stack.file, readFileSync(stack.file, "utf8").replace(from, to));
  const written = (format: string) => readFileSync(stack.path(`report.${format}`), "utf8");
  const lineOf = (text: string) =>
    readFileSync(stack.file, "utf8")
      .split("\n")
      .findIndex((line) => line.startsWith(text)) + 1;

  /** All that a run may not change, and that it may not leave behind. */
  function lookAround() {
    const { ino, mtimeMs, mode } = statSync(stack.file);
    return {
      state: readFolder(stack.path("state")),
      disk: { files: readFolder(stack.path("host")), ino, mtimeMs, mode },
      gitlabs: [gitlab, other].map(({ runners }) => structuredClone(runners.all())),
      left: readdirSync(scratch()).filter((name) => name.startsWith("gitlab-runner-drift-")),
    };
  }

  it("ends with 0, or names each setting with 2, over two GitLabs and a file; it changes nothing, and says how all is mended", async function () {
    this.timeout(300_000);
    await build();
    const applied = readFileSync(stack.path("project", "index.js"), "utf8");
    stack.program('new Runner("docker", { runnerType: "instance_type", description: "changed, not applied" });');
    const clean = await drift();
    assert.deepEqual([clean.code, clean.stdout], [0, "4 resources: 4 clean, 0 drifted, 0 gone, 0 unknown\n"]);
    writeFileSync(stack.path("project", "index.js"), applied);

    gitlab.runners.update(1, { paused: true, description: "theirs" });
    other.runners.update(1, { description: "theirs, abroad" });
    edit("concurrent = 4", "concurrent = 40");
    const before = lookAround();
    for (const { requests } of [gitlab, other]) requests.clear();
    const files = ["json", "markdown", "junit", "codequality", "html"];
    const outputs = files.flatMap((format) => ["--format", format, "--output", stack.path(`report.${format}`)]);
    const { code, stdout } = await drift("--stack", "dev", "--ignore", "*.maximumTimeout", ...outputs);
    assert.deepEqual(lookAround(), before);
    for (const { requests } of [gitlab, other]) {
      assert.deepEqual(
        requests.list().filter(({ method }) => method !== "GET"),
        [],
      );
      assert.ok(requests.count() > 0);
    }
    const program = relative(ROOT, stack.path("project", "index.js"));
    const mend = (type: string, name: string) =>
      `         mend:  pulumi up --refresh --stack dev --target urn:pulumi:dev::test::pulumi-nodejs:dynamic/gitlab-runner:${type}::${name}`;
    assert.equal(code, 2);
    assert.deepEqual(stdout.trimEnd().split("\n"), [
      'drifted  Runner docker: description: applied "mine", now "theirs" (info)',
      "drifted  Runner docker: paused: applied false, now true (major)",
      `         where: runner 1, ${gitlab.url}/admin/runners/1; declared in ${program}:6`,
      mend("Runner", "docker"),
      "drifted  ConfigToml host: concurrent: applied 4, now 40 in line 4 (minor)",
      `         where: ${stack.file} on this machine; declared in ${program}:8`,
      mend("ConfigToml", "host"),
      'drifted  Runner abroad: description: applied "mine", now "theirs, abroad" (info)',
      `         where: runner 1, ${other.url}/admin/runners/1; declared in ${program}:10`,
      mend("Runner", "abroad"),
      "--ignore *.maximumTimeout: nothing matches it",
      "mend all: pulumi up --refresh --stack dev (rolls out changes of the program, too)",
      "4 resources: 1 clean, 3 drifted, 0 gone, 0 unknown",
    ]);
    for (const format of files)
      assert.match(written(format), /paused[\s\S]*concurrent|concurrent[\s\S]*paused/, format);
    const { resources } = JSON.parse(written("json")) as DriftReport;
    const told = Object.fromEntries(resources.map(({ name, result }) => [name, result]));
    assert.deepEqual(told, { docker: "drifted", idle: "clean", abroad: "drifted", host: "drifted" });
    const host = resources.find(({ name }) => name === "host");
    assert.equal(host?.differences[0]?.line, lineOf("concurrent"));

    const [one] = stdout.match(/(?<=mend: {2}).*::docker$/m) ?? [];
    const [all] = stdout.match(/(?<=^mend all: )[^(]*/m) ?? [];
    for (const command of [one, all]) {
      const run = await stack.command("sh", ["-c", `${command} --yes --skip-preview --non-interactive`]);
      assert.equal(run.code, 0, run.output);
      assert.deepEqual([gitlab.runners.get(1).paused, gitlab.runners.get(1).description], [false, "mine"]);
      assert.equal(other.runners.get(1).description, command === one ? "theirs, abroad" : "mine");
    }
    assert.equal((await drift("--ignore", "host.runners.**")).code, 0);
  });

  it("still finds drift after somebody has refreshed it into state, and what is gone", async () => {
    await build();
    gitlab.runners.update(1, { description: "theirs" });
    await stack.succeed("refresh", "--yes", "--skip-preview");
    gitlab.runners.remove(2);
    rmSync(stack.file);
    const { code, stdout } = await drift();
    assert.equal(code, 2);
    assert.match(stdout, /drifted {2}Runner docker: description: applied "mine", now "theirs"/);
    assert.match(stdout, /gone {5}Runner idle/);
    assert.match(stdout, /gone {5}ConfigToml host/);
  });

  it("ends with 1 when something could not be told, the token is bad, the program is broken, or GitLab is down; it still tells the rest", async () => {
    await build();
    const body = { message: "403 Forbidden" };
    gitlab.faults.add({ method: "GET", path: "/api/v4/runners/2", count: "all", kind: "reply", status: 403, body });
    edit("concurrent = 4", "concurrent = 40");
    const half = await drift();
    assert.equal(half.code, 1);
    assert.match(half.stdout, /unknown {2}Runner idle: GET \/api\/v4\/runners\/2 .* 403/);
    assert.match(half.stdout, /drifted {2}ConfigToml host: concurrent/);
    assert.match(half.stdout, /4 resources: 2 clean, 1 drifted, 0 gone, 1 unknown/);
    gitlab.faults.clear();

    stack.env.GITLAB_TOKEN = "glpat-wrong";
    const bad = await drift();
    assert.equal(bad.code, 1);
    assert.match(bad.stdout, /unknown {2}Runner docker: .* 401[\s\S]*1 clean, 1 drifted, 0 gone, 2 unknown/);
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

  it("ends with 1 for what an interrupted up was making, until an up has made it", async () => {
    stack.program('new Runner("one", { runnerType: "instance_type" });');
    await stack.up();
    const exported = JSON.parse((await stack.succeed("stack", "export")).stdout) as Exported;
    const [resource] = exported.deployment.resources.filter(({ urn }) => urn.endsWith("::one"));
    const { id, outputs, ...begun } = { ...resource, urn: resource?.urn.replace(/one$/, "two") };
    exported.deployment.pending_operations = [{ type: "creating", resource: begun }];
    writeFileSync(stack.path("exported.json"), JSON.stringify(exported));
    await stack.restore(stack.path("exported.json"));
    const interrupted = await drift();
    assert.equal(interrupted.code, 1, interrupted.output);
    assert.match(
      interrupted.stdout,
      /^unknown {2}Runner two: .*interrupted[\s\S]* 1 clean, 0 drifted, 0 gone, 1 unknown$/m,
    );
    stack.program('for (const name of ["one", "two"]) new Runner(name, { runnerType: "instance_type" });');
    await stack.up();
    const made = await drift();
    assert.deepEqual([made.code, made.stdout], [0, "2 resources: 2 clean, 0 drifted, 0 gone, 0 unknown\n"]);
  });

  it("tells the name of a stack that has nothing, too: by it an issue is found again", async () => {
    stack.program("");
    const { code, stdout } = await drift("--format", "json");
    const { project, stack: name, result } = JSON.parse(stdout) as DriftReport;
    assert.deepEqual([code, project, name, result], [0, "test", "dev", "clean"]);
  });

  it("shows no password that stands in the address of a backend that cannot be reached", async () => {
    const address = "postgres://pulumi:a-password@127.0.0.1:1/postgres";
    const words = [join(ROOT, "dist/cli/main.js"), "drift", "--stack", "dev"];
    const unreachable = await stack.command(process.execPath, words, { PULUMI_BACKEND_URL: address });
    assert.match(unreachable.output, /unable to open bucket postgres:\/\/pulumi:…@127\.0\.0\.1:1/);
    assert.doesNotMatch(unreachable.output, /a-password/);
  });
});

interface Exported {
  deployment: { resources: { urn: string; id?: string; outputs?: object }[]; pending_operations?: object[] };
}
