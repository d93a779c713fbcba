// @ts-check
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { codeOf } from "./failure.mjs";
import { onEnd } from "./interrupt.mjs";

// Everything is made in a folder of this name and then moved to its place, so that no interruption leaves half of it
// there. Not even a tool that outlives its killed set-up does harm: what it writes into is never used.
const prefix = "partial-";
const removal = { recursive: true, force: true, maxRetries: 3 };

/** @param {string} parent */
export function makePartial(parent) {
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(path.join(parent, prefix));
}

/**
 * @template T
 * @param {string} parent
 * @param {(folder: string) => Promise<T>} work gets an empty folder inside `parent`, gone afterwards
 * @returns {Promise<T>}
 */
export async function inPartial(parent, work) {
  const folder = makePartial(parent);
  const forget = onEnd(() => rmSync(folder, removal));
  try {
    return await work(folder);
  } finally {
    await rm(folder, removal);
    forget();
  }
}

/**
 * Removes what killed runs left; only for the one who holds the lock of `parent`.
 *
 * @param {string} parent
 */
export async function sweepPartials(parent) {
  const left = readdirSync(parent).filter((name) => name.startsWith(prefix));
  // A tool of the killed run may still be writing there; then the next sweep gets it.
  await Promise.all(left.map((name) => rm(path.join(parent, name), removal).catch(() => {})));
}

/**
 * Moves the finished folder `next`, which lies in a partial one, to `target`; what was there before goes.
 *
 * @param {string} next
 * @param {string} target
 */
export async function swapIn(next, target) {
  await mkdir(path.dirname(target), { recursive: true });
  try {
    await rename(target, path.join(makePartial(path.dirname(next)), "before"));
  } catch (error) {
    if (isMounted(error)) return replaceContents(next, target);
    if (codeOf(error) !== "ENOENT") throw error;
  }
  await rename(next, target);
}

/** @param {unknown} error */
function isMounted(error) {
  return ["EBUSY", "EXDEV"].includes(codeOf(error) ?? "");
}

/**
 * For a target that cannot move, such as a container's volume mounted as node_modules.
 *
 * @param {string} next
 * @param {string} target
 */
async function replaceContents(next, target) {
  for (const name of await readdir(target)) await rm(path.join(target, name), removal);
  await cp(next, target, { recursive: true, verbatimSymlinks: true });
}
