import type { World } from "./world.js";

/** Splits at commas, strips blanks and surrounding quotes, drops empty and double tags; case is kept. */
export function normalizeTags(tags: readonly string[]): string[] {
  const names = tags
    .flatMap((tag) => tag.split(","))
    .map((tag) => unquote(tag.trim()))
    .filter((tag) => tag !== "");
  return [...new Set(names)];
}

/** The tags in the order in which GitLab hands them out: not that in which they were sent. */
export function orderTags(world: World, tags: readonly string[]): string[] {
  const ids = new Map(tags.map((tag) => [tag, world.tagId(tag)]));
  return [...tags].sort((a, b) => (ids.get(a) ?? 0) - (ids.get(b) ?? 0));
}

/** True when both hold the same tags, in whatever order. */
export function sameTags(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((tag) => b.includes(tag));
}

function unquote(tag: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(tag);
  return quoted ? (quoted[2] ?? "").trim() : tag;
}
