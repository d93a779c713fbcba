import { findByArgument } from "../config/schema/field.js";
import type { TypeName } from "../config/schema/table.js";
import { formatPath, type Path } from "../path.js";
import type { Properties } from "./method.js";

const told = new Set<string>();

/** Warns of each argument whose key GitLab Runner calls deprecated; once in a process, as `check` runs more than once. */
export function warnDeprecated(inputs: Properties): void {
  for (const message of describeDeprecated(inputs)) {
    if (told.has(message)) continue;
    told.add(message);
    console.warn(message);
  }
}

/** What the warnings say: the path of the argument, and what to use instead. */
export function describeDeprecated({ runners, ...globals }: Properties): string[] {
  const entries = isTable(runners) ? Object.entries(runners) : [];
  return [
    ...inTable("GlobalConfiguration", globals, []),
    ...entries.flatMap(([key, entry]) => inTable("RunnerConfiguration", entry, ["runners", key])),
  ];
}

function inTable(type: TypeName, table: unknown, path: Path): string[] {
  if (!isTable(table)) return [];
  return Object.entries(table).flatMap(([argument, value]) => {
    const field = findByArgument(type, argument);
    if (!field || value === undefined || value === null) return [];
    const place = [...path, argument];
    const own = field.deprecated ? [`${formatPath(place)} is deprecated in GitLab Runner: ${field.deprecated}`] : [];
    return [...own, ...(field.type ? inTables(field.type, value, place) : [])];
  });
}

function inTables(type: TypeName, value: unknown, path: Path): string[] {
  if (!Array.isArray(value)) return inTable(type, value, path);
  return value.flatMap((item, index) => inTable(type, item, [...path, index]));
}

function isTable(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
