import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type FaultSpec, type StandInGitLab, startGitLab } from "../../provider/testing/index.js";
import type { BenchOptions, Figures } from "./main.js";
import type { Resource, Step } from "./stormPlugin.js";

const COUNT = 300;

/** How often somebody runs `pulumi up` again before he gives up. */
const MOST_UPS = 10;

/** What goes wrong, each by the chance of one request. */
const FAULTS: readonly (FaultSpec & { probability: number })[] = [
  { kind: "rateLimit", retryAfter: 1, probability: 0.025 },
  { kind: "throttle", retryAfter: 1, probability: 0.025 },
  { kind: "serverError", when: "before", probability: 0.05 },
  { kind: "serverError", when: "after", probability: 0.02 },
  { kind: "cut", when: "before", probability: 0.01 },
  { kind: "cut", when: "after", probability: 0.01 },
  { kind: "delay", delayMs: 500, probability: 0.02 },
];

/** 300 runners, made and changed by the provider's own functions in plugin processes, while GitLab is not well. */
export async function benchStorm({ seed, faults }: BenchOptions): Promise<Figures> {
  const gitlab = await startGitLab();
  try {
    for (const [index, fault] of (faults ? FAULTS : []).entries()) {
      gitlab.faults.add({ ...fault, seed: seed * 1000 + index });
    }
    const stack = Array.from({ length: COUNT }, (_, index) => describe(index));
    const created = await settle(gitlab, stack, "create");
    const changed = created.resources.map((resource) => ({
      ...resource,
      inputs: { ...resource.inputs, description: `${resource.name}, changed`, paused: true },
    }));
    const updated = await settle(gitlab, changed, "update");
    return {
      name: "storm",
      seed,
      faults: faults ? "on" : "off",
      ...count(gitlab, updated.resources),
      ups: created.ups + updated.ups,
    };
  } finally {
    await gitlab.close();
  }
}

function describe(index: number): Resource {
  const name = `runner-${index}`;
  const inputs = { runnerType: "instance_type", description: name, tagList: ["storm", `t${index}`] };
  return { name, inputs: { ...inputs, identity: name, stackId: "5709a3c1d2e4f608" } };
}

/** `pulumi up`, again and again until nothing goes wrong. */
async function settle(gitlab: StandInGitLab, stack: readonly Resource[], what: string) {
  let resources = [...stack];
  for (let ups = 1; ; ups++) {
    const steps = await runPlugin(gitlab, resources);
    resources = steps.map(({ resource }) => resource);
    const errors = steps.flatMap(({ error }) => (error === undefined ? [] : [error]));
    console.log(`${what}, up ${ups}: ${steps.length - errors.length} went well, ${errors.length} did not`);
    for (const [words, times] of tally(errors)) console.log(`  ${times} x ${words}`);
    if (errors.length === 0 || ups === MOST_UPS) return { resources, ups };
  }
}

/** Each `up` has a process of its own, as in life: what one of them remembers, the next one does not know. */
async function runPlugin({ url, token }: StandInGitLab, resources: readonly Resource[]): Promise<Step[]> {
  const env = { PATH: process.env.PATH, GITLAB_BASE_URL: url, GITLAB_TOKEN: token };
  const plugin = fork(join(__dirname, "stormPlugin.js"), { env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const answer = once(plugin, "message", { signal: AbortSignal.timeout(600_000) });
  plugin.send(resources);
  const [steps] = (await answer) as [Step[]];
  return steps;
}

/** Errors without what differs from one to the next. */
function tally(errors: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const error of errors) {
    const words = error.replace(/\d+/g, "N").slice(0, 200);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return counts;
}

/** As GitLab has it, beside what the stack knows. */
function count(gitlab: StandInGitLab, resources: readonly Resource[]) {
  const known = new Map(resources.map(({ id, outs }) => [Number(id), outs?.token]));
  const runners = gitlab.runners.all();
  return {
    runners: runners.length,
    duplicates: runners.filter(({ id }) => !known.has(id)).length,
    lost: resources.filter(({ id, outs }) =>
      gitlab.runners.all().every((runner) => String(runner.id) !== id || runner.token !== outs?.token),
    ).length,
    unchanged: runners.filter(({ description, paused }) => !paused || !description?.endsWith(", changed")).length,
    requestsPerRunner: Math.round((gitlab.requests.count() / COUNT) * 100) / 100,
  };
}
