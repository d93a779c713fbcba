// @ts-check
import path from "node:path";
import { SetUpFailure } from "./failure.mjs";
import { runTool } from "./tool.mjs";

/**
 * @param {string[]} args
 * @param {string} cwd
 */
export async function runNpm(args, cwd) {
  const [command, ...first] = npmCommand();
  // `npm run --silent` hands its log level down, which would swallow the reason of a failure.
  const { ok, output, problem } = await runTool(command, [...first, ...args, "--loglevel=error"], { cwd });
  if (ok) return;
  if (problem === "ENOENT") {
    throw new SetUpFailure("npm is missing on PATH. It comes with Node.js: https://nodejs.org/en/download");
  }
  throw new SetUpFailure(`npm ${args[0]} failed (${problem}). Its words:\n\n${output}\n`);
}

/** @returns {[string, ...string[]]} */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running && path.basename(running) === "npm-cli.js") return [process.execPath, running];
  // Node refuses to start npm.cmd without a shell.
  return process.platform === "win32" ? ["cmd.exe", "/d", "/s", "/c", "npm"] : ["npm"];
}
