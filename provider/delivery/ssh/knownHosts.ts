import { createHash, createHmac } from "node:crypto";
import { DEFAULT_PORT } from "../target.js";

/** One line of a known_hosts file. */
interface Line {
  marker: string;
  patterns: string;
  type: string;
  key: Buffer;
}

/** What known_hosts files say of one host. */
export interface KnownKeys {
  /** Its keys: their type, as SSH names it, and their bytes. */
  trusted: { type: string; key: Buffer }[];
  /** Whether these are of its port, and not of the host alone: then another key is a changed one. */
  isOfPort: boolean;
  /** Keys that nobody may trust any more. */
  revoked: Buffer[];
}

/** How OpenSSH shows a key: `SHA256:` and the hash. */
export function fingerprintKey(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/** The type that stands in a key itself. */
export function typeOfKey(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0;
  return key.subarray(4, 4 + length).toString("latin1");
}

/**
 * The keys of a host in the text of known_hosts files. A line without a port counts for all ports of a host where no line
 * has the port, as OpenSSH has it. Certificate authorities are passed over: we cannot check them.
 */
export function findKnownKeys(text: string, host: string, port: number): KnownKeys {
  const name = host.toLowerCase();
  const lines = text.split(/\r?\n/).flatMap(readLine);
  const ofHost = pickKeys(lines, name);
  if (port === DEFAULT_PORT) return { ...ofHost, isOfPort: true };
  const ofPort = pickKeys(lines, `[${name}]:${port}`);
  if (ofPort.trusted.length > 0) return { ...ofPort, isOfPort: true };
  return { trusted: ofHost.trusted, revoked: [...ofHost.revoked, ...ofPort.revoked], isOfPort: false };
}

function pickKeys(lines: readonly Line[], name: string): Pick<KnownKeys, "trusted" | "revoked"> {
  const matching = lines.filter(({ patterns }) => matches(patterns, name));
  return {
    trusted: matching.filter(({ marker }) => marker === "").map(({ type, key }) => ({ type, key })),
    revoked: matching.filter(({ marker }) => marker === "@revoked").map(({ key }) => key),
  };
}

function readLine(line: string): Line[] {
  const words = line.trim().split(/\s+/);
  const marker = words[0]?.startsWith("@") ? (words.shift() ?? "") : "";
  const [patterns, type, key] = words;
  if (!patterns || patterns.startsWith("#") || !type || !key) return [];
  return [{ marker, patterns, type, key: Buffer.from(key, "base64") }];
}

function matches(patterns: string, name: string): boolean {
  if (patterns.startsWith("|1|")) return matchesHash(patterns, name);
  const list = patterns.split(",");
  const isOneOf = (negated: boolean) =>
    list.some((pattern) => pattern.startsWith("!") === negated && toPattern(pattern.replace(/^!/, "")).test(name));
  return isOneOf(false) && !isOneOf(true);
}

function matchesHash(hashed: string, name: string): boolean {
  const [, , salt = "", hash = ""] = hashed.split("|");
  return createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === hash;
}

function toPattern(glob: string): RegExp {
  const escaped = glob.toLowerCase().replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}
