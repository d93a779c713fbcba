import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../support/folder.js";

const MAIN = join(__dirname, "../../provider/cli/main.js");

const CLEAN = `concurrent = 1
[[runners]]
name = "a"
url = "https://gitlab.example.com"
id = 1
token = "glrt-canary"
executor = "shell"
`;
const WARNED = `${CLEAN}[runners.machine]\nIdleCount = 1\n`;
const HARMFUL = `${CLEAN}limit = 2\n`;
const WRONG = `${CLEAN}limt = 2\n`;

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

function lint(folder: string, args: string[], input = ""): Promise<Run> {
  const child = spawn(process.execPath, [MAIN, "lint", ...args], { cwd: folder });
  const run: Run = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (run.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (run.stderr += text));
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...run, code })));
}

function makeFiles(files: Record<string, string>): string {
  const folder = makeFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("pulumi-gitlab-runner lint", () => {
  it("ends with 0 where there is nothing but advice, 2 on problems, 1 where a file could not be read", async () => {
    const folder = makeFiles({
      "clean.toml": CLEAN,
      "warned.toml": WARNED,
      "harmful.toml": HARMFUL,
      "wrong.toml": WRONG,
    });
    assert.deepEqual(await lint(folder, ["clean.toml"]), { code: 0, stdout: "", stderr: "" });
    const warned = await lint(folder, ["warned.toml"]);
    assert.equal(warned.code, 0);
    assert.match(warned.stdout, /^warned\.toml:8:10: warning: runners\[0\]\.machine .* \[unused-section\]$/m);
    assert.equal((await lint(folder, ["--strict", "warned.toml"])).code, 2);
    const harmful = await lint(folder, ["harmful.toml"]);
    assert.equal(harmful.code, 2);
    assert.match(harmful.stdout, /^harmful\.toml:8:1: harmful: runners\[0\]\.limit .* \[limit-above-concurrent\]$/m);
    const wrong = await lint(folder, ["clean.toml", "wrong.toml"]);
    assert.equal(wrong.code, 2);
    assert.match(
      wrong.stdout,
      /^wrong\.toml:8:1: error: runners\[0\]\.limt .*did you mean "limit"\? \[unknown-key\]$/m,
    );
    const missing = await lint(folder, ["nowhere.toml", "wrong.toml"]);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /nowhere\.toml cannot be read: there is no such file/);
    assert.match(missing.stdout, /wrong\.toml:8:1/, "the other file is looked at all the same");
  });

  it("reads standard input", async () => {
    const { code, stdout } = await lint(makeFolder(), ["-"], WRONG);
    assert.equal(code, 2);
    assert.match(stdout, /^stdin:8:1: error/);
  });

  it("prints JSON", async () => {
    const { stdout } = await lint(makeFiles({ "wrong.toml": WRONG }), ["--format", "json", "wrong.toml"]);
    const [first, ...rest] = JSON.parse(stdout) as Record<string, unknown>[];
    assert.equal(rest.length, 0);
    const { message, ...place } = first ?? {};
    assert.deepEqual(place, {
      rule: "unknown-key",
      severity: "error",
      path: "runners[0].limt",
      line: 8,
      column: 1,
      file: "wrong.toml",
    });
    assert.match(String(message), /limit/);
  });

  it("prints a Code Quality report whose fingerprints stay when lines and entries above come and go", async () => {
    const other = CLEAN.slice(CLEAN.indexOf("[["))
      .replace('"a"', '"z"')
      .replace("id = 1", "id = 9")
      .replace("glrt-", "glrt-z");
    const moved = `# one\n\nconcurrent = 2\n${other}${WRONG.slice(WRONG.indexOf("[["))}`;
    const report = async (text: string) => {
      const { stdout } = await lint(makeFiles({ "config.toml": text }), ["--format", "codequality", "./config.toml"]);
      return (JSON.parse(stdout) as Issue[]).filter(({ check_name }) => check_name === "unknown-key");
    };
    const [before] = await report(WRONG);
    const [after] = await report(moved);
    assert.deepEqual(Object.keys(before ?? {}), ["description", "check_name", "fingerprint", "severity", "location"]);
    assert.deepEqual(before?.location, { path: "config.toml", lines: { begin: 8 } });
    assert.deepEqual(after?.location, { path: "config.toml", lines: { begin: 16 } });
    assert.equal(before?.severity, "critical");
    assert.equal(after?.fingerprint, before?.fingerprint);
  });

  it("gives two equal problems two fingerprints, and an empty report where there is none", async () => {
    const twice = `${CLEAN}environment = ["canary", "canary"]\n${CLEAN.slice(CLEAN.indexOf("[["))}environment = ["canary"]\n`;
    const folder = makeFiles({ "twice.toml": twice, "clean.toml": CLEAN });
    const { stdout } = await lint(folder, ["--format", "codequality", "twice.toml"]);
    const issues = JSON.parse(stdout) as Issue[];
    assert.ok(issues.length >= 3);
    assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
    assert.doesNotMatch(stdout, /canary/);
    assert.equal((await lint(folder, ["--format", "codequality", "clean.toml"])).stdout, "[]\n");
  });

  it("names a format that it does not know, and asks for a file", async () => {
    const folder = makeFiles({ "clean.toml": CLEAN });
    const format = await lint(folder, ["--format", "xml", "clean.toml"]);
    assert.equal(format.code, 1);
    assert.match(format.stderr, /--format: choose one of text, json, codequality/);
    const none = await lint(folder, []);
    assert.equal(none.code, 1);
    assert.match(none.stderr, /lint needs a FILE/);
  });
});

interface Issue {
  check_name: string;
  fingerprint: string;
  severity: string;
  location: { path: string; lines: { begin: number } };
}
