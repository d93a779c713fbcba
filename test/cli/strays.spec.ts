import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab } from "../support/gitlab.js";
import { ENCRYPTED, type Stored, writeState } from "../support/states.js";

const MAIN = join(__dirname, "../../provider/cli/main.js");

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

let gitlab: StandInGitLab;

function strays(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const options = {
    cwd: makeFolder(),
    env: { PATH: process.env.PATH, GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token, ...env },
  };
  const child = spawn(process.execPath, [MAIN, "strays", ...args], { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const run: Run = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (run.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (run.stderr += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...run, code })));
}

/** A group runner that calls GitLab from a machine. */
async function addRunner(name: string, machines: string[] = ["s_1"], from = "10.0.0.1"): Promise<number> {
  const { id, token } = gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId, description: name });
  for (const systemId of machines) await call(token, systemId, from);
  return id;
}

async function call(token: string, system_id: string, from: string): Promise<void> {
  const headers = { "content-type": "application/json", "x-forwarded-for": from };
  const body = JSON.stringify({ token, system_id, info: { platform: "linux" } });
  await fetch(`${gitlab.url}/api/v4/jobs/request`, { method: "POST", headers, body });
}

function setAddress(id: number, index: number, ipAddress: string): void {
  const { managers } = gitlab.runners.get(id);
  gitlab.runners.update(id, { managers: managers.map((one, at) => (at === index ? { ...one, ipAddress } : one)) });
}

const runner = (id: number, url = gitlab.url): Stored => ({
  type: "Runner",
  name: `r${id}`,
  id: String(id),
  outputs: { runnerId: id, url, token: ENCRYPTED },
});

const file = (name: string, id: number, rest: Record<string, unknown> = {}): Stored => ({
  type: "ConfigToml",
  name,
  id: "0123",
  outputs: {
    path: "/etc/config.toml",
    runners: { docker: { runner: { url: gitlab.url, id, token: ENCRYPTED } } },
    ...rest,
  },
});

const kinds = ({ stdout }: Run) =>
  stdout
    .split("\n")
    .slice(0, -2)
    .map((line) => line.replace(/ +/g, " ").split(": ")[0]);

const GROUP = ["--scope", "group/acme"];

