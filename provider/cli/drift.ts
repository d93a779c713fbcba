import { writeFile } from "node:fs/promises";
import { GitLabRunnerError } from "../errors.js";
import type { Command } from "./command.js";
import { FORMATS } from "./drift/formats.js";
import { type Evidence, judge } from "./drift/judge.js";
import { type DriftOptions, type Output, readOptions } from "./drift/options.js";
import { type Preview, previewRefresh } from "./drift/preview.js";
import type { DriftReport } from "./drift/report.js";
import { findProject, placesIn } from "./drift/repository.js";
import { exportStack } from "./drift/stackState.js";
import { makeLinesVisible } from "./visible.js";

export const drift: Command = {
  usage: "drift [--stack NAME] [--cwd FOLDER] [--ignore PATTERN]… [--format FORMAT [--output FILE]]…",
  about: [
    'Compares GitLab and every config.toml with what the last "pulumi up" applied; changes nothing.',
    'Runs "pulumi preview --refresh" in the Pulumi project of the folder (default: this one).',
    "Each difference is critical (no job is run any more, or a host is open to jobs that it was closed to), major (which jobs",
    "are run, where and how), minor (how much at once, how often), or info (words for people and logs).",
    "Exit code: 0 clean, 2 drift, 1 could not tell. Reports are written in each case.",
  ],
  options: [
    ["--stack NAME", "the stack; default: the selected one"],
    ["--cwd FOLDER", "the folder of the Pulumi project"],
    ["--ignore PATTERN", "differences that do not count, by RESOURCE.PATH as in the text report; * is any characters"],
    ["", "but a dot of the path, ** any at all, ? one: docker.description, *.maintenanceNote, host.runners.*.limit"],
    ["--format FORMAT", "text (default), json, markdown, junit, codequality or html; several, each with an --output"],
    ["--output FILE", "where the report of the --format before it goes; text goes to standard output all the same"],
  ],
  run: async (words) => checkDrift(readOptions(words)),
};

const EXIT_CODES = { clean: 0, unknown: 1, drifted: 2 } as const;

/**
 * Compares what the last `pulumi up` applied with GitLab and the files, by the engine's own refresh. A resource that no
 * `read` told of is unknown.
 */
async function checkDrift(options: DriftOptions): Promise<number> {
  const report = judge(await collect(options));
  const problems = await writeReports(report, options.outputs);
  const isSaid = options.outputs.some(({ format, file }) => format === "text" && file === undefined);
  if (report.problem !== undefined && !isSaid) problems.unshift(report.problem);
  for (const problem of problems) process.stderr.write(`pulumi-gitlab-runner: ${makeLinesVisible(problem)}\n`);
  return problems.length > 0 ? EXIT_CODES.unknown : EXIT_CODES[report.result];
}

/** A stack that cannot be read has a report, too: whoever waits for it learns why. */
async function collect({ stack, cwd, ignores }: DriftOptions): Promise<Evidence> {
  const common = { startedAt: new Date(), ignores, locate: placesIn(findProject(cwd)) };
  const target = { stack, cwd };
  try {
    const [state, preview] = await Promise.all([exportStack(target), previewRefresh(target)]);
    return { ...common, state, preview, problem: findProblem(preview) };
  } catch (error) {
    if (!(error instanceof GitLabRunnerError)) throw error;
    return { ...common, state: { stack, resources: [] }, problem: error.message };
  }
}

function findProblem({ run: { code, stdout, stderr } }: Preview): string | undefined {
  if (code === 0) return undefined;
  const words = stderr.trim() || pickDiagnostics(stdout).trim();
  return `the preview failed, so not all may be told:\n${words}`;
}

/** Of what a preview prints, what went wrong: without its progress, and without the sums that follow. */
function pickDiagnostics(stdout: string): string {
  const [, found = ""] = stdout.split(/^Diagnostics:\n/m);
  return found.split(/^(?:Policies|Outputs|Resources|Duration):/m)[0] || stdout;
}

/** What cannot be written does not keep the other reports from being written. */
async function writeReports(report: DriftReport, outputs: readonly Output[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { format, file } of outputs) {
    const text = FORMATS[format]?.(report) ?? "";
    try {
      await (file === undefined ? print(text) : writeFile(file, text));
    } catch (error) {
      problems.push(`${file === undefined ? "standard output" : "--output"}: ${String(error)}`);
    }
  }
  return problems;
}

/** A report may be larger than a pipe takes at once. */
function print(text: string): Promise<void> {
  return new Promise((done, fail) => {
    // A reader that went away is told a second time, as an event that would end the process.
    process.stdout.once("error", fail);
    process.stdout.write(text, (error) => (error ? fail(error) : done()));
  });
}
