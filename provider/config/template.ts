import { type Problem, TomlSyntaxError } from "../errors.js";
import type { Path } from "../path.js";
import { type Loaded, loadTable } from "./load.js";
import { checkLoaded } from "./loadChecks.js";
import { type Field, findByKey } from "./schema/field.js";
import type { TypeName } from "./schema/table.js";
import { parseToml } from "./toml.js";
import { isTable, isZero, type Table, type Value } from "./value.js";

/** A configuration template, read: its one `[[runners]]` entry, or why it cannot be used. */
export interface Template {
  entry: Table;
  problems: Problem[];
  /** Settings outside of `[[runners]]`, which registering ignores. */
  ignored: string[];
  /** Keys that the Runner does not know. */
  unknown: Path[];
}

/**
 * Reads what `gitlab-runner register --template-config` takes: a TOML text with exactly one `[[runners]]`.
 * @see https://docs.gitlab.com/runner/register/#register-with-a-configuration-template
 */
export function readTemplate(text: string): Template {
  const parsed = parseOrExplain(text);
  if ("message" in parsed) return refuse(parsed.message);
  const loaded = loadTable("GlobalConfiguration", parsed.table);
  const entries = (loaded.table.runners ?? []) as Table[];
  const problems = [...loaded.problems];
  if (problems.length === 0) problems.push(...checkLoaded(loaded.table));
  if (entries.length !== 1 && problems.length === 0) {
    const count = entries.length === 0 ? "none" : String(entries.length);
    problems.push({ path: "", message: `needs exactly one [[runners]] entry and has ${count}` });
  }
  const ignored = Object.keys(loaded.table).filter((key) => key !== "runners");
  return { entry: entries[0] ?? {}, problems, ignored, unknown: listUnknown(loaded) };
}

function listUnknown({ remarks }: Loaded): Path[] {
  return remarks.filter(({ kind }) => kind === "unknown").map(({ path }) => path);
}

function refuse(message: string): Template {
  return { entry: {}, problems: [{ path: "", message }], ignored: [], unknown: [] };
}

function parseOrExplain(text: string): { table: Table } | { message: string } {
  try {
    return { table: parseToml(text) };
  } catch (error) {
    if (error instanceof TomlSyntaxError) return { message: `is not valid TOML: ${error.message}` };
    throw error;
  }
}

/**
 * What a template adds to a runner configuration, by the rule of `gitlab-runner register`: it fills what is empty.
 * Empty is `""`, zero, `false`, an absent or empty list, and so on at any depth; so an explicit `false` does not win
 * over a template's `true`. Lists are taken whole or not at all, maps key by key. A token never comes from a template,
 * and its times neither; a name only where the entry has none.
 */
export function mergeTemplate(entry: Table, template: Table): Table {
  const { token, token_obtained_at, token_expires_at, ...settings } = template;
  return mergeTables("RunnerConfiguration", entry, settings);
}

function mergeTables(type: TypeName, target: Table, source: Table): Table {
  const merged: Table = { ...target };
  for (const [key, value] of Object.entries(source)) {
    const field = findByKey(type, key);
    if (!field) continue;
    const result = mergeField(field, target[key], value);
    if (result !== undefined) merged[key] = result;
  }
  return merged;
}

function mergeField(field: Field, target: Value | undefined, source: Value): Value | undefined {
  if (field.type && isTable(source)) return mergeTable(field, field.type, target as Table | undefined, source);
  if (field.kind.startsWith("map<")) return mergeMaps((target ?? {}) as Table, source as Table);
  // Behind a pointer, "set to zero" is a setting; it fills what is not set, and gives way to what is.
  if (target === undefined && field.pointer) return source;
  if (isEmpty(source)) return target;
  return target === undefined || isEmpty(target) ? source : target;
}

/** A pointer table that the runner lacks is copied as it is, its empty lists too; a value table is always there. */
function mergeTable(field: Field, type: TypeName, target: Table | undefined, source: Table): Table {
  if (target === undefined && field.pointer) return source;
  return mergeTables(type, target ?? {}, source);
}

function mergeMaps(target: Table, source: Table): Table {
  // Keys are free here, and may be named like what every object has.
  const merged = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(source)) {
    const present = merged.get(key);
    if (present !== undefined && isTable(present) && isTable(value)) merged.set(key, mergeMaps(present, value));
    else if (present === undefined || isEmpty(present)) merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

function isEmpty(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isTable(value)) return Object.keys(value).length === 0;
  return isZero(value) || value === "0s";
}
