import { formatDuration, parseDuration } from "../duration.js";
import type { Field, Kind } from "../schema/field.js";
import { isTable, type Table, type Value } from "../value.js";

/** What a flag's text means depends on these. */
export type FlagKind = Pick<Field, "kind" | "pointer">;

/** Why a text cannot be a flag's value, in Go's words. */
export class BadFlagValue extends Error {}

const SMALLEST = -(1n << 63n);
const LARGEST = (1n << 63n) - 1n;

/** The value of a flag after one more use of it, by the rules of the Runner's command line library. */
export function useFlag({ kind }: FlagKind, current: Value | undefined, text: string): Value {
  if (kind === "string|list<string>") return text === "" ? [] : text.split(",").map((item) => item.trim());
  if (kind === "list<table>") return readAliases(text);
  const list = /^list<(.+)>$/.exec(kind)?.[1];
  if (list) return [...((current ?? []) as Value[]), readScalar(list as Kind, text)];
  const map = /^map<string,(.+)>$/.exec(kind)?.[1];
  return map ? addToMap(map, (current ?? {}) as Table, text) : readScalar(kind, text);
}

/** `key:value`, split at the first colon; without one the value is empty. */
function addToMap(kind: string, current: Table, text: string): Table {
  const colon = text.indexOf(":");
  const key = colon < 0 ? text : text.slice(0, colon);
  const rest = colon < 0 ? "" : text.slice(colon + 1);
  const list = /^list<(.+)>$/.exec(kind)?.[1];
  return { ...current, [key]: list ? [readScalar(list as Kind, rest)] : readScalar(kind as Kind, rest) };
}

function readScalar(kind: Kind, text: string): Value {
  if (kind === "bool") return readBool(text);
  if (kind === "int") return readInteger(text);
  if (kind === "float") return readFloat(text);
  return kind === "duration" ? readDuration(text) : text;
}

const TRUE = new Set(["", "1", "t", "T", "TRUE", "true", "True"]);
const FALSE = new Set(["0", "f", "F", "FALSE", "false", "False"]);

/** An empty text is true: so an empty environment variable switches a flag on. */
function readBool(text: string): boolean {
  if (!TRUE.has(text) && !FALSE.has(text)) throw refuse("ParseBool", text, "invalid syntax");
  return TRUE.has(text);
}

function readInteger(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) throw refuse("ParseInt", text, "invalid syntax");
  const value = BigInt(text.replace(/^\+/, ""));
  if (value < SMALLEST || value > LARGEST) throw refuse("ParseInt", text, "value out of range");
  return value;
}

function readFloat(text: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw refuse("ParseFloat", text, "invalid syntax");
  return Number(text);
}

function readDuration(text: string): string {
  const length = parseDuration(text);
  if (length === undefined) throw new BadFlagValue(`time: invalid duration ${JSON.stringify(text)}`);
  return formatDuration(length);
}

function refuse(parser: string, text: string, why: string): BadFlagValue {
  return new BadFlagValue(`strconv.${parser}: parsing ${JSON.stringify(text)}: ${why}`);
}

/** `--kubernetes-host_aliases` is the one flag that takes JSON. */
function readAliases(text: string): Value {
  const aliases = parseJson(text);
  if (aliases === null) return [];
  if (!Array.isArray(aliases)) throw new BadFlagValue("json: the value must be an array of objects");
  return aliases.map((alias: unknown) => {
    if (!isTable(alias)) throw new BadFlagValue("json: the value must be an array of objects");
    return readAlias(alias);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadFlagValue((error as Error).message);
  }
}

/** Go takes the names of JSON members in any case, and leaves out those that it does not know. */
function readAlias(alias: Table): Table {
  const known = Object.entries(alias).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(known.filter(([name, value]) => (name === "ip" || name === "hostnames") && value !== null));
}
