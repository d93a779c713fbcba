import type { Problem } from "../errors.js";
import type { Path } from "../path.js";
import { formatDuration, parseDuration } from "./duration.js";
import { type Field, findByKey, type Kind } from "./schema/field.js";
import type { TypeName } from "./schema/table.js";
import { DateTime, findHuge, fitsInteger, isTable, parseTime, type Table, type Value } from "./value.js";

/** What the loader noticed at one place of a file. */
export interface Remark {
  kind: "unknown" | "refused" | "otherCase" | "shadowed" | "nanoseconds";
  /** Keys as the file spells them. */
  path: Path;
  /** Of a key: the table that it stands in. */
  type?: TypeName;
  /** Of a refused value: what it must be. */
  message?: string;
}

/** Parsed TOML as GitLab Runner would hold it after loading. */
export interface Loaded {
  /** Known keys in GitLab's spelling, values of their kind. */
  table: Table;
  /** Keys that the Runner does not know and ignores: path in the file -> value. */
  unknown: Map<string, Value>;
  /** Values that the Runner would refuse, by their path in the file. */
  problems: Problem[];
  /** The same and more, each with the place where the file says it. */
  remarks: Remark[];
  /** The unknown keys again, each with the table that it stands in; see `keepExtras`. */
  extras: Extra[];
}

/** A key that the Runner does not know, in a loaded table. */
export interface Extra {
  table: Table;
  key: string;
  value: Value;
}

/** Puts the unknown keys back into their tables, for those who compare or hand on what a newer Runner has. */
export function keepExtras(extras: readonly Extra[]): void {
  // Not by assignment: a key may be named __proto__.
  const options = { enumerable: true, configurable: true, writable: true };
  for (const { table, key, value } of extras) Object.defineProperty(table, key, { ...options, value });
}

/** What the Runner's loader makes of a table of `type`: keys in any case, kinds checked, durations in Go's text. */
export function loadTable(type: TypeName, raw: Table): Loaded {
  const loaded: Loaded = { table: {}, unknown: new Map(), problems: [], remarks: [], extras: [] };
  loadInto(loaded.table, type, raw, { loaded });
  return loaded;
}

/** A place in the file. Its path is put together only where something is to be said of it. */
interface Place {
  loaded: Loaded;
  parent?: Place;
  /** The key in GitLab's spelling, or the number of an item. */
  step?: string | number;
  /** The key as the file has it. */
  spelt?: string;
}

function within(parent: Place, step: string | number, spelt?: string): Place {
  return { loaded: parent.loaded, parent, step, spelt };
}

function pathOf({ parent, step, spelt }: Place, spelling: "file" | "GitLab"): Path {
  if (!parent || step === undefined) return [];
  return [...pathOf(parent, spelling), spelling === "file" ? (spelt ?? step) : step];
}

