import type { Problem } from "../errors.js";
import { formatDuration, parseDuration } from "./duration.js";
import { type Field, findByKey, type Kind } from "./schema/field.js";
import type { TypeName } from "./schema/table.js";
import { DateTime, isTable, parseTime, type Table, type Value } from "./value.js";

/** Parsed TOML as GitLab Runner would hold it after loading. */
export interface Loaded {
  /** Known keys in GitLab's spelling, values of their kind. */
  table: Table;
  /** Keys that the Runner does not know and ignores: path in the file -> value. */
  unknown: Map<string, Value>;
  /** Values that the Runner would refuse, by their path in the file. */
  problems: Problem[];
}

const LONGEST = 1n << 63n;

/** What the Runner's loader makes of a table of `type`: keys in any case, kinds checked, durations in Go's text. */
export function loadTable(type: TypeName, raw: Table, path = ""): Loaded {
  const loaded: Loaded = { table: {}, unknown: new Map(), problems: [] };
  loadInto(loaded.table, type, raw, { loaded, path });
  return loaded;
}

interface Place {
  loaded: Loaded;
  path: string;
}

function within(place: Place, step: string): Place {
  const path = place.path === "" || step.startsWith("[") ? place.path + step : `${place.path}.${step}`;
  return { ...place, path };
}

function loadInto(target: Table, type: TypeName, raw: Table, place: Place): void {
  for (const [key, value] of Object.entries(raw)) {
    const field = findByKey(type, key);
    if (!field) {
      place.loaded.unknown.set(within(place, quoteKey(key)).path, value);
      continue;
    }
    const converted = convert(field, value, within(place, field.key));
    // An exact spelling wins over another case of the same key.
    if (converted !== undefined && (key === field.key || !(field.key in target))) target[field.key] = converted;
  }
}

/** A key as TOML would have it in a dotted path. */
export function quoteKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
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
  return value.map((item, index) => convertTable(type, item, within(place, `[${index}]`)));
}

function convertKind(kind: Kind, value: Value, place: Place): Value | undefined {
  const list = /^list<(.+)>$/.exec(kind)?.[1];
  if (list) return convertList(list as Kind, value, place);
  const map = /^map<string,(.+)>$/.exec(kind)?.[1];
  if (map) return convertMap(map, value, place);
  if (kind === "string|list<string>") return convertList("string", Array.isArray(value) ? value : [value], place);
  const converted = convertScalar(kind, value);
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
  if (kind === "int") return typeof value === "bigint" && value >= -LONGEST && value < LONGEST ? value : undefined;
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
  const items = value.map((item, index) => convertKind(kind, item, within(place, `[${index}]`)));
  return items.some((item) => item === undefined) ? undefined : (items as Value[]);
}

function convertMap(kind: string, value: Value, place: Place): Value | undefined {
  if (!isTable(value)) return refuse(place, "a table");
  if (kind === "any") return value;
  const target: Table = {};
  for (const [key, item] of Object.entries(value)) {
    const converted = convertKind(kind as Kind, item, within(place, quoteKey(key)));
    if (converted !== undefined) target[key] = converted;
  }
  return target;
}

function refuse(place: Place, wanted: string): undefined {
  place.loaded.problems.push({ path: place.path, message: `must be ${wanted}` });
  return undefined;
}
