/** A stretch of a text, by offsets, and what comes in its place. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** The line end that a text uses; its first one counts. */
export function findEol(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? "\n";
}

/** Where the data begins: behind a byte order mark. */
export function findStart(text: string): number {
  return text.startsWith("\uFEFF") ? 1 : 0;
}

/** Where the line of a position begins. */
export function findLineStart(text: string, position: number): number {
  return Math.max(text.lastIndexOf("\n", position - 1) + 1, findStart(text));
}

/** Where the line of a position ends, its line end included. */
export function findLineEnd(text: string, position: number): number {
  const end = text.indexOf("\n", position);
  return end < 0 ? text.length : end + 1;
}

/** The text with all edits made. They may touch one another; of two at one place, the first comes first. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits
    .map((edit, place) => ({ ...edit, place }))
    .sort((a, b) => a.start - b.start || a.place - b.place);
  let result = "";
  let position = 0;
  for (const { start, end, text: replacement } of ordered) {
    if (start < position) throw new Error("edits of a text overlap");
    result += text.slice(position, start) + replacement;
    position = end;
  }
  return result + text.slice(position);
}

/**
 * Edits of whole lines, so that no two lines become one: what goes may include the line end before it.
 */
export function joinLineEdits(text: string, edits: readonly Edit[]): Edit[] {
  const joined: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && last.end === edit.start)
      joined.splice(-1, 1, { ...edit, start: last.start, text: last.text + edit.text });
    else joined.push(edit);
  }
  return joined.map((edit) => keepLinesApart(text, edit));
}

function keepLinesApart(text: string, edit: Edit): Edit {
  const isLineStart = edit.start <= findStart(text) || text[edit.start - 1] === "\n";
  const next = edit.text + text.slice(edit.end, edit.end + 2);
  return isLineStart || /^(\r?\n|$)/.test(next) ? edit : { ...edit, text: findEol(text) + edit.text };
}
