import type { Path } from "../../path.js";
import type { Field } from "../schema/field.js";
import { KEY_TABLE, type TypeName } from "../schema/table.js";
import { isTable, type Table, type Value } from "../value.js";

/**
 * `fatal`: GitLab Runner refuses the file, so the whole host stops. `error`: it cannot use what is set. `harmful`: valid,
 * and does harm or lacks something. `warning`: works, and could be better.
 */
export type Severity = "fatal" | "error" | "harmful" | "warning";

/** Something wrong at one place. */
export interface Flaw {
  /** GitLab's own keys from the top of the file on; the place may be one where a key is missing. */
  path: Path;
  /** What is wrong and what to do; never a value that may be a secret. */
  message: string;
}

/** A config.toml as the Runner holds it after loading. */
export interface Configuration {
  globals: Table;
  entries: readonly Table[];
  /** The time by which a token counts as expired; undefined where no clock may be read. */
  now?: Date;
  /** Whether Pulumi owns the tokens, so that the Runner's own rotation is off on purpose. */
  isManaged?: boolean;
  /** Whether the file holds more than this, so that a global key that is not here says nothing. */
  isPart?: boolean;
}

/** One thing that is looked for. */
export interface Rule {
  /** A stable name: reports and Code Quality fingerprints hold it. */
  id: string;
  severity: Severity;
  find: (configuration: Configuration) => Flaw[];
}

/** A rule that looks at each entry by itself. */
export function forEachEntry(
  id: string,
  severity: Severity,
  find: (entry: Table, path: Path, configuration: Configuration) => Flaw[],
): Rule {
  const findAll = (configuration: Configuration) =>
    configuration.entries.flatMap((entry, index) => find(entry, ["runners", index], configuration));
  return { id, severity, find: findAll };
}

/** One key that is set, with its place. */
export interface Setting {
  type: TypeName;
  field: Field;
  value: Value;
  path: Path;
}

/** What is wrong with a value, or with one of its items. */
export type Fault = string | { item: number; message: string };

/** A rule that looks at each key that is set, at any depth. */
export function forEachSetting(id: string, severity: Severity, find: (setting: Setting) => Fault[]): Rule {
  const findAll = (configuration: Configuration) =>
    listSettings(configuration).flatMap((setting) => find(setting).map((fault) => placeFault(setting.path, fault)));
  return { id, severity, find: findAll };
}

function placeFault(path: Path, fault: Fault): Flaw {
  return typeof fault === "string" ? { path, message: fault } : { path: [...path, fault.item], message: fault.message };
}

/** The faults of each item of a list. */
export function forEachItem<T>(items: readonly T[], find: (item: T) => string[]): Fault[] {
  return items.flatMap((value, item) => find(value).map((message) => ({ item, message })));
}

const listed = new WeakMap<Configuration, Setting[]>();

/** Every key that is set; walked once, since many rules ask. */
export function listSettings(configuration: Configuration): Setting[] {
  const known = listed.get(configuration);
  if (known) return known;
  const { globals, entries } = configuration;
  const settings = [
    ...walk("GlobalConfiguration", globals, []),
    ...entries.flatMap((entry, index) => walk("RunnerConfiguration", entry, ["runners", index])),
  ];
  listed.set(configuration, settings);
  return settings;
}

function walk(type: TypeName, table: Table, path: Path): Setting[] {
  return KEY_TABLE[type].flatMap((field) => {
    const value = table[field.key];
    if (value === undefined) return [];
    const at = [...path, field.key];
    const setting = { type, field, value, path: at };
    return [setting, ...walkInto(field.type, value, at)];
  });
}

function walkInto(type: TypeName | undefined, value: Value, path: Path): Setting[] {
  if (!type) return [];
  if (isTable(value)) return walk(type, value, path);
  return (value as Table[]).flatMap((item, index) => walk(type, item, [...path, index]));
}

/** An entry as a message names it: by its name, else by its place. */
export function nameEntry(entry: Table | undefined, index: number): string {
  return typeof entry?.name === "string" && entry.name !== "" ? JSON.stringify(entry.name) : `number ${index + 1}`;
}

/** A whole number among the settings; what is not set is 0, as in the Runner. */
export function numberAt(table: Table, key: string): number {
  const value = table[key];
  return typeof value === "bigint" || typeof value === "number" ? Number(value) : 0;
}

export function textAt(table: Table, key: string): string {
  const value = table[key];
  return typeof value === "string" ? value : "";
}

export function tableAt(table: Table, key: string): Table | undefined {
  const value = table[key];
  return isTable(value) ? value : undefined;
}

export function listAt(table: Table | undefined, key: string): Value[] {
  const value = table?.[key];
  return Array.isArray(value) ? value : [];
}
