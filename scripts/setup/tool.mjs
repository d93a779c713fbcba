// @ts-check
import { spawn } from "node:child_process";
import { codeOf, SetUpFailure } from "./failure.mjs";
import { isEnding, stopAtEnd } from "./interrupt.mjs";

/**
 * @typedef {object} ToolOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean | Promise<unknown>} [show] lets the tool write to our terminal, or from when the promise is kept; otherwise its words are collected
 * @property {number} [limitMs] kills the tool after so long
 * @property {(line: string) => void} [onLine]
 *
 * @typedef {object} ToolResult
 * @property {boolean} ok
 * @property {string} output the end of what it wrote to stdout and stderr
 * @property {string} problem how it ended, when not well: "exit code 1", "SIGKILL", "ENOENT"
 */

const keptCharacters = 16_000;
/** Short, because what a stopped tool leaves half done is thrown away. */
const graceMs = 500;
const pollMs = 10;
const onWindows = process.platform === "win32";

/**
 * Runs a tool to its end, in a process group of its own, so that it can be stopped with everything that it started.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {ToolOptions} [options]
 * @returns {Promise<ToolResult>}
 */
export function runTool(command, args, { cwd, env = process.env, show = false, limitMs, onLine } = {}) {
  return new Promise((resolve) => {
    const stdio = show === true ? /** @type {const} */ ("inherit") : /** @type {const} */ ("pipe");
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", stdio, stdio], detached: !onWindows });
    const forget = stopAtEnd(() => stopGroup(child));
    const limit = limitMs && setTimeout(() => signalGroup(child, "SIGKILL"), limitMs);
    let output = "";
    const write = show instanceof Promise ? writeFrom(show) : undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
        output = (output + text).slice(-keptCharacters);
        write?.(text);
        onLine?.(text.trimEnd().replace(/^.*[\r\n]/s, ""));
      });
    }
    const settle = (/** @type {string} */ problem) => {
      // The signal handler ends this process; a tool that it stopped has not failed.
      if (isEnding()) return;
      clearTimeout(limit || undefined);
      forget();
      const result = { ok: problem === "", output: output.trim(), problem };
      resolve(show instanceof Promise ? show.then(() => result) : result);
    };
    child.once("error", (error) => settle(codeOf(error) ?? error.message));
    child.once("close", (code, signal) => settle(code === 0 ? "" : (signal ?? `exit code ${code}`)));
  });
}

/**
 * @param {Promise<unknown>} turn
 * @returns {(text: string) => void} writes to our terminal, and keeps till `turn` what comes before it
 */
function writeFrom(turn) {
  /** @type {string[] | undefined} */
  let early = [];
  turn.then(() => {
    process.stdout.write((early ?? []).join(""));
    early = undefined;
  });
  return (text) => (early ? early.push(text) : process.stdout.write(text));
}

/**
 * Runs a tool that must succeed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {ToolOptions & { name: string }} options `name` is what the failure calls it
 * @returns {Promise<string>} what it wrote
 */
export async function mustRun(command, args, { name, ...options }) {
  const { ok, output, problem } = await runTool(command, args, options);
  if (!ok) throw new SetUpFailure(`${name} failed (${problem})${output && `. Its words:\n\n${output}\n`}`);
  return output;
}

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

/** @param {ChildProcess} child */
async function stopGroup(child) {
  const exited = new Promise((resolve) => child.once("exit", resolve));
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const started = performance.now();
  let isLeft = signalGroup(child, "SIGTERM");
  while (isLeft && performance.now() - started < graceMs) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    isLeft = signalGroup(child, 0);
  }
  signalGroup(child, "SIGKILL");
  await exited;
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals | 0} signal 0 only asks
 * @returns {boolean} whether the tool or something that it started is still there
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return false;
  if (onWindows) return child.kill(signal);
  try {
    return process.kill(-child.pid, signal);
  } catch (error) {
    // EPERM: macOS answers so for a group that has just died.
    if (["ESRCH", "EPERM"].includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}
