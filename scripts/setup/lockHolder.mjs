// @ts-check
import { readdirSync, readFileSync, statSync, unlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { codeOf } from "./failure.mjs";
import { say, step } from "./progress.mjs";

const pollMs = 100;

/** @typedef {{ file: string, pid: number, host: string, purpose: string }} Holder */

/**
 * Waits until the one who holds the lock has given it back, or has it taken away because that one is dead.
 *
 * @param {string} folder
 * @param {{ staleAfterMs: number }} limits
 */
export async function waitForHolder(folder, { staleAfterMs }) {
  const holder = readHolder(folder);
  if (!holder) return;
  const who = holder.host === os.hostname() ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.host}`;
  if (!isDead(holder)) {
    const silent = await step({ title: `waiting for ${who}, which ${holder.purpose}` }, () =>
      waitUntilGone(holder, staleAfterMs),
    );
    if (!silent) return;
  }
  if (takeAway(holder)) say(`${who} is gone without giving its lock back; taking over`);
}

/**
 * @param {string} folder
 * @returns {Holder | undefined}
 */
function readHolder(folder) {
  try {
    const [name] = readdirSync(folder);
    if (!name) return undefined;
    const file = path.join(folder, name);
    return { file, pid: Number(name.split("-")[1]), ...parseContent(readFileSync(file, "utf8")) };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * @param {string} content
 * @returns {{ host: string, purpose: string }}
 */
function parseContent(content) {
  try {
    return JSON.parse(content);
  } catch {
    // A machine that lost its power may leave the file empty.
    return { host: os.hostname(), purpose: "holds the lock" };
  }
}

/**
 * Clocks of machines differ and stand still while a laptop sleeps; so a holder counts as silent when its heartbeat did
 * not change for long enough while we were watching.
 *
 * @param {Holder} holder
 * @param {number} staleAfterMs
 * @returns {Promise<boolean>} whether it fell silent, rather than gave the lock back
 */
async function waitUntilGone(holder, staleAfterMs) {
  let heartbeat = heartbeatOf(holder);
  let heard = performance.now();
  while (heartbeat !== undefined) {
    if (isDead(holder) || performance.now() - heard > staleAfterMs) return true;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    const latest = heartbeatOf(holder);
    if (latest !== heartbeat) heard = performance.now();
    heartbeat = latest;
  }
  return false;
}

/** @param {Holder} holder */
function heartbeatOf(holder) {
  return statSync(holder.file, { throwIfNoEntry: false })?.mtimeMs;
}

/** @param {Holder} holder */
function isDead({ pid, host }) {
  if (host !== os.hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

/**
 * @param {Holder} holder
 * @returns {boolean} whether it was us, and not a third process, who took it away
 */
function takeAway({ file }) {
  try {
    unlinkSync(file);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}
