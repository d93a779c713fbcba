import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { moveClock } from "../../provider/lifecycle/clock.js";
import * as configToml from "../../provider/lifecycle/configToml.js";
import { type Finding, REPORT_VARIABLE } from "../../provider/lifecycle/report.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { type Made, make, type Properties, refresh } from "../support/runners.js";

let nextId = 5000;

describe("what a look tells drift", () => {
  let file: string;
  let reports: string;

  beforeEach(() => {
    const folder = makeFolder();
    file = join(folder, "config.toml");
    reports = join(folder, "report");
    writeFileSync(reports, "", { mode: 0o600 });
  });
  afterEach(() => {
    delete process.env[REPORT_VARIABLE];
    moveClock(0);
  });

  async function look(read: () => Promise<unknown>): Promise<Finding> {
    process.env[REPORT_VARIABLE] = reports;
    await read();
    return JSON.parse(readFileSync(reports, "utf8").trim().split("\n").at(-1) ?? "") as Finding;
  }

  async function deliver(args: Properties): Promise<Made> {
    const { inputs, failures } = await configToml.check({}, { path: file, ...args });
    assert.deepEqual(failures, []);
    return (await configToml.create(inputs)) as unknown as Made;
  }

  const lookAtFile = ({ id, outs }: Made) => look(() => configToml.read(id, outs));

  function edit(edits: Record<string, string>): void {
    let text = readFileSync(file, "utf8");
    for (const [from, to] of Object.entries(edits)) {
      assert.ok(text.includes(from), `${from}\n${text}`);
      text = text.replace(from, to);
    }
    writeFileSync(file, text);
  }

  const lineOf = (text: string) =>
    readFileSync(file, "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1;
  const runner = (id: number, more: Properties = {}) => ({
    url: "https://gitlab.example.com",
    id,
    token: {
      value: `glrt-obviously-fake-${id}`,
      obtainedAt: "2026-01-01T00:00:00Z",
      expiresAt: "2026-02-01T00:00:00Z",
    },
    ...more,
  });
  const docker = { runner: runner(1), executor: "docker", docker: { image: "alpine:3.20", services: [{ name: "a" }] } };

  it("of each setting where it stands in the file; of one that is not in it, the table in which it is missing", async () => {
    const made = await deliver({
      concurrent: 4,
      runners: { docker, "b.c": { runner: runner(2), executor: "shell", limit: 4 } },
    });
    edit({
      "concurrent = 4": "\n\nconcurrent = 5",
      '"alpine:3.20"': '"alpine:edge"',
      "privileged = false": "PRIVILEGED = true",
      'name = "a"': 'name = "b"',
      "limit = 4\n": "",
    });
    const { differences = [] } = await lookAtFile(made);
    assert.deepEqual(differences.map(({ path, line }) => [path, line]).sort(), [
      ["concurrent", lineOf("concurrent = 5")],
      ["runners.docker.docker.image", lineOf("alpine:edge")],
      ["runners.docker.docker.privileged", lineOf("PRIVILEGED")],
      ["runners.docker.docker.services[0].name", lineOf('name = "b"')],
      ['runners["b.c"].limit', lineOf('name = "b.c"') - 1],
    ]);
    assert.ok(differences.every((difference) => !("place" in difference)));
  });

  it("of a setting that is zero how it is written, on either side; of one that is nowhere nothing", async () => {
    const image = { image: "alpine:3.20", privileged: false, volumes: ["/cache"], tlsVerify: true, cpus: "" };
    const made = await deliver({
      checkInterval: 5,
      connectionMaxAge: "1h",
      runners: {
        docker: { ...docker, limit: 4, docker: image },
        "b.c": { runner: runner(2), executor: "shell", limit: 0 },
      },
    });
    edit({
      "check_interval = 5\n": "",
      '"1h0m0s"': '"0s"',
      "limit = 4": "LIMIT = 0",
      "privileged = false": "privileged = true",
      "tls_verify = true": "tls_verify = false",
      '["/cache"]': "[]",
      "id = 2": "id = 2\n  limit = 1",
    });
    const { differences = [] } = await lookAtFile(made);
    assert.deepEqual(differences.map(({ path, declared, observed }) => [path, declared, observed]).sort(), [
      ["checkInterval", 5, undefined],
      ["connectionMaxAge", "1h0m0s", "0s"],
      ["runners.docker.docker.privileged", false, true],
      ["runners.docker.docker.tlsVerify", true, false],
      ["runners.docker.docker.volumes", ["/cache"], []],
      ["runners.docker.limit", 4, 0],
      ['runners["b.c"].limit', 0, 1],
    ]);
  });

  it("what is more than another value: an entry that is missing or nobody's, a token, a value that is refused", async () => {
    const made = await deliver({
      runners: {
        docker,
        shell: { runner: runner(2), executor: "shell" },
        out: { runner: runner(3), executor: "shell" },
      },
    });
    edit({ "id = 3": "id = 99", "glrt-obviously-fake-2": "glrt-canary-other", 'image = "alpine:3.20"': "image = 7" });
    const { differences = [] } = await lookAtFile(made);
    const kinds = differences.filter(({ kind }) => kind).map(({ path, kind, line }) => [kind, path, line]);
    assert.deepEqual(kinds.sort(), [
      ["foreign", '[[runners]] "out" (url https://gitlab.example.com, id 99)', lineOf("id = 99") - 3],
      ["invalid", "runners[0].docker.image", lineOf("image = 7")],
      ["missing", "runners.out", undefined],
      ["token", "runners.shell.runner.token", lineOf("canary")],
    ]);
    assert.ok(!readFileSync(reports, "utf8").includes("canary"));
  });

  for (const [words, args] of [
    ["of its own", {}],
    ["that others write, too", { ownership: "entries", stack: { id: "0123456789abcdef", name: "dev" } }],
  ] as const) {
    it(`the id of an entry, and a second entry of its runner, in a file ${words}`, async () => {
      const all = { path: file, ...args, runners: { docker, shell: { runner: runner(2), executor: "shell" } } };
      const made = await deliver(all);
      const text = readFileSync(file, "utf8");
      const entry = text.split(/(?=\[\[runners\]\])/).find((part) => part.includes('name = "docker"')) ?? "";
      writeFileSync(file, `${text}\n${entry.replace("privileged = false", "privileged = true")}`);
      edit({ "  id = 2\n": "" });
      const { differences = [], notices = [] } = await lookAtFile(made);
      assert.deepEqual(
        differences.map(({ path, declared, observed, kind }) => [path, declared, observed, kind]),
        [
          ["runners.shell.runner.id", 2, undefined, undefined],
          [
            '[[runners]] "docker" (url https://gitlab.example.com, id 1)',
            undefined,
            "present a second time",
            "foreign",
          ],
        ],
      );
      assert.deepEqual(
        [notices.length, /leaves the second entry/.test(notices.join())],
        "stack" in args ? [1, true] : [0, false],
      );
      edit({ 'token = "glrt-obviously-fake-2"': 'id = 0\n  token = "glrt-obviously-fake-2"' });
      const zero = (await lookAtFile(made)).differences?.[0];
      assert.deepEqual([zero?.path, zero?.observed, zero?.line], ["runners.shell.runner.id", 0, lineOf("id = 0")]);
      delete process.env[REPORT_VARIABLE];
      const { inputs } = await configToml.check(made.outs, all);
      await configToml.update(made.id, made.outs, inputs);
      assert.match(readFileSync(file, "utf8"), /^ {2}id = 2$/m);
    });
  }

  it("that a file is no TOML, and in which line", async () => {
    const made = await deliver({ concurrent: 4, runners: { docker } });
    edit({ "concurrent = 4": "concurrent = = 4" });
    const { differences = [] } = await lookAtFile(made);
    assert.deepEqual(
      differences.map(({ path, kind, line }) => [path, kind, line]),
      [["file", "invalid", lineOf("= =")]],
    );
  });

  const refusals: [what: string, args: Properties, edits: Record<string, string>, notice: RegExp | undefined][] = [
    [
      "an entry of nobody's",
      {},
      { "id = 1": "id = 99" },
      /does not replace the file: it holds entries .* Choose one: /,
    ],
    [
      "what is no TOML",
      {},
      { "concurrent = 4": "= 4" },
      /does not replace the file: it is not valid TOML .* Choose one: /,
    ],
    [
      "another owner",
      {},
      { "owner: ": "owner: 0", "concurrent = 4": "concurrent = 5" },
      /another ConfigToml .* has written/,
    ],
    ["what may be replaced", { replaceExisting: true }, { "concurrent = 4": "= 4" }, undefined],
    [
      "no TOML, and it shares the file",
      { ownership: "entries" },
      { "concurrent = 4": "= 4" },
      /leaves the file as it is/,
    ],
    ["another value", {}, { "concurrent = 4": "concurrent = 5" }, undefined],
  ];
  for (const [what, args, edits, notice] of refusals) {
    it(`${notice ? "what has to be done first" : "nothing to do first"}, where "pulumi up" would find ${what}`, async () => {
      const stack = { id: "0123456789abcdef", name: "dev" };
      const all = { path: file, concurrent: 4, runners: { docker }, stack, ...args };
      const made = await deliver(all);
      edit(edits);
      const { result, notices } = await lookAtFile(made);
      assert.equal(result, "drifted");
      assert.equal(notices?.length, notice ? 1 : 0);
      if (notice) assert.match(notices?.[0] ?? "", notice);
      delete process.env[REPORT_VARIABLE];
      const { inputs } = await configToml.check(made.outs, all);
      const update = configToml.update(made.id, made.outs, inputs);
      await (notice ? assert.rejects(update) : update);
    });
  }

  const tokens: [what: string, edits: Record<string, string>, isDrift: boolean][] = [
    ["its own newer one", { "glrt-obviously-fake-1": "glrt-canary", "2026-01-01T": "2026-01-20T" }, false],
    [
      "its own newer one, a second later",
      { "glrt-obviously-fake-1": "glrt-canary", "2026-01-01T00:00:00Z": "2026-01-01T00:00:01Z" },
      false,
    ],
    ["one of an earlier time", { "glrt-obviously-fake-1": "glrt-canary", "2026-01-01T": "2025-12-01T" }, true],
    ["one of the same time", { "glrt-obviously-fake-1": "glrt-canary" }, true],
    [
      "one without a time",
      { "glrt-obviously-fake-1": "glrt-canary", "  token_obtained_at = 2026-01-01T00:00:00Z\n": "" },
      true,
    ],
    ["none", { 'token = "glrt-obviously-fake-1"': 'token = ""', "2026-01-01T": "2026-01-20T" }, true],
    ["the same one with other times", { "2026-01-01T": "2026-01-20T" }, false],
  ];
  for (const [what, edits, isDrift] of tokens) {
    it(`${isDrift ? "of a token that we do not know" : "nothing"}, where GitLab Runner rotates its own and the file has ${what}`, async () => {
      // This process knows of each such runner in which file it is.
      const id = nextId++;
      const self = { ...runner(id, { selfRotation: true }), token: runner(1).token };
      const made = await deliver({ runners: { docker: { ...docker, runner: self } } });
      edit(edits);
      const { result, differences = [] } = await lookAtFile(made);
      assert.equal(result, isDrift ? "drifted" : "clean");
      assert.deepEqual(
        differences.map(({ path, kind }) => [path, kind]),
        isDrift ? [["runners.docker.runner.token", "token"]] : [],
      );
      assert.ok(!/canary|obviously-fake/.test(readFileSync(reports, "utf8")));
    });
  }

  it("what GitLab does not show to everybody, as not compared where it is not shown", async () => {
    const gitlab = await makeGitLab();
    useGitLab(gitlab);
    const noted = await make({ runnerType: "instance_type", maintenanceNote: "ours" });
    const plain = await make({ runnerType: "instance_type" });
    assert.deepEqual((await look(() => refresh(noted))).notices, []);
    const { id: userId } = gitlab.createUser({ username: "reader" });
    useGitLab({ url: gitlab.url, token: gitlab.createToken({ userId, scopes: ["read_api"] }).token });
    gitlab.runners.update(Number(noted.id), { maintenanceNote: "theirs" });
    const { result, notices = [] } = await look(() => refresh(noted));
    assert.equal(result, "clean");
    assert.match(notices.join(), /^maintenanceNote was not compared: GitLab shows none/);
    assert.deepEqual((await look(() => refresh(plain))).notices, []);
  });

  it("that a token is due for rotation, which is no drift", async () => {
    const gitlab = await makeGitLab();
    useGitLab(gitlab);
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const due = await make({ runnerType: "instance_type", identity: "due", initialTokenExpiresAt: inDays(10) });
    moveClock(9 * 86_400_000);
    const { result, identity, notices = [] } = await look(() => refresh(due));
    assert.deepEqual([result, identity], ["clean", "due"]);
    assert.match(notices.join(), /^its token will be reset by the next update: it expires at /);
    moveClock(0);
    assert.deepEqual((await look(() => refresh(due))).notices, []);
  });
});
