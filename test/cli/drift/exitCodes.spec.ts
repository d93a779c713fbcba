import assert from "node:assert/strict";
import { type StdioOptions, spawnSync } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../../provider/lifecycle/report.js";
import { makeFolder } from "../../support/folder.js";
import { type Stored, writeState } from "../../support/states.js";

const MAIN = join(__dirname, "../../../provider/cli/main.js");

/**
 * Stands in for a Pulumi CLI of any version: what is under test is what becomes of its exit code, and newer ones than the
 * one that the engine specs run cannot be had everywhere. It ends as it is told, after its provider told what it found.
 */
const PULUMI = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require("node:fs");
const [verb] = process.argv.slice(2);
if (verb === "stack") process.stdout.write(readFileSync(process.env.FAKE_STATE));
else {
  if (process.argv.includes("--expect-no-changes")) throw new Error("drift is no change of the program");
  appendFileSync(process.env.PULUMI_GITLAB_RUNNER_DRIFT_REPORT, process.env.FAKE_FINDINGS);
  if (process.env.FAKE_CODE === "1") process.stderr.write("error: words of Pulumi\\n");
  else process.stdout.write("@ previewing update....\\nDiagnostics:\\n  error: words of Pulumi\\n\\nResources:\\n    1 errored\\n");
  process.exit(Number(process.env.FAKE_CODE));
}
`;

const runner: Stored = { type: "Runner", name: "docker", id: "1", outputs: { runnerId: 1 } };
const clean: Finding = { type: "Runner", id: "1", result: "clean" };
const drifted: Finding = {
  ...clean,
  result: "drifted",
  differences: [{ path: "paused", declared: false, observed: true }],
};
const unknown: Finding = { ...clean, result: "unknown", reason: "GitLab is down" };

function drift(code: number, findings: readonly Finding[], stdout: "pipe" | number = "pipe") {
  const folder = makeFolder();
  writeFileSync(join(folder, "pulumi"), PULUMI, { mode: 0o755 });
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    FAKE_STATE: writeState([runner]),
    FAKE_FINDINGS: findings.map((finding) => `${JSON.stringify(finding)}\n`).join(""),
    FAKE_CODE: String(code),
  };
  const stdio: StdioOptions = ["ignore", stdout, "pipe"];
  return spawnSync(process.execPath, [MAIN, "drift"], { cwd: folder, env, stdio, encoding: "utf8" });
}

describe("the exit code of drift", () => {
  for (const [words, code, findings, expected] of [
    ["0 when all is as applied", 0, [clean], 0],
    ["2 for drift", 0, [drifted], 2],
    ["1 for what could not be read, drift or not", 0, [unknown], 1],
    ["1 for a resource of which nothing was told", 0, [], 1],
    ["1 when the preview failed, as all CLIs say it", 1, [clean], 1],
    ["1 when it failed, as CLIs before 3.227 say it", 255, [drifted], 1],
    ["1 when it failed, as CLIs from 3.227 on say it", 7, [drifted], 1],
  ] as const) {
    it(`is ${words}`, () => {
      const { status, stdout } = drift(code, findings);
      assert.equal(status, expected, stdout);
      const failure = /^the preview failed, so not all may be told:\nerror: words of Pulumi\n1 resources: /m;
      assert.equal(failure.test(stdout), code !== 0, stdout);
      if (findings[0] === drifted) assert.match(stdout, /^drifted {2}Runner docker: paused: applied false, now true/m);
    });
  }

  it("is 1, with the reason, where the report cannot be written to standard output", () => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = drift(0, [drifted], full);
    closeSync(full);
    assert.deepEqual(
      [status, stderr],
      [1, "pulumi-gitlab-runner: standard output: Error: ENOSPC: no space left on device, write\n"],
    );
  });
});
