import { createHmac } from "node:crypto";

/** What stands in a text where a secret was. */
export const REDACTED = "[secret]";

/** Shorter ones would blot out ordinary words, and are no secrets worth the name. */
const SHORTEST = 4;

/** The forms in which a value reaches a text: as it is, in a URL, in JSON or TOML, in a header. */
function listForms(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const encoded = Buffer.from(secret).toString("base64").replace(/=+$/, "");
  return [...new Set([secret, escaped, encodeURIComponent(secret), encoded])];
}

/** Finds known secrets in texts, in time that does not grow with their number: a large fleet has thousands. */
export class SecretFinder {
  /** The forms by how they begin. */
  readonly #forms = new Map<string, string[]>();

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) {
      if (secret.length >= SHORTEST) for (const form of listForms(secret)) this.#add(form);
    }
    // The longest first: a secret that begins like another one must not leave its tail behind.
    for (const forms of this.#forms.values()) forms.sort((a, b) => b.length - a.length);
  }

  #add(form: string): void {
    const start = form.slice(0, SHORTEST);
    this.#forms.set(start, [...(this.#forms.get(start) ?? []), form]);
  }

  #findAt(text: string, position: number): string | undefined {
    const forms = this.#forms.get(text.slice(position, position + SHORTEST));
    return forms?.find((form) => text.startsWith(form, position));
  }

  /** Whether any of the secrets lies in the text, in any form. */
  isIn(text: string): boolean {
    for (let position = 0; position + SHORTEST <= text.length; position++) {
      if (this.#findAt(text, position) !== undefined) return true;
    }
    return false;
  }

  /** The text without any of the secrets. */
  redact(text: string): string {
    let rest = "";
    for (let position = 0; position < text.length; ) {
      const found = this.#findAt(text, position);
      rest += found === undefined ? text[position] : REDACTED;
      position += found?.length ?? 1;
    }
    return rest;
  }
}

/** GitLab's tokens by the prefixes that it gives them, also behind an instance's own; and registration tokens. */
const TOKENS =
  /[\w-]*(?<![a-z])gl(?:pat|rtr|rt|dt|cbt|ptt|ft|oas|soat|imt|ffct|wt|agent)-[\w.-]{8,}|\bGR1348941[\w-]{8,}/g;

/** The text without what looks like a token of GitLab: an answer may hold one that nobody here knows. */
export function redactTokens(text: string, hide: (token: string) => string = () => REDACTED): string {
  return text.replace(TOKENS, (token) => hide(token));
}

/**
 * Tells two secrets apart without showing either. Keyed, since a plain hash of a weak password can be guessed; the key
 * is a secret itself, and lies encrypted in state.
 */
export function fingerprint(key: string, value: string): string {
  return `hmac-sha256:${createHmac("sha256", key).update(value).digest("hex").slice(0, 16)}`;
}
