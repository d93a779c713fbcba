import { randomBytes } from "node:crypto";

/** A random text of letters, digits, `-` and `_`, as GitLab's friendly tokens are. */
export function randomText(length: number): string {
  return randomBytes(length).toString("base64url").slice(0, length);
}

/**
 * A routable token: the prefix, a payload that names where the token belongs and who made it, the version `01`, the
 * payload's length and a checksum over all before.
 */
export function makeRoutableToken(prefix: string, route: Record<string, string | number>): string {
  const lines = Object.entries(route).map(([key, value]) => `${key}:${value.toString(36)}`);
  const payload = Buffer.concat([Buffer.from(lines.join("\n")), randomBytes(16)]).toString("base64url");
  const body = `${prefix}${payload}.01.${payload.length.toString(36).padStart(2, "0")}`;
  return body + crc32(Buffer.from(body)).toString(36).padStart(7, "0");
}

// zlib.crc32 came with Node 20.15; we run on every Node 20.
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
