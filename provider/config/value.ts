import type { Path } from "../path.js";

/**
 * A value of config.toml as data. Integers are `bigint` and floats `number`, since `0` and `0.0` are two things in
 * TOML; durations are Go's text (`"1h30m0s"`).
 */
export type Value = string | boolean | bigint | number | DateTime | Value[] | Table;

/** A table by GitLab's own key names. A key that is absent was not set. */
export interface Table {
  [key: string]: Value;
}

/** A date-time by its RFC 3339 text, as Go prints it: JavaScript's `Date` would lose nanoseconds. */
export class DateTime {
  constructor(readonly text: string) {}
}

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/i;

/** A date-time or date in any form that TOML and JSON have; a missing offset is UTC. Undefined when it is none. */
export function parseTime(text: string): DateTime | undefined {
  const match = TIME.exec(text);
  if (!match || Number.isNaN(Date.parse(text))) return undefined;
  const [, date, minutes = "00:00", seconds = ":00", fraction = "", offset = "Z"] = match;
  const zone = /00:00$/.test(offset) ? "Z" : offset.toUpperCase();
  return new DateTime(`${date}T${minutes}${seconds}${fraction.slice(0, 10).replace(/\.?0+$/, "")}${zone}`);
}

/** Go's zero time, which the Runner writes for "none". */
export const NO_TIME = new DateTime("0001-01-01T00:00:00Z");

/** An integer has 64 bits, in TOML and in Go. */
export function fitsInteger(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** Where in a value integers stand that do not fit. */
export function findHuge(value: Value, path: Path = []): Path[] {
  if (typeof value === "bigint") return fitsInteger(value) ? [] : [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => findHuge(item, [...path, index]));
  return isTable(value) ? Object.entries(value).flatMap(([key, member]) => findHuge(member, [...path, key])) : [];
}

export function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof DateTime);
}

/** Go's zero value: what a setting is when nobody set it. */
export function isZero(value: Value): boolean {
  if (value instanceof DateTime) return value.text === NO_TIME.text;
  return value === "" || value === false || value === 0n || value === 0;
}
