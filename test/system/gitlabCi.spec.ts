import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { ROOT, type Run, TestStack } from "../support/stack.js";

const TARBALL = join(ROOT, "build/package/pulumi-gitlab-runner.tgz");
const GITLAB_CI_LOCAL = join(ROOT, "node_modules/.bin/gitlab-ci-local");

/** Includes the component as it is in this repository. */
const COMPONENT = `
include:
  - local: templates/drift.yml
    inputs:
      stack: prod
`;

const IDENTITY = ["-c", "user.name=test", "-c", "user.email=test@example.com"];

describe("the example and the component for GitLab CI", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;
  const path = (...parts: string[]) => stack.path("project", ...parts);

  async function succeed(command: string, args: string[]): Promise<Run> {
    const run = await stack.command(command, args);
    assert.equal(run.code, 0, `${command} ${args.join(" ")}\n${run.output}`);
    return run;
  }

  /** The jobs of a pipeline on this machine, as `gitlab-ci-local` runs them. */
  function pipeline(source: string, ...more: string[]): Promise<Run> {
    // It gives a job that names an image the folder of a container, also where it runs in a shell.
    const request = { CI_MERGE_REQUEST_PROJECT_PATH: "acme/infra", CI_MERGE_REQUEST_IID: "1" };
    const variables = { CI_PIPELINE_SOURCE: source, CI_SERVER_URL: gitlab.url, CI_PROJECT_DIR: path(), ...request };
    const given = Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
    return stack.command(GITLAB_CI_LOCAL, ["--force-shell-executor", ...given, ...more]);
  }

  beforeEach(async function () {
    this.timeout(240_000);
    gitlab = await makeGitLab();
    const { id: groupId } = gitlab.createGroup({ path: "acme" });
    const { id: projectId } = gitlab.createProject({ path: "infra", groupId });
    gitlab.createMergeRequest({ projectId });
    const env = { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token, GITLAB_ISSUE_TOKEN: gitlab.token };
    stack = new TestStack({ ...env, npm_config_cache: join(homedir(), ".npm"), npm_config_prefer_offline: "true" });
    cpSync(join(ROOT, "examples/gitlab-ci"), path(), { recursive: true });
    cpSync(join(ROOT, "templates"), path("templates"), { recursive: true });
    writeFileSync(path("component.yml"), COMPONENT);
    writeFileSync(path(".gitignore"), "node_modules\n");
    const manifest = JSON.parse(readFileSync(path("package.json"), "utf8"));
    manifest.dependencies["pulumi-gitlab-runner"] = `file:${TARBALL}`;
    manifest.dependencies["@pulumi/pulumi"] = "3.225.0";
    writeFileSync(path("package.json"), JSON.stringify(manifest));
    await succeed("npm", ["install", "--no-audit", "--no-fund"]);
    await stack.succeed("stack", "init", "prod");
    await stack.succeed("config", "set", "groupId", String(groupId));
    await stack.succeed("config", "set", "path", stack.file);
    mkdirSync(stack.path("host"), { recursive: true });
    await succeed("git", ["init", "--quiet", "--initial-branch", "main"]);
    await succeed("git", ["remote", "add", "origin", "git@gitlab.example.com:acme/infra.git"]);
    await succeed("git", ["add", "--all"]);
    await succeed("git", [...IDENTITY, "commit", "--quiet", "--message", "as it is"]);
  });

  it("roll out by hand, show a merge request's changes, tell drift, and keep one issue as long as it lasts", async function () {
    this.timeout(600_000);
    const push = await pipeline("push");
    assert.equal(push.code, 0, push.output);
    assert.equal(gitlab.runners.size, 0, "up ran without being asked to");
    const up = await pipeline("push", "gitlab-runner-up");
    assert.equal(up.code, 0, up.output);
    assert.equal(gitlab.runners.size, 1);

    const clean = await pipeline("schedule");
    assert.equal(clean.code, 0, clean.output);
    assert.match(clean.output, /no drift, and no open issue/);
    for (const name of ["drift.json", "index.html", "junit.xml", "codequality.json"]) {
      assert.ok(existsSync(path("gitlab-runner-drift", name)), name);
    }

    await stack.succeed("config", "set", "concurrent", "8");
    const proposed = await pipeline("merge_request_event");
    assert.equal(proposed.code, 0, proposed.output);
    const preview = readFileSync(path("gitlab-runner-preview.diff"), "utf8");
    assert.match(preview, /\n-concurrent = 4\n\+concurrent = 8\n/);
    assert.equal(preview.includes(gitlab.runners.get(1).token), false);
    assert.match(proposed.output, /no note was written: the variable GITLAB_NOTE_TOKEN is not set/);
    stack.env.GITLAB_NOTE_TOKEN = gitlab.token;
    for (const words of [/wrote the note of acme\/infra!1/, /the note of acme\/infra!1 is up to date/]) {
      assert.match((await pipeline("merge_request_event")).output, words);
    }
    assert.deepEqual(
      gitlab.notes.all().map(({ body }) => body.includes(preview)),
      [true],
    );
    await stack.succeed("config", "set", "concurrent", "4");

    writeFileSync(stack.file, readFileSync(stack.file, "utf8").replace("concurrent = 4", "concurrent = 40"));
    for (const issue of [/opened issue #1/, /issue #1 .* is up to date/]) {
      const drifted = await pipeline("schedule");
      assert.notEqual(drifted.code, 0, drifted.output);
      assert.match(drifted.output, issue);
      assert.match(drifted.output, /concurrent.*40/);
    }
    assert.match(readFileSync(path("gitlab-runner-drift/junit.xml"), "utf8"), /<failure/);
    const listed = () => gitlab.issues.all().map(({ iid, state }) => [iid, state]);
    assert.deepEqual(listed(), [[1, "opened"]]);

    assert.equal((await pipeline("push", "gitlab-runner-up")).code, 0);
    await stack.succeed("up", "--refresh", "--yes", "--skip-preview", "--stack", "prod");
    const healed = await pipeline("schedule", "--file", "component.yml");
    assert.equal(healed.code, 0, healed.output);
    assert.match(healed.output, /closed issue #1/);
    assert.deepEqual(listed(), [[1, "closed"]]);
  });

  it("are the same jobs, valid by GitLab's schema", async () => {
    const expand = async (file: string) => {
      const { stdout, output } = await succeed(GITLAB_CI_LOCAL, ["--preview", "--file", file]);
      assert.match(output, /json schema validated/);
      return stdout.replace(/^stages:\n( {2}- .*\n)+/m, "").replace(/^---\n/, "");
    };
    const jobs = await expand(".gitlab-ci.yml");
    assert.match(jobs, /^gitlab-runner-drift:$/m);
    assert.equal(await expand("component.yml"), jobs);
    writeFileSync(
      path("broken.yml"),
      readFileSync(path(".gitlab-ci.yml"), "utf8").replace("stage: deploy", "stage: 7"),
    );
    const broken = await stack.command(GITLAB_CI_LOCAL, ["--preview", "--file", "broken.yml"]);
    assert.notEqual(broken.code, 0, broken.output);
  });
});
