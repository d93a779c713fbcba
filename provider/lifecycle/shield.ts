import { fingerprint, SecretFinder } from "../secrets.js";

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
    return fingerprint(this.key, typeof value === "string" ? value : JSON.stringify(value));
  }

  /** The value, or its fingerprint when a known secret or a password in a URL lies in it. */
  show(value: unknown): unknown {
    if (typeof value === "boolean" || typeof value === "number") return value;
    const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
    return this.#isTelling(text) ? this.hide(value) : value;
  }

  #isTelling(text: string): boolean {
    return /:\/\/[^/\s:@]*:[^/\s@]+@/.test(text) || this.#finder.isIn(text);
  }
}
