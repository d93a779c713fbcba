import { isDeepStrictEqual } from "node:util";
import { isTable, type Table, type Value } from "./value.js";

/** A value that is no table with members: lists are one value. */
export interface Leaf {
  path: string[];
  value: Value;
}

export function listLeaves(table: Table, path: string[] = []): Leaf[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const here = [...path, key];
    const hasMembers = isTable(value) && Object.keys(value).length > 0;
    return hasMembers ? listLeaves(value, here) : [{ path: here, value }];
  });
}

/** The leaves of a table that another one does not have, or has otherwise. */
export function listChangedLeaves(before: Table, after: Table): Leaf[] {
  return listLeaves(after).filter(({ path, value }) => !isDeepStrictEqual(leafAt(before, path), value));
}

export function leafAt(table: Table, path: readonly string[]): Value | undefined {
  let at: Value | undefined = table;
  for (const key of path) at = isTable(at) ? at[key] : undefined;
  return at;
}
