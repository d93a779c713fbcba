import { spawn } from "node:child_process";
import { copyFileSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type RequestRecord, type StandInGitLab, startGitLab } from "../../provider/testing/index.js";
import { TestStack } from "../support/stack.js";
import type { BenchOptions, Figures } from "./main.js";
import { isRunning, killProcess, listTree, type Process } from "./processTree.js";

const RUNNERS = 20;
const TRIALS = 50;

/** So many trials go on side by side. */
const LANES = 2;

/** A plugin whose engine was killed ends by itself; the time that one may take for it. */
const PATIENCE = 60_000;

type Form = BenchOptions["form"];

const DECLARE: Record<Form, string> = {
  each: `const runnerOf = (name, settings) => new Runner(name, { runnerType: "instance_type", ...settings });`,
  set: `
    const set = new gitlabRunner.RunnerSet("set", { runnerType: "instance_type", items });
    const runnerOf = (name) => set.runner(name);
  `,
};

function writeProgram(form: Form): string {
  return `
    const names = Array.from({ length: ${RUNNERS} }, (_, index) => "runner-" + index);
    const items = Object.fromEntries(names.map((name) => [name, { description: name }]));
    ${DECLARE[form]}
    const entry = (name) => ({ runner: runnerOf(name, items[name]), executor: "shell" });
    new ConfigToml("host", { path: file, runners: Object.fromEntries(names.map((name) => [name, entry(name)])) });
  `;
}

const VICTIMS = ["CLI", "plugin", "both"] as const;

/** One kill: of whom, and at which creation that reaches GitLab, how long after that. */
interface Plan {
  form: Form;
  victim: (typeof VICTIMS)[number];
  post: number;
  delay: number;
}

/** What one kill left, and what became of it. */
interface Trial {
  /** Runners that GitLab had and the state had not. */
  lost: number;
  isConverged: boolean;
}

/** 50 SIGKILLs in an `up` of 20 runners, one resource each or as a set, on the real engine, each followed by the documented recovery. */
export async function benchKill({ seed, form, trials: count = TRIALS }: BenchOptions): Promise<Figures> {
  const random = makeRandom(seed);
  const plans = Array.from({ length: count }, (_, index) => makePlan(form, index, random));
  const trials = await tryAll(plans);
  printHistogram(trials);
  return {
    name: "kill",
    seed,
    form,
    trials: trials.length,
    betweenPostAndState: trials.filter(({ lost }) => lost > 0).length,
    converged: trials.filter(({ isConverged }) => isConverged).length,
  };
}

async function tryAll(plans: readonly Plan[]): Promise<Trial[]> {
  const queue = [...plans.entries()];
  const trials: Trial[] = [];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, plan] = next;
      const trial = await tryOnce(plan).catch((error: unknown) => describeBroken(index + 1, error));
      trials.push(trial);
      tell(index + 1, plan, trial);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return trials;
}

function describeBroken(number: number, error: unknown): Trial {
  console.log(`${number}: ${String(error)}`);
  return { lost: 0, isConverged: false };
}

function tell(number: number, { victim, post, delay }: Plan, { lost, isConverged }: Trial): void {
  const outcome = isConverged ? "converged" : "NOT CONVERGED";
  console.log(`${number}: ${victim} killed ${delay} ms after POST ${post}: ${lost} lost by it, ${outcome}`);
}

function makePlan(form: Form, index: number, random: () => number): Plan {
  const victim = VICTIMS[index % VICTIMS.length] ?? "CLI";
  return { form, victim, post: 1 + Math.floor(random() * RUNNERS), delay: Math.floor(random() * 40) };
}

/** Mulberry32: the same numbers for the same seed. */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function tryOnce(plan: Plan): Promise<Trial> {
  const gitlab = await startGitLab();
  const stack = new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token });
  try {
    await stack.init();
    stack.program(writeProgram(plan.form));
    await killAnUp(gitlab, stack, plan);
    mendState(stack);
    const known = await listTokens(stack);
    const lost = gitlab.runners.all().filter(({ id }) => !known.has(id)).length;
    await recover(stack);
    return { lost, isConverged: await isConverged(gitlab, stack) };
  } finally {
    await stack.dispose();
    await gitlab.close();
  }
}

