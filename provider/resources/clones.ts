import * as pulumi from "@pulumi/pulumi";
import type { ConfigToml, ConfigTomlArgs } from "./configToml.js";
import { isDeferred } from "./deferred.js";
import { perProgram } from "./perProgram.js";
import { DEFAULT_PORT } from "./place.js";

interface Declared {
  name: string;
  args: ConfigTomlArgs;
}

/** The program's files by the system id of their machine. */
const filesOf = perProgram(() => new Map<string, Declared[]>());

/**
 * A cloned disk has its original's system id, and GitLab then shows both machines as one. Both work all the same, so this
 * is a warning: an error would stop every `up`. It is the program's and not the provider's, which sees only those files
 * that there is something to do about. Files of one machine may share its id; so may machines without a runner in common.
 */
export function watchForClones(file: ConfigToml, declared: Declared): void {
  const files = filesOf();
  file.systemId.apply((systemId) => {
    if (systemId === undefined) return undefined;
    const others = files.get(systemId) ?? [];
    files.set(systemId, [...others, declared]);
    if (others.length === 0) return undefined;
    return pulumi.all([describe(declared), pulumi.all(others.map(describe))]).apply(([own, rest]) => {
      const original = rest.find((other) => isClone(own, other));
      return original && pulumi.log.warn(explain(systemId, own, original), file);
    });
  });
}

interface Machine {
  name: string;
  /** Undefined where it is the one that runs Pulumi. */
  address?: string;
  runners: string[];
}

function describe({ name, args }: Declared): pulumi.Output<Machine> {
  const address = pulumi.output(args.target).apply((target) => {
    return target?.ssh && `${target.ssh.host.toLowerCase()}:${target.ssh.port ?? DEFAULT_PORT}`;
  });
  // An output of the entries counts as the entries for the compiler.
  const entries: unknown = args.runners;
  const later: pulumi.Output<unknown> = pulumi.output<unknown>(isDeferred(entries) ? entries : undefined);
  const runners = later.apply((known) => nameRunners((known ?? entries) as ConfigTomlArgs["runners"]));
  return pulumi.all([address, runners]).apply(([at, all]) => ({ name, address: at, runners: all }));
}

function nameRunners(entries: ConfigTomlArgs["runners"]): pulumi.Output<string[]> {
  const names = Object.values(entries).map(({ runner }) => {
    return pulumi.concat(runner.url, " ", "runnerId" in runner ? runner.runnerId : runner.id);
  });
  return pulumi.all(names);
}

function isClone(one: Machine, other: Machine): boolean {
  const isElsewhere = one.address !== undefined && other.address !== undefined && one.address !== other.address;
  return isElsewhere && one.runners.some((runner) => other.runners.includes(runner));
}

function explain(systemId: string, clone: Machine, original: Machine): string {
  return (
    `ConfigToml ${clone.name}: its machine has the same system id (${systemId}) as that of ConfigToml ${original.name}, so ` +
    "GitLab takes the two for one machine. Is one a clone of the other? Remove .runner_system_id on it and restart its " +
    "gitlab-runner, or give it a systemId of its own here"
  );
}
