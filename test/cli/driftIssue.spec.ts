import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatJson } from "../../provider/cli/drift/format/json.js";
import { type Evidence, judge } from "../../provider/cli/drift/judge.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeEvidence, makeRunner } from "../support/driftEvidence.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab } from "../support/gitlab.js";

const MAIN = join(__dirname, "../../provider/cli/main.js");

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

let gitlab: StandInGitLab;
let project: string;

function driftIssue(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const base = { PATH: process.env.PATH, GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token };
  const child = spawn(process.execPath, [MAIN, "drift-issue", ...args], {
    cwd: makeFolder(),
    env: { ...base, ...env },
  });
  const run: Run = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (run.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (run.stderr += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...run, code })));
}

function write(evidence: Evidence): string {
  const file = join(makeFolder(), "drift.json");
  writeFileSync(file, formatJson(judge(evidence)));
  return file;
}

const drifted = (observed: string, rest: Partial<Evidence> = {}) =>
  makeEvidence([makeRunner("docker", 1, { differences: [{ path: "description", declared: "mine", observed }] })], rest);
const clean = (rest: Partial<Evidence> = {}) => makeEvidence([makeRunner("docker", 1)], rest);

const keep = (evidence: Evidence, ...more: string[]) =>
  driftIssue(["--report", write(evidence), "--project", project, ...more]);

const issues = () => gitlab.issues.all().map(({ iid, state }) => [iid, state]);

/** The same evidence of another stack. */
function ofStack(evidence: Evidence, stack: string): Evidence {
  return { ...evidence, state: { ...evidence.state, stack } };
}

