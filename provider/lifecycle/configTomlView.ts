import { toArgument } from "../config/arguments.js";
import { addLoadDefaults, dropZeros } from "../config/normalize.js";
import type { Field } from "../config/schema/field.js";
import { KEY_TABLE, type TypeName } from "../config/schema/table.js";
import type { Table, Value } from "../config/value.js";
import { formatPath, getAt, type Path } from "../path.js";
import type { ConfigTomlInputs, Rendered } from "./configTomlSpec.js";
import type { Shield } from "./shield.js";

/**
 * A config.toml in the shape of the arguments, with nothing in it that must not be shown: a secret is a fingerprint.
 * Settings that make no difference to the Runner are left out, so that two views can be compared.
 */
export interface View {
  [argument: string]: unknown;
}

/** Decides what a view may show. */
export interface Privacy {
  shield: Shield;
  /** The declared arguments: where secrets are, and which values a reader of the program knows anyway. */
  inputs: ConfigTomlInputs;
  /** What was applied. Items that often are secrets may be shown when they stand there. Absent while it is made. */
  applied?: View;
}

/** How the parts of an entry that come from its runner are named among the arguments. */
const RUNNER_ARGUMENTS = new Map([
  ["token", "token"],
  ["token_obtained_at", "tokenObtainedAt"],
  ["token_expires_at", "tokenExpiresAt"],
]);

export function viewOf({ globals, entries }: Rendered, privacy: Privacy): View {
  const root = dropZeros("GlobalConfiguration", addLoadDefaults(globals));
  const runners = [...entries].map(([key, entry]) => [key, viewEntry(key, entry, privacy)] as const);
  return { ...viewTable("GlobalConfiguration", root, { path: [], privacy }), runners: Object.fromEntries(runners) };
}

interface Place {
  path: Path;
  privacy: Privacy;
}

/** url and id are what an entry is found by, so they cannot differ. */
function viewEntry(key: string, entry: Table, privacy: Privacy): View {
  const { url, id, ...rest } = dropZeros("RunnerConfiguration", entry);
  const fromRunner: Table = {};
  const settings: Table = {};
  for (const [name, value] of Object.entries(rest)) (RUNNER_ARGUMENTS.has(name) ? fromRunner : settings)[name] = value;
  const path = ["runners", key];
  const runner = viewTable("RunnerConfiguration", fromRunner, { path: [...path, "runner"], privacy });
  return { ...viewTable("RunnerConfiguration", settings, { path, privacy }), runner };
}

function viewTable(type: TypeName, table: Table, { path, privacy }: Place): View {
  const view: View = {};
  for (const field of KEY_TABLE[type]) {
    const value = table[field.key];
    if (value === undefined) continue;
    view[field.argument] = viewField(field, value, { path: [...path, field.argument], privacy });
  }
  return view;
}

function viewField(field: Field, value: Value, place: Place): unknown {
  const { shield } = place.privacy;
  if (field.secret === true || isSecret(place)) return shield.hide(toArgument(field.type, value));
  if (field.type && Array.isArray(value)) return viewTables(field.type, value as Table[], place);
  if (field.type) return viewTable(field.type, value as Table, place);
  const argument = hideKeys(toArgument(undefined, value), shield);
  return field.secret === "items" ? showItems(argument, place) : showEach(argument, (item) => shield.show(item));
}

function viewTables(type: TypeName, tables: Table[], { path, privacy }: Place): View[] {
  return tables.map((table, index) => viewTable(type, table, { path: [...path, index], privacy }));
}

/** A declared secret, all that lies below one, and what comes from a secret template. */
function isSecret({ path, privacy: { inputs } }: Place): boolean {
  const secretPaths = inputs.secretPaths ?? [];
  if (secretPaths.length === 0) return false;
  if (path.some((_, index) => secretPaths.includes(formatPath(path.slice(0, index + 1))))) return true;
  const template = formatPath([...path.slice(0, 2), "template"]);
  return path.length > 2 && secretPaths.includes(template) && getAt(inputs, path) === undefined;
}

/** Members of a list or map that often hold secrets: one that nobody declared is not shown. */
function showItems(argument: unknown, { path, privacy: { shield, applied } }: Place): unknown {
  const known = applied && getAt(applied, path);
  const isKnown = (item: unknown, key: string | number) =>
    applied === undefined || (Array.isArray(known) ? known.includes(item) : getAt(known, [key]) === item);
  return showEach(argument, (item, key) => (isKnown(item, key) ? shield.show(item) : shield.hide(item)));
}

/** The keys of a map are text like any other. */
function hideKeys(argument: unknown, shield: Shield): unknown {
  if (typeof argument !== "object" || argument === null || Array.isArray(argument)) return argument;
  return Object.fromEntries(Object.entries(argument).map(([key, item]) => [shield.redact(key), item]));
}

type Show = (item: unknown, key: string | number) => unknown;

function showEach(argument: unknown, show: Show): unknown {
  if (Array.isArray(argument)) return argument.map((item, index) => show(item, index));
  if (typeof argument !== "object" || argument === null) return show(argument, "");
  return Object.fromEntries(Object.entries(argument).map(([key, item]) => [key, show(item, key)]));
}
