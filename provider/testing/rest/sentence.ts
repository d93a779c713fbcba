/** Joins texts as English does: `a`, `a and b`, `a, b, and c`. */
export function toSentence(texts: readonly string[]): string {
  if (texts.length < 3) return texts.join(" and ");
  return `${texts.slice(0, -1).join(", ")}, and ${texts.at(-1)}`;
}
