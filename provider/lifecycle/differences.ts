import { isDeepStrictEqual } from "node:util";
import type { Path } from "../path.js";
import type { Difference } from "./report.js";

/** A place at which two values differ; `undefined` where one has nothing. */
export interface PlacedDifference {
  path: Path;
  declared: unknown;
  observed: unknown;
  kind?: Difference["kind"];
  /** Where it stands in the file, by GitLab's keys, if that does not follow from `path`. */
  place?: Path;
  line?: number;
}

/** Where two values of the same shape differ, setting by setting; a list of plain values counts as one setting. */
export function compare(declared: unknown, observed: unknown, path: Path = []): PlacedDifference[] {
  if (isDeepStrictEqual(declared, observed)) return [];
  const keys = isMap(declared) && isMap(observed) ? unite(declared, observed) : listIndexes(declared, observed);
  if (!keys) return [{ path, declared, observed }];
  return keys.flatMap((key) => compare(memberOf(declared, key), memberOf(observed, key), [...path, key]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unite(one: object, other: object): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}

/** Lists of tables are compared item by item. */
function listIndexes(one: unknown, other: unknown): number[] | undefined {
  if (!Array.isArray(one) || !Array.isArray(other) || ![...one, ...other].every(isMap)) return undefined;
  return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => index);
}

function memberOf(value: unknown, key: string | number): unknown {
  return (value as Record<string | number, unknown>)[key];
}
