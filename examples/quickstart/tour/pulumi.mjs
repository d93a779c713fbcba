// The real Pulumi CLI, on a file backend of the tour's own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { say } from "./screen.mjs";

const STACK = "quickstart";

/** Pulumi's signs of life, and a remark on where a part of it was found: of no interest here. */
const NOISE = /^@ |using pulumi-resource-pulumi-nodejs from \$PATH/;

/** Runs commands in the project; each returns exit code and output, and shows both as it goes. */
export function makePulumi({ root, state, gitlab }) {
  const env = makeEnvironment(state, gitlab);
  const run = (command, args, options) => runShown(command, args, { cwd: root, env, ...options });
  return {
    init: () => run("pulumi", ["stack", "init", STACK], { isQuiet: true }),
    set: (key, value) =>
      run("pulumi", ["config", "set", "--stack", STACK, "--path", key, String(value)], { isQuiet: true }),
    ask: (...args) => run("pulumi", [...args, "--stack", STACK], { isQuiet: true }),
    run: (...args) => run("pulumi", [...args, "--stack", STACK, "--non-interactive"]),
    drift: () => run("npm", ["run", "--silent", "cli", "--", "drift", "--stack", STACK]),
  };
}

/** Nobody else's token, backend or stack gets into the tour. */
function makeEnvironment(state, { url, token }) {
  const isForeign = (name) => /^(GITLAB|PULUMI)_/.test(name) && !KEPT.has(name);
  const inherited = Object.entries(process.env).filter(([name]) => !isForeign(name));
  return {
    ...Object.fromEntries(inherited),
    GITLAB_BASE_URL: url,
    GITLAB_TOKEN: token,
    PULUMI_BACKEND_URL: `file://${join(state, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "quickstart",
    PULUMI_HOME: join(state, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

const KEPT = new Set(["PULUMI_GITLAB_RUNNER_CACHE"]);

async function runShown(command, args, { isQuiet = false, ...options }) {
  if (!isQuiet) say.command([command, ...args].join(" "));
  const child = spawn(command, args, {
    ...options,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  const lines = [];
  const show = (line) => {
    if (NOISE.test(line)) return;
    lines.push(line);
    if (!isQuiet && line.trim() !== "") say.output(line);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on("line", show);
  const [code] = await once(child, "close");
  return { code, output: lines.join("\n") };
}
