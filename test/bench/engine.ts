import { startGitLab } from "../../provider/testing/index.js";
import { TestStack } from "../support/stack.js";
import { makeEmptyStack } from "./emptyStack.js";
import type { Figures } from "./main.js";

const COUNT = 100;
const RUNS = 3;

/** The phases of a stack's life, in order. */
const PHASES = {
  up: ["up", "--yes", "--skip-preview"],
  noop: ["up", "--yes", "--skip-preview", "--expect-no-changes"],
  refresh: ["preview", "--refresh"],
  destroy: ["destroy", "--yes", "--skip-preview"],
} as const;

type Phase = keyof typeof PHASES;
type Seconds = Record<Phase, number>;

const OURS = `
  const runners = {};
  for (let i = 0; i < ${COUNT}; i++) {
    const runner = new Runner("runner-" + i, { runnerType: "instance_type", description: "runner " + i, tagList: ["docker", "t" + i] });
    runners["runner-" + i] = { runner, executor: "docker", docker: { image: "alpine:3.20" } };
  }
  new ConfigToml("host", { path: file, concurrent: ${COUNT}, runners });
`;

/** The cost of our resources, as ratios to as many resources that do nothing. */
export async function benchEngine(): Promise<Figures> {
  const times: { ours: Seconds[]; empty: Seconds[] } = { ours: [], empty: [] };
  for (let run = 1; run <= RUNS; run++) {
    // One after the other in each round, so that the machine's moods fall on both.
    times.ours.push(await measureOurs());
    times.empty.push(await measure(makeEmptyStack(COUNT)));
    console.log(`run ${run}: ours ${show(times.ours.at(-1))}; empty ${show(times.empty.at(-1))}`);
  }
  const ratio = (phase: Phase) => round(median(times.ours, phase) / median(times.empty, phase));
  return {
    name: "engine",
    n: COUNT,
    up: ratio("up"),
    noop: ratio("noop"),
    refresh: ratio("refresh"),
    destroy: ratio("destroy"),
  };
}

async function measureOurs(): Promise<Seconds> {
  const gitlab = await startGitLab();
  try {
    const stack = new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token });
    stack.program(OURS);
    return await measure(stack);
  } finally {
    await gitlab.close();
  }
}

async function measure(stack: TestStack): Promise<Seconds> {
  try {
    await stack.init();
    const seconds: Partial<Seconds> = {};
    for (const [phase, args] of Object.entries(PHASES)) {
      const start = performance.now();
      await stack.succeed(...args);
      seconds[phase as Phase] = (performance.now() - start) / 1000;
    }
    return seconds as Seconds;
  } finally {
    await stack.dispose();
  }
}

function median(times: readonly Seconds[], phase: Phase): number {
  const sorted = times.map((seconds) => seconds[phase]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function show(seconds: Seconds | undefined): string {
  return Object.entries(seconds ?? {})
    .map(([phase, value]) => `${phase} ${value.toFixed(1)} s`)
    .join(", ");
}
