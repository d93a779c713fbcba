// @ts-check

import path from "node:path";
import { runTool } from "../setup/tool.mjs";
import { compileTests } from "./compile.mjs";
import { reportCoverage } from "./coverage.mjs";
import { runMocha } from "./mocha.mjs";
import { findSpecs } from "./specs.mjs";
import { printHeadline } from "./summary.mjs";

/**
 * @typedef {import("./reporter.mjs").TestResult} TestResult
 * @typedef {import("./summary.mjs").PartResult} PartResult
 * @typedef {object} Run
 * @property {import("../setup/project.mjs").Project} project
 * @property {import("./arguments.mjs").Selection} selection
 * @property {NodeJS.ProcessEnv} env
 * @property {string} scratch a folder for what is only of use during the run
 */

/**
 * @param {Run} run
 * @returns {Promise<{ parts: PartResult[], tests: TestResult[] }>}
 */
export async function runParts(run) {
  const { project, selection } = run;
  /** @type {PartResult[]} */
  const parts = [];
  /** @type {TestResult[]} */
  const tests = [];
  const part = async (/** @type {string} */ name, /** @type {() => Promise<string[]>} */ work) => {
    printHeadline(name);
    const started = performance.now();
    const problems = await work();
    parts.push({ name, ms: performance.now() - started, problems });
    return problems.length === 0;
  };
  const specs = async (/** @type {import("./specs.mjs").Kind} */ kind) => {
    const files = findSpecs(kind, project.root, selection.paths);
    if (selection.narrowed && files.length === 0) return;
    await part(`${kind} specs`, async () => {
      const { problems, ran } = await runSpecs(kind, files, run);
      tests.push(...ran);
      return problems;
    });
  };

  if (selection.lint) await part("lint and format", () => lint(project));
  if (await part("types", async () => ((await compileTests(project)) ? [] : ["the compiler's words are above"]))) {
    await specs("unit");
    await specs("engine");
  }
  return { parts, tests };
}

/** @param {import("../setup/project.mjs").Project} project */
async function lint({ root, modules }) {
  const biome = path.join(modules, "@biomejs", "biome", "bin", "biome");
  const { ok } = await runTool(process.execPath, [biome, "check", "."], { cwd: root, show: true });
  return ok ? [] : ["biome's words are above; `npx biome check --write` mends what can be mended"];
}

/**
 * @param {import("./specs.mjs").Kind} kind
 * @param {string[]} files
 * @param {Run} run
 * @returns {Promise<{ problems: string[], ran: TestResult[] }>}
 */
async function runSpecs(kind, files, { project, selection, env, scratch }) {
  if (files.length === 0) return { problems: ["there is none"], ran: [] };
  const measured = kind === "unit" && !selection.narrowed;
  const raw = path.join(scratch, "coverage");
  const mochaEnv = measured ? { ...env, NODE_V8_COVERAGE: raw } : env;
  const { ok, tests } = await runMocha({
    kind,
    specs: files,
    options: selection.mocha,
    project,
    scratch,
    env: mochaEnv,
  });
  const failed = tests.filter((test) => test.failed).length;
  const problems = ok ? [] : [failed > 0 ? `${failed} failed` : "mocha gave up; its words are above"];
  if (ok && tests.length === 0 && !selection.narrowed) problems.push("no test ran");
  if (measured) problems.push(...(await reportCoverage(project, raw)));
  return { problems, ran: tests };
}
