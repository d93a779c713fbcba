// @ts-check
import { listFiles } from "../setup/fingerprint.mjs";
import { outputOf } from "./compile.mjs";

/** @typedef {"unit" | "engine" | "system"} Kind */

/**
 * @param {Kind} kind
 * @param {string} root
 * @param {string[]} paths the files and folders meant; none means all
 * @returns {string[]} the compiled specs of this kind
 */
export function findSpecs(kind, root, paths) {
  const specs = listFiles(root, "test").filter((name) => name.endsWith(".spec.ts"));
  const isMeant = (/** @type {string} */ name) =>
    paths.length === 0 || paths.some((given) => name === given || name.startsWith(`${given.replace(/\/$/, "")}/`));
  return specs.filter((name) => kindOf(name) === kind && isMeant(name)).map(outputOf);
}

/**
 * @param {string} name
 * @returns {Kind}
 */
function kindOf(name) {
  if (name.startsWith("test/stack/")) return "engine";
  // These need programs that not everybody has; they have a command of their own.
  return name.startsWith("test/system/") ? "system" : "unit";
}
