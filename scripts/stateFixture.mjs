// @ts-check
// `node scripts/stateFixture.mjs VERSION [CHECKOUT]`: runs each program.js of test/fixtures/state/VERSION with the
// package of a checkout (this one, or that of an earlier release) and keeps what it left beside it. See the README there.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { listFiles } from "./setup/fingerprint.mjs";
import { repository } from "./setup/project.mjs";
import { scrubEnvironment } from "./test/environment.mjs";

/** What stands in a fixture for the address of the stand-in GitLab that was used. */
const ADDRESS = "https://gitlab.fixture.example.com";

/** More than any program makes, and what they are can be seen. */
const TOKENS = Array.from({ length: 50 }, (_, index) => `glrt-fixture-not-a-token-${index + 1}`);

const [version, checkout = repository] = process.argv.slice(2);
const folder = path.join(repository, "test", "fixtures", "state", version ?? "");
if (!version || !existsSync(folder)) {
  console.error(
    "Usage: node scripts/stateFixture.mjs VERSION [CHECKOUT]\ntest/fixtures/state/VERSION holds the programs",
  );
  process.exit(1);
}

const root = path.resolve(checkout);
const { setUp } = await import(pathToFileURL(path.join(root, "scripts/setup/setUp.mjs")).href);
const { env: engineEnv } = await setUp();
const { startGitLab } = createRequire(path.join(root, "package.json"))(path.join(root, "dist/testing/index.js"));

// State that was kept once is never made anew: it is what users have.
const isMissing = (/** @type {string} */ name) =>
  existsSync(path.join(folder, name, "program.js")) && !existsSync(path.join(folder, name, "state.json"));
for (const name of readdirSync(folder).filter(isMissing)) await makeFixture(name);

/** @param {string} name */
async function makeFixture(name) {
  const gitlab = await startGitLab({ nextTokens: [...TOKENS] });
  const parent = path.join(root, "build", "stacks");
  mkdirSync(parent, { recursive: true });
  // Below the checkout: there the program finds the package as an installed one.
  const scratch = mkdtempSync(path.join(parent, "fixture-"));
  try {
    const state = await exportState(prepare(name, scratch, gitlab));
    const keep = (/** @type {string} */ file, /** @type {string} */ text) => {
      const kept = path.join(folder, name, file);
      mkdirSync(path.dirname(kept), { recursive: true });
      writeFileSync(kept, text.replaceAll(gitlab.url, ADDRESS));
    };
    const project = path.join(scratch, "project");
    if (existsSync(path.join(project, "host")))
      for (const file of listFiles(project, "host")) keep(file, readFileSync(path.join(project, file), "utf8"));
    keep("runners.json", `${JSON.stringify(gitlab.runners.all(), null, 2)}\n`);
    // Last: by it a fixture counts as made.
    keep("state.json", state);
    console.log(`${name}: ${JSON.parse(state).deployment.resources.length} resources`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    await gitlab.close();
  }
}

/**
 * @param {string} name
 * @param {string} scratch
 * @param {{ url: string, token: string }} gitlab
 * @returns {(...args: string[]) => Promise<string>} runs `pulumi` and gives what it printed
 */
function prepare(name, scratch, gitlab) {
  const project = path.join(scratch, "project");
  for (const part of ["project", "state"]) mkdirSync(path.join(scratch, part));
  writeFileSync(path.join(project, "Pulumi.yaml"), "name: test\nruntime: nodejs\nmain: index.js\n");
  writeFileSync(path.join(project, "package.json"), '{ "name": "test" }\n');
  cpSync(path.join(folder, name, "program.js"), path.join(project, "index.js"));
  const env = {
    ...scrubEnvironment(engineEnv),
    PULUMI_HOME: path.join(scratch, "home"),
    PULUMI_BACKEND_URL: `file://${path.join(scratch, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    GITLAB_BASE_URL: gitlab.url,
    GITLAB_TOKEN: gitlab.token,
    OTHER_GITLAB_TOKEN: gitlab.token,
  };
  // Not the waiting kind of call: the stand-in GitLab answers from this process.
  const run = promisify(execFile);
  return async (...args) => {
    const { stdout } = await run("pulumi", [...args, "--non-interactive"], { cwd: project, env }).catch((error) => {
      throw new Error(`${name}: pulumi ${args.join(" ")}\n${error.stdout}\n${error.stderr}`);
    });
    return stdout;
  };
}

/** @param {(...args: string[]) => Promise<string>} pulumi */
async function exportState(pulumi) {
  await pulumi("stack", "init", "dev");
  await pulumi("up", "--yes", "--skip-preview");
  return pulumi("stack", "export");
}