describe("pulumi-gitlab-runner strays", () => {
  beforeEach(async () => {
    gitlab = await makeGitLab();
    gitlab.groups.update(gitlab.groupId, { path: "acme" });
  });

  it("ends with 0 when every runner is declared and called, and only reads", async () => {
    const [a, b] = [await addRunner("a"), await addRunner("b")];
    const state = writeState([runner(a), file("host", a), file("other", b)]);
    gitlab.requests.clear();
    const { code, stdout, stderr } = await strays([...GROUP, "--state", state]);
    assert.deepEqual([code, stdout, stderr], [0, "2 runners, 1 stacks: nothing found\n", ""]);
    assert.deepEqual(
      gitlab.requests.list().map(({ method, path }) => `${method} ${path}`),
      ["POST /api/graphql"],
    );
  });

  it("finds what no stack declares, in the group and everything below it, also a project's runner; not above", async () => {
    const sub = gitlab.createGroup({ path: "sub", parentId: gitlab.groupId });
    const project = gitlab.createProject({ path: "app", groupId: sub.id });
    gitlab.createRunner({ runnerType: "instance_type" });
    const declared = await addRunner("declared");
    const below = gitlab.createRunner({
      runnerType: "group_type",
      groupId: sub.id,
      description: "evil\u001b[31m\u009b",
    });
    const own = gitlab.createRunner({ runnerType: "project_type", projectIds: [project.id] });
    const state = writeState([runner(declared)]);
    const all = await strays([...GROUP, "--state", state]);
    assert.equal(all.code, 2);
    assert.deepEqual(kinds(all), [`stray runner ${below.id} "evil\\u001b[31m\\u009b"`, `stray runner ${own.id}`]);
    assert.match(all.stdout, /3 runners, 1 stacks: 2 stray\n$/);
    const one = await strays(["--scope", "project/acme/sub/app", "--state", state]);
    assert.deepEqual(kinds(one), [`stray runner ${own.id}`]);
    const instance = await strays(["--scope", "instance", "--state", state]);
    assert.match(instance.stdout, /4 runners, 1 stacks: 3 stray/);
  });

  it("names which runner of a set it is", async () => {
    const id = gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId }).id;
    const outputs = { url: gitlab.url, items: { "x.y": {} }, runners: { "x.y": { runnerId: id } } };
    const state = writeState([{ type: "RunnerSet", name: "set", id: "9f", outputs }]);
    const { stdout } = await strays([...GROUP, "--state", state]);
    assert.match(stdout, /never-contacted .*declared by RunnerSet set\["x\.y"\] of stack/);
  });

  it("knows the runners of several states, of sets, and of files that use a token made elsewhere", async () => {
    const ids = [await addRunner("a"), await addRunner("b"), await addRunner("c"), await addRunner("d")];
    const [a = 0, b = 0, c = 0, d = 0] = ids;
    const set = { url: gitlab.url, items: { x: {}, y: {} }, runners: { x: { runnerId: b }, y: { runnerId: c } } };
    const empty = { url: gitlab.url, items: {}, runners: {}, tokens: ENCRYPTED };
    const states = [
      writeState([runner(a)]),
      writeState([
        { type: "RunnerSet", name: "set", id: "9f", outputs: set },
        { type: "RunnerSet", name: "empty", id: "9e", outputs: empty },
        file("host", d, { path: undefined }),
      ]),
    ];
    const run = await strays([...GROUP, ...states.flatMap((state) => ["--state", state])]);
    assert.deepEqual([run.code, run.stdout], [0, "4 runners, 2 stacks: nothing found\n"]);
  });

  it("does not take the same number at another GitLab for declared, but the one of a former address", async () => {
    const id = await addRunner("a");
    const state = writeState([runner(id, "https://old.example.com")]);
    assert.equal((await strays([...GROUP, "--state", state])).code, 2);
    const pruned = await strays([...GROUP, "--state", state, "--prune", String(id), "--yes"]);
    assert.equal(pruned.code, 1);
    assert.match(pruned.stderr, /declares a runner of this number at https:\/\/old\.example\.com: .* --moved-from/);
    assert.ok(gitlab.runners.find(id));
    assert.equal((await strays([...GROUP, "--state", state, "--moved-from", "https://old.example.com/"])).code, 0);
  });

  it("tells declared runners that were never contacted, and those without contact for 7 days", async () => {
    const [silent, old] = [await addRunner("silent", []), await addRunner("old")];
    const state = writeState([runner(silent), runner(old)]);
    assert.deepEqual(kinds(await strays([...GROUP, "--state", state])), [`never-contacted runner ${silent} "silent"`]);
    gitlab.clock.advance({ seconds: 7 * 24 * 60 * 60 });
    const later = await strays([...GROUP, "--state", state]);
    assert.deepEqual(kinds(later), [`never-contacted runner ${silent} "silent"`, `stale runner ${old} "old"`]);
    assert.match(later.stdout, /declared by Runner r\d of stack /);
  });

  it("tells files whose machine does not call: fewer machines than files, ours and stale ones not counted", async () => {
    const id = await addRunner("shared", ["s_1", "pulumi_verify"]);
    const ssh = (host: string, port?: number) => ({ target: { ssh: { host, port } } });
    const both = writeState([runner(id), file("a", id, ssh("build-1")), file("b", id, ssh("build-2", 2222))]);
    const run = await strays([...GROUP, "--state", both]);
    assert.deepEqual([run.code, kinds(run)], [2, [`missing-manager runner ${id} "shared"`]]);
    assert.match(
      run.stdout,
      /2 declared files have .*\(build-1:\/etc\/config\.toml, build-2:2222:\/etc\/config\.toml\)/,
    );
    assert.match(run.stdout, /but 1 of the machines \(s_1 at .*two machines have one system id/);
    await call(gitlab.runners.get(id).token, "s_2", "10.0.0.2");
    assert.equal((await strays([...GROUP, "--state", both])).code, 0);
  });

  it("names the file whose machine does not call, where its stack has seen the system id, whoever else calls", async () => {
    const id = await addRunner("shared", ["s_1", "s_by_hand"]);
    const host = (name: string, systemId: string) => file(name, id, { systemId, target: { ssh: { host: name } } });
    const state = writeState([runner(id), host("build-1", "s_1"), host("build-2", "s_2")]);
    const run = await strays([...GROUP, "--state", state]);
    assert.deepEqual([run.code, kinds(run)], [2, [`missing-manager runner ${id} "shared"`]]);
    assert.match(run.stdout, /: by its system id the machine of build-2:\/etc\/config\.toml \(s_2\) did not call/);
    const clones = writeState([runner(id), host("build-1", "s_1"), host("build-2", "s_1"), host("build-3", "s_3")]);
    const twins = await strays([...GROUP, "--state", clones]);
    assert.deepEqual(kinds(twins), [`missing-manager runner ${id} "shared"`, "shared-system-id system id s_1"]);
    assert.match(twins.stdout, /build-3:\S+ \(s_3\) did not call/);
    assert.match(twins.stdout, /s_1: the stacks have seen it on build-1 and build-2, .* remove that file/);
  });

  it("tells one system id on machines that differ, only while both call, and not for entries of one machine", async () => {
    const [a, b] = [await addRunner("a", ["s_same"]), await addRunner("b", ["s_same"])];
    const state = writeState([runner(a), runner(b)]);
    assert.equal((await strays([...GROUP, "--state", state])).code, 0);
    setAddress(b, 0, "10.9.9.9");
    const run = await strays([...GROUP, "--state", state]);
    assert.deepEqual([run.code, kinds(run)], [2, ["shared-system-id system id s_same"]]);
    assert.match(run.stdout, /runner 2 "b" from 10\.9\.9\.9 linux.*\.runner_system_id/);
    gitlab.clock.advance({ seconds: 3 * 60 * 60 });
    await call(gitlab.runners.get(a).token, "s_same", "10.0.0.1");
    assert.equal((await strays([...GROUP, "--state", state])).code, 0);
  });

  it("--jobs tells pending jobs that no runner takes, and why; those that one will take, it does not", async () => {
    const { projectId } = gitlab;
    gitlab.projects.update(projectId, { path: "app" });
    gitlab.createProject({ path: "off", groupId: gitlab.groupId, buildsAccessLevel: "disabled" });
    const id = await addRunner("docker");
    gitlab.runners.update(id, { tagList: ["docker", "linux"], runUntagged: false });
    const pending = (tagList: string[]) => gitlab.createJob({ projectId, status: "pending", tagList }).id;
    pending(["docker"]);
    const [windows, untagged] = [pending(["docker", "windows"]), pending([])];
    const state = writeState([runner(id)]);
    const run = await strays([...GROUP, "--state", state, "--jobs"]);
    assert.equal(run.code, 2);
    assert.deepEqual(kinds(run), [
      `stuck-job job ${untagged} "build" of acme/app`,
      `stuck-job job ${windows} "build" of acme/app`,
    ]);
    assert.match(
      run.stdout,
      /takes jobs without tags[\s\S]*wants "docker", "windows": no runner of the project has these/,
    );
    gitlab.runners.update(id, { paused: true });
    const paused = await strays(["--scope", "project/acme/app", "--state", state, "--jobs"]);
    assert.match(paused.stdout, new RegExp(`would take it are not at work: ${id} \\(paused\\)`));
    assert.equal((await strays([...GROUP, "--state", state])).code, 0);
  });

  it("--jobs of an instance tells those of all projects, more than a page, and only to an administrator", async () => {
    gitlab.projects.update(gitlab.projectId, { path: "app" });
    const alone = gitlab.createProject({ path: "alone" });
    const id = await addRunner("docker");
    const pending = (projectId: number, tagList: string[] = []) =>
      gitlab.createJob({ projectId, status: "pending", tagList }).id;
    for (let index = 0; index < 110; index++) pending(gitlab.projectId);
    const [windows, lone] = [pending(gitlab.projectId, ["windows"]), pending(alone.id)];
    gitlab.createJob({ projectId: alone.id, status: "running" });
    const words = ["--scope", "instance", "--state", writeState([runner(id)]), "--jobs"];
    const run = await strays(words);
    assert.deepEqual(
      [run.code, kinds(run)],
      [2, [`stuck-job job ${lone} "build" of alone`, `stuck-job job ${windows} "build" of acme/app`]],
    );
    const auditor = gitlab.createUser({ username: "auditor", auditor: true });
    const { token } = gitlab.createToken({ userId: auditor.id, scopes: ["read_api"] });
    const refused = await strays(words, { GITLAB_TOKEN: token });
    assert.deepEqual([refused.code, refused.stdout], [1, ""]);
    assert.match(refused.stderr, /the jobs of an instance to administrators only.*administrator/);
    assert.equal((await strays(words.slice(0, -1), { GITLAB_TOKEN: token })).code, 0);
  });

  it("prints JSON with the same findings", async () => {
    const id = await addRunner("a", []);
    const state = writeState([runner(id)]);
    const { stdout } = await strays([...GROUP, "--state", state, "--format", "json"]);
    const report = JSON.parse(stdout) as { findings: object[] };
    assert.deepEqual(
      { ...report, findings: report.findings.map((one) => ({ ...one, message: "…" })) },
      {
        schemaVersion: 1,
        gitlab: gitlab.url,
        scope: "group/acme",
        stacks: [state],
        runners: 1,
        unreadable: [],
        counts: {
          stray: 0,
          "never-contacted": 1,
          stale: 0,
          "missing-manager": 0,
          "shared-system-id": 0,
          "stuck-job": 0,
        },
        findings: [
          {
            kind: "never-contacted",
            subject: 'runner 1 "a"',
            runnerId: 1,
            message: "…",
            resources: [{ stack: state, resource: "Runner r1" }],
          },
        ],
      },
    );
  });

  it("looks at all pages", async () => {
    for (let count = 0; count < 230; count++) await addRunner(`r${count}`, []);
    const { stdout } = await strays([...GROUP, "--state", writeState([])]);
    assert.match(stdout, /230 runners, 1 stacks: 230 stray\n$/);
  });
});

