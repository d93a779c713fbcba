import { formatDuration, parseDuration } from "../duration.js";
import type { Field, Kind } from "../schema/field.js";
import { isTable, type Table, type Value } from "../value.js";

/** What a flag's text means depends on these. */
export type FlagKind = Pick<Field, "kind" | "pointer">;

/** Why a text cannot be a flag's value; never the text. */
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

/** The key that a use of the flag sets, where it is a map's. */
export function mapKeyOf({ kind }: FlagKind, text: string): string | undefined {
  return kind.startsWith("map<") ? splitPair(text)[0] : undefined;
}

/** `key:value`, split at the first colon; without one the value is empty. */
function splitPair(text: string): [key: string, value: string] {
  const colon = text.indexOf(":");
  return colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
}

function addToMap(kind: string, current: Table, text: string): Table {
  const [key, value] = splitPair(text);
  const list = /^list<(.+)>$/.exec(kind)?.[1];
  return { ...current, [key]: list ? [readScalar(list as Kind, value)] : readScalar(kind as Kind, value) };
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
  if (!TRUE.has(text) && !FALSE.has(text)) throw new BadFlagValue("must be true or false");
  return TRUE.has(text);
}

function readInteger(text: string): bigint {
  const value = /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, "")) : undefined;
  if (value === undefined || value < SMALLEST || value > LARGEST) {
    throw new BadFlagValue("must be a whole number of at most 64 bits");
  }
  return value;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const HEXADECIMAL = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)p([+-]?\d+)$/i;
const INFINITE = /^([+-]?)inf(inity)?$/i;

/** Go's forms of a number: decimal, hexadecimal with an exponent, infinite; `_` may stand between digits. */
function readFloat(text: string): number {
  const digits = text.replace(/(?<=[\da-f])_(?=[\da-f])/gi, "");
  const sign = digits.startsWith("-") ? -1 : 1;
  if (INFINITE.test(text)) return sign * Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  const value = DECIMAL.test(digits) ? Number(digits) : sign * readHexadecimal(digits);
  if (!Number.isFinite(value)) throw new BadFlagValue("must be a number");
  return value;
}

function readHexadecimal(text: string): number {
  const [, , whole = "", fraction = "", exponent] = HEXADECIMAL.exec(text) ?? [];
  if (whole + fraction === "") return Number.NaN;
  return Number.parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
}

function readDuration(text: string): string {
  const length = parseDuration(text);
  if (length === undefined) throw new BadFlagValue('must be a duration with a unit, such as "90s" or "1h30m"');
  return formatDuration(length);
}

/** `--kubernetes-host_aliases` is the one flag that takes JSON. */
function readAliases(text: string): Value {
  const aliases = parseJson(text);
  if (aliases === null) return [];
  if (!Array.isArray(aliases)) throw refuseAliases();
  return aliases.map((alias: unknown) => (alias === null ? {} : readAlias(alias)));
}

function refuseAliases(): BadFlagValue {
  return new BadFlagValue('must be JSON such as [{"ip":"127.0.0.1","hostnames":["a"]}]');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuseAliases();
  }
}

/** Go takes the names of JSON members in any case, and leaves out those that it does not know. */
function readAlias(alias: unknown): Table {
  if (!isTable(alias)) throw refuseAliases();
  const read: Table = {};
  for (const [name, value] of Object.entries(alias)) {
    const key = name.toLowerCase();
    if (value === null) continue;
    if (key === "ip") read.ip = requireText(value);
    if (key === "hostnames") read.hostnames = requireTexts(value);
  }
  return read;
}

function requireText(value: unknown): string {
  if (typeof value !== "string") throw refuseAliases();
  return value;
}

function requireTexts(value: unknown): string[] {
  if (!Array.isArray(value)) throw refuseAliases();
  return value.map((item: unknown) => (item === null ? "" : requireText(item)));
}
