import { fingerprint, REDACTED, SecretFinder } from "../secrets.js";

/** A password in a URL: what stands between the address' scheme and its host, from the colon on. */
const URL_PASSWORD = /(:\/\/[^/\s:@]*:)[^/\s@]+@/;

/**
 * Decides what of an observed value may be shown: state, previews and reports keep what `read` returns in plain text.
 */
export class Shield {
  readonly #finder: SecretFinder;

  /** @param key of the fingerprints; a secret that differs from resource to resource */
  constructor(
    readonly key: string,
    secrets: readonly (string | undefined)[],
  ) {
    this.#finder = new SecretFinder(secrets.filter((secret): secret is string => !!secret));
  }

  /** A fingerprint in place of the value. */
  hide(value: unknown): string {
    return fingerprint(this.key, typeof value === "string" ? value : JSON.stringify(sortKeys(value)));
  }

  /** The value, or its fingerprint when a known secret or a password in a URL lies in it. */
  show(value: unknown): unknown {
    if (typeof value === "boolean" || typeof value === "number") return value;
    const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
    return this.#isTelling(text) ? this.hide(value) : value;
  }

  /** A name, such as a key in a file, without the secrets that somebody may have put into it. */
  redact(name: string): string {
    return this.#isTelling(name)
      ? this.#finder.redact(name).replace(new RegExp(URL_PASSWORD, "g"), `$1${REDACTED}@`)
      : name;
  }

  #isTelling(text: string): boolean {
    return URL_PASSWORD.test(text) || this.#finder.isIn(text);
  }
}

/** A table with its keys in order, at any depth: a file may have them in another one. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([key, member]) => [key, sortKeys(member)]));
}
