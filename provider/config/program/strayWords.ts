import { type Field, findByKey } from "../schema/field.js";
import type { TypeName } from "../schema/table.js";
import { isTable, type Table, type Value } from "../value.js";

/** A table in two: what arguments can say, and words that their types do not know. */
export interface Split {
  kept: Table;
  stray: Table;
}

/**
 * Takes out the words of an older or newer Runner, and those in other letter case. An argument has no place for them; a
 * template has, since GitLab Runner judges them only when a job runs.
 */
export function splitStrayWords(type: TypeName, table: Table): Split {
  const split: Split = { kept: {}, stray: {} };
  for (const [key, value] of Object.entries(table)) {
    const field = findByKey(type, key);
    const inner = field?.type && isTable(value) ? splitStrayWords(field.type, value) : undefined;
    if (field && isStray(field, value)) split.stray[key] = value;
    else split.kept[key] = inner ? inner.kept : value;
    if (inner && Object.keys(inner.stray).length > 0) split.stray[key] = inner.stray;
  }
  return split;
}

function isStray({ enum: choices }: Field, value: Value): boolean {
  const words = Array.isArray(value) ? value : [value];
  return choices !== undefined && words.some((word) => word !== "" && !choices.includes(word as string));
}
