import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { GitLabRunnerError } from "../errors.js";
import { type Finding, REPORT_VARIABLE } from "../lifecycle/report.js";
import { placeInSet } from "../lifecycle/runner/reference.js";
import type { Command } from "./command.js";
import { type PulumiRun, type PulumiTarget, runPulumi } from "./pulumi.js";

export const drift: Command = {
  usage: "drift [--stack NAME] [--cwd FOLDER]",
  about: [
    'Compares GitLab and every config.toml with what the last "pulumi up" applied; changes nothing.',
    'Runs "pulumi preview --refresh" in the Pulumi project of the folder (default: this one).',
    "Exit code: 0 clean, 2 drift, 1 could not tell.",
  ],
  options: [
    ["--stack NAME", "the stack; default: the selected one"],
    ["--cwd FOLDER", "the folder of the Pulumi project"],
  ],
  run: async (words) => {
    const options = { stack: { type: "string" }, cwd: { type: "string" } } as const;
    const { values } = parseArgs({ args: words, options });
    return checkDrift({ stack: values.stack, cwd: values.cwd ?? process.cwd(), print: (line) => console.log(line) });
  },
};

/** One of our resources in a stack's state; of a RunnerSet, each item. */
interface StateResource {
  name: string;
  type: string;
  id: string;
  url?: string;
  item?: string;
}

interface DriftOptions extends PulumiTarget {
  print: (line: string) => void;
}

/** Exit codes of `drift`. */
const CLEAN = 0;
const UNTOLD = 1;
const DRIFTED = 2;

/**
 * Compares what the last `pulumi up` applied with GitLab and the files, by the engine's own refresh: a preview, so that
 * no state is written. Each `read` adds its finding to a private file; a resource without one is unknown.
 */
async function checkDrift({ print, ...target }: DriftOptions): Promise<number> {
  const resources = listResources(await exportState(target));
  const { run, findings } = await previewRefresh(target);
  const told = resources.map((resource) => ({ resource, finding: findFor(resource, findings) }));
  for (const { resource, finding } of told) for (const line of describe(resource, finding)) print(line);
  if (run.code !== 0) print(`the preview failed, so not all may be told:\n${run.stderr.trim() || run.stdout.trim()}`);
  print(summarize(told.map(({ finding }) => finding.result)));
  const results = new Set(told.map(({ finding }) => finding.result));
  if (run.code !== 0 || results.has("unknown")) return UNTOLD;
  return results.has("drifted") || results.has("gone") ? DRIFTED : CLEAN;
}

async function exportState(target: PulumiTarget): Promise<string> {
  const run = await runPulumi(["stack", "export"], target);
  if (run.code !== 0) throw new GitLabRunnerError(`the stack's state cannot be read: ${run.stderr.trim()}`);
  return run.stdout;
}

interface Deployment {
  deployment: { resources?: RawResource[] };
}

interface RawResource {
  urn: string;
  type: string;
  id?: string;
  external?: boolean;
  delete?: boolean;
  outputs?: { url?: string; runners?: Record<string, unknown> };
}

/** A stack's identity is in state only: it cannot drift. */
const TYPE = /^pulumi-nodejs:dynamic\/gitlab-runner:(?!StackIdentity$)(\w+)$/;

function listResources(state: string): StateResource[] {
  const { deployment } = JSON.parse(state) as Deployment;
  const ours = (deployment.resources ?? []).filter(
    ({ type, external, delete: old }) => TYPE.test(type) && !external && !old,
  );
  return ours.flatMap(({ urn, type, id = "", outputs }) => {
    const name = urn.split("::").slice(3).join("::");
    const resource = { name, type: TYPE.exec(type)?.[1] ?? type, id, url: outputs?.url };
    return resource.type === "RunnerSet" ? listItems(resource, Object.keys(outputs?.runners ?? {})) : [resource];
  });
}

function listItems(set: StateResource, items: readonly string[]): StateResource[] {
  if (items.length === 0) return [set];
  return items.map((item) => ({ ...set, name: placeInSet(set.name, item), item }));
}

/** The file lies in a folder that only this user can open, and goes when the run is over. */
async function previewRefresh(target: PulumiTarget): Promise<{ run: PulumiRun; findings: Finding[] }> {
  const folder = await mkdtemp(join(tmpdir(), "gitlab-runner-drift-"));
  const file = join(folder, "report.jsonl");
  try {
    await writeFile(file, "", { mode: 0o600, flag: "wx" });
    const run = await runPulumi(["preview", "--refresh"], { ...target, env: { [REPORT_VARIABLE]: file } });
    const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
    return { run, findings: lines.map((line) => JSON.parse(line) as Finding) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An id counts up in each GitLab, so a runner is told by its address too. */
function findFor({ type, id, url, item }: StateResource, findings: readonly Finding[]): Finding {
  const isIt = (finding: Finding) =>
    finding.type === type && finding.id === id && finding.url === url && finding.item === item;
  const reason = "it was not read: look at the preview";
  return findings.find(isIt) ?? { type, id, url, result: "unknown", reason };
}

function describe({ name, type }: StateResource, finding: Finding): string[] {
  const label = `${type} ${name}`;
  if (finding.result === "gone") return [`gone     ${label}: it is no longer there`];
  if (finding.result === "unknown") return [`unknown  ${label}: ${finding.reason}`];
  return (finding.differences ?? []).map(
    ({ path, declared, observed }) => `drifted  ${label}: ${path}: applied ${show(declared)}, now ${show(observed)}`,
  );
}

function show(value: unknown): string {
  return value === undefined ? "(not set)" : JSON.stringify(value);
}

function summarize(results: readonly Finding["result"][]): string {
  const kinds = ["clean", "drifted", "gone", "unknown"] as const;
  const counts = kinds.map((kind) => `${results.filter((result) => result === kind).length} ${kind}`);
  return `${results.length} resources: ${counts.join(", ")}`;
}
