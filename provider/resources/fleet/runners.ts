import * as pulumi from "@pulumi/pulumi";
import type { RunnerConfigurationArgs } from "../configToml.js";
import { Runner } from "../runner.js";
import type { RunnerArgs } from "../runnerArgs.js";
import { RunnerSet, type RunnerSetArgs } from "../runnerSet.js";
import type { RunnerFleetArgs } from "./args.js";
import { type HostPlan, isMade } from "./plan.js";

export type MadeRunner = RunnerConfigurationArgs["runner"];

/** Above this, a resource for each runner takes minutes: Pulumi writes its whole state after each of them. */
const MANY = 100;

/** The runners of a fleet by the name of each; with one for each host, by `HOST/RUNNER`. */
export function makeRunners(
  fleet: pulumi.ComponentResource,
  { name, args, hosts }: { name: string; args: RunnerFleetArgs; hosts: readonly HostPlan[] },
): Record<string, MadeRunner> {
  const wanted = args.tokens === "perHost" ? listOwn(hosts) : listShared(args);
  const made = wanted.filter((pair): pair is [string, RunnerArgs] => !isMade(pair[1]));
  if (made.length > MANY && args.bulk === undefined) void pulumi.log.warn(recommendBulk(name, made.length), fleet);
  const runners = args.bulk ? makeSet(fleet, name, made) : makeEach(fleet, name, made);
  return { ...(Object.fromEntries(wanted) as Record<string, MadeRunner>), ...runners };
}

type Wanted = [key: string, runner: RunnerArgs | MadeRunner][];

function listShared({ runners }: RunnerFleetArgs): Wanted {
  return Object.entries(runners).map(([key, { runner }]) => [key, runner]);
}

function listOwn(hosts: readonly HostPlan[]): Wanted {
  return hosts.flatMap(({ name, entries }) =>
    Object.entries(entries).map(([key, { runner }]): Wanted[number] => [`${name}/${key}`, runner]),
  );
}

function makeEach(fleet: pulumi.ComponentResource, name: string, made: [string, RunnerArgs][]): Record<string, Runner> {
  const make = (key: string, args: RunnerArgs) => new Runner(`${name}/${key}`, args, { parent: fleet });
  return Object.fromEntries(made.map(([key, args]) => [key, make(key, args)]));
}

function makeSet(
  fleet: pulumi.ComponentResource,
  name: string,
  made: [string, RunnerArgs][],
): Record<string, MadeRunner> {
  const [first] = made;
  if (!first) return {};
  const { runnerType, groupId, projectId, marker } = first[1];
  const items = made.map(([key, { runnerType: _, groupId: _g, projectId: _p, marker: _m, ...item }]) => [key, item]);
  const scope = { runnerType, groupId, projectId, marker } as Omit<RunnerSetArgs, "items">;
  const set = new RunnerSet(name, { ...scope, items: Object.fromEntries(items) }, { parent: fleet });
  return Object.fromEntries(made.map(([key]) => [key, set.runner(key)]));
}

function recommendBulk(name: string, count: number): string {
  return (
    `the fleet ${name} makes a resource for each of ${count} runners, which takes long: a new fleet better has bulk: true. ` +
    "For one that lives, that would replace its runners: bulk: false says that it shall stay as it is"
  );
}
