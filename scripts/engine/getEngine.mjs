// @ts-check
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { codeOf, SetUpFailure } from "../setup/failure.mjs";
import { withLock } from "../setup/lock.mjs";
import { sweepPartials } from "../setup/partial.mjs";
import { engineCacheFolder, findEngineInCache } from "./cache.mjs";
import { findAllOnPath, goName } from "./executable.mjs";
import { findEngineOnPath } from "./onPath.mjs";
import { downloadRelease } from "./release.mjs";
import { buildFromSource, sourceFingerprint } from "./source.mjs";
import { oldestVersion, version } from "./version.mjs";

/** @typedef {import("./onPath.mjs").Engine} Engine */

/**
 * Finds the Pulumi engine on PATH or in our cache; otherwise downloads or builds it into the cache.
 *
 * @param {{ env: NodeJS.ProcessEnv, searchPath: string }} where
 * @returns {Promise<Engine>}
 */
export async function getEngine({ env, searchPath }) {
  const cache = engineCacheFolder(env);
  const released = path.join(cache, `${version}-${process.platform}-${process.arch}`);
  const built = `${released}-${sourceFingerprint()}`;
  const inCache = () => findEngineInCache([released, built]);
  const ready = (await findEngineOnPath(searchPath)) ?? (await inCache());
  if (ready) return ready;

  makeWritable(cache);
  return withLock({ folder: path.join(cache, "lock"), purpose: "gets the Pulumi engine" }, async () => {
    const madeMeanwhile = await inCache();
    if (madeMeanwhile) return madeMeanwhile;
    await sweepPartials(cache);
    const problem = await downloadRelease(released, env);
    if (problem) await build({ target: built, searchPath, problem });
    const engine = await inCache();
    if (!engine) throw new SetUpFailure(`The Pulumi engine in ${cache} does not work on this machine`);
    return engine;
  });
}

/** @param {{ target: string, searchPath: string, problem: string }} how */
async function build({ target, searchPath, problem }) {
  const [go] = findAllOnPath(searchPath, goName);
  if (!go) throw new SetUpFailure(describeMissing(problem));
  await buildFromSource(target, go);
}

/** @param {string} problem why there is no release */
function describeMissing(problem) {
  return `The Pulumi engine is missing, and so is every way to get it:
  - no pulumi ${oldestVersion} or later, with its language host for Node.js, on PATH
  - no release: ${problem}
  - no go on PATH to build it from source
Install one of the two, and run this again:
  - Pulumi: https://www.pulumi.com/docs/install/
  - Go 1.25.6 or later, which then builds Pulumi: https://go.dev/dl/`;
}

/** @param {string} cache */
function makeWritable(cache) {
  try {
    makeFolder(cache);
    accessSync(cache, constants.W_OK);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new SetUpFailure(
      `The cache folder ${cache} cannot be made or written to (${code}). PULUMI_GITLAB_RUNNER_CACHE names another one.`,
    );
  }
}

/**
 * Node's own recursive mkdir never ends where the file system denies a folder with ENOENT, as /proc does.
 *
 * @param {string} folder
 */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another run may have made it meanwhile.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}