describe("pulumi-gitlab-runner drift-issue", () => {
  beforeEach(async () => {
    gitlab = await makeGitLab();
    project = String(gitlab.projectId);
  });

  it("opens one issue, updates it, leaves it where nothing is new, and closes it when the stack is clean", async () => {
    assert.match(
      (await keep(drifted("theirs"), "--confidential")).stdout,
      /^opened issue #1 \(http.*\/-\/issues\/1\)\n$/,
    );
    const [issue] = gitlab.issues.all();
    assert.deepEqual(issue?.labels, ["gitlab-runner-drift"]);
    assert.equal(issue?.confidential, true);
    assert.match(issue?.title ?? "", /^GitLab Runner drift in .*: 1 drifted$/);
    assert.match(issue?.description ?? "", /^<!-- pulumi-gitlab-runner drift of [^>]* -->\n\n[\s\S]*theirs/);
    gitlab.requests.clear();
    assert.match((await keep(drifted("theirs"))).stdout, /^issue #1 .* is up to date/);
    assert.deepEqual(
      gitlab.requests.list().map(({ method }) => method),
      ["GET"],
    );
    assert.match((await keep(drifted("other"))).stdout, /^updated issue #1/);
    assert.match(gitlab.issues.all()[0]?.description ?? "", /other/);
    assert.match((await keep(clean())).stdout, /^closed issue #1 .*: no drift any more/);
    assert.match((await keep(clean())).stdout, /^no drift, and no open issue/);
    assert.match((await keep(drifted("again"))).stdout, /^opened issue #2/);
    assert.deepEqual(issues(), [
      [1, "closed"],
      [2, "opened"],
    ]);
  });

  it("has an issue for each stack, also where one's name begins like another's", async () => {
    for (const stack of ["dev", "dev-2", "x --> y"])
      assert.equal((await keep(ofStack(drifted("theirs"), stack))).code, 0);
    assert.equal(gitlab.issues.size, 3);
    await keep(ofStack(clean(), "dev"));
    await keep(ofStack(drifted("theirs"), "x --> y"));
    assert.deepEqual(issues(), [
      [1, "closed"],
      [2, "opened"],
      [3, "opened"],
    ]);
  });

  it("leaves issues of others with the same label, and of another label", async () => {
    const path = `${gitlab.url}/api/v4/projects/${project}/issues`;
    const headers = { "content-type": "application/json", "private-token": gitlab.token };
    const body = JSON.stringify({ title: "theirs", description: "words", labels: "gitlab-runner-drift" });
    await fetch(path, { method: "POST", headers, body });
    await keep(drifted("a"));
    await keep(drifted("a"), "--label", "other");
    await keep(clean());
    assert.deepEqual(issues(), [
      [1, "opened"],
      [2, "closed"],
      [3, "opened"],
    ]);
  });

  it("closes what two jobs at once have opened twice, while the stack drifts and when it is clean", async () => {
    const open = async () => {
      const [first] = gitlab.issues.all();
      const { title, description } = first ?? { title: "", description: "" };
      const headers = { "content-type": "application/json", "private-token": gitlab.token };
      const body = JSON.stringify({ title, description, labels: "gitlab-runner-drift" });
      await fetch(`${gitlab.url}/api/v4/projects/${project}/issues`, { method: "POST", headers, body });
    };
    await keep(drifted("a"));
    await open();
    assert.match(
      (await keep(drifted("a"))).stdout,
      /^issue #1 .* is up to date; closed issue #2 .*, of the same stack\n$/,
    );
    await open();
    assert.match((await keep(clean())).stdout, /^closed issue #1 .* and issue #3 .*: no drift any more\n$/);
    assert.deepEqual(
      issues().map(([, state]) => state),
      ["closed", "closed", "closed"],
    );
  });

  it("closes nothing by a report that could not tell all, but opens where that tells of drift", async () => {
    const half = { problem: "the preview failed" };
    assert.match((await keep(clean(half))).stdout, /^no issue was touched: .*could not tell/);
    assert.match((await keep(drifted("a", half))).stdout, /^opened issue #1/);
    assert.match((await keep(clean(half))).stdout, /^no issue was touched/);
    const unread = makeEvidence([], { state: { resources: [] }, preview: undefined, problem: "no stack" });
    assert.match((await keep(unread)).stdout, /^no issue was touched: .* of which stack/);
    assert.deepEqual(issues(), [[1, "opened"]]);
  });

  it("uses the token of --gitlab, also for the same GitLab", async () => {
    const env = { GITLAB_TOKEN: "glpat-fake-without-rights", ISSUE_TOKEN: gitlab.token };
    const words = ["--report", write(drifted("a")), "--project", project];
    const run = await driftIssue([...words, "--gitlab", `${gitlab.url}=ISSUE_TOKEN`], env);
    assert.deepEqual([run.code, gitlab.issues.size], [0, 1]);
    const refused = await driftIssue(words, env);
    assert.deepEqual([refused.code, /401/.test(refused.stderr)], [1, true]);
    assert.doesNotMatch(refused.stderr, /glpat-fake/);
  });

  it("refuses wrong words at once, and a file that is no report, before anything is sent", async () => {
    const wrong = await driftIssue(["--label", "a,b"]);
    assert.match(wrong.stderr, /--report: is needed[\s\S]*--project: must be[\s\S]*--label: must be one label/);
    const file = join(makeFolder(), "x.json");
    for (const text of ["no json", "{}", '{ "schemaVersion": 2, "resources": [] }', "null"]) {
      writeFileSync(file, text);
      const run = await driftIssue(["--report", file, "--project", project]);
      assert.deepEqual([run.code, /^pulumi-gitlab-runner: --report: the file/.test(run.stderr)], [1, true], run.stderr);
    }
    assert.equal(gitlab.requests.list().length, 0);
  });

  it("says what to do when the creation was not answered, and makes none twice", async () => {
    gitlab.faults.add({ method: "POST", kind: "cut", when: "after" });
    const { code, stderr } = await keep(drifted("a"));
    assert.deepEqual([code, /the next run finds it/.test(stderr)], [1, true], stderr);
    assert.match((await keep(drifted("a"))).stdout, /^issue #1 .* is up to date/);
    assert.deepEqual(issues(), [[1, "opened"]]);
  });
});
