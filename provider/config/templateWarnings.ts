import type { Path } from "../path.js";
import { isDropped } from "./executors.js";
import { leafAt, listLeaves } from "./leaves.js";
import { mergeTemplate, type Template } from "./template.js";
import { isTable, isZero, type Table, type Value } from "./value.js";

/** Where filling settings from a template may surprise. */
export interface TemplateWarning {
  /** Whether the path is one of the template, or one of the settings that it fills. */
  of: "template" | "setting";
  /** GitLab's keys: of the entry, or of the template's global section. */
  path: Path;
  message: string;
}

/** Of an entry, what a template cannot give. */
const NEVER_TAKEN: Readonly<Record<string, string>> = {
  token: "is ignored: a token never comes from a template",
  token_obtained_at: "is ignored: a token's times never come from a template",
  token_expires_at: "is ignored: a token's times never come from a template",
  name: "is ignored: an entry has its name before the template is merged",
};

/** Where filling settings from a template may surprise although registering does just that. */
export function warnOfTemplate(settings: Table, template: Template, executor: string): TemplateWarning[] {
  const { entry, ignored, unknown } = template;
  return [
    ...ignored.map((key) => warn([key], "is ignored: only the [[runners]] entry of a template counts")),
    ...unknown.map((path) => warn(path, "is ignored: GitLab Runner knows no such key")),
    ...warnOfNeverTaken(settings, entry),
    ...warnOfDropped(entry, executor),
    ...warnOfGivingWay(settings, entry, executor),
  ];
}

function warn(path: Path, message: string): TemplateWarning {
  return { of: "template", path, message };
}

function warnOfNeverTaken(settings: Table, entry: Table): TemplateWarning[] {
  const isTaken = (key: string) => key === "name" && settings.name === "";
  const keys = Object.keys(NEVER_TAKEN).filter((key) => entry[key] !== undefined && !isTaken(key));
  return keys.map((key) => warn([key], NEVER_TAKEN[key] ?? ""));
}

/** Sections that registering for the executor leaves out, as long as something is in them. */
function warnOfDropped(entry: Table, executor: string): TemplateWarning[] {
  const dropped = Object.entries(entry).filter(([key, value]) => isDropped(key, executor) && hasContent(value));
  return dropped.map(([key]) =>
    warn(
      [key],
      `is left out: ${key === "referees" ? "registering never keeps it" : `not for the executor ${executor}`}`,
    ),
  );
}

function hasContent(value: Value): boolean {
  return isTable(value) && listLeaves(value).some(({ value: leaf }) => !isTable(leaf));
}

/** Settings that are set, but to what counts as not set. */
function warnOfGivingWay(settings: Table, entry: Table, executor: string): TemplateWarning[] {
  const merged = mergeTemplate(settings, entry);
  const lost = listLeaves(settings).filter(({ path, value }) => {
    const after = leafAt(merged, path);
    const isTaken = isNothing(value) && after !== undefined && !isNothing(after);
    return isTaken && !isDropped(path[0] ?? "", executor);
  });
  return lost.map(({ path, value }) => ({
    of: "setting",
    path,
    message: `is set to ${describeNothing(value)}, which counts as not set: the template's value is taken`,
  }));
}

function isNothing(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isZero(value) || value === "0s";
}

function describeNothing(value: Value): string {
  if (Array.isArray(value)) return "an empty list";
  return value === "" ? "an empty text" : String(value);
}
