import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { type StandInGitLab, startGitLab } from "../../provider/testing/index.js";
import { TestStack } from "../support/stack.js";
import { countQueries, type Plan } from "./bulkCalls.js";
import type { BenchOptions, Figures } from "./main.js";

const SIZES = [100, 300, 1_000, 10_000];

/** So many are measured with a slow GitLab, too. */
const SLOW = 1_000;

/** A resource for each of so many runners takes minutes above this. */
const MOST_EACH = 300;

const HOSTS = 10;

/** As many as the provider has at work at once. */
const WIDTH = 16;

/**
 * What a real GitLab takes for an answer, in milliseconds; the stand-in takes less than one. GitLab's own measurements have
 * 150 to 200 for the creation of a variable (gitlab-org/gitlab#386475), and 200 is its target for nine in ten answers.
 */
const LATENCY = 150;

type Form = "set" | "each";

/** What is measured of a stack, in order. */
const PHASES = {
  up: ["up", "--yes", "--skip-preview"],
  noop: ["up", "--yes", "--skip-preview", "--expect-no-changes"],
  changed: ["up", "--yes", "--skip-preview"],
  refresh: ["refresh", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
} as const;

type Phase = keyof typeof PHASES;
type Seconds = Record<Phase, number>;

const DECLARE: Record<Form, string> = {
  set: `
    const set = new gitlabRunner.RunnerSet("fleet", { runnerType: "instance_type", items });
    const runnerOf = (name) => set.runner(name);
  `,
  each: `
    const runners = Object.fromEntries(
      Object.entries(items).map(([name, item]) => [name, new Runner(name, { runnerType: "instance_type", ...item })]),
    );
    const runnerOf = (name) => runners[name];
  `,
};

/** So many runners in the files of ten hosts; in a changed program one of them is paused. */
function writeProgram(form: Form, count: number, isChanged = false): string {
  return `
    const names = Array.from({ length: ${count} }, (_, index) => "runner-" + index);
    const describe = (name, index) => ({ description: name, tagList: ["docker", "t" + index], ...(${isChanged} && index === 7 && { paused: true }) });
    const items = Object.fromEntries(names.map((name, index) => [name, describe(name, index)]));
    ${DECLARE[form]}
    for (let host = 0; host < ${HOSTS}; host++) {
      const own = names.filter((_, index) => index % ${HOSTS} === host);
      const entry = (name) => ({ runner: runnerOf(name), executor: "docker", docker: { image: "alpine:3.20" } });
      new ConfigToml("host-" + host, { path: file + host, concurrent: own.length + 1, runners: Object.fromEntries(own.map((name) => [name, entry(name)])) });
    }
  `;
}

/** Many runners as one `RunnerSet`, beside the same as one resource each and beside the bare calls. */
export async function benchBulk({ runners: most = 1_000, each: mostEach = MOST_EACH }: BenchOptions): Promise<Figures> {
  const figures: Figures = { name: "bulk", hosts: HOSTS };
  const empty = await measureEmpty();
  figures.emptyUp = round(empty);
  for (const count of SIZES.filter((size) => size <= most)) {
    const seconds = await measure("set", count);
    const calls = await measureCalls(count);
    const floor = await measureFloor(count);
    const net = seconds.up - empty;
    Object.assign(figures, name(seconds, `${count}`), { [`calls${count}`]: round(calls) });
    Object.assign(figures, {
      [`ratio${count}`]: round(net / calls),
      [`floor${count}`]: round((floor - empty) / calls),
      [`perRunnerMs${count}`]: round((net / count) * 1000),
    });
    console.log(
      `${count} in a set: ${show(seconds)}; the calls alone ${calls.toFixed(1)} s, in a bare resource ${floor.toFixed(1)} s`,
    );
    if (count <= mostEach) {
      const one = await measure("each", count);
      Object.assign(figures, name(one, `Each${count}`));
      console.log(`${count}, one resource each: ${show(one)}`);
    }
  }
  if (most >= SLOW) Object.assign(figures, await measureSlow(SLOW, empty));
  const [first, last] = [figures.perRunnerMs100, figures.perRunnerMs1000].map(Number);
  return {
    ...figures,
    ratio: figures.ratio1000 ?? "",
    slowRatio: figures.slowRatio1000 ?? "",
    floor: figures.floor1000 ?? "",
    growth: first && last ? round(last / first) : "",
  };
}

function name(seconds: Seconds, suffix: string): Figures {
  return Object.fromEntries(Object.entries(seconds).map(([phase, value]) => [phase + suffix, round(value)]));
}

function makeStack({ url, token }: StandInGitLab): TestStack {
  return new TestStack({ GITLAB_BASE_URL: url, GITLAB_TOKEN: token });
}

/** What an `up` costs that has nothing to do. */
async function measureEmpty(): Promise<number> {
  const stack = new TestStack();
  try {
    stack.program("");
    await stack.init();
    const times: number[] = [];
    for (let run = 0; run < 3; run++) times.push(await timeOf(() => stack.up()));
    return times.sort((one, other) => one - other)[1] ?? Number.NaN;
  } finally {
    await stack.dispose();
  }
}

async function measure(form: Form, count: number): Promise<Seconds> {
  const gitlab = await startGitLab({ requestLogLimit: 100_000 });
  const stack = makeStack(gitlab);
  try {
    await stack.init();
    stack.program(writeProgram(form, count));
    const seconds: Partial<Seconds> = {};
    let files: string[] = [];
    for (const [phase, args] of Object.entries(PHASES)) {
      if (phase === "changed") stack.program(writeProgram(form, count, true));
      gitlab.requests.clear();
      seconds[phase as Phase] = await timeOf(() => stack.succeed(...args));
      if (phase === "up") files = listFiles(stack);
      if (phase === "up" && form === "set") assertSameCalls(gitlab, count);
      if (phase === "changed") assertUntouched(gitlab, stack, files);
    }
    assert.equal(gitlab.runners.size, 0);
    return seconds as Seconds;
  } finally {
    await stack.dispose();
    await gitlab.close();
  }
}

function listFiles(stack: TestStack): string[] {
  return Array.from({ length: HOSTS }, (_, host) => {
    const { ino, mtimeMs } = statSync(stack.file + host);
    return `${ino} ${mtimeMs}`;
  });
}

/** One runner was changed, and no file: none of them holds anything of that. */
function assertUntouched(gitlab: StandInGitLab, stack: TestStack, files: string[]): void {
  const writes = gitlab.requests.list().filter(({ method, path }) => method !== "GET" && path !== "/api/graphql");
  assert.deepEqual(
    writes.map(({ method }) => method),
    ["PUT"],
  );
  assert.deepEqual(listFiles(stack), files);
}

/** An `up` of a set sends what `bulkCalls` sends, and no more: else the ratio of the two says nothing. */
function assertSameCalls(gitlab: StandInGitLab, count: number): void {
  const calls: Record<string, number> = {};
  for (const { method, path } of gitlab.requests.list()) {
    const call = `${method} ${path.replace(/\?.*/, "").replace(/\d+$/, "N")}`;
    calls[call] = (calls[call] ?? 0) + 1;
  }
  assert.deepEqual(calls, {
    "GET /api/v4/personal_access_tokens/self": 1,
    "GET /api/v4/runners/all": 1,
    "POST /api/v4/user/runners": count,
    "GET /api/graphql": countQueries(count),
  });
}

/** The same where GitLab takes its time for each answer: what a team with a real one gets to see. */
async function measureSlow(count: number, empty: number): Promise<Figures> {
  const calls = await measureCalls(count, LATENCY);
  const gitlab = await startDelayed(LATENCY);
  const stack = makeStack(gitlab);
  try {
    await stack.init();
    stack.program(writeProgram("set", count));
    const up = await timeOf(() => stack.up());
    console.log(
      `${count} in a set, ${LATENCY} ms an answer: up ${up.toFixed(1)} s; the calls alone ${calls.toFixed(1)} s`,
    );
    const ratio = round((up - empty) / calls);
    return { [`slowUp${count}`]: round(up), [`slowCalls${count}`]: round(calls), [`slowRatio${count}`]: ratio };
  } finally {
    await stack.dispose();
    await gitlab.close();
  }
}

/** The same calls, sent by a bare client in a process of its own, as many side by side. */
async function measureCalls(count: number, delayMs = 0): Promise<number> {
  const gitlab = await startDelayed(delayMs);
  const { url, token } = gitlab;
  try {
    const child = fork(join(__dirname, "bulkCalls.js"), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const answer = once(child, "message", { signal: AbortSignal.timeout(600_000) });
    child.send({ url, token, count, width: WIDTH } satisfies Plan);
    const [seconds] = (await answer) as [number];
    return seconds;
  } finally {
    await gitlab.close();
  }
}

/**
 * What Pulumi takes where a program does nothing but these calls: one bare dynamic resource that sends them, keeps nothing
 * of the answers and writes no file. No provider of Pulumi's Node.js SDK is faster.
 */
async function measureFloor(count: number): Promise<number> {
  const gitlab = await startGitLab();
  const stack = new TestStack();
  try {
    await stack.init();
    const plan: Plan = { url: gitlab.url, token: gitlab.token, count, width: WIDTH };
    stack.program(`
      const calls = ${JSON.stringify(join(__dirname, "bulkCalls.js"))};
      const provider = {
        async create({ plan }) {
          await require(calls).sendAll(JSON.parse(plan));
          return { id: "1", outs: {} };
        },
      };
      class Bare extends pulumi.dynamic.Resource {}
      new Bare(provider, "bare", { plan: ${JSON.stringify(JSON.stringify(plan))} });
    `);
    return await timeOf(() => stack.up());
  } finally {
    await stack.dispose();
    await gitlab.close();
  }
}

async function startDelayed(delayMs: number): Promise<StandInGitLab> {
  const gitlab = await startGitLab();
  if (delayMs > 0) gitlab.faults.add({ kind: "delay", delayMs, count: "all" });
  return gitlab;
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return (performance.now() - start) / 1000;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function show(seconds: Seconds): string {
  return Object.entries(seconds)
    .map(([phase, value]) => `${phase} ${value.toFixed(1)} s`)
    .join(", ");
}
