import type { Problem } from "../../errors.js";
import { formatPath, type Path } from "../../path.js";
import { placeOf } from "../place.js";
import type { RunnerArgs } from "../runnerArgs.js";
import { isTable } from "../table.js";
import type { FleetHostArgs, FleetRunnerArgs, RunnerFleetArgs } from "./args.js";
import { isMade, listRunners, pickNew, planHosts } from "./plan.js";

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** All that is wrong with a fleet as such; what is wrong with one of its resources, that one says. */
export function checkFleet(args: RunnerFleetArgs): Problem[] {
  const { runners, hosts, defaults, tokens } = args;
  const problems = [
    ...checkTable("runners", runners, "name -> { runner, executor, … }"),
    ...checkTable("hosts", hosts, "name -> { target, path, … }"),
  ];
  if (problems.length > 0) return problems;
  const found = [
    ...checkKeys("", args, ARGUMENTS),
    ...(defaults === undefined || isTable(defaults)
      ? []
      : [{ path: "defaults", message: "must be { path, concurrent, … }" }]),
    ...checkNames("runners", runners),
    ...checkNames("hosts", hosts),
    ...checkTokens(tokens),
    ...Object.entries(runners).flatMap(([name, runner]) => checkRunner(name, runner, args)),
    ...Object.entries(hosts).flatMap(([name, host]) => checkHost(name, host as FleetHostArgs, args)),
    ...checkBulk(args),
    ...checkSystemIds(args),
    ...checkRollout(args),
  ];
  return found.length > 0 ? found : [...checkPlaces(args), ...checkSize(args)];
}

function checkTable(path: string, value: unknown, form: string): Problem[] {
  const members = isTable(value) ? Object.entries(value) : undefined;
  if (!members) return [{ path, message: `must be a map: ${form}` }];
  const wrong = members.filter(([, member]) => !isTable(member));
  return wrong.map(([key]) => ({ path: formatPath([path, key]), message: `must be ${form.split(" -> ")[1]}` }));
}

const ARGUMENTS = ["runners", "hosts", "defaults", "tokens", "bulk", "rollout"];

/** What is misspelt would be left out without a word. */
function checkKeys(place: string, table: object, known: readonly string[]): Problem[] {
  const unknown = Object.keys(table).filter((key) => !known.includes(key));
  const message = `is not a known argument; known are ${known.join(", ")}`;
  return unknown.map((key) => ({ path: place + formatPath([key]), message }));
}

/** They become parts of the resources' names, with "/" between them. */
function checkNames(path: string, table: object): Problem[] {
  const message =
    'is no name for a part of a fleet: letters, digits, ".", "_" and "-", beginning with one of the first two or "_"';
  const wrong = Object.keys(table).filter((key) => !NAME.test(key));
  return wrong.map((key) => ({ path: formatPath([path, key]), message }));
}

function checkTokens(tokens: unknown): Problem[] {
  if (tokens === undefined || tokens === "shared" || tokens === "perHost") return [];
  return [{ path: "tokens", message: 'must be "shared" or "perHost"' }];
}

function checkRunner(name: string, { runner }: FleetRunnerArgs, { tokens }: RunnerFleetArgs): Problem[] {
  const path = formatPath(["runners", name, "runner"]);
  if (!isTable(runner)) {
    return [{ path, message: "is missing: it must be arguments of a Runner, a Runner, or { url, id, token }" }];
  }
  const isOne = isMade(runner) || "adopt" in runner || "authenticationToken" in runner;
  if (tokens !== "perHost" || !isOne) return [];
  const message =
    'is one runner, and tokens: "perHost" makes one for each host: give arguments of a new one, or share it';
  return [{ path, message }];
}

function checkHost(name: string, { runners: overrides = {} }: FleetHostArgs, args: RunnerFleetArgs): Problem[] {
  if (!isTable(overrides))
    return [{ path: formatPath(["hosts", name, "runners"]), message: "must be a map: name -> { … }" }];
  return Object.entries(overrides).flatMap(([runner, override]): Problem[] => {
    const place = ["hosts", name, "runners", runner];
    if (!Object.hasOwn(args.runners, runner)) {
      const known = Object.keys(args.runners).join(", ");
      return [
        { path: formatPath(place), message: `is no runner of this fleet: declare it in runners; known are ${known}` },
      ];
    }
    if (!override) return [];
    if (!isTable(override)) {
      return [{ path: formatPath(place), message: "must be { limit, … }, or false to leave the runner out here" }];
    }
    if (args.tokens === "perHost" || !("runner" in override)) return [];
    const message = 'needs tokens: "perHost": a shared runner is the same in GitLab for all hosts';
    return [{ path: formatPath([...place, "runner"]), message }];
  });
}

const OF_SET = ["runnerType", "groupId", "projectId", "marker"] as const;

function checkBulk(args: RunnerFleetArgs): Problem[] {
  if (args.bulk === undefined || args.bulk === false) return [];
  return args.bulk === true ? checkSet(args) : [{ path: "bulk", message: "must be true or false" }];
}

/** More runners than these are made as one set, unless the program says otherwise. */
export const MOST_ALONE = 100;

