// @ts-check
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isLive } from "../setup/colour.mjs";
import { runTool } from "../setup/tool.mjs";

const reporter = fileURLToPath(new URL("reporter.mjs", import.meta.url));

/** @type {Record<import("./specs.mjs").Kind, string[]>} */
const optionsOf = {
  unit: ["--timeout", "60000", "--slow", "500"],
  // Each waits for processes of its own most of the time.
  engine: ["--timeout", "180000", "--slow", "30000", "--parallel", "--jobs", "2"],
  system: ["--timeout", "180000", "--slow", "10000"],
};

/** @typedef {import("./reporter.mjs").TestResult} TestResult */

/**
 * @param {object} run
 * @param {import("./specs.mjs").Kind} run.kind
 * @param {string[]} run.specs
 * @param {string[]} run.options what the caller adds
 * @param {import("../setup/project.mjs").Project} run.project
 * @param {string} run.scratch a folder for what is only of use during the run
 * @param {NodeJS.ProcessEnv} run.env
 * @param {Promise<unknown>} [run.turn] when it may write to the terminal; at once when left out
 * @returns {Promise<{ ok: boolean, tests: TestResult[] }>}
 */
export async function runMocha({ kind, specs, options, project, scratch, env, turn }) {
  const output = path.join(scratch, `${kind}.json`);
  const mocha = path.join(project.modules, "mocha", "bin", "mocha.js");
  const ours = ["--no-config", "--no-package", "--reporter", reporter, "--reporter-option", `output=${output}`];
  const colours = isLive(process.stdout) && !env.NO_COLOR ? ["--color"] : [];
  const args = ["--enable-source-maps", mocha, ...ours, ...colours, ...optionsOf[kind], ...options, ...specs];
  const { ok } = await runTool(process.execPath, args, { cwd: project.root, env, show: turn ?? true });
  return { ok, tests: readResults(output) };
}

/**
 * @param {string} file
 * @returns {TestResult[]} none when mocha did not get so far
 */
function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return [];
  }
}
