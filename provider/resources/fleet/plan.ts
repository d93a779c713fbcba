import type { ConfigTomlArgs, RunnerConfigurationArgs } from "../configToml.js";
import type { RunnerArgs } from "../runnerArgs.js";
import type {
  FleetEntryOverrides,
  FleetFileArgs,
  FleetHostArgs,
  FleetRunnerArgs,
  RolloutArgs,
  RunnerFleetArgs,
} from "./args.js";

/** A host's file, before its runners are there. */
export interface HostPlan {
  name: string;
  file: Omit<ConfigTomlArgs, "runners">;
  /** The entries by the runner's name, with this host's own settings in them. */
  entries: Record<string, FleetRunnerArgs>;
}

/** The files of a fleet, in waves: a wave waits for the one before. */
export function planHosts({ runners, hosts, defaults = {}, tokens, rollout }: RunnerFleetArgs): HostPlan[][] {
  const plan = (name: string): HostPlan => {
    const { runners: overrides = {}, ...own } = hosts[name] as FleetHostArgs;
    const file = merge(defaults, own) as FleetFileArgs;
    return {
      name,
      file: tokens === "perHost" ? file : leaveNoManagers(file),
      entries: planEntries(runners, overrides),
    };
  };
  return planWaves(Object.keys(hosts), rollout).map((wave) => wave.map(plan));
}

/** A text has no machine that could be known. */
function leaveNoManagers(file: FleetHostArgs): FleetHostArgs {
  const isMachine = file.path !== undefined || file.target !== undefined;
  return isMachine ? { ...file, unregisterManagers: file.unregisterManagers ?? true } : file;
}

function planEntries(
  runners: Record<string, FleetRunnerArgs>,
  overrides: Record<string, FleetEntryOverrides | false | undefined>,
): Record<string, FleetRunnerArgs> {
  const own = new Map(Object.entries(overrides));
  const names = Object.keys(runners).filter((name) => own.get(name) !== false);
  const entries = names.map((name) => [name, merge(runners[name], own.get(name) || {}) as FleetRunnerArgs] as const);
  return Object.fromEntries(entries);
}

/** Canaries first, then as many at a time as may be, in the order in which they are declared. */
export function planWaves(hosts: readonly string[], { canary = [], maxParallel }: RolloutArgs = {}): string[][] {
  const first = [...new Set([canary].flat())];
  const rest = hosts.filter((name) => !first.includes(name));
  const size = maxParallel ?? Math.max(1, rest.length);
  const waves = Array.from({ length: Math.ceil(rest.length / size) }, (_, wave) =>
    rest.slice(wave * size, (wave + 1) * size),
  );
  return first.length > 0 ? [first, ...waves] : waves;
}

/** The one with the other's settings over it, by key, at any depth; what is no plain table is taken as a whole. */
export function merge(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isPlain(base) || !isPlain(over)) return over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = merge(base[key], value);
  return merged;
}

/** Neither a list, nor an output or a resource. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The runners of a fleet by the name of each; with one for each host, by `HOST/RUNNER`. */
export function listRunners(
  { runners, tokens }: RunnerFleetArgs,
  hosts: readonly HostPlan[],
): [key: string, runner: FleetRunnerArgs["runner"]][] {
  if (tokens !== "perHost") return Object.entries(runners).map(([key, { runner }]) => [key, runner]);
  return hosts.flatMap(({ name, entries }) =>
    Object.entries(entries).map(([key, { runner }]) => [`${name}/${key}`, runner] as [string, typeof runner]),
  );
}

/** Of these, the ones that the fleet makes. */
export function pickNew(runners: ReturnType<typeof listRunners>): [key: string, runner: RunnerArgs][] {
  return runners.filter((pair): pair is [string, RunnerArgs] => !isMade(pair[1]));
}

/** A runner that is there already, or its credentials; else arguments of one that is to be made. */
export function isMade(runner: FleetRunnerArgs["runner"]): runner is RunnerConfigurationArgs["runner"] {
  return "runnerId" in runner || "id" in runner || "token" in runner;
}
