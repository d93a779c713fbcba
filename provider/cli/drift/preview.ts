import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Finding, REPORT_VARIABLE } from "../../lifecycle/report.js";
import { type PulumiRun, type PulumiTarget, runPulumi } from "../pulumi.js";

/**
 * What makes the engine's work shorter where it writes nothing: it may compare resources side by side, and, as a program
 * in Go that lives for seconds, collect its garbage half as often. Whoever sets these keeps what they set.
 */
const QUICK_ENGINE = { PULUMI_PARALLEL_DIFF: "true", GOGC: "200" };

/** What each `read` told, and how the run ended. */
export interface Preview {
  run: PulumiRun;
  findings: Finding[];
}

/**
 * Lets the engine read everything, by a preview with refresh, so that no state is written. Each `read` adds its finding to a
 * private file, in a folder that only this user can open; it goes when the run is over.
 */
export async function previewRefresh(target: PulumiTarget): Promise<Preview> {
  const folder = await mkdtemp(join(tmpdir(), "gitlab-runner-drift-"));
  const file = join(folder, "report.jsonl");
  try {
    await writeFile(file, "", { mode: 0o600, flag: "wx" });
    const env = { ...QUICK_ENGINE, ...process.env, [REPORT_VARIABLE]: file };
    const run = await runPulumi(["preview", "--refresh"], { ...target, env });
    const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
    return { run, findings: lines.map((line) => JSON.parse(line) as Finding) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
