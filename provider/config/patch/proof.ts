import { isDeepStrictEqual } from "node:util";
import { getAt, type Path } from "../../path.js";
import { isEqualSetting } from "../compare.js";
import { parseDocument, type TomlDocument } from "../document.js";
import { encodeEntry } from "../encode.js";
import { readConfigFile } from "../file.js";
import { addLoadDefaults } from "../normalize.js";
import { parseToml } from "../toml.js";
import { isTable, type Table, type Value } from "../value.js";
import { findStart } from "./edit.js";
import { type EntryChanges, listSegments } from "./entries.js";
import { listSettings, spell } from "./globals.js";

/** A change that is to be proven. */
export interface Proof {
  before: string;
  after: string;
  /** How the file spells `runners`. */
  root: string;
  patch: EntryChanges & { added: readonly Table[]; globals: Table };
}

/**
 * Why a patched text is not what it should be: ours as wanted, all else the same as data and byte for byte. Undefined when
 * it is. It reads both texts anew, and knows nothing of how the one was made from the other.
 */
export function provePatch(proof: Proof): string | undefined {
  const [before, after] = [parseDocument(proof.before), parseDocument(proof.after)];
  if (!isDeepStrictEqual(listEntries(after.table, proof.root), expectEntries(before.table, proof))) {
    return "its entries would not be as wanted";
  }
  if (!hasSettings(proof)) return "its global settings would not be as wanted";
  if (!isDeepStrictEqual(leaveOut(before.table, proof), leaveOut(after.table, proof))) {
    return "a global setting of somebody else would change";
  }
  if (!isDeepStrictEqual(listComments(before), listComments(after))) return "a comment would be lost";
  if (!keepsLines(before, after, proof)) return "a line of somebody else would change";
  return undefined;
}

function listEntries(table: Table, root: string): Table[] {
  return (table[root] ?? []) as Table[];
}

function expectEntries(table: Table, { root, patch }: Proof): Table[] {
  const kept = listEntries(table, root).flatMap((entry, place) => {
    const replacement = patch.replaced.get(place);
    if (patch.removed.has(place)) return [];
    return [replacement ? rawEntry(replacement) : entry];
  });
  return [...kept, ...patch.added.map(rawEntry)];
}

function rawEntry(entry: Table): Table {
  return listEntries(parseToml(encodeEntry(entry)), "runners")[0] ?? {};
}

function hasSettings({ after, patch }: Proof): boolean {
  const globals = addLoadDefaults(readConfigFile(after).globals);
  const raw = parseToml(after);
  return listSettings(patch.globals).every(({ path, value }) =>
    isEqualSetting(path, (getAt(globals, path) ?? getAt(raw, path)) as Value | undefined, value),
  );
}

/** The global section without our settings, and without tables that are empty then. */
function leaveOut(table: Table, { root, patch }: Proof): Value | undefined {
  const ours = listSettings(patch.globals).map(({ path }) => spell(table, path));
  const { [root]: _, ...globals } = table;
  return prune(globals, ours, []);
}

function prune(value: Value, ours: readonly Path[], path: Path): Value | undefined {
  const inside = ours.filter((setting) => path.every((step, index) => setting[index] === step));
  if (inside.some((setting) => setting.length === path.length)) return undefined;
  // What is no table where a table of ours must be, the Runner refuses.
  if (!isTable(value)) return inside.length > 0 ? undefined : value;
  const members = Object.entries(value).map(([key, member]) => [key, prune(member, inside, [...path, key])] as const);
  const kept = members.filter(([, member]) => member !== undefined);
  return kept.length > 0 ? (Object.fromEntries(kept) as Table) : undefined;
}

function listComments({ text, comments }: TomlDocument): string[] {
  return comments.map(({ start, end }) => text.slice(start, end)).sort();
}

/** Every line of the old text that holds nothing of ours stands in the new one, its line end too, in the same order. */
function keepsLines(before: TomlDocument, after: TomlDocument, proof: Proof): boolean {
  if (findStart(before.text) !== findStart(after.text)) return false;
  const ours = listOurs(before, proof);
  const lines = splitLines(after.text);
  let next = 0;
  return splitLines(before.text).every(({ text, start, end }) => {
    if (text.trim() === "" || ours.some((range) => range.start < end && start < range.end)) return true;
    const isSame = (line = "") => line === text || isSameLast(line, text);
    while (next < lines.length && !isSame(lines[next]?.text)) next++;
    return next++ < lines.length;
  });
}

/** The end of the last line comes and goes with what stands behind it. */
function isSameLast(one: string, other: string): boolean {
  const isLast = !one.endsWith("\n") || !other.endsWith("\n");
  return isLast && one.replace(/\r?\n$/, "") === other.replace(/\r?\n$/, "");
}

interface Line {
  text: string;
  start: number;
  end: number;
}

function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  const begin = findStart(text);
  for (const { 0: line, index } of text.slice(begin).matchAll(/[^\n]*\n|[^\n]+$/g)) {
    lines.push({ text: line, start: begin + index, end: begin + index + line.length });
  }
  return lines;
}

/** Where ours stands; of entries in one list, the whole list, whose items were compared as data. */
function listOurs(document: TomlDocument, { root, patch }: Proof): { start: number; end: number }[] {
  const places = [...patch.replaced.keys(), ...patch.removed.keys()];
  const settings = listSettings(patch.globals).map(({ path }) => locateSetting(document, spell(document.table, path)));
  const tables = document.blocks[0]?.members.filter(({ value, path }) => path[0] === root || value.members) ?? [];
  return [
    ...places.flatMap((place) => listSegments(document, root, place)),
    ...settings.flatMap((located) => (located ? [located.value] : [])),
    ...tables.map(({ place }) => place),
  ];
}

/** Where a setting stands, or what stands in the way of the table that it is in. */
function locateSetting({ table, locate }: TomlDocument, path: readonly string[]) {
  const length = path.findIndex((_, index) => !isTable(getAt(table, path.slice(0, index + 1)))) + 1;
  return locate(path.slice(0, length));
}
