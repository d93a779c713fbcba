import { makeVisible, showValue } from "../visible.js";
import type { Counts, DriftReport, ReportedDifference, ReportedResource, Severity } from "./report.js";

/** The resource as a person names it. */
export function nameResource({ type, name }: Pick<ReportedResource, "type" | "name">): string {
  return makeVisible(`${type} ${name}`);
}

export function nameStack({ project, stack }: DriftReport): string {
  return makeVisible([project, stack].filter((name) => name !== undefined).join("/") || "the stack");
}

/** Whether it is a runner in GitLab, and no file. */
export function isRunner({ type }: Pick<ReportedResource, "type">): boolean {
  return type === "Runner" || type === "RunnerSet";
}

/** Where a resource is, and where it is declared. */
export function describePlace(resource: ReportedResource): string {
  const { program } = resource;
  const declared = program ? [`declared in ${program.file}:${program.line}`] : [];
  return makeVisible([describeObject(resource), ...declared].join("; "));
}

/** Where it is: the runner in GitLab, or the file. */
function describeObject({ type, id, url, link, path, host }: ReportedResource): string {
  if (isRunner({ type })) return `runner ${id}${link || url ? `, ${link ?? url}` : ""}`;
  return `${path ?? "(content)"} on ${host ?? "this machine"}`;
}

/** A difference in one line. */
export function describeDifference({ path, line, declared, observed }: ReportedDifference): string {
  const place = line === undefined ? "" : ` in line ${line}`;
  return `${makeVisible(path)}: applied ${showValue(declared)}, now ${showValue(observed)}${place}`;
}

export const GONE = "it is no longer there";

export function listCounting({ differences }: ReportedResource): ReportedDifference[] {
  return differences.filter(({ isIgnored }) => !isIgnored);
}

export function listIgnored({ differences }: ReportedResource): ReportedDifference[] {
  return differences.filter(({ isIgnored }) => isIgnored);
}

/** What there is to do something about. */
export function needsAttention({ result }: ReportedResource): boolean {
  return result !== "clean";
}

const SEVERITIES: readonly Severity[] = ["critical", "major", "minor", "info"];

/** What matters most comes first; among equals the order of the stack stays. */
export function sortByWeight(resources: readonly ReportedResource[]): ReportedResource[] {
  return [...resources].sort((one, other) => weigh(one) - weigh(other));
}

/** The less, the worse; what is gone takes no job, either, and what nobody knows is worse than words that changed. */
function weigh(resource: ReportedResource): number {
  if (resource.result === "gone") return 0;
  if (resource.result === "unknown") return SEVERITIES.indexOf("major");
  const ranks = listCounting(resource).map(({ severity }) => SEVERITIES.indexOf(severity));
  return Math.min(SEVERITIES.length, ...ranks);
}

/** How all is mended, where that is more than the one way that a resource has. */
export function describeMending({ mend, resources }: DriftReport): string | undefined {
  const single = resources.filter((resource) => resource.mend !== undefined);
  return single.length > 1 ? mend : undefined;
}

/** What goes with it when all is mended. */
export const MENDS_ALL = "rolls out changes of the program, too";

export function countThings(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

/** The result in a sentence. */
export function conclude({ result, counts: { resources, drifted, gone, unknown } }: DriftReport): string {
  const off = drifted + gone;
  const found = `${off} of ${countThings(resources, "resource")} ${off === 1 ? "is" : "are"} not as applied`;
  if (result === "drifted") return found;
  if (result === "clean")
    return resources === 1 ? "The one resource is as applied" : `All ${resources} resources are as applied`;
  const missing = unknown > 0 ? `${countThings(unknown, "resource")} could not be read` : "the run could not tell all";
  return off > 0 ? `${found}; ${missing}` : capitalize(missing);
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function summarize({ resources, clean, drifted, gone, unknown, ignored }: Counts): string {
  const rest = ignored === 0 ? "" : `; ${countThings(ignored, "difference")} ignored`;
  return `${resources} resources: ${clean} clean, ${drifted} drifted, ${gone} gone, ${unknown} unknown${rest}`;
}
