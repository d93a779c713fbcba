import type { Node, TomlDocument } from "../document.js";
import { encodeInlineEntry } from "../encode.js";
import type { Table } from "../value.js";
import { type Edit, findEol } from "./edit.js";
import type { EntryChanges } from "./entries.js";

/** Changes of entries, and new ones. */
export interface InlineChanges extends EntryChanges {
  added: readonly Table[];
}

/** Edits of entries that stand as `runners = [ {…}, {…} ]`. */
export function editInline(document: TomlDocument, list: Node, { replaced, removed, added }: InlineChanges): Edit[] {
  const items = list.items ?? [];
  const kept = items.filter((_, place) => !removed.has(place));
  const edits: Edit[] = [];
  if (added.length > 0) edits.push(insert(list, kept.at(-1), added));
  for (const [place, entry] of replaced) {
    const { start, end } = placeOf(items, place);
    edits.push({ start, end, text: keepComments(document, { start, end }) + encodeInlineEntry(entry) });
  }
  return [...edits, ...listRuns(items, removed).map((run) => removeRun(document, list, run))];
}

function placeOf(items: readonly Node[], place: number): { start: number; end: number } {
  const item = items[place];
  if (!item) throw new Error(`there is no entry ${place}`);
  return item.place;
}

function insert(list: Node, last: Node | undefined, added: readonly Table[]): Edit {
  const text = added.map(encodeInlineEntry).join(", ");
  const position = last ? last.place.end : list.place.start + 1;
  return { start: position, end: position, text: last ? `, ${text}` : text };
}

/** Neighbours that go, as first and last place. */
function listRuns(items: readonly Node[], removed: ReadonlyMap<number, string>): [number, number][] {
  const runs: [number, number][] = [];
  items.forEach((_, place) => {
    if (!removed.has(place)) return;
    const run = runs.at(-1);
    if (run && run[1] === place - 1) run[1] = place;
    else runs.push([place, place]);
  });
  return runs;
}

/** With the items goes the comma that set them apart from those that stay. */
function removeRun(document: TomlDocument, list: Node, [first, last]: [number, number]): Edit {
  const items = list.items ?? [];
  const [before, after] = [items[first - 1], items[last + 1]];
  const { start } = placeOf(items, first);
  const { end } = placeOf(items, last);
  if (before) return cut(document, before.place.end, end);
  if (after) return cut(document, start, after.place.start);
  return cut(document, start, findComma(document, end) ?? end);
}

function cut(document: TomlDocument, start: number, end: number): Edit {
  const comments = keepComments(document, { start, end });
  return { start, end, text: comments === "" ? "" : ` ${comments}` };
}

/** The end of the comma behind the last item; undefined where there is none. */
function findComma({ text, comments }: TomlDocument, position: number): number | undefined {
  for (let at = position; ; at++) {
    const comment = comments.find(({ start }) => start === at);
    if (comment) at = comment.end;
    if (text[at] === ",") return at + 1;
    if (!/\s/.test(text[at] ?? "")) return undefined;
  }
}

/** Comments are nobody's: they stay, each on a line of its own. */
function keepComments({ text, comments }: TomlDocument, { start, end }: { start: number; end: number }): string {
  const kept = comments.filter((comment) => comment.start >= start && comment.end <= end);
  return kept.map((comment) => text.slice(comment.start, comment.end) + findEol(text)).join("");
}
