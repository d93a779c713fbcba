import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseToml } from "../../provider/config/toml.js";
import type { Table } from "../../provider/config/value.js";
import { makeFolder } from "../support/folder.js";
import { readRuns } from "../support/registerRuns.js";

const MAIN = join(__dirname, "../../provider/cli/main.js");

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Around {
  folder?: string;
  env?: Record<string, string>;
  input?: string;
}

/** The real command, with nothing inherited but PATH. */
function render(args: string[], { folder = makeFolder(), env = {}, input = "" }: Around = {}): Promise<Run> {
  const child = spawn(process.execPath, [MAIN, "render", ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
  });
  const run: Run = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (run.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (run.stderr += text));
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...run, code })));
}

function entryOf(text: string): Table {
  return (parseToml(text).runners as Table[]).at(-1) ?? {};
}

const WORDS = ["--url", "https://gitlab.example.com", "--token", "glrt-fake", "--name", "r", "--executor", "shell"];
const SILENT = ["-n", ...WORDS];
const ID = ["--runner-id", "42"];
const ANSWER = [...ID, "--token-obtained-at", "2026-01-02T03:04:05Z", "--hostname", "HOSTNAME"];

describe("pulumi-gitlab-runner render", () => {
  const samples = [
    "001-shell-minimal",
    "017-docker-common-flags",
    "051-env-flag-precedence",
    "121-tpl-k8s-volumes-all",
    "189-existing-roundtrip",
    "191-existing-sentry-env",
  ];
  for (const run of readRuns().filter(({ name }) => samples.includes(name))) {
    it(`prints ${run.name} byte for byte, and writes nothing`, async () => {
      const before = run.before === undefined ? [] : ["--config", "before.toml"];
      const files = readdirSync(run.folder);
      const { code, stdout } = await render([...ANSWER, ...before, "--", ...run.args], {
        folder: run.folder,
        env: run.env,
      });
      assert.deepEqual([code, stdout], [0, run.after]);
      assert.deepEqual(readdirSync(run.folder), files);
    });
  }

  it("counts the file that register's own --config or CONFIG_FILE names as existing, and leaves it as it is", async () => {
    const folder = makeFolder();
    const text = "concurrent = 9 # ours\n";
    writeFileSync(join(folder, "config.toml"), text);
    const named = await render([...ID, "--", ...SILENT, "-c", "config.toml"], { folder });
    const byVariable = await render([...ID, "--", ...SILENT], { folder, env: { CONFIG_FILE: "config.toml" } });
    const option = await render([...ID, "--config", "other.toml", "--", ...SILENT, "-c", "config.toml"], { folder });
    assert.deepEqual(
      [named, byVariable, option].map(({ stdout }) => parseToml(stdout).concurrent),
      [9n, 9n, 1n],
    );
    assert.equal(readFileSync(join(folder, "config.toml"), "utf8"), text);
  });

  it("takes answers from standard input where register would ask, and only there", async () => {
    const asked = await render([...ID, "--", "register"], { input: "https://g.example\nglrt-typed\nmy name\nshell\n" });
    const { url, token, name, executor } = entryOf(asked.stdout);
    assert.deepEqual([url, token, name, executor], ["https://g.example", "glrt-typed", "my name", "shell"]);
    const silent = await render([...ID, "--", ...SILENT], { input: "https://g.example\n" });
    assert.equal(entryOf(silent.stdout).url, "https://gitlab.example.com");
  });

  it("exchanges a registration token for the issued one, with the times that are given", async () => {
    const words = ["-n", "--url", "https://g.example", "--name", "r", "--executor", "shell"];
    const times = ["--token-obtained-at", "2026-01-02T03:04:05Z", "--token-expires-at", "2030-01-02T03:04:05.000Z"];
    const options = ["--runner-id", "77", "--issued-token", "fake-issued", ...times, "--"];
    const { stdout, stderr } = await render([...options, ...words], {
      env: { REGISTRATION_TOKEN: "fake-registration" },
    });
    const { id, token } = entryOf(stdout);
    assert.deepEqual([id, token], [77n, "fake-issued"]);
    assert.match(stdout, /token_obtained_at = 2026-01-02T03:04:05Z\n {2}token_expires_at = 2030-01-02T03:04:05Z\n/);
    assert.match(stderr, /^warning: --registration-token: /m);
  });

  it("warns and explains on standard error, and shows no value there", async () => {
    const words = [...SILENT, "--env", "PASSWORD=SECRET", "--limit", "3"];
    const { stdout, stderr } = await render([...ID, "--explain", "--", ...words]);
    assert.match(stderr, /^warning: limit: is above the global concurrent/m);
    assert.match(stderr, /^environment +flag --env$/m);
    assert.match(stderr, /^id +GitLab's answer$/m);
    assert.ok(!/SECRET|glrt-fake/.test(stderr));
    assert.equal(entryOf(stdout).limit, 3n);
  });

  const failing: [title: string, args: string[], message: RegExp][] = [
    ["no words", ["--runner-id", "1"], /come behind "--"/],
    ["words before --", ["SECRET", "--", ...SILENT], /come behind "--"/],
    ["an unknown option", ["--id", "1", "--", ...SILENT], /--id/],
    [
      "a wrong number and a wrong time, both at once",
      ["--runner-id", "SECRET", "--token-expires-at", "SECRET", "--", ...SILENT],
      /--runner-id: .*\n--token-expires-at: /,
    ],
    ["a missing number", ["--", ...SILENT], /--runner-id: give GitLab's number/],
    [
      "a missing issued token",
      [...ID, "--", "-n", "--url", "https://g.example", "-r", "SECRET", "--name", "r"],
      /--issued-token: give/,
    ],
    [
      "flags that register refuses",
      [...ID, "--", ...SILENT, "--limit", "SECRET"],
      /register would refuse this: --limit: /,
    ],
    [
      "a missing value",
      [...ID, "--", ...SILENT.slice(0, -1), "docker"],
      /register would fail: register needs the default docker image/,
    ],
    ["a missing template", [...ID, "--", ...SILENT, "--template-config", "t.toml"], /there is no file "t\.toml"/],
    [
      "a folder in place of the file",
      [...ID, "--config", ".", "--", ...SILENT],
      /--config: "\." cannot be read: EISDIR/,
    ],
  ];
  for (const [title, args, message] of failing) {
    it(`ends with 1 for ${title}, and prints nothing on standard output`, async () => {
      const { code, stdout, stderr } = await render(args);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, message);
      assert.ok(!stderr.includes("SECRET"), stderr);
    });
  }
});
