// @ts-check
import { mkdirSync } from "node:fs";
import { environmentWith, searchPathOf } from "../engine/environment.mjs";
import { getEngine } from "../engine/getEngine.mjs";
import { isAtLeast } from "../engine/version.mjs";
import { build, isBuilt } from "./build.mjs";
import { formatDuration } from "./duration.mjs";
import { SetUpFailure } from "./failure.mjs";
import { install, isInstalled } from "./install.mjs";
import { watchSignals } from "./interrupt.mjs";
import { withLock } from "./lock.mjs";
import { isPacked, pack } from "./pack.mjs";
import { sweepPartials } from "./partial.mjs";
import { countSteps, say } from "./progress.mjs";
import { projectAt, repository } from "./project.mjs";

/**
 * Makes a checkout ready to run, and does nothing when it is. A failure is told, and ends the process.
 *
 * @param {{ engine?: boolean, node?: string, root?: string }} [options] `engine: false` for what runs without Pulumi;
 *   `node` is the oldest Node.js that the command behind works with
 * @returns {Promise<{ env: NodeJS.ProcessEnv }>} the environment for programs that use the engine
 */
export async function setUp({ engine = true, node = "20.0.0", root = repository } = {}) {
  watchSignals();
  try {
    const started = performance.now();
    checkNode(node);
    const project = projectAt(root);
    await makeReady(project);
    const origin = engine ? await getEngine({ env: process.env, searchPath: searchPathOf(process.env) }) : undefined;
    const env = origin ? environmentWith({ engine: origin, project, env: process.env }) : { ...process.env };
    const outcome = countSteps() === 0 ? "everything is in place" : "done";
    const pulumi = origin ? `; Pulumi ${origin.version} from ${origin.origin}` : "";
    say(`${outcome} (${formatDuration(performance.now() - started)})${pulumi}`);
    return { env };
  } catch (error) {
    if (!(error instanceof SetUpFailure)) throw error;
    say(error.message);
    process.exit(1);
  }
}

/** @param {string} oldest */
function checkNode(oldest) {
  if (isAtLeast(process.versions.node, oldest)) return;
  const needed = oldest.replace(/(\.0)+$/, "");
  throw new SetUpFailure(
    `Node.js ${needed} or later is needed; this is ${process.versions.node}. https://nodejs.org/en/download`,
  );
}

const steps = [
  { isDone: isInstalled, run: install },
  { isDone: isBuilt, run: build },
  { isDone: isPacked, run: pack },
];

/** @param {import("./project.mjs").Project} project */
async function makeReady(project) {
  if (steps.every(({ isDone }) => isDone(project))) return;
  mkdirSync(project.state, { recursive: true });
  await withLock({ folder: project.lock, purpose: "installs and builds in this folder" }, async () => {
    await sweepPartials(project.state);
    for (const { isDone, run } of steps) {
      if (!isDone(project)) await run(project);
    }
  });
}
