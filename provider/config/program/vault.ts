import { isTellingItem, isTellingName, isTellingText } from "../schema/tellingNames.js";
import { code, type Expression, escapeTemplate, text } from "./expression.js";
import { Names, toIdentifier } from "./names.js";

/** A secret that the program reads from stack config. */
export interface StoredSecret {
  key: string;
  value: string;
}

/** Steps that name a place, from the entry on: `["docker", "cache", "s3", "secretKey"]`. */
export type Place = readonly (string | number)[];

/** Shorter values would be found in ordinary words. */
const SHORTEST = 8;

const URL_WITH_PASSWORD = /:\/\/[^/\s:@]*:[^/\s@]+@/;
const TOKEN = /\b(gl[a-z]{1,6}(-t\d_)?-|AKIA|ghp_|xox[bp]-)[\w.-]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** The secrets of a file, on their way from it to stack config. */
export class Vault {
  readonly secrets: StoredSecret[] = [];
  readonly #names = new Names();
  readonly #keys = new Map<string, string>();

  /** The expression that stands in the program for a secret value. */
  store(place: Place, value: string): Expression {
    return code(requireSecret(this.#keep(place, value)));
  }

  /** One key for one value of one name, wherever it stands: entries often share a bucket or a proxy. */
  #keep(place: Place, value: string): string {
    const identity = JSON.stringify([place.at(-1), value]);
    const key = this.#keys.get(identity) ?? this.#names.take(toIdentifier(...place));
    if (!this.#keys.has(identity)) this.secrets.push({ key, value });
    this.#keys.set(identity, key);
    return key;
  }

  /** A text, in the vault when it tells of a secret. */
  express(place: Place, value: string): Expression {
    return this.isSecret(value) ? this.store(place, value) : text(value);
  }

  /** `NAME=value` or `--option=value`: the name stays to be read. */
  expressItem(place: Place, item: string, isSecretItem: (item: string) => boolean = isTellingItem): Expression {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(item) ?? [];
    if (name === undefined || value === undefined) return this.express(place, item);
    if (!isSecretItem(item) && !this.isSecret(item)) return text(item);
    const secret = requireSecret(this.#keep([...place, name], value));
    return code(`pulumi.interpolate\`${escapeTemplate(name)}=\${${secret}}\``);
  }

  /** Whether a text looks like a secret, or holds one that is known. */
  isSecret(value: string): boolean {
    if (URL_WITH_PASSWORD.test(value) || TOKEN.test(value) || isTellingText(value)) return true;
    return this.secrets.some((secret) => secret.value.length >= SHORTEST && value.includes(secret.value));
  }

  /** A member of a map whose keys are free. */
  expressNamed(place: Place, name: string, value: string): Expression {
    return isTellingName(name) ? this.store([...place, name], value) : this.express([...place, name], value);
  }
}

function requireSecret(key: string): string {
  return `config.requireSecret(${JSON.stringify(key)})`;
}
