import type { Path } from "../../path.js";
import { type Block, type Member, type Place, parseDocument, type TomlDocument } from "../document.js";
import { findLineEnd, findLineStart } from "./edit.js";

/** A run of whole lines that belongs to one entry. */
export interface Segment {
  start: number;
  end: number;
  blocks: readonly Block[];
}

/** The comments in a segment, each with its line end: what stays when the segment goes. */
export function listComments({ text, comments }: TomlDocument, segment: Segment, eol: string): string {
  return findComments(comments, segment)
    .map(
      ({ start, end }) =>
        (isOwnLine(text, start) ? text.slice(findLineStart(text, start), end) : text.slice(start, end)) + eol,
    )
    .join("");
}

function findComments(comments: readonly Place[], { start, end }: { start: number; end: number }): Place[] {
  return comments.filter((comment) => comment.start >= start && comment.start < end);
}

function isOwnLine(text: string, position: number): boolean {
  return text.slice(findLineStart(text, position), position).trim() === "";
}

/**
 * The new text of an entry with the comments of its old one, each beside the setting beside which it stood; where that
 * is gone, beside the table around it.
 */
export function weaveComments(entry: string, document: TomlDocument, segments: readonly Segment[]): string {
  const comments = segments.flatMap((segment) => placeComments(document, segment));
  if (comments.length === 0) return entry;
  const lines = entry.replace(/\n$/, "").split("\n");
  const lineOf = indexLines(entry);
  const above = new Map<number, string[]>();
  const behind = new Map<number, string>();
  for (const { text, path, isBehind } of comments) {
    const { line, isExact } = findLine(lineOf, path);
    if (isBehind && isExact && !behind.has(line)) behind.set(line, ` ${text}`);
    else above.set(line, [...(above.get(line) ?? []), `${/^ */.exec(lines[line] ?? "")?.[0]}${text}`]);
  }
  return lines
    .flatMap((line, number) => [...(above.get(number) ?? []), line + (behind.get(number) ?? "")])
    .map((line) => `${line}\n`)
    .join("");
}

/** A comment, and the setting or header, from the entry on, that it belongs to. */
interface PlacedComment {
  text: string;
  path: Path;
  isBehind: boolean;
}

function placeComments({ text, comments }: TomlDocument, segment: Segment): PlacedComment[] {
  const items = segment.blocks.flatMap(listItems);
  return findComments(comments, segment).map(({ start, end }) => {
    const around = items.find((item) => item.start <= start && start < findLineEnd(text, item.end));
    const item = around ?? items.find((next) => next.start > start);
    const isBehind = around !== undefined && start >= around.end;
    return { text: text.slice(start, end), path: item?.path ?? [], isBehind };
  });
}

interface Item {
  path: Path;
  start: number;
  end: number;
}

/** A block's header and members; paths from the entry on. */
function listItems({ path, place, keys, members }: Block): Item[] {
  const header = { path: path.slice(2), start: place.start, end: keys.at(-1)?.end ?? place.start };
  return [header, ...members.map((member: Member) => ({ ...member.place, path: member.path.slice(2) }))];
}

/** Line numbers, from 0, of an entry's settings and headers. */
function indexLines(entry: string): Map<string, number> {
  const items = parseDocument(entry)
    .blocks.slice(1)
    .flatMap((block) => {
      const headers = [{ path: block.path, line: block.place.line }];
      return [...headers, ...block.members.map(({ path, place }) => ({ path, line: place.line }))];
    });
  return new Map(items.map(({ path, line }) => [keyOf(path.slice(2)), line - 1]));
}

function findLine(lineOf: ReadonlyMap<string, number>, path: Path): { line: number; isExact: boolean } {
  for (let length = path.length; length > 0; length--) {
    const line = lineOf.get(keyOf(path.slice(0, length)));
    if (line !== undefined) return { line, isExact: length === path.length };
  }
  return { line: 0, isExact: path.length === 0 };
}

function keyOf(path: Path): string {
  return JSON.stringify(path).toLowerCase();
}