/** A path by the keys of the file: `runners[0].docker.sysctls."net.core.somaxconn"`. */
export function formatKeys(path: Path): string {
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${quoteKey(step)}`));
  return steps.join("").replace(/^\./, "");
}

/** Types that the Runner reads by code of its own, which takes a key in no other case. */
const EXACT: ReadonlySet<TypeName> = new Set(["KubernetesNFS"]);

function loadInto(target: Table, type: TypeName, raw: Table, place: Place): void {
  for (const [key, value] of Object.entries(raw)) {
    const field = findByKey(type, key);
    if (!field || (key !== field.key && EXACT.has(type))) {
      noteUnknown(type, within(place, key), refuseHuge(value, within(place, key)));
      place.loaded.extras.push({ table: target, key, value });
      continue;
    }
    const inner = within(place, field.key, key);
    if (key !== field.key && noteSpelling(type, raw, inner) === "shadowed") continue;
    const converted = convert(field, value, inner);
    if (converted !== undefined) target[field.key] = converted;
  }
}

function noteUnknown(type: TypeName, place: Place, value: Value): void {
  place.loaded.unknown.set(formatKeys(pathOf(place, "GitLab")), value);
  place.loaded.remarks.push({ kind: "unknown", path: pathOf(place, "file"), type });
}

/** An exact spelling wins over another case of the same key, and of several others the first one. */
function noteSpelling(type: TypeName, raw: Table, place: Place): Remark["kind"] {
  const name = place.step as string;
  const rivals = Object.keys(raw).filter((key) => key.toLowerCase() === name.toLowerCase());
  const isShadowed = Object.hasOwn(raw, name) || rivals[0] !== place.spelt;
  const kind = isShadowed ? "shadowed" : "otherCase";
  place.loaded.remarks.push({ kind, path: pathOf(place, "file"), type, message: name });
  return kind;
}

/** A key as TOML would have it in a dotted path. */
export function quoteKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key).replaceAll("\u007f", "\\u007f");
}

function convert(field: Field, value: Value, place: Place): Value | undefined {
  const type = field.type;
  if (type && field.kind === "table") {
    return isTable(value) ? convertTable(type, value, place) : refuse(place, "a table");
  }
  if (type && field.kind === "list<table>") return convertTables(type, value, place);
  return convertKind(field.kind, value, place);
}

function convertTable(type: TypeName, value: Table, place: Place): Table {
  const target: Table = {};
  loadInto(target, type, value, place);
  return target;
}

function convertTables(type: TypeName, value: Value, place: Place): Value | undefined {
  if (!Array.isArray(value) || !value.every(isTable)) return refuse(place, "an array of tables");
  return value.map((item, index) => convertTable(type, item, within(place, index)));
}

function convertKind(kind: Kind, value: Value, place: Place): Value | undefined {
  const list = /^list<(.+)>$/.exec(kind)?.[1];
  if (list) return convertList(list as Kind, value, place);
  const map = /^map<string,(.+)>$/.exec(kind)?.[1];
  if (map) return convertMap(map, value, place);
  if (kind === "string|list<string>") return convertList("string", Array.isArray(value) ? value : [value], place);
  const converted = convertScalar(kind, value);
  if (kind === "duration" && typeof value === "bigint" && value !== 0n) {
    place.loaded.remarks.push({ kind: "nanoseconds", path: pathOf(place, "file") });
  }
  return converted ?? refuse(place, DESCRIPTIONS[kind] ?? kind);
}

const DESCRIPTIONS: Partial<Record<Kind, string>> = {
  string: "a string",
  bool: "true or false",
  int: "a whole number of at most 64 bits",
  float: "a number",
  duration: 'a duration such as "90s" or "1h30m"',
  datetime: "a date-time such as 2026-01-31T12:00:00Z",
};

function convertScalar(kind: Kind, value: Value): Value | undefined {
  if (kind === "string") return typeof value === "string" ? value : undefined;
  if (kind === "bool") return typeof value === "boolean" ? value : undefined;
  if (kind === "int") return typeof value === "bigint" && fitsInteger(value) ? value : undefined;
  if (kind === "float") return convertFloat(value);
  if (kind === "duration") return convertDuration(value);
  return convertTime(value);
}

/** Whole numbers that a float cannot hold are refused. */
function convertFloat(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
}

/** The Runner takes a bare integer as nanoseconds. */
function convertDuration(value: Value): string | undefined {
  const length = typeof value === "bigint" ? value : typeof value === "string" ? parseDuration(value) : undefined;
  return length === undefined ? undefined : formatDuration(length);
}

/** In a text, the Runner takes no other form of a time. */
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function convertTime(value: Value): DateTime | undefined {
  if (value instanceof DateTime) return parseTime(value.text);
  return typeof value === "string" && RFC_3339.test(value) ? parseTime(value) : undefined;
}

function convertList(kind: Kind, value: Value, place: Place): Value | undefined {
  if (!Array.isArray(value)) return refuse(place, "an array");
  const items = value.map((item, index) => convertKind(kind, item, within(place, index)));
  return items.some((item) => item === undefined) ? undefined : (items as Value[]);
}

function convertMap(kind: string, value: Value, place: Place): Value | undefined {
  if (!isTable(value)) return refuse(place, "a table");
  if (kind === "any") return refuseHuge(value, place);
  const members = Object.entries(value).flatMap(([key, item]) => {
    const converted = convertKind(kind as Kind, item, within(place, key));
    return converted === undefined ? [] : [[key, converted] as const];
  });
  return Object.fromEntries(members);
}

/** Whatever a free table holds, the Runner reads no file with such an integer. */
function refuseHuge(value: Value, place: Place): Value {
  for (const path of findHuge(value)) {
    refuse(
      path.reduce((at, step) => within(at, step), place),
      "a whole number of at most 64 bits",
    );
  }
  return value;
}

function refuse(place: Place, wanted: string): undefined {
  const message = `must be ${wanted}`;
  place.loaded.problems.push({ path: formatKeys(pathOf(place, "GitLab")), message });
  place.loaded.remarks.push({ kind: "refused", path: pathOf(place, "file"), message });
  return undefined;
}