describe("pulumi-gitlab-runner strays --prune", () => {
  beforeEach(async () => {
    gitlab = await makeGitLab();
    gitlab.groups.update(gitlab.groupId, { path: "acme" });
  });

  it("deletes what is named and no other, and says why", async () => {
    const [kept, gone, other] = [await addRunner("kept"), await addRunner("gone"), await addRunner("other")];
    const state = writeState([runner(kept)]);
    const { code, stdout, stderr } = await strays([...GROUP, "--state", state, "--prune", String(gone), "--yes"]);
    assert.deepEqual([code, kinds({ code, stdout, stderr })], [2, [`stray runner ${other} "other"`]]);
    assert.match(
      stderr,
      /since no stack declares them; .*\n {2}runner 2 "gone": group runner, online.*\ndeleted runner 2/,
    );
    assert.deepEqual(
      gitlab.runners.all().map(({ id }) => id),
      [kept, other],
    );
  });

  it("asks on a terminal; without one and without --yes nothing is deleted", async () => {
    const id = await addRunner("a");
    const { code, stderr } = await strays([...GROUP, "--state", writeState([]), "--prune", String(id)]);
    assert.equal(code, 1);
    assert.match(stderr, /--prune asks on a terminal .* --yes/);
    assert.ok(gitlab.runners.find(id));
  });

  it("refuses all, naming each, when one may not be deleted", async () => {
    const [declared, stray, marked, busy] = [
      await addRunner("declared"),
      await addRunner("stray"),
      await addRunner("marked"),
      await addRunner("busy"),
    ];
    const maintenanceNote = "ask ops\n\n[pulumi-gitlab-runner 0123456789abcdef/docker#0123456789ab]";
    gitlab.runners.update(marked, { maintenanceNote });
    gitlab.createJob({ projectId: gitlab.projectId, runnerId: busy });
    const state = writeState([file("host", declared)]);
    const ids = [declared, stray, marked, busy, 999].join(",");
    const { code, stderr } = await strays([...GROUP, "--state", state, "--prune", ids, "--yes"]);
    assert.equal(code, 1);
    for (const words of [
      "--prune 1: ConfigToml host, runners.docker of stack .* declares it",
      "--prune 3: its note says that another stack",
      "--prune 4: it runs jobs: first",
      "--prune 999: no runner of the scope",
    ])
      assert.match(stderr, new RegExp(words));
    assert.doesNotMatch(stderr, /--prune 2/);
    assert.equal(gitlab.runners.size, 4);
    const mine = writeState([{ type: "StackIdentity", name: "gitlab-runner", id: "0123456789abcdef0123456789abcdef" }]);
    assert.equal((await strays([...GROUP, "--state", mine, "--prune", String(marked), "--yes"])).code, 2);
    assert.equal(gitlab.runners.find(marked), undefined);
  });

  it("deletes nothing where a state hides which runners it names", async () => {
    const id = await addRunner("a");
    const state = writeState([file("host", id, { runners: ENCRYPTED })]);
    const { code, stdout } = await strays([...GROUP, "--state", state]);
    assert.equal(code, 1);
    assert.match(stdout, /unknown +ConfigToml host of stack .* is encrypted as a whole/);
    assert.match((await strays([...GROUP, "--state", state, "--prune", "1", "--yes"])).stderr, /names is not known/);
    assert.ok(gitlab.runners.find(id));
  });
});

