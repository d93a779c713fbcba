// Names, descriptions and notes come from GitLab and from files: anybody may have put into them what a terminal obeys, or
// what makes a text look like another one.

/** Control and format characters, line separators, halves of a character, and what XML does not take. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

/** A text on one line, in which each character can be seen: an escape character stands as `\u001b`. */
export function makeVisible(text: string): string {
  return text.replace(INVISIBLE, escapeUnits);
}

/** Somebody else's text in quotes, as it may stand on a terminal. */
export function quote(text: string): string {
  return makeVisible(JSON.stringify(text));
}

/** The same for a text of several lines, which may be laid out by tabs. */
export function makeLinesVisible(text: string): string {
  const lines = text.replaceAll("\t", "    ").split(/\r?\n/);
  return lines.map(makeVisible).join("\n");
}

/** JSON of the same meaning, which a terminal may show. The line ends of its layout stay. */
export function makeJsonVisible(json: string): string {
  return json.replace(INVISIBLE, (character) => (character === "\n" ? character : escapeUnits(character)));
}

/** The address of a link: what stands in it ends it nowhere. */
export function encodeLink(link: string): string {
  return makeVisible(link).replace(
    /[<>"'\\\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A value in one line, as JSON writes it. */
export function showValue(value: unknown): string {
  return value === undefined ? "(not set)" : makeVisible(JSON.stringify(value));
}

function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
