import type { Problem } from "../errors.js";
import { formatPath } from "../path.js";
import { isDropped } from "./executors.js";
import { leafAt, listLeaves } from "./leaves.js";
import { mergeTemplate, type Template } from "./template.js";
import { isTable, isZero, type Table, type Value } from "./value.js";

/** Of an entry, what a template cannot give. */
const NEVER_TAKEN: Readonly<Record<string, string>> = {
  token: "is ignored: a token never comes from a template",
  token_obtained_at: "is ignored: a token's times never come from a template",
  token_expires_at: "is ignored: a token's times never come from a template",
  name: "is ignored: the name is never empty, so the template's is not taken",
};

/**
 * Where filling settings from a template may surprise although registering does just that. Paths are of the entry, in
 * GitLab's keys; those of the template's global section stand alone.
 */
export function warnOfTemplate(settings: Table, template: Template, executor: string): Problem[] {
  return [
    ...template.ignored.map((path) => ({
      path,
      message: "is ignored: only the [[runners]] entry of a template counts",
    })),
    ...template.unknown.map((path) => ({ path, message: "is ignored: GitLab Runner knows no such key" })),
    ...warnOfNeverTaken(settings, template.entry),
    ...warnOfDropped(template.entry, executor),
    ...warnOfGivingWay(settings, template.entry, executor),
  ];
}

function warnOfNeverTaken(settings: Table, entry: Table): Problem[] {
  const keys = Object.keys(NEVER_TAKEN).filter(
    (key) => entry[key] !== undefined && (key !== "name" || settings.name !== ""),
  );
  return keys.map((path) => ({ path, message: NEVER_TAKEN[path] ?? "" }));
}

/** Sections that registering for the executor leaves out, as long as something is in them. */
export function warnOfDropped(entry: Table, executor: string): Problem[] {
  const dropped = Object.entries(entry).filter(([key, value]) => isDropped(key, executor) && hasContent(value));
  return dropped.map(([path]) => {
    const whose = path === "referees" ? "registering never keeps it" : `the executor ${executor} does not use it`;
    return { path, message: `is left out: ${whose}` };
  });
}

function hasContent(value: Value): boolean {
  return isTable(value) && listLeaves(value).some(({ value: leaf }) => !isTable(leaf));
}

function warnOfGivingWay(settings: Table, entry: Table, executor: string): Problem[] {
  const merged = mergeTemplate(settings, entry);
  const lost = listLeaves(settings).filter(({ path, value }) => {
    const after = leafAt(merged, path);
    return (
      !isDropped(path[0] ?? "", executor) && isSetToNothing(value) && after !== undefined && !isSetToNothing(after)
    );
  });
  return lost.map(({ path, value }) => ({
    path: formatPath(path),
    message: `is set to ${describeNothing(value)}, which counts as not set: the template's value is taken`,
  }));
}

function isSetToNothing(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isZero(value) || value === "0s";
}

function describeNothing(value: Value): string {
  if (Array.isArray(value)) return "an empty list";
  return value === "" ? "an empty text" : String(value);
}
