import { createHmac, randomBytes } from "node:crypto";

/** What stands in a text where a secret was. */
export const REDACTED = "[secret]";

/** Shorter ones would blot out ordinary words, and are no secrets worth the name. */
const SHORTEST = 4;

/** The forms in which a value reaches a text: as it is, in a URL, in JSON or TOML, in a header. */
function listForms(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const encoded = Buffer.from(secret).toString("base64");
  return [...new Set([secret, escaped, encodeURIComponent(secret), encoded, encoded.replace(/=+$/, "")])];
}

/** The text without any of the secrets, whatever form they take in it. */
export function redact(text: string, secrets: Iterable<string>): string {
  const forms = [...secrets].filter((secret) => secret.length >= SHORTEST).flatMap(listForms);
  // The longest first: a secret that begins like another one must not leave its tail behind.
  forms.sort((a, b) => b.length - a.length);
  return forms.reduce((rest, form) => rest.split(form).join(REDACTED), text);
}

/** Whether any of the secrets lies in the text, in any form. */
export function holdsSecret(text: string, secrets: Iterable<string>): boolean {
  return redact(text, secrets) !== text;
}

/** A fresh key for `fingerprint`; it is a secret itself. */
export function makeFingerprintKey(): string {
  return randomBytes(16).toString("hex");
}

/**
 * Tells two secrets apart without showing either. Keyed, since a plain hash of a weak password can be guessed; the key
 * lies encrypted in state.
 */
export function fingerprint(key: string, value: string): string {
  return `hmac-sha256:${createHmac("sha256", key).update(value).digest("hex").slice(0, 16)}`;
}
