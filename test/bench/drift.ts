import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type StandInGitLab, startGitLab } from "../../provider/testing/index.js";
import { ROOT, TestStack } from "../support/stack.js";
import { makeDice } from "./dice.js";
import { changeRunners, type Drifts, describeProgram, editFiles, GONE, type Scene } from "./driftScene.js";
import { makeEmptyStack, QUICK } from "./emptyStack.js";
import type { BenchOptions, Figures } from "./main.js";

/** The command `drift` on a large stack in which much was changed by hand: whether it finds that, and what it costs. */
export async function benchDrift({ seed, runners = 1000, files = 100, trials = 3 }: BenchOptions): Promise<Figures> {
  const gitlab = await startGitLab();
  const stack = new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token });
  const empty = makeEmptyStack(runners + files);
  try {
    const scene = makeScene(gitlab, stack, { runners, files });
    await build(stack, describeProgram(scene, "applied"));
    await build(empty);
    const expected = await spoil(gitlab, stack, { scene, seed });
    // By whoever may not ask GraphQL.
    const scopes = ["create_runner", "manage_runner"];
    const { token } = gitlab.createToken({ userId: gitlab.userId, scopes });
    const runs = await measure({ gitlab, stack, empty, plainToken: token, count: trials });
    return { name: "drift", seed, runners, files, ...judge(runs, expected) };
  } finally {
    await Promise.all([stack.dispose(), empty.dispose(), gitlab.close()]);
  }
}

function makeScene(gitlab: StandInGitLab, stack: TestStack, size: Pick<Scene, "runners" | "files">): Scene {
  const folder = stack.path("hosts");
  mkdirSync(folder);
  const { groupId, projectId } = gitlab;
  const scopes = [
    { runnerType: "instance_type" },
    { runnerType: "group_type", groupId },
    { runnerType: "project_type", projectId },
  ];
  return { ...size, folder, scopes };
}

async function build(stack: TestStack, program?: string): Promise<void> {
  const start = performance.now();
  await stack.init();
  if (program !== undefined) stack.program(program);
  const run = await stack.command("pulumi", ["up", "--yes", "--skip-preview", "--non-interactive"], QUICK);
  if (run.code !== 0) throw new Error(run.output);
  console.log(`built in ${seconds(start)} s`);
}

/** What people, machines and an unfinished change of the program do; gives what `drift` must find of it. */
async function spoil(
  gitlab: StandInGitLab,
  stack: TestStack,
  { scene, seed }: { scene: Scene; seed: number },
): Promise<Drifts> {
  const draw = makeDice(seed);
  const ids = new Map<string, number>();
  for (const { type, urn, id } of await stack.resources()) {
    if (type.endsWith(":Runner")) ids.set(urn.split("::").at(-1) ?? "", Number(id));
  }
  if (ids.size !== scene.runners) throw new Error(`${ids.size} of ${scene.runners} runners are in state`);
  stack.program(describeProgram(scene, "changed"));
  return new Set([...changeRunners(gitlab, ids, draw), ...editFiles(scene, draw)]);
}

interface Run {
  found: Drifts;
  requests: number;
  bulk: number;
  single: number;
  empty: number;
}

interface Stacks {
  gitlab: StandInGitLab;
  stack: TestStack;
  empty: TestStack;
  plainToken: string;
  /** How often it is measured. */
  count: number;
}

async function measure({ gitlab, stack, empty, plainToken, count }: Stacks): Promise<Run[]> {
  const runs: Run[] = [];
  for (let run = 1; run <= count; run++) {
    // One after the other in each round, so that the machine's moods fall on all.
    gitlab.requests.clear();
    const bulk = await findDrift(stack);
    const requests = gitlab.requests.count();
    const single = await findDrift(stack, { GITLAB_TOKEN: plainToken });
    demandSame(bulk.found, single.found);
    const start = performance.now();
    await empty.succeed("preview", "--refresh");
    runs.push({ found: bulk.found, requests, bulk: bulk.taken, single: single.taken, empty: seconds(start) });
    const { found, ...figures } = runs.at(-1) as Run;
    console.log(`run ${run}: ${found.size} places, ${JSON.stringify(figures)}`);
  }
  return runs;
}

async function findDrift(
  stack: TestStack,
  env: Record<string, string> = {},
): Promise<{ found: Drifts; taken: number }> {
  const start = performance.now();
  const run = await stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "drift"], env);
  const taken = seconds(start);
  if (run.code !== 2) throw new Error(`drift ended with ${run.code}\n${run.output}`);
  return { found: readReport(run.stdout), taken };
}

/** Whoever reads each runner by itself must find the same, or the figures compare nothing. */
function demandSame(bulk: Drifts, single: Drifts): void {
  const differing = [...bulk, ...single].filter((place) => !bulk.has(place) || !single.has(place));
  if (differing.length > 0) throw new Error(`found in one way of reading only: ${differing.join("; ")}`);
}

function readReport(text: string): Drifts {
  const drifted = [...text.matchAll(/^drifted +(\w+ \S+): (.+?): applied /gm)];
  const gone = [...text.matchAll(/^gone +(\w+ \S+): /gm)];
  return new Set([
    ...drifted.map(([, resource, path]) => `${resource}: ${path}`),
    ...gone.map(([, resource]) => `${resource}: ${GONE}`),
  ]);
}

function judge(runs: readonly Run[], expected: Drifts) {
  const { found } = runs[0] as Run;
  const right = [...found].filter((place) => expected.has(place)).length;
  for (const place of found) if (!expected.has(place)) console.log(`not expected: ${place}`);
  for (const place of expected) if (!found.has(place)) console.log(`not found: ${place}`);
  const middle = (pick: (run: Run) => number) =>
    runs.map(pick).sort((one, other) => one - other)[runs.length >> 1] ?? 0;
  const [bulk, single, empty] = [middle((run) => run.bulk), middle((run) => run.single), middle((run) => run.empty)];
  return {
    drifts: expected.size,
    precision: round(right / found.size),
    recall: round(right / expected.size),
    missing: [...expected].filter((place) => place.startsWith("Runner") && place.endsWith(GONE)).length,
    requests: middle((run) => run.requests),
    seconds: bulk,
    emptySeconds: empty,
    ratio: round(bulk / empty),
    secondsOneByOne: single,
  };
}

function seconds(start: number): number {
  return Math.round((performance.now() - start) / 10) / 100;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
