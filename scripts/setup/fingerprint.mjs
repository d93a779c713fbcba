// @ts-check
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { codeOf } from "./failure.mjs";

/**
 * @param {string} root
 * @param {string[]} names files and folders in `root`; what does not exist counts as that
 * @returns {string} changes whenever a name or a content does
 */
export function fingerprint(root, names) {
  const hash = createHash("sha256");
  for (const name of names.flatMap((entry) => listFiles(root, entry))) {
    const content = read(path.join(root, name));
    hash.update(`${name}\0${content?.length ?? "none"}\0`).update(content ?? "");
  }
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @param {string} name a file or a folder in `root`
 * @returns {string[]} the files, sorted, with `/` on every system
 */
export function listFiles(root, name) {
  try {
    const entries = readdirSync(path.join(root, name), { withFileTypes: true });
    return entries
      .flatMap((entry) => (entry.isDirectory() ? listFiles(root, `${name}/${entry.name}`) : `${name}/${entry.name}`))
      .sort();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) return [name];
    throw error;
  }
}

/**
 * Whether the stamp, written last when something was made, says that it was made from the same things.
 *
 * @param {string} stamp
 * @param {string} expected
 */
export function hasStamp(stamp, expected) {
  return read(stamp)?.toString() === expected;
}

/**
 * @param {string} stamp
 * @param {string} content
 */
export function writeStamp(stamp, content) {
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, content);
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