describe("pulumi-gitlab-runner strays, when it cannot tell", () => {
  beforeEach(async () => {
    gitlab = await makeGitLab();
    gitlab.groups.update(gitlab.groupId, { path: "acme" });
  });

  it("refuses wrong words, all at once, before anything is sent", async () => {
    const words = ["--scope", "group/42", "--format", "xml", "--prune", "x", "--moved-from", "nowhere"];
    const { code, stderr } = await strays(words);
    assert.equal(code, 1);
    for (const path of ["--scope: .*full path", "--format: ", "--prune: ", "--moved-from: "]) {
      assert.match(stderr, new RegExp(path));
    }
    assert.match((await strays([...GROUP, "--yes"])).stderr, /--yes: agrees/);
    assert.match((await strays([])).stderr, /--scope: must be group/);
    assert.equal(gitlab.requests.list().length, 0);
  });

  it("shows what machines call themselves, and what stands in notes, on one line and obeyed by no terminal", async () => {
    const id = await addRunner("docker", ["s\u001b[2J\n\u202e"]);
    const states = [writeState([file("one", id)]), writeState([file("other", id, { path: "/srv/config.toml" })])];
    for (const name of ["%E0%A4%A", "%1b%5b2J%0adocker"]) {
      const maintenanceNote = `[pulumi-gitlab-runner 0123456789abcdef/${name}#0123456789ab]`;
      gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId, maintenanceNote });
    }
    const words = [...GROUP, ...states.flatMap((state) => ["--state", state])];
    const text = await strays(words);
    assert.equal(text.code, 2, text.stderr);
    assert.equal(text.stdout.split("\n").length, 5, text.stdout);
    assert.match(text.stdout, /missing-manager .*\(s\\u001b\[2J\\u000a\\u202e at /);
    assert.match(text.stdout, /resource %E0%A4%A of another stack/);
    assert.match(text.stdout, /resource \\u001b\[2J\\u000adocker of another stack/);
    const json = await strays([...words, "--format", "json"]);
    for (const sign of ["\u001b", "\u202e"]) assert.ok(!(text.stdout + json.stdout).includes(sign));
    assert.match(JSON.stringify(JSON.parse(json.stdout)), /\u202e/);
  });

  it("ends with 1 for a state that is none, a scope that is not there, a token without rights, and a GitLab that is down", async () => {
    const nothing = join(makeFolder(), "nothing.json");
    writeFileSync(nothing, "{}");
    const state = writeState([]);
    const cases: [string[], Record<string, string>, RegExp][] = [
      [[...GROUP, "--state", nothing], {}, /is no state as/],
      [[...GROUP, "--state", "nosuch.json"], {}, /cannot be read: ENOENT/],
      [["--scope", "group/nosuch", "--state", state], {}, /Check the full path/],
      [["--scope", "project/acme/nosuch", "--state", state], {}, /Check the full path/],
      [["--scope", "instance", "--state", state], { GITLAB_TOKEN: member() }, /administrator or auditor/],
      [[...GROUP, "--state", state], { GITLAB_TOKEN: "glpat-wrong" }, /401/],
    ];
    for (const [words, env, told] of cases) {
      const { code, stderr } = await strays(words, env);
      assert.deepEqual([code, told.test(stderr)], [1, true], `${words.join(" ")}: ${stderr}`);
    }
    await gitlab.close();
    const down = await strays([...GROUP, "--state", state]);
    assert.equal(down.code, 1);
    assert.match(down.stderr, /ECONNREFUSED/);
  });
});

function member(): string {
  const { id } = gitlab.createUser({ username: "member" });
  return gitlab.createToken({ userId: id, scopes: ["read_api"] }).token;
}
