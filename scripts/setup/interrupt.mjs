// @ts-check
import os from "node:os";

/** @typedef {() => Promise<void>} Stop */

/** @type {Set<Stop>} */
const running = new Set();
/** @type {Set<() => void>} */
const cleanups = new Set();
let ending = false;

/** @returns {boolean} whether this process is about to exit, so that what its tools report no longer matters */
export function isEnding() {
  return ending;
}

/**
 * @param {() => void} cleanup runs, without waiting, if this process is interrupted; the latest first
 * @returns {() => void} takes the cleanup back
 */
export function onEnd(cleanup) {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/**
 * @param {Stop} stop ends a tool and everything that it started
 * @returns {() => void} for when the tool has ended by itself
 */
export function stopAtEnd(stop) {
  running.add(stop);
  return () => running.delete(stop);
}

/**
 * Stops the tools, runs the cleanups, exits. Safe to call twice: a terminal and npm both pass on one Ctrl-C.
 *
 * @param {number} exitCode
 */
export async function end(exitCode) {
  if (ending) return;
  ending = true;
  await Promise.all([...running].map((stop) => stop()));
  for (const cleanup of [...cleanups].reverse()) {
    try {
      cleanup();
    } catch {
      // The next run sweeps what is left; the exit code matters more.
    }
  }
  process.exit(exitCode);
}

const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** @param {NodeJS.Signals} signal */
export function exitCodeOf(signal) {
  return 128 + (os.constants.signals[signal] ?? 0);
}

/** @param {NodeJS.Signals} signal */
function endBySignal(signal) {
  void end(exitCodeOf(signal));
}

/** From now on a signal ends this process tidily. */
export function watchSignals() {
  for (const signal of signals) {
    if (!process.listeners(signal).includes(endBySignal)) process.on(signal, endBySignal);
  }
}

/** Gives the signals back, for a command that passes them on to its own child. */
export function unwatchSignals() {
  for (const signal of signals) process.off(signal, endBySignal);
}
