// @ts-check
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { cacheFolder } from "../engine/cache.mjs";
import { SetUpFailure } from "../setup/failure.mjs";
import { withLock } from "../setup/lock.mjs";
import { inPartial, swapIn, sweepPartials } from "../setup/partial.mjs";
import { step } from "../setup/progress.mjs";
import { mustRun, runTool } from "../setup/tool.mjs";

const packageName = "python-gitlab";
const version = "8.6.0";
const oldestPython = [3, 10];

const onWindows = process.platform === "win32";
const commands = onWindows ? ["python", "py"] : ["python3", "python"];

/**
 * A Python that has python-gitlab, in our cache; made there when it is not.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the path of its interpreter
 */
export async function getPythonGitlab(env) {
  const base = await findPython(env);
  const folder = path.join(cacheFolder(env), "python");
  const target = path.join(folder, `${packageName}-${version}-python-${base.version}`);
  const ready = await findReady(target);
  if (ready) return ready;
  mkdirSync(folder, { recursive: true });
  return withLock({ folder: path.join(folder, "lock"), purpose: `gets ${packageName}` }, async () => {
    const madeMeanwhile = await findReady(target);
    if (madeMeanwhile) return madeMeanwhile;
    await sweepPartials(folder);
    await make({ python: base.command, target, env });
    const made = await findReady(target);
    if (!made) throw new SetUpFailure(`${packageName} was installed into ${target}, and does not work there.`);
    return made;
  });
}

/** @param {{ python: string, target: string, env: NodeJS.ProcessEnv }} how */
async function make({ python, target, env }) {
  await step({ title: `getting ${packageName} ${version} from PyPI`, expect: "about 20 s, once" }, (detail) =>
    inPartial(path.dirname(target), async (partial) => {
      const next = path.join(partial, "python");
      await mustRun(python, ["-m", "venv", next], { name: "making a virtual environment of Python", env });
      const install = ["-m", "pip", "install", "--disable-pip-version-check", `${packageName}[graphql]==${version}`];
      const name = `installing ${packageName} with pip`;
      await mustRun(interpreterIn(next), install, { name, env, onLine: detail });
      await swapIn(next, target);
    }),
  );
}

/**
 * @param {string} folder
 * @returns {Promise<string | undefined>} the interpreter there, if it has the package
 */
async function findReady(folder) {
  const python = interpreterIn(folder);
  if (!existsSync(python)) return undefined;
  const { ok, output } = await runTool(python, ["-c", "import gitlab, gql; print(gitlab.__version__)"]);
  return ok && output === version ? python : undefined;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ command: string, version: string }>}
 */
async function findPython(env) {
  const problems = [];
  for (const command of commands) {
    const script = "import ensurepip, platform, venv; print(platform.python_version())";
    const { ok, output, problem } = await runTool(command, ["-c", script], { env });
    if (ok && isNewEnough(output)) return { command, version: output };
    problems.push(`${command}: ${ok ? `is ${output}` : (output.split("\n").at(-1) ?? "") || problem}`);
  }
  throw new SetUpFailure(`Python ${oldestPython.join(".")} or later, with its modules venv and ensurepip, is missing:
${problems.map((problem) => `  - ${problem}`).join("\n")}
Install it, and run this again:
  - Debian and Ubuntu: apt-get install python3 python3-venv
  - elsewhere: https://www.python.org/downloads/`);
}

/** @param {string} found such as 3.11.7 */
function isNewEnough(found) {
  const [major = 0, minor = 0] = found.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestPython;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** @param {string} folder */
function interpreterIn(folder) {
  return onWindows ? path.join(folder, "Scripts", "python.exe") : path.join(folder, "bin", "python");
}
