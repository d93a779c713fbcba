import { pickExtras } from "./extraToml.js";
import type { Field } from "./schema/field.js";
import { KEY_TABLE, type TypeName } from "./schema/table.js";
import { isTable, isZero, type Table, type Value } from "./value.js";

/** What the Runner takes for a global setting that its file does not have, where that is not zero. */
const LOAD_DEFAULTS: Table = { concurrent: 1n, connection_max_age: "15m0s" };
const SESSION_DEFAULTS: Table = { session_timeout: 1800n };

/** The global section as the Runner holds it after loading. */
export function addLoadDefaults(root: Table): Table {
  const session = { ...SESSION_DEFAULTS, ...(root.session_server as Table | undefined) };
  return { ...LOAD_DEFAULTS, ...root, session_server: session };
}

/**
 * A table without what makes no difference to the Runner: a setting that is zero is a setting that is not there,
 * unless its being set counts by itself (a pointer in the Runner's source); an empty table or list says nothing.
 */
export function dropZeros(type: TypeName, table: Table): Table {
  const kept = pickExtras(type, table);
  for (const field of KEY_TABLE[type]) {
    const value = table[field.key];
    const reduced = value === undefined ? undefined : reduceSetting(field, value);
    if (reduced !== undefined) kept[field.key] = reduced;
  }
  return kept;
}

/** One setting likewise; undefined where it makes no difference. */
export function reduceSetting(field: Field, value: Value): Value | undefined {
  if (Array.isArray(value)) return reduceList(field.type, value);
  if (isTable(value)) return dropIfEmpty(field.type ? dropZeros(field.type, value) : value);
  const isNothing = !field.pointer && (isZero(value) || (field.kind === "duration" && value === "0s"));
  return isNothing ? undefined : value;
}

function reduceList(type: TypeName | undefined, list: Value[]): Value[] | undefined {
  if (list.length === 0) return undefined;
  return type ? list.map((item) => dropZeros(type, item as Table)) : list;
}

function dropIfEmpty(table: Table): Table | undefined {
  return Object.keys(table).length === 0 ? undefined : table;
}
