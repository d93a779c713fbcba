import { formatPath, type Path } from "../../path.js";

/** What Pulumi writes for a secret, and for a value that is known only after the run. */
const SECRET = "[secret]";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const KNOWN_LATER = "[known after up]";

/** Whether a value stands for one that is not shown. */
export function isMark(value: unknown): value is string {
  return typeof value === "string" && MARK.test(value);
}

const MARK = /^\[(secret(, version \d+)?|known after up)\]$/;

export function hasMark(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return isMark(value);
  return Object.values(value).some(hasMark);
}

/** Inputs as a preview prints them, with a mark in each place that it hides; a secret that changed has another version. */
export function markHidden(inputs: Record<string, unknown>): Record<string, unknown> {
  const versions = (inputs.secretVersions ?? {}) as Record<string, unknown>;
  return visit(inputs, [], versions) as Record<string, unknown>;
}

function visit(value: unknown, path: Path, versions: Record<string, unknown>): unknown {
  if (value === UNKNOWN) return KNOWN_LATER;
  if (value === SECRET) {
    const version = versions[path[0] === "secretItems" ? String(path[1]) : formatPath(path)];
    return typeof version === "number" ? `[secret, version ${version}]` : SECRET;
  }
  if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index], versions));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, [...path, key], versions)]));
}
