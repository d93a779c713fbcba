import { isDeepStrictEqual } from "node:util";
import { normalizeAddress } from "../address.js";
import { formatPath, type Path } from "../path.js";
import { type ConfigFile, describeEntry, matchEntries, readConfigFile } from "./file.js";
import { keepExtras } from "./load.js";
import { addLoadDefaults, dropZeros, reduceSetting } from "./normalize.js";
import { type Field, findByKey } from "./schema/field.js";
import type { TypeName } from "./schema/table.js";
import { isTable, type Table, type Value } from "./value.js";

/** One setting in which two config.toml files differ for the Runner; `undefined` where a file leaves it at its zero. */
export interface ConfigDifference {
  /** GitLab's keys; entries are numbered as in the first file, those of the second file alone come after. */
  path: string;
  one?: Value;
  other?: Value;
  /** Of an entry, what the Runner and GitLab write themselves: its id, token, and the token's times. */
  isRunnerOwned: boolean;
}

const RUNNER_OWNED = new Set(["id", "token", "token_obtained_at", "token_expires_at"]);

/**
 * Where two config.toml files differ in what they say to GitLab Runner. Layout, comments, order of keys and entries, the
 * case of keys and the writing of durations do not count; a key that is absent is a key that is zero, where the Runner
 * makes no difference. Keys that it does not know are compared as they stand.
 * @throws TomlSyntaxError where the Runner could not read a text either
 */
export function compareConfigs(one: string, other: string): ConfigDifference[] {
  const [first, second] = [readConfigFile(one), readConfigFile(other)];
  for (const { extras } of [first, second]) keepExtras(extras);
  const globals = compareValues(loadGlobals(first), loadGlobals(second), []);
  return [...globals, ...compareEntries(first.entries, second.entries)];
}

/** Whether two `[[runners]]` entries are the same to the Runner, credentials and all. */
export function isEqualEntry(one: Table, other: Table): boolean {
  return isDeepStrictEqual(reduceEntry(one), reduceEntry(other));
}

/** Whether a global setting is the same to the Runner; the path is by GitLab's keys. */
export function isEqualSetting(path: readonly string[], one: Value | undefined, other: Value | undefined): boolean {
  const field = findField(path);
  const reduced = (value: Value | undefined) => (field && value !== undefined ? reduceSetting(field, value) : value);
  return isDeepStrictEqual(reduced(one), reduced(other));
}

/** The field at a path; undefined for a member of a map. */
function findField(path: readonly string[]): Field | undefined {
  let type: TypeName | undefined = "GlobalConfiguration";
  let field: Field | undefined;
  for (const step of path) {
    field = type && findByKey(type, step);
    type = field?.type;
  }
  return field;
}

function loadGlobals({ globals }: ConfigFile): Table {
  return dropZeros("GlobalConfiguration", addLoadDefaults(globals));
}

/** The Runner takes a url with a final slash as the one without. */
function reduceEntry(entry: Table): Table {
  const reduced = dropZeros("RunnerConfiguration", entry);
  const address = typeof reduced.url === "string" ? normalizeAddress(reduced.url) : undefined;
  return typeof address === "string" ? { ...reduced, url: address } : reduced;
}

function compareEntries(first: readonly Table[], second: readonly Table[]): ConfigDifference[] {
  const partners = matchEntries(first, second);
  const shared = first.flatMap((entry, index) => {
    const partner = second[partners.get(index) ?? -1];
    return partner ? compareEntry(entry, partner, index) : [wholeEntry(index, { one: entry })];
  });
  const taken = new Set(partners.values());
  const added = second.filter((_, index) => !taken.has(index));
  return [...shared, ...added.map((entry, index) => wholeEntry(first.length + index, { other: entry }))];
}

function compareEntry(one: Table, other: Table, index: number): ConfigDifference[] {
  const differences = compareValues(reduceEntry(one), reduceEntry(other), ["runners", index]);
  return differences.map((difference) => ({ ...difference, isRunnerOwned: isRunnerOwned(difference.path) }));
}

function isRunnerOwned(path: string): boolean {
  return RUNNER_OWNED.has(/^runners\[\d+\]\.(\w+)$/.exec(path)?.[1] ?? "");
}

function wholeEntry(index: number, { one, other }: { one?: Table; other?: Table }): ConfigDifference {
  const names = { ...(one && { one: describeEntry(one) }), ...(other && { other: describeEntry(other) }) };
  return { path: formatPath(["runners", index]), ...names, isRunnerOwned: false };
}

function compareValues(one: Value | undefined, other: Value | undefined, path: Path): ConfigDifference[] {
  if (isDeepStrictEqual(one, other)) return [];
  if (isTable(one ?? {}) && isTable(other ?? {}) && (one !== undefined || other !== undefined)) {
    const [first, second] = [(one ?? {}) as Table, (other ?? {}) as Table];
    const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])];
    return keys.flatMap((key) => compareValues(first[key], second[key], [...path, key]));
  }
  return [{ path: formatPath(path), one, other, isRunnerOwned: false }];
}
