// @ts-check
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { exitCodeOf, unwatchSignals } from "./interrupt.mjs";

const echoMs = 1_000;

/**
 * Hands the terminal over to a Node.js script until it ends, and ends as it did.
 *
 * @param {string} script
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {{ cwd?: string }} [options]
 */
export async function runInForeground(script, args, env, { cwd } = {}) {
  const child = spawn(process.execPath, [script, ...args], { stdio: "inherit", env, cwd });
  passSignalsTo(child);
  unwatchSignals();
  process.exitCode = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal ? exitCodeOf(signal) : (code ?? 1)));
  });
}

/** @param {import("node:child_process").ChildProcess} child */
function passSignalsTo(child) {
  let last = Number.NEGATIVE_INFINITY;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      // A terminal gives Ctrl-C to the child too, and npm repeats it; a second one would end Pulumi the hard way.
      if (signal === "SIGINT" && hasTerminal()) return;
      if (performance.now() - last < echoMs) return;
      last = performance.now();
      child.kill(signal);
    });
  }
}

function hasTerminal() {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return process.platform === "win32";
  }
}
