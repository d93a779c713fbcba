import { getAt, type Path } from "../../path.js";
import { isEqualSetting } from "../compare.js";
import { type Block, type Member, type Node, type Place, parseDocument, type TomlDocument } from "../document.js";
import { encodeValue } from "../encode.js";
import { readConfigFile } from "../file.js";
import { quoteKey } from "../load.js";
import { addLoadDefaults } from "../normalize.js";
import { isTable, type Table, type Value } from "../value.js";
import { applyEdits, type Edit, findEol, findLineEnd, findLineStart, findStart } from "./edit.js";
import { gapAfter } from "./entries.js";

/** One global setting that is no table, by GitLab's keys. */
export interface Setting {
  path: readonly string[];
  value: Value;
}

/** The settings in a global section; a map counts member by member, so that other members stay. */
export function listSettings(globals: Table, path: readonly string[] = []): Setting[] {
  return Object.entries(globals).flatMap(([key, value]) => {
    const inner = [...path, key];
    return isTable(value) ? listSettings(value, inner) : [{ path: inner, value }];
  });
}

/**
 * The text with global settings as they are wanted: a value that differs is exchanged in its place, a key that is missing
 * is added; nothing else changes.
 */
export function patchGlobals(text: string, globals: Table): string {
  let result = text;
  // One after the other, on the text that the one before has left: a second key goes into the table that the first made.
  for (const setting of listSettings(globals)) {
    const edit = editSetting(result, setting);
    if (edit) result = applyEdits(result, [edit]);
  }
  return result;
}

function editSetting(text: string, { path, value }: Setting): Edit | undefined {
  const document = parseDocument(text);
  const loaded = getAt(addLoadDefaults(readConfigFile(text).globals), path);
  const present = (loaded ?? getAt(document.table, path)) as Value | undefined;
  if (isEqualSetting(path, present, value)) return undefined;
  const spelled = spell(document.table, path);
  const member = findMember(document, spelled);
  if (member) return exchange(document, member.value.place, encodeValue(value));
  return addSetting(document, spelled, encodeValue(value));
}

/** Comments among the items of a list stay in it. */
function exchange({ text, comments }: TomlDocument, { start, end }: Place, value: string): Edit {
  const inside = comments.filter((comment) => comment.start >= start && comment.end <= end);
  if (inside.length === 0 || !value.endsWith("]")) return { start, end, text: value };
  const kept = inside.map((comment) => text.slice(comment.start, comment.end) + findEol(text));
  return { start, end, text: `${value.slice(0, -1)} ${kept.join("")}]` };
}

/** A path as the file spells it: the Runner reads keys in any case, an exact one first. */
export function spell(table: Table, path: readonly string[]): string[] {
  let at: Value | undefined = table;
  return path.map((step) => {
    const keys: string[] = isTable(at) ? Object.keys(at) : [];
    const key = keys.find((name) => name === step) ?? keys.find((name) => name.toLowerCase() === step.toLowerCase());
    at = isTable(at) && key !== undefined ? at[key] : undefined;
    return key ?? step;
  });
}

/** Every member of the global section, in whatever form it stands. */
function listMembers(blocks: readonly Block[]): Member[] {
  const inside = ({ members = [] }: Node): Member[] => members.flatMap((member) => [member, ...inside(member.value)]);
  return blocks.flatMap(({ members }) => inside({ place: blocks[0]?.place as Node["place"], members }));
}

function findMember({ blocks }: TomlDocument, path: Path): Member | undefined {
  return listMembers(blocks).find((member) => isSame(member.path, path));
}

function isSame(one: Path, other: Path): boolean {
  return one.length === other.length && startsWith(one, other);
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}

/** Goes into the innermost table on its way that is there, in the form in which that is written. */
function addSetting(document: TomlDocument, path: readonly string[], value: string): Edit {
  for (let length = path.length - 1; length > 0; length--) {
    const table = path.slice(0, length);
    const line = `${path.slice(length).map(quoteKey).join(".")} = ${value}`;
    const inline = findMember(document, table);
    if (inline) return addInline(inline, line);
    const dotted = listMembers(document.blocks).findLast((member) => isInside(member, table));
    if (dotted) return addDotted(document, dotted, { table, line });
    const block = document.blocks.find((one) => one.keys.length > 0 && !one.isItem && isSame(one.path, table));
    if (block && length === path.length - 1) return addLine(document, block, line);
  }
  const key = quoteKey(path.at(-1) ?? "");
  const [root] = document.blocks;
  if (path.length === 1 && root) return addLine(document, root, `${key} = ${value}`);
  return addTable(document, path.slice(0, -1), `${key} = ${value}`);
}

/** Whether a dotted key leads through the table. */
function isInside({ path, keys }: Member, table: Path): boolean {
  return path.length - keys.length < table.length && path.length > table.length && startsWith(path, table);
}

function addInline({ value: { members, place } }: Member, line: string): Edit {
  // What is no table there the Runner refuses, and can be nobody's.
  if (!members) return { start: place.start, end: place.end, text: `{${line}}` };
  const last = members.at(-1);
  const position = last?.place.end ?? place.start + 1;
  return { start: position, end: position, text: last ? `, ${line}` : line };
}

/** A further dotted key behind the last one, spelled as that. */
function addDotted(document: TomlDocument, member: Member, { table, line }: { table: Path; line: string }): Edit {
  const { text } = document;
  const count = table.length - (member.path.length - member.keys.length);
  const prefix = text.slice(member.keys[0]?.start, member.keys[count - 1]?.end);
  const block = document.blocks.find(({ members }) => members.includes(member));
  const setting = `${prefix}.${line}`;
  if (block) return addAfter(text, member.place, setting);
  return { start: member.place.end, end: member.place.end, text: `, ${setting}` };
}

function addLine({ text }: TomlDocument, { members, keys, place }: Block, line: string): Edit {
  const last = members.at(-1);
  if (last) return addAfter(text, last.place, line);
  if (keys.length > 0) return addAfter(text, { start: place.start, end: keys.at(-1)?.end ?? place.end }, `  ${line}`);
  const start = findStart(text);
  const eol = findEol(text);
  return { start, end: start, text: line + eol + (text.length > start ? eol : "") };
}

/** A line of its own behind the line of another one, indented like that. */
function addAfter(text: string, { start, end }: { start: number; end: number }, line: string): Edit {
  const eol = findEol(text);
  const indent = /^[ \t]*/.exec(text.slice(findLineStart(text, start)))?.[0] ?? "";
  const position = findLineEnd(text, end);
  const isEnded = text[position - 1] === "\n";
  return { start: position, end: position, text: isEnded ? indent + line + eol : eol + indent + line };
}

function addTable({ text }: TomlDocument, path: Path, line: string): Edit {
  const eol = findEol(text);
  const header = `[${path.map((step) => quoteKey(String(step))).join(".")}]`;
  const block = [header, `  ${line}`, ""].join(eol);
  return { start: text.length, end: text.length, text: gapAfter(text, eol) + block };
}
