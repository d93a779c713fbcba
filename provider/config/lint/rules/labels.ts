import type { Path } from "../../../path.js";
import type { Table } from "../../value.js";
import { type Configuration, type Flaw, forEachEntry, type Rule, tableAt } from "../rule.js";

const KEY = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{2,64}$/;
const VALUE = /^[a-zA-Z0-9._-]{1,256}$/;
const MOST = 32;

/** Labels that the Runner refuses when it loads the file. */
export const LABEL_RULES: readonly Rule[] = [
  { id: "invalid-label", severity: "fatal", find: findInvalidLabels },
  forEachEntry("too-many-labels", "fatal", (entry, path, { globals }) => {
    const labels = { ...tableAt(globals, "labels"), ...tableAt(entry, "labels") };
    const count = Object.keys(labels).length;
    if (count <= MOST) return [];
    return [
      { path: [...path, "labels"], message: `are ${count} with the global ones, and at most ${MOST} are allowed` },
    ];
  }),
];

function findInvalidLabels({ globals, entries }: Configuration): Flaw[] {
  const inEntries = entries.flatMap((entry, index) => checkLabels(entry, ["runners", index]));
  return [...checkLabels(globals, []), ...inEntries];
}

function checkLabels(table: Table, path: Path): Flaw[] {
  return Object.entries(tableAt(table, "labels") ?? {}).flatMap(([key, value]) => {
    const at = [...path, "labels", key];
    const keyMessage = 'is no label key: 3 to 65 letters, digits, ".", "_" or "-", not beginning with "." or "-"';
    const valueMessage = 'has no valid value: 1 to 256 letters, digits, ".", "_" or "-"';
    return [
      ...(KEY.test(key) ? [] : [{ path: at, message: keyMessage }]),
      ...(VALUE.test(String(value)) ? [] : [{ path: at, message: valueMessage }]),
    ];
  });
}
