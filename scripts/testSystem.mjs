// @ts-check
import os from "node:os";
import { SetUpFailure } from "./setup/failure.mjs";
import { inPartial } from "./setup/partial.mjs";
import { say } from "./setup/progress.mjs";
import { projectAt, repository } from "./setup/project.mjs";
import { setUp } from "./setup/setUp.mjs";
import { readArguments } from "./test/arguments.mjs";
import { findChromium } from "./test/chromium.mjs";
import { compileTests } from "./test/compile.mjs";
import { scrubEnvironment } from "./test/environment.mjs";
import { findGo } from "./test/go.mjs";
import { runMocha } from "./test/mocha.mjs";
import { findPostgres } from "./test/postgres.mjs";
import { getPythonGitlab } from "./test/python.mjs";
import { findRsync } from "./test/rsync.mjs";
import { findSpecs } from "./test/specs.mjs";
import { findSshd } from "./test/sshd.mjs";
import { printHeadline, printOutcome, printSlowest } from "./test/summary.mjs";

/**
 * What the system specs need besides this checkout, each with the variable that tells them of it. A part that is missing
 * and cannot be had fails the run: nothing is skipped.
 *
 * @type {Record<string, (env: NodeJS.ProcessEnv) => Promise<string>>}
 */
const needs = {
  SYSTEM_TEST_CHROMIUM: findChromium,
  SYSTEM_TEST_GO: findGo,
  SYSTEM_TEST_POSTGRES: findPostgres,
  SYSTEM_TEST_PYTHON: getPythonGitlab,
  SYSTEM_TEST_RSYNC: findRsync,
  SYSTEM_TEST_SSHD: findSshd,
};

const project = projectAt(repository);
const selection = orExit(() => readArguments(process.argv.slice(2), repository));
const setUpEnv = (await setUp({ node: "20.19.0" })).env;
const env = { ...scrubEnvironment(setUpEnv), ...(await getNeeds(setUpEnv)) };
if (!(await compileTests(project))) process.exit(1);

printHeadline("system specs");
const started = performance.now();
const specs = findSpecs("system", project.root, selection.paths);
const { ok, tests } = await inPartial(os.tmpdir(), (scratch) =>
  specs.length === 0
    ? Promise.resolve({ ok: false, tests: [] })
    : runMocha({ kind: "system", specs, options: selection.mocha, project, scratch, env }),
);
if (tests.length > 0) printSlowest(tests, repository);
const problems = ok && tests.length > 0 ? [] : ["mocha's words are above"];
printOutcome([{ name: "system specs", ms: performance.now() - started, problems }], tests, repository);
process.exitCode = problems.length === 0 ? 0 : 1;

/** @param {NodeJS.ProcessEnv} from */
async function getNeeds(from) {
  /** @type {NodeJS.ProcessEnv} */
  const found = {};
  try {
    for (const [name, get] of Object.entries(needs)) found[name] = await get(from);
  } catch (error) {
    orExit(() => {
      throw error;
    });
  }
  return found;
}

/**
 * @template T
 * @param {() => T} work
 * @returns {T}
 */
function orExit(work) {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SetUpFailure)) throw error;
    say(error.message);
    process.exit(1);
  }
}
