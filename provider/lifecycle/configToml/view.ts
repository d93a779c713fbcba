import { toArgument } from "../../config/arguments.js";
import { EXTRA_TOML, pickExtras } from "../../config/extraToml.js";
import { addLoadDefaults, dropZeros } from "../../config/normalize.js";
import { type Field, findByArgument } from "../../config/schema/field.js";
import { KEY_TABLE, type TypeName } from "../../config/schema/table.js";
import type { Table, Value } from "../../config/value.js";
import { formatPath, getAt, type Path } from "../../path.js";
import type { Shield } from "../shield.js";
import type { ConfigTomlInputs, Rendered } from "./spec.js";

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

/** url and id are what an entry is found by; an id that differs all the same is told apart from the view. */
function viewEntry(key: string, entry: Table, privacy: Privacy): View {
  const { url, id, ...rest } = dropZeros("RunnerConfiguration", entry);
  const fromRunner: Table = {};
  const settings: Table = {};
  for (const [name, value] of Object.entries(rest)) (RUNNER_ARGUMENTS.has(name) ? fromRunner : settings)[name] = value;
  const path = ["runners", key];
  // A token that GitLab Runner rotates by itself is not ours to compare.
  const isOurs = privacy.inputs.runners[key]?.runner?.selfRotation !== true;
  const runner = viewTable("RunnerConfiguration", isOurs ? fromRunner : {}, { path: [...path, "runner"], privacy });
  return { ...viewTable("RunnerConfiguration", settings, { path, privacy }), runner };
}

function viewTable(type: TypeName, table: Table, { path, privacy }: Place): View {
  const view: View = {};
  for (const field of KEY_TABLE[type]) {
    const value = table[field.key];
    if (value === undefined) continue;
    view[field.argument] = viewField(field, value, { path: [...path, field.argument], privacy });
  }
  return { ...view, ...viewExtras(type, pickExtras(type, table), { path: [...path, EXTRA_TOML], privacy }) };
}

/** Keys without an argument: those of `extraToml` stand under that, others under the name that the file has. */
function viewExtras(type: TypeName, extras: Table, place: Place): View {
  if (Object.keys(extras).length === 0) return {};
  const { applied, shield } = place.privacy;
  const known = applied ? (getAt(applied, place.path) ?? {}) : extras;
  // A secret text was hidden as a whole, and is compared so.
  const declared = typeof known === "string" ? Object.keys(extras) : Object.keys(known as object);
  const [ours, others] = [{} as View, {} as View];
  for (const [key, value] of Object.entries(extras)) {
    // A key that is spelt like an argument would stand in that one's place.
    if (declared.includes(key) || findByArgument(type, key)) ours[key] = toArgument(undefined, value);
    else others[shield.redact(key)] = shield.hide(toArgument(undefined, value));
  }
  return Object.keys(ours).length > 0
    ? { ...others, [EXTRA_TOML]: viewFree(ours, { ...place, isPrivate: true }) }
    : others;
}

function viewField(field: Field, value: Value, place: Place): unknown {
  const { shield } = place.privacy;
  if (field.secret === true || isSecret(place)) return shield.hide(toArgument(field.type, value));
  if (field.type && Array.isArray(value)) return viewTables(field.type, value as Table[], place);
  if (field.type) return viewTable(field.type, value as Table, place);
  return viewFree(toArgument(undefined, value), { ...place, isPrivate: field.secret === "items" });
}

function viewTables(type: TypeName, tables: Table[], { path, privacy }: Place): View[] {
  return tables.map((table, index) => viewTable(type, table, { path: [...path, index], privacy }));
}

/** Whether the program marked this place, or one around it, as a secret. */
function isMarked(path: Path, { secretPaths = [], secretItems = {} }: ConfigTomlInputs): boolean {
  if (secretPaths.length === 0 && Object.keys(secretItems).length === 0) return false;
  const around = path.map((_, index) => formatPath(path.slice(0, index + 1)));
  return around.some((name) => secretPaths.includes(name) || name in secretItems);
}

/** A declared secret, all that lies below one, and what comes from a secret template. */
function isSecret({ path, privacy: { inputs } }: Place): boolean {
  if (isMarked(path, inputs)) return true;
  const template = formatPath([...path.slice(0, 2), "template"]);
  return path.length > 2 && !!inputs.secretPaths?.includes(template) && getAt(inputs, path) === undefined;
}

interface FreePlace extends Place {
  /** What lies here is often a secret: what was not applied is not shown. */
  isPrivate: boolean;
}

/** A value, list or map of any depth: each part of it may be a secret of its own. */
function viewFree(value: unknown, place: FreePlace): unknown {
  const { shield } = place.privacy;
  if (isSecret(place)) return shield.hide(value);
  if (Array.isArray(value)) return viewList(value, place);
  if (typeof value === "object" && value !== null) return viewMap(value, place);
  return !place.isPrivate || wasApplied(value, place) ? shield.show(value) : shield.hide(value);
}

function viewMap(map: object, place: FreePlace): View {
  const { shield } = place.privacy;
  const members = Object.entries(map).map(([key, item]) => [key, viewFree(item, inside(place, key))] as const);
  // A key is text like any other.
  return Object.fromEntries(members.map(([key, item]) => [shield.redact(key), item]));
}

/** Where one item of a list is a secret, a new one beside it may be one, too. */
function viewList(list: unknown[], place: FreePlace): unknown[] {
  const start = `${formatPath(place.path)}[`;
  const hasSecret = Object.keys(place.privacy.inputs.secretItems ?? {}).some((name) => name.startsWith(start));
  const isPrivate = place.isPrivate || hasSecret;
  return list.map((item, index) => viewFree(item, { ...inside(place, index), isPrivate }));
}

function inside(place: FreePlace, step: string | number): FreePlace {
  return { ...place, path: [...place.path, step] };
}

/** Lists keep no places: an item counts as applied wherever it stands in its list. */
function wasApplied(value: unknown, { path, privacy: { shield, applied } }: FreePlace): boolean {
  if (applied === undefined) return true;
  const names = path.map((step) => (typeof step === "string" ? shield.redact(step) : step));
  const list = typeof path.at(-1) === "number" ? getAt(applied, names.slice(0, -1)) : undefined;
  return Array.isArray(list) ? list.includes(value) : getAt(applied, names) === value;
}
