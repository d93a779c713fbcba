import assert from "node:assert/strict";
import { chmodSync, linkSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Finding, REPORT_VARIABLE, report } from "../../provider/lifecycle/report.js";
import * as runner from "../../provider/lifecycle/runner.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";

const FINDING: Finding = { type: "Runner", id: "7", result: "clean" };

describe("the drift report", () => {
  let file: string;

  beforeEach(() => {
    file = join(makeFolder(), "report");
    writeFileSync(file, "", { mode: 0o600 });
  });
  afterEach(() => {
    delete process.env[REPORT_VARIABLE];
  });

  const findings = () =>
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Finding);

  it("gets a line for each finding, and nothing when no run asked for it", () => {
    report(FINDING);
    assert.equal(readFileSync(file, "utf8"), "");
    process.env[REPORT_VARIABLE] = file;
    report(FINDING);
    report({ ...FINDING, id: "8" });
    assert.deepEqual(
      findings().map(({ id }) => id),
      ["7", "8"],
    );
  });

  const refused: [string, (folder: string) => void][] = [
    ["a missing file", () => undefined],
    ["a symbolic link", (folder) => symlinkSync(file, join(folder, "other"))],
    ["a file with a second name", (folder) => linkSync(file, join(folder, "other"))],
    [
      "a file that others may read",
      (folder) => {
        writeFileSync(join(folder, "other"), "");
        chmodSync(join(folder, "other"), 0o644);
      },
    ],
  ];
  for (const [what, make] of refused) {
    it(`never goes to ${what}`, () => {
      const folder = makeFolder();
      make(folder);
      process.env[REPORT_VARIABLE] = join(folder, "other");
      assert.throws(() => report(FINDING));
      assert.equal(readFileSync(file, "utf8"), "");
    });
  }

  it("is told what drifted, what is gone, and what could not be told, and the run goes on", async () => {
    const gitlab = await makeGitLab();
    useGitLab(gitlab);
    const { inputs } = await runner.check({}, { runnerType: "instance_type", description: "mine" });
    const { id, outs } = (await runner.create(inputs)) as unknown as { id: string; outs: Record<string, unknown> };
    process.env[REPORT_VARIABLE] = file;
    gitlab.runners.update(1, { description: `holds ${outs.token}`, paused: true });
    await runner.read(id, outs);
    gitlab.faults.add({
      method: "GET",
      path: "/api/v4/runners/1",
      kind: "reply",
      status: 401,
      body: { message: "401 Unauthorized" },
    });
    assert.equal((await runner.read(id, outs)).id, id);
    gitlab.runners.remove(1);
    assert.equal((await runner.read(id, outs)).id, "");
    const [drifted, unknown, gone] = findings();
    assert.deepEqual(
      drifted?.differences?.map(({ path, declared }) => [path, declared]),
      [
        ["description", "mine"],
        ["paused", false],
      ],
    );
    assert.match(String(drifted?.differences?.[0]?.observed), /^hmac-sha256:/);
    assert.deepEqual([unknown?.result, gone?.result], ["unknown", "gone"]);
    assert.match(unknown?.reason ?? "", /401/);
    assert.ok(!readFileSync(file, "utf8").includes(String(outs.token)));
  });

  it("is told that a runner whose creation was not finished cannot be judged", async () => {
    const gitlab = await makeGitLab();
    useGitLab(gitlab);
    const { inputs } = await runner.check({}, { runnerType: "instance_type" });
    const made = (await runner.create(inputs)) as unknown as { id: string; outs: Record<string, unknown> };
    const { applied, ...unfinished } = made.outs;
    process.env[REPORT_VARIABLE] = file;
    await runner.read(made.id, unfinished);
    assert.deepEqual(
      findings().map(({ result, reason }) => [result, reason]),
      [["unknown", 'its creation was not finished: run "pulumi up", then look again']],
    );
  });
});
