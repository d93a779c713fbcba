// @ts-check
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import path from "node:path";

const suffix = process.platform === "win32" ? ".exe" : "";

export const cliName = `pulumi${suffix}`;
export const languageHostName = `pulumi-language-nodejs${suffix}`;
export const goName = `go${suffix}`;
/** Starts dynamic providers; a script that comes with the npm package. */
export const launcherName = `pulumi-resource-pulumi-nodejs${process.platform === "win32" ? ".cmd" : ""}`;

/**
 * @param {string} searchPath the value of PATH
 * @param {string} name
 * @returns {string[]} every executable of this name, in the order of PATH
 */
export function findAllOnPath(searchPath, name) {
  const folders = searchPath.split(path.delimiter).filter((folder) => folder !== "");
  const files = folders.map((folder) => path.resolve(folder, name)).filter(isExecutable);
  return [...new Map(files.reverse().map((file) => [realpathSync(file), file])).values()].reverse();
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
