import type { Difference, Finding } from "../../lifecycle/report.js";
import { redactTokens } from "../../secrets.js";
import { groupBy } from "../groupBy.js";
import type { Ignore } from "./ignore.js";
import { adviseMending, adviseMendingAll } from "./mend.js";
import type { Preview } from "./preview.js";
import type { Counts, DriftReport, Place, ReportedDifference, ReportedResource } from "./report.js";
import { judgeSeverity } from "./severity.js";
import type { StackState, StateResource } from "./stackState.js";

/** All that a report is made of. */
export interface Evidence {
  startedAt: Date;
  state: StackState;
  /** Absent where the stack could not be read. */
  preview?: Preview;
  problem?: string;
  ignores: readonly Ignore[];
  /** A place in the Pulumi project as the repository names it. */
  locate: (place: Place) => Place;
}

/** Joins what was found with what the stack has, and judges it. */
export function judge({ startedAt, state, preview, ignores, locate, ...told }: Evidence): DriftReport {
  const problem = told.problem === undefined ? undefined : redactTokens(told.problem);
  const find = indexFindings(preview?.findings ?? []);
  const used = new Set<Ignore>();
  const resources = state.resources.map((resource) => {
    const judged = judgeResource(resource, { finding: find(resource), ignores, used });
    const { place, identity, isPending, ...known } = resource;
    const mend = adviseMending({ ...judged, urn: resource.urn }, state.stack);
    return { ...known, program: place && locate(place), ...judged, mend };
  });
  const counts = count(resources);
  return {
    schemaVersion: 1,
    project: state.project,
    stack: state.stack,
    projectFile: locate({ file: "Pulumi.yaml", line: 1 }).file,
    startedAt: startedAt.toISOString(),
    result: conclude(counts, problem),
    counts,
    problem,
    mend: adviseMendingAll(
      resources.map(({ mend }) => mend),
      state.stack,
    ),
    unusedIgnores: ignores.filter((ignore) => !used.has(ignore)).map(({ pattern }) => pattern),
    resources,
  };
}

type Found = Pick<Finding, "type" | "id" | "url" | "identity">;

/** Several resources may have one runner, and an id counts up in each GitLab. What either side does not tell is no reason against it. */
function indexFindings(findings: readonly Finding[]): (resource: StateResource) => Finding | undefined {
  const keyOf = ({ type, id }: Found) => JSON.stringify([type, id]);
  const known = groupBy(findings, keyOf);
  const agree = (one?: string, other?: string) => one === undefined || other === undefined || one === other;
  const isOf = (one: Found, other: Found) => agree(one.url, other.url) && agree(one.identity, other.identity);
  return (resource) => known.get(keyOf(resource))?.find((finding) => isOf(finding, resource));
}

interface Facts {
  finding?: Finding;
  ignores: readonly Ignore[];
  used: Set<Ignore>;
}

type Judgement = Pick<ReportedResource, "result" | "reason" | "notices" | "differences">;

const PENDING =
  'a "pulumi up" was interrupted while it made it, or is at it: run "pulumi up", then look again; where the program has it ' +
  'no more, "pulumi refresh --clear-pending-creates"';

function judgeResource({ name, isPending }: StateResource, { finding, ignores, used }: Facts): Judgement {
  if (isPending) return { result: "unknown", reason: PENDING, notices: [], differences: [] };
  if (!finding) {
    return { result: "unknown", reason: "it was not read: look at the preview", notices: [], differences: [] };
  }
  const differences = (finding.differences ?? []).map((difference) => {
    const matching = ignores.filter(({ matches }) => matches(name, difference.path));
    for (const ignore of matching) used.add(ignore);
    return judgeDifference(difference, matching.length > 0);
  });
  const { reason, notices = [] } = finding;
  const isClean = finding.result === "drifted" && differences.every(({ isIgnored }) => isIgnored);
  return { result: isClean ? "clean" : finding.result, reason, notices, differences };
}

function judgeDifference(difference: Difference, isIgnored: boolean): ReportedDifference {
  const { path, line } = difference;
  const [declared, observed] = [withoutTokens(difference.declared), withoutTokens(difference.observed)];
  const severity = judgeSeverity(difference);
  return { path, declared, observed, severity, line, ...(isIgnored && { isIgnored }) };
}

/** Somebody may have put a token into a note or a script: a report is read by more people than that. */
function withoutTokens(value: unknown): unknown {
  if (typeof value === "string") return redactTokens(value);
  if (Array.isArray(value)) return value.map(withoutTokens);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutTokens(item)]));
}

function count(resources: readonly ReportedResource[]): Counts {
  const having = (result: ReportedResource["result"]) =>
    resources.filter((resource) => resource.result === result).length;
  const all = resources.flatMap(({ differences }) => differences);
  const ignored = all.filter(({ isIgnored }) => isIgnored).length;
  return {
    resources: resources.length,
    clean: having("clean"),
    drifted: having("drifted"),
    gone: having("gone"),
    unknown: having("unknown"),
    differences: all.length - ignored,
    ignored,
  };
}

function conclude({ drifted, gone, unknown }: Counts, problem: string | undefined): DriftReport["result"] {
  if (problem !== undefined || unknown > 0) return "unknown";
  return drifted + gone > 0 ? "drifted" : "clean";
}
