import { isUtf8 } from "node:buffer";

/** What is no UTF-8 must not look like text: written back, it would be other bytes. */
export function decode(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  return isUtf8(bytes) ? text : text.replaceAll("\uFFFD", "\uDC80");
}
