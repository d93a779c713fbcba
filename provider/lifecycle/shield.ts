import { fingerprint, holdsSecret } from "../secrets.js";

/**
 * Decides what of an observed value may be shown: state, previews and reports keep what `read` returns in plain text.
 */
export class Shield {
  readonly #secrets: readonly string[];

  constructor(
    readonly key: string,
    secrets: readonly (string | undefined)[],
  ) {
    this.#secrets = secrets.filter((secret): secret is string => !!secret);
  }

  /** A fingerprint in place of the value. */
  hide(value: unknown): string {
    return fingerprint(this.key, typeof value === "string" ? value : JSON.stringify(value));
  }

  /** The value, or its fingerprint when a known secret or a password in a URL lies in it. */
  show(value: unknown): unknown {
    const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
    return this.#isTelling(text) ? this.hide(value) : value;
  }

  #isTelling(text: string): boolean {
    return /:\/\/[^/\s:@]*:[^/\s@]+@/.test(text) || holdsSecret(text, this.#secrets);
  }
}