/** Whether so many runners are made as one set for their number. */
export function isSetBySize(args: RunnerFleetArgs, count: number): boolean {
  return args.bulk === undefined && count > MOST_ALONE && checkSet(args).length === 0;
}

/** The form of a fleet that lives is told by its marks; without them its size must not decide. */
function checkSize(args: RunnerFleetArgs): Problem[] {
  const runners = pickNew(listRunners(args, planHosts(args).flat()));
  if (runners[0]?.[1].marker !== false || !isSetBySize(args, runners.length)) return [];
  const message =
    `is missing: with marker: false nothing tells whether more than ${MOST_ALONE} runners are there already, and in which form. ` +
    "Give true for a new fleet, and for one that lives what it is: true for a RunnerSet, false for a Runner each";
  return [{ path: "bulk", message }];
}

/** A set has one scope, and makes all of its runners. Which a host changes for its own runner, is looked at, too. */
export function checkSet({ runners, hosts }: RunnerFleetArgs): Problem[] {
  const declared = Object.entries(runners).map(([name, { runner }]) => ({ path: ["runners", name, "runner"], runner }));
  const made = declared.filter(({ runner }) => isTable(runner) && !isMade(runner));
  const scope = made[0]?.runner as Partial<RunnerArgs> | undefined;
  const own = Object.entries(hosts).flatMap(([host, { runners: overrides = {} }]) =>
    Object.entries(overrides).flatMap(([name, override]) => {
      const runner = override ? override.runner : undefined;
      return isTable(runner) ? [{ path: ["hosts", host, "runners", name, "runner"], runner }] : [];
    }),
  );
  return [
    ...made.flatMap(({ path, runner }) => checkItem(path, runner as RunnerArgs, (key) => scope?.[key])),
    ...own.flatMap(({ path, runner }) => checkItem(path, runner, (key) => (key in runner ? scope?.[key] : undefined))),
  ];
}

function checkItem(
  path: Path,
  runner: Partial<RunnerArgs>,
  scopeOf: (key: (typeof OF_SET)[number]) => unknown,
): Problem[] {
  const others = OF_SET.filter((key) => runner[key] !== scopeOf(key));
  const tokens = (["authenticationToken", "registrationToken"] as const).filter((key) => runner[key] !== undefined);
  return [
    ...others.map((key) => ({
      path: formatPath([...path, key]),
      message:
        "differs from that of the first runner, and bulk makes runners of one scope: declare a fleet for each scope",
    })),
    ...tokens.map((key) => ({
      path: formatPath([...path, key]),
      message: "does not go with bulk, which makes new runners",
    })),
  ];
}

/** GitLab would take such hosts for one machine. Those that are not declared are compared when they are known. */
function checkSystemIds({ hosts, tokens }: RunnerFleetArgs): Problem[] {
  if (tokens === "perHost") return [];
  const first = new Map<string, string>();
  return Object.entries(hosts).flatMap(([name, { systemId }]) => {
    if (typeof systemId !== "string") return [];
    const other = first.get(systemId);
    if (other === undefined) first.set(systemId, name);
    const message = `is that of ${formatPath(["hosts", other ?? ""])}, too: GitLab would take them for one machine`;
    return other === undefined ? [] : [{ path: formatPath(["hosts", name, "systemId"]), message }];
  });
}

/**
 * Each of two hosts with one file would undo what the other writes of a runner that both have; one that holds entries of
 * others, its own delivery refuses. What is not known yet is not compared.
 */
function checkPlaces(args: RunnerFleetArgs): Problem[] {
  if (args.tokens === "perHost") return [];
  const owners = new Map<string, string>();
  return planHosts(args)
    .flat()
    .flatMap(({ name, file, entries }) => {
      const place = placeOf(file);
      if (place === undefined) return [];
      const keys = Object.keys(entries).map((runner) => JSON.stringify([place, runner]));
      const other = keys.map((key) => owners.get(key)).find((owner) => owner !== undefined);
      for (const key of keys) if (!owners.has(key)) owners.set(key, name);
      if (other === undefined) return [];
      const message = `is the same file as ${formatPath(["hosts", other])}: give it another target or path`;
      return [{ path: formatPath(["hosts", name]), message }];
    });
}

function checkRollout({ hosts, rollout }: RunnerFleetArgs): Problem[] {
  if (rollout === undefined) return [];
  const isRollout: boolean = isTable(rollout);
  if (!isRollout) return [{ path: "rollout", message: "must be { canary, maxParallel }, each of them optional" }];
  const { canary = [], maxParallel } = rollout;
  const unknown = [canary].flat().filter((name) => !Object.hasOwn(hosts, name));
  const problems = [
    ...checkKeys("rollout.", rollout, ["canary", "maxParallel"]),
    ...unknown.map(() => ({
      path: "rollout.canary",
      message: `names a host that is not in hosts: known are ${Object.keys(hosts).join(", ")}`,
    })),
  ];
  if (maxParallel === undefined || (Number.isInteger(maxParallel) && maxParallel >= 1)) return problems;
  return [...problems, { path: "rollout.maxParallel", message: "must be a whole number of hosts, at least 1" }];
}
