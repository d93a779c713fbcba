import * as pulumi from "@pulumi/pulumi";
import { describeProblem } from "../../errors.js";
import type { RunnerConfigurationArgs } from "../configToml.js";
import { Runner } from "../runner.js";
import type { RunnerArgs } from "../runnerArgs.js";
import { RunnerSet, type RunnerSetArgs } from "../runnerSet.js";
import type { RunnerFleetArgs } from "./args.js";
import { checkSet, isSetBySize, MOST_ALONE } from "./check.js";
import { type HostPlan, listRunners, pickNew } from "./plan.js";

export type MadeRunner = RunnerConfigurationArgs["runner"];

/** The runners of a fleet by the name of each; with one for each host, by `HOST/RUNNER`. */
export function makeRunners(
  fleet: pulumi.ComponentResource,
  { name, args, hosts }: { name: string; args: RunnerFleetArgs; hosts: readonly HostPlan[] },
): Record<string, MadeRunner> {
  const wanted = listRunners(args, hosts);
  const made = pickNew(wanted);
  const isBySize = isSetBySize(args, made.length);
  if (args.bulk === undefined && made.length > MOST_ALONE && !isBySize) {
    void pulumi.log.warn(explainEach(name, made.length, args), fleet);
  }
  const runners = args.bulk || isBySize ? makeSet(fleet, { name, made, isBySize }) : makeEach(fleet, name, made);
  return { ...(Object.fromEntries(wanted) as Record<string, MadeRunner>), ...runners };
}

function makeEach(fleet: pulumi.ComponentResource, name: string, made: [string, RunnerArgs][]): Record<string, Runner> {
  const make = (key: string, args: RunnerArgs) => new Runner(`${name}/${key}`, args, { parent: fleet });
  return Object.fromEntries(made.map(([key, args]) => [key, make(key, args)]));
}

function makeSet(
  fleet: pulumi.ComponentResource,
  { name, made, isBySize }: { name: string; made: [string, RunnerArgs][]; isBySize: boolean },
): Record<string, MadeRunner> {
  const [first] = made;
  if (!first) return {};
  const { runnerType, groupId, projectId, marker } = first[1];
  const items = made.map(([key, { runnerType: _, groupId: _g, projectId: _p, marker: _m, ...item }]) => [key, item]);
  const scope = { runnerType, groupId, projectId, marker } as Omit<RunnerSetArgs, "items">;
  // No argument of programs, but for the provider to know.
  const own = isBySize ? { isBySize } : {};
  const set = new RunnerSet(name, { ...scope, ...own, items: Object.fromEntries(items) }, { parent: fleet });
  return Object.fromEntries(made.map(([key]) => [key, set.runner(key)]));
}

function explainEach(name: string, count: number, args: RunnerFleetArgs): string {
  const [problem] = checkSet(args).map(describeProblem);
  return (
    `the fleet ${name} makes a resource for each of ${count} runners, which takes long, since they cannot be one set ` +
    `(${problem}). bulk: false says that it shall be so`
  );
}