/** Resolves when neither the CLI nor anything that it started runs any more. */
async function killAnUp(gitlab: StandInGitLab, stack: TestStack, { victim, post, delay }: Plan): Promise<void> {
  const args = ["up", "--yes", "--skip-preview", "--non-interactive", "--color", "never"];
  const cli = spawn("pulumi", args, { cwd: stack.path("project"), env: stack.env, stdio: "ignore" });
  const end = new Promise((resolve) => cli.once("close", resolve));
  const seen = new Set<number>();
  const isPost = ({ id, method, path }: RequestRecord) =>
    method === "POST" && path === "/api/v4/user/runners" && seen.add(id).size >= post;
  await Promise.race([gitlab.requests.waitFor(isPost, { timeoutMs: 120_000 }), end]);
  await wait(delay);
  const tree = cli.pid === undefined ? [] : listTree(cli.pid);
  const plugins = tree.filter(isPlugin);
  const victims = tree.filter((one) =>
    one.pid === cli.pid ? victim !== "plugin" : plugins.includes(one) && victim !== "CLI",
  );
  for (const { pid } of victims) killProcess(pid);
  await end;
  await waitForEnd(tree);
}

/** The recovery begins when the provider's processes have come to their end, as the README says; what else is left does nothing. */
async function waitForEnd(tree: readonly Process[]): Promise<void> {
  const plugins = tree.filter(isPlugin);
  for (const end = Date.now() + PATIENCE; plugins.some(({ pid }) => isRunning(pid)); await wait(50)) {
    if (Date.now() > end) throw new Error(`a provider process was still running after ${PATIENCE / 1000} s`);
  }
  for (const { pid } of tree) if (isRunning(pid)) killProcess(pid);
}

function isPlugin({ command }: Process): boolean {
  return /cmd\/dynamic-provider/.test(command);
}

/**
 * A kill in the middle of a write leaves Pulumi's file backend with half a file (other backends replace it at once): of the
 * state, which has the one before it beside it, or of what the backend notes of it, which it can do without. What the state
 * does not know is found in GitLab again.
 */
function mendState(stack: TestStack): void {
  const file = stack.path("state/.pulumi/stacks/test/dev.json");
  if (isCutOff(`${file}.attrs`)) {
    rmSync(`${file}.attrs`);
    console.log("  the backend's note on the state file was cut off: it was removed");
  }
  if (isCutOff(file)) {
    copyFileSync(`${file}.bak`, file);
    console.log("  the state file was cut off: its backup was taken");
  }
}

function isCutOff(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return false;
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}

/** As the README says: the lock of the killed run goes, then `up` again. */
async function recover(stack: TestStack): Promise<void> {
  await stack.pulumi("cancel", "--yes");
  await stack.up();
}

interface Stored {
  type: string;
  id?: string;
  outputs?: { token?: Secret; tokens?: Secret; runners?: Record<string, { runnerId: number }> };
}

/** So Pulumi shows a secret: its JSON as a text. */
interface Secret {
  plaintext: string;
}

/** The runners that the state knows, each with its token there. */
async function listTokens(stack: TestStack): Promise<Map<number, string>> {
  const { stdout } = await stack.succeed("stack", "export", "--show-secrets");
  const { deployment } = JSON.parse(stdout) as { deployment: { resources?: Stored[] } };
  return new Map((deployment.resources ?? []).flatMap(readTokens));
}

function readTokens({ type, id, outputs: { token, tokens, runners = {} } = {} }: Stored): [number, string][] {
  if (type.endsWith(":Runner")) return [[Number(id), token ? JSON.parse(token.plaintext) : ""]];
  if (!type.endsWith(":RunnerSet")) return [];
  const all: Record<string, string> = tokens ? JSON.parse(tokens.plaintext) : {};
  return Object.entries(runners).map(([name, { runnerId }]) => [runnerId, all[name] ?? ""]);
}

/** Exactly the declared runners; state, GitLab and file agree; no dead token in the file or in state. */
async function isConverged(gitlab: StandInGitLab, stack: TestStack): Promise<boolean> {
  const runners = gitlab.runners.all();
  const known = await listTokens(stack);
  const text = readFileSync(stack.file, "utf8");
  const inFile = [...text.matchAll(/^\s*token = "([^"]+)"/gm)].map(([, token]) => token);
  const living = runners.map(({ token }) => token);
  return (
    runners.length === RUNNERS &&
    known.size === RUNNERS &&
    runners.every(({ id, token }) => known.get(id) === token) &&
    [...inFile].sort().join() === [...living].sort().join()
  );
}

/** How many kills lost how many answers: those are the ones between the sending of a POST and the write of the state. */
function printHistogram(trials: readonly Trial[]): void {
  console.log("runners that GitLab had made and the state did not know, by kill:");
  const most = Math.max(...trials.map(({ lost }) => lost));
  for (let lost = 0; lost <= most; lost++) {
    const count = trials.filter((trial) => trial.lost === lost).length;
    console.log(`  ${String(lost).padStart(2)}: ${"#".repeat(count)} ${count}`);
  }
}
