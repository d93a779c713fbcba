// @ts-check
import os from "node:os";
import path from "node:path";
import { say } from "../setup/progress.mjs";
import { packageName } from "../setup/project.mjs";
import { cliName, isExecutable, languageHostName } from "./executable.mjs";
import { proveThatItRuns } from "./proof.mjs";

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} the folder that holds the engines of this user, for all checkouts
 */
export function engineCacheFolder(env) {
  return path.join(cacheFolder(env), "engine");
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} the folder that holds what all checkouts of this user share
 */
export function cacheFolder(env) {
  return env.PULUMI_GITLAB_RUNNER_CACHE || path.join(userCacheFolder(env), packageName);
}

/** @param {NodeJS.ProcessEnv} env */
function userCacheFolder(env) {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (process.platform === "darwin") return path.join(os.homedir(), "Library", "Caches");
  if (process.platform === "win32" && env.LOCALAPPDATA) return env.LOCALAPPDATA;
  return path.join(os.homedir(), ".cache");
}

/**
 * @param {string[]} folders where an engine may lie, the preferred one first
 * @returns {Promise<import("./onPath.mjs").Engine | undefined>}
 */
export async function findEngineInCache(folders) {
  for (const folder of folders) {
    const [cli, languageHost] = [path.join(folder, cliName), path.join(folder, languageHostName)];
    if (!isExecutable(cli) || !isExecutable(languageHost)) continue;
    const proof = await proveThatItRuns(cli);
    if ("version" in proof) return { cli, languageHost, version: proof.version, origin: `the cache ${folder}`, folder };
    say(`passing over ${cli}: ${proof.problem}`);
  }
  return undefined;
}
