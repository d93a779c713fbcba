// @ts-check
import os from "node:os";
import { SetUpFailure } from "./setup/failure.mjs";
import { inPartial } from "./setup/partial.mjs";
import { say } from "./setup/progress.mjs";
import { projectAt, repository } from "./setup/project.mjs";
import { setUp } from "./setup/setUp.mjs";
import { readArguments } from "./test/arguments.mjs";
import { scrubEnvironment } from "./test/environment.mjs";
import { runParts } from "./test/parts.mjs";
import { printOutcome, printSlowest } from "./test/summary.mjs";

const project = projectAt(repository);
const selection = readSelection();
// mocha and c8 need more of Node.js than our users do.
const setUpEnv = (await setUp({ node: "20.19.0" })).env;
const env = scrubEnvironment(setUpEnv);
const { parts, tests } = await inPartial(os.tmpdir(), (scratch) => runParts({ project, selection, env, scratch }));
if (tests.length > 0) printSlowest(tests, repository);
printOutcome(parts, tests, repository);
process.exitCode = tests.length > 0 && parts.every(({ problems }) => problems.length === 0) ? 0 : 1;

function readSelection() {
  try {
    return readArguments(process.argv.slice(2), repository);
  } catch (error) {
    if (!(error instanceof SetUpFailure)) throw error;
    say(error.message);
    process.exit(1);
  }
}
