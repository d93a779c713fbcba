// @ts-check
import { randomBytes } from "node:crypto";
import { renameSync, rmdirSync, rmSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { codeOf } from "./failure.mjs";
import { end, onEnd } from "./interrupt.mjs";
import { waitForHolder } from "./lockHolder.mjs";
import { makePartial } from "./partial.mjs";
import { say } from "./progress.mjs";

const heartbeatMs = 5_000;
const staleAfterMs = 60_000;
const pauseMs = 20;

// A lock is a folder that holds one file, named after its owner. Taking it is renaming a prepared folder onto it, which
// fails while it has a file; giving it back, or taking it from a dead owner, is removing the file of that very owner.
// So nobody can take a lock away from any other owner than the one they looked at.

/**
 * Does `work` while no other process does, in this checkout or on this machine; says for whom it waits.
 *
 * @template T
 * @param {{ folder: string, purpose: string, staleAfterMs?: number }} lock `purpose` is what the others read: "builds"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lock, work) {
  const owner = await take(lock);
  const release = () => giveBack(lock.folder, owner);
  const forget = onEnd(release);
  const heartbeat = setInterval(() => beat(lock.folder, owner), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    forget();
    release();
  }
}

/** @param {{ folder: string, purpose: string, staleAfterMs?: number }} lock */
async function take({ folder, purpose, ...limits }) {
  const owner = `owner-${process.pid}-${randomBytes(4).toString("hex")}.json`;
  const content = JSON.stringify({ host: os.hostname(), purpose });
  while (!tryToTake(folder, owner, content)) {
    await waitForHolder(folder, { staleAfterMs, ...limits });
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return owner;
}

/**
 * @param {string} folder
 * @param {string} owner
 * @param {string} content
 */
function tryToTake(folder, owner, content) {
  const prepared = makePartial(path.dirname(folder));
  try {
    writeFileSync(path.join(prepared, owner), content);
    // Windows renames onto no folder at all, not even onto an empty one.
    if (process.platform === "win32") removeEmpty(folder);
    renameSync(prepared, folder);
    return true;
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    // ENOENT: the holder swept the prepared folder away.
    const held = ["ENOTEMPTY", "EEXIST", "ENOENT", ...(process.platform === "win32" ? ["EPERM", "EACCES"] : [])];
    if (held.includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}

/**
 * @param {string} folder
 * @param {string} owner
 */
function giveBack(folder, owner) {
  try {
    unlinkSync(path.join(folder, owner));
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  removeEmpty(folder);
}

/** @param {string} folder */
function removeEmpty(folder) {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody holds it by now, or it is gone.
  }
}

/**
 * @param {string} folder
 * @param {string} owner
 */
function beat(folder, owner) {
  try {
    const now = new Date();
    utimesSync(path.join(folder, owner), now, now);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    say("this process was stopped for so long that another one took over its work; run the command again");
    void end(1);
  }
}
