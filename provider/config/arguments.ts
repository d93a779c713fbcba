import { isDeepStrictEqual } from "node:util";
import { formatDuration, parseDuration } from "./duration.js";
import { encodeTable } from "./encode.js";
import { EXTRA_TOML, pickExtras, readExtraToml } from "./extraToml.js";
import { type Field, findByArgument, type Kind } from "./schema/field.js";
import { KEY_TABLE, type TypeName } from "./schema/table.js";
import { parseToml } from "./toml.js";
import { DateTime, isTable, NO_TIME, parseTime, type Table, type Value } from "./value.js";

/** Settings as a Pulumi program gives them: camelCase, JSON values. */
export interface Arguments {
  [argument: string]: unknown;
}

/** Valid arguments as a table of config.toml. What is `undefined` or `null` was not set. */
export function toTable(type: TypeName, settings: Arguments): Table {
  const table: Table = {};
  for (const [argument, value] of Object.entries(settings)) {
    const field = findByArgument(type, argument);
    if (field && value !== undefined && value !== null) table[field.key] = toValue(field, value);
  }
  const extra = settings[EXTRA_TOML];
  return typeof extra === "string" ? { ...table, ...readExtraToml(extra) } : table;
}

function toValue(field: Field, value: unknown): Value {
  const type = field.type;
  if (type && field.kind === "table") return toTable(type, value as Arguments);
  if (type) return (value as Arguments[]).map((item) => toTable(type, item));
  if (field.kind === "string|list<string>") return Array.isArray(value) ? value : [value as string];
  return toKind(field.kind, value);
}

function toKind(kind: Kind, value: unknown): Value {
  const list = /^list<(.+)>$/.exec(kind)?.[1];
  if (list) return (value as unknown[]).map((item) => toKind(list as Kind, item));
  const map = /^map<string,(.+)>$/.exec(kind)?.[1];
  if (map === "any") return typeof value === "string" ? parseToml(value) : toFree(value);
  if (map) return mapValues(value as Arguments, (item) => toKind(map as Kind, item));
  if (kind === "int") return BigInt(value as number | string);
  if (kind === "duration") return formatDuration(parseDuration(value as string) ?? 0n);
  if (kind === "datetime") return parseTime(value as string) ?? NO_TIME;
  return value as Value;
}

function mapValues<In, Out>(record: Record<string, In>, convert: (value: In) => Out): Record<string, Out> {
  const given = Object.entries(record).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given.map(([key, value]) => [key, convert(value)]));
}

/** A free-form value: a number without a fraction is an integer, as everybody writes them. */
function toFree(value: unknown): Value {
  if (Array.isArray(value)) return value.map(toFree);
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  return isTable(value) ? mapValues(value as Arguments, toFree) : (value as Value);
}

/** A table of config.toml as the arguments that would give it. */
export function toArguments(type: TypeName, table: Table): Arguments {
  const settings: Arguments = {};
  for (const field of KEY_TABLE[type]) {
    const value = table[field.key];
    if (value !== undefined) settings[field.argument] = toFieldArgument(field, value);
  }
  const extras = pickExtras(type, table);
  return Object.keys(extras).length > 0 ? { ...settings, [EXTRA_TOML]: encodeTable(extras) } : settings;
}

/** A free-form table is given as text where JSON would lose what kind a value is. */
function toFieldArgument(field: Field, value: Value): unknown {
  const argument = toArgument(field.type, value);
  const isFree = field.kind === "map<string,any>";
  return isFree && !isDeepStrictEqual(toFree(travel(argument)), value) ? encodeTable(value as Table) : argument;
}

/** A value after its way through Pulumi's engine. */
function travel(argument: unknown): unknown {
  return JSON.parse(JSON.stringify(argument));
}

/** One value as an argument; `type` where it is a table or a list of tables. */
export function toArgument(type: TypeName | undefined, value: Value): unknown {
  if (Array.isArray(value)) return value.map((item) => toArgument(type, item));
  if (isTable(value)) return type ? toArguments(type, value) : mapValues(value, (item) => toArgument(undefined, item));
  if (value instanceof DateTime) return value.text;
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
