import { html } from "hono/html";
import { encodeLink } from "../../visible.js";

/** Mark-up in which every value was escaped. */
export type Markup = ReturnType<typeof html>;

export { html };

/** Mark-up, or nothing. */
export type MaybeMarkup = Markup | "";

export const SIGNS = { clean: "✓", drifted: "≠", gone: "✕", unknown: "?" } as const;

/** A link only where it leads to a web page: an address comes from the program, and could be any text. */
export function linkTo(link: string | undefined, text: string): Markup | string {
  return link !== undefined && /^https?:\/\//i.test(link) ? html`<a href="${encodeLink(link)}">${text}</a>` : text;
}
