import type * as levenshtein from "fastest-levenshtein";
import { KEY_TABLE, type TypeName } from "../schema/table.js";

/** What a key that the Runner does not know was meant to be: a near name in its table, else the table that has it. */
export function suggestKey(type: TypeName, key: string): string {
  const unknown = "is not a key that GitLab Runner knows here, and is ignored";
  const near = findNear(
    key,
    KEY_TABLE[type].map((field) => field.key),
  );
  const tables = findTables(key);
  const isSpelling = near !== undefined && fold(near) === fold(key);
  if (near && (isSpelling || tables.length === 0)) return `${unknown}: did you mean "${near}"?`;
  if (tables.length > 0) return `${unknown}: it belongs to ${tables.slice(0, 3).join(", ")}`;
  return `${unknown}: remove it, or look for its name in the docs`;
}

/** The word that was meant, if one of them is near. */
export function findNear(word: string, words: readonly string[]): string | undefined {
  const { closest, distance } = require("fastest-levenshtein") as typeof levenshtein;
  const folded = fold(word);
  const same = words.find((one) => fold(one) === folded);
  if (same || words.length === 0) return same;
  const near = closest(word.toLowerCase(), words);
  const most = word.length <= 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  return distance(folded, fold(near)) <= most ? near : undefined;
}

/** Keys are often written with a hyphen, in camelCase or in another case. */
function fold(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, "");
}

let tables: Map<string, string[]> | undefined;

/** The headers of the tables that have the key, the nearest to the top first. */
function findTables(key: string): string[] {
  tables ??= indexTables();
  return tables.get(key.toLowerCase()) ?? [];
}

function indexTables(): Map<string, string[]> {
  const index = new Map<string, string[]>();
  const seen = new Set<TypeName>();
  let level: { type: TypeName; header: string }[] = [{ type: "GlobalConfiguration", header: "" }];
  while (level.length > 0) {
    for (const { type, header } of level) for (const { key } of KEY_TABLE[type]) addTo(index, key, header);
    for (const { type } of level) seen.add(type);
    level = level.flatMap(({ type, header }) => listInner(type, header)).filter(({ type }) => !seen.has(type));
  }
  return index;
}

function addTo(index: Map<string, string[]>, key: string, header: string): void {
  const name = header === "" ? "the top of the file" : header;
  const known = index.get(key.toLowerCase()) ?? [];
  if (!known.includes(name)) index.set(key.toLowerCase(), [...known, name]);
}

function listInner(type: TypeName, header: string): { type: TypeName; header: string }[] {
  const inside = header.replace(/^\[+|\]+$/g, "");
  return KEY_TABLE[type].flatMap((field) => {
    if (!field.type) return [];
    const name = inside === "" ? field.key : `${inside}.${field.key}`;
    return [{ type: field.type, header: field.kind === "table" ? `[${name}]` : `[[${name}]]` }];
  });
}
