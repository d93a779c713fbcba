import type { TomlDocument } from "../document.js";
import { encodeEntry } from "../encode.js";
import type { Table } from "../value.js";
import { type Edit, findEol, findLineEnd, findLineStart, joinLineEdits } from "./edit.js";
import { listComments, type Segment, weaveComments } from "./weave.js";

/** What is to become of entries, each by its place among the file's entries. */
export interface EntryChanges {
  /** What an entry is to hold. */
  replaced: ReadonlyMap<number, Table>;
  /** Entries that go, each with the text that was put between it and what stood before it. */
  removed: ReadonlyMap<number, string>;
}

/** The lines of an entry: several runs, where its sub-tables come after other tables. */
export function listSegments({ text, blocks }: TomlDocument, root: string, place: number): Segment[] {
  const runs: (typeof blocks)[] = [];
  blocks.forEach((block, index) => {
    if (block.path[0] !== root || block.path[1] !== place) return;
    const previous = blocks[index - 1];
    if (previous && runs.at(-1)?.at(-1) === previous) runs.at(-1)?.push(block);
    else runs.push([block]);
  });
  return runs.map((run) => ({
    start: findLineStart(text, run[0]?.place.start ?? 0),
    end: findLineEnd(text, run.at(-1)?.place.end ?? 0),
    blocks: run,
  }));
}

/** Edits of entries that stand under `[[runners]]` headers. Comments are nobody's: they stay. */
export function editEntries(document: TomlDocument, root: string, { replaced, removed }: EntryChanges): Edit[] {
  const eol = findEol(document.text);
  const edits: Edit[] = [];
  for (const [place, entry] of replaced) {
    const segments = listSegments(document, root, place);
    const text = weaveComments(encodeEntry(entry, root), document, segments).replaceAll("\n", eol);
    edits.push(...segments.map(({ start, end }, index) => ({ start, end, text: index === 0 ? text : "" })));
  }
  for (const [place, gap] of removed) {
    const segments = listSegments(document, root, place);
    const gone = segments.map((segment) => ({ ...segment, text: listComments(document, segment, eol) }));
    edits.push(
      ...gone.map(({ start, end, text }, index) => ({
        start: start - (index === 0 ? gapAt(document.text, start, gap) : 0),
        end,
        text,
      })),
    );
  }
  return joinLineEdits(document.text, edits);
}

/** How much before the entry goes with it: what was put there, if it still is there. */
function gapAt(text: string, start: number, gap: string): number {
  return gap !== "" && text.slice(0, start).endsWith(gap) ? gap.length : 0;
}

/** Entries behind all others; each with the text that was put before it. */
export function appendEntries(text: string, root: string, entries: readonly Table[]): { text: string; gaps: string[] } {
  const eol = findEol(text);
  let result = text;
  const gaps = entries.map((entry) => {
    const gap = gapAfter(result, eol);
    result += gap + encodeEntry(entry, root).replaceAll("\n", eol);
    return gap;
  });
  return { text: result, gaps };
}

/** What makes a blank line after a text. */
export function gapAfter(text: string, eol: string): string {
  if (/^\uFEFF?$/.test(text) || /\n[ \t]*\r?\n$/.test(text)) return "";
  return text.endsWith("\n") ? eol : eol + eol;
}
