import type { ReportedResource } from "./report.js";

/** Where a resource is, and where it is declared. */
export function describePlace(resource: ReportedResource): string {
  const { program } = resource;
  const declared = program ? [`declared in ${program.file}:${program.line}`] : [];
  return [describeObject(resource), ...declared].join("; ");
}

/** Where it is: the runner in GitLab, or the file. */
export function describeObject({ type, id, url, link, path, host }: ReportedResource): string {
  if (type === "Runner") return `runner ${id}${link || url ? `, ${link ?? url}` : ""}`;
  return `${path ?? "(content)"} on ${host ?? "this machine"}`;
}
