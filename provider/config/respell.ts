import type { Path } from "../path.js";
import { isTable, type Table } from "./value.js";

/** A path in GitLab's spelling as the file spells its keys: the Runner reads them in any case. */
export function respell(raw: Table, path: Path): Path {
  let at: unknown = raw;
  return path.map((step) => {
    const key = isTable(at) && typeof step === "string" ? findSpelling(at, step) : step;
    at = Array.isArray(at) || isTable(at) ? (at as Record<string | number, unknown>)[key] : undefined;
    return key;
  });
}

function findSpelling(table: Table, key: string): string {
  if (Object.hasOwn(table, key)) return key;
  return Object.keys(table).find((name) => name.toLowerCase() === key.toLowerCase()) ?? key;
}
