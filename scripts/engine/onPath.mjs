// @ts-check
import { realpathSync } from "node:fs";
import path from "node:path";
import { say } from "../setup/progress.mjs";
import { cliName, findAllOnPath, isExecutable, languageHostName } from "./executable.mjs";
import { proveThatItRuns } from "./proof.mjs";
import { isAtLeast, oldestVersion } from "./version.mjs";

/**
 * @typedef {object} Engine
 * @property {string} cli
 * @property {string} languageHost
 * @property {string} version
 * @property {string} origin where it comes from, for the reader
 * @property {string} [folder] one that holds nothing but this engine
 */

/**
 * Finds the first Pulumi on PATH that serves; says in one line each why those before it do not.
 *
 * @param {string} searchPath
 * @returns {Promise<Engine | undefined>}
 */
export async function findEngineOnPath(searchPath) {
  for (const cli of findAllOnPath(searchPath, cliName)) {
    const found = await examine(cli, searchPath);
    if ("engine" in found) return found.engine;
    say(`passing over ${cli}: ${found.problem}`);
  }
  return undefined;
}

/**
 * @param {string} cli
 * @param {string} searchPath
 * @returns {Promise<{ engine: Engine } | { problem: string }>}
 */
async function examine(cli, searchPath) {
  const proof = await proveThatItRuns(cli);
  if ("problem" in proof) return proof;
  const { version } = proof;
  if (!isAtLeast(version, oldestVersion)) return { problem: `version ${version} is older than ${oldestVersion}` };
  const languageHost = findLanguageHost(cli, searchPath);
  if (!languageHost) return { problem: `${languageHostName} is neither beside it nor on PATH` };
  return { engine: { cli, languageHost, version, origin: `PATH, ${cli}` } };
}

/**
 * @param {string} cli
 * @param {string} searchPath
 */
function findLanguageHost(cli, searchPath) {
  const beside = [cli, realpathSync(cli)].map((file) => path.join(path.dirname(file), languageHostName));
  return [...beside.filter(isExecutable), ...findAllOnPath(searchPath, languageHostName)][0];
}
