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
 *
 * @typedef {(shown: Promise<unknown>) => Promise<string[]>} Work takes when its words may be shown, gives its problems
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
  const part = async (/** @type {string} */ name, /** @type {Work} */ work, turn = Promise.resolve()) => {
    const shown = turn.then(() => printHeadline(name));
    const started = performance.now();
    const problems = await work(shown);
    parts.push({ name, ms: performance.now() - started, problems });
    return problems.length === 0;
  };
  const specs = async (/** @type {import("./specs.mjs").Kind} */ kind, turn = Promise.resolve()) => {
    const files = findSpecs(kind, project.root, selection.paths);
    if (selection.narrowed && files.length === 0) return;
    const work = async (/** @type {Promise<unknown>} */ shown) => {
      const { problems, ran } = await runSpecs({ ...run, kind, files, shown });
      tests.push(...ran);
      return problems;
    };
    await part(`${kind} specs`, work, turn);
  };

  if (selection.lint) await part("lint and format", () => lint(project));
  if (await part("types", async () => ((await compileTests(project)) ? [] : ["the compiler's words are above"]))) {
    // Side by side: unit specs run one after the other and leave the other processors idle. Shown one after the other.
    const unit = specs("unit");
    const outcomes = await Promise.allSettled([unit, specs("engine", unit)]);
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
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
 * @param {Run & { kind: import("./specs.mjs").Kind, files: string[], shown: Promise<unknown> }} run
 * @returns {Promise<{ problems: string[], ran: TestResult[] }>}
 */
async function runSpecs({ kind, files, shown, project, selection, env, scratch }) {
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
    turn: shown,
  });
  const failed = tests.filter((test) => test.failed).length;
  const problems = ok ? [] : [failed > 0 ? `${failed} failed` : "mocha gave up; its words are above"];
  if (ok && tests.length === 0 && !selection.narrowed) problems.push("no test ran");
  if (measured) problems.push(...(await reportCoverage(project, raw)));
  return { problems, ran: tests };
}
