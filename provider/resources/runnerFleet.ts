import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, type RunnerConfigurationArgs } from "./configToml.js";
import type { FleetHost, RunnerFleetArgs } from "./fleet/args.js";
import { checkFleet } from "./fleet/check.js";
import { type HostPlan, planHosts } from "./fleet/plan.js";
import { type MadeRunner, makeRunners } from "./fleet/runners.js";
import { refuse } from "./refuse.js";
import { Runner } from "./runner.js";
import { RunnerSetItem } from "./runnerSet.js";

/**
 * Hosts × runners from one declaration: each runner is made in GitLab once (or once for each host), and each host gets a
 * config.toml with an entry for each of them.
 *
 * ```ts
 * new RunnerFleet("ci", {
 *   runners: {
 *     docker: { runner: { runnerType: "group_type", groupId: 42, tagList: ["docker"] }, executor: "docker", docker: { image: "alpine:3.20" } },
 *   },
 *   defaults: { path: "/etc/gitlab-runner/config.toml", concurrent: 4 },
 *   hosts: {
 *     "build-1": { target: { ssh: { host: "build-1.example.com", user: "root" } } },
 *     "build-2": { target: { ssh: { host: "build-2.example.com", user: "root" } }, concurrent: 8 },
 *   },
 * });
 * ```
 *
 * Its resources are `Runner`s and `ConfigToml`s below it, named `FLEET/RUNNER` and `FLEET/HOST` (`FLEET/HOST/RUNNER` where each
 * host has its own; with `bulk` or more than 100 runners, one `RunnerSet`). They use the provider that is given to the fleet.
 * Hosts are independent: with `--continue-on-error`, `pulumi up` serves all that can be reached and lists the others at the end.
 *
 * @throws pulumi.RunError with all that is wrong with the declaration as such
 * @see https://docs.gitlab.com/runner/fleet_scaling/
 */
export class RunnerFleet<
  Runners extends string = string,
  Hosts extends string = string,
> extends pulumi.ComponentResource {
  /** What is known of each host, by its name. */
  readonly hosts: Readonly<Record<Hosts, FleetHost>>;
  /** The runners that all hosts share, by name; with `tokens: "perHost"` there is none. */
  readonly runners: Readonly<Partial<Record<Runners, Runner | RunnerSetItem>>>;

  constructor(name: string, args: RunnerFleetArgs<Runners, Hosts>, opts?: pulumi.ComponentResourceOptions) {
    const declared = args as unknown as RunnerFleetArgs;
    refuse(`RunnerFleet ${name}`, checkFleet(declared));
    super("gitlab-runner:index:RunnerFleet", name, {}, opts);
    const waves = planHosts(declared);
    const isShared = declared.tokens !== "perHost";
    const runners = makeRunners(this, { name, args: declared, hosts: waves.flat() });
    this.runners = (isShared ? pickRunners(runners) : {}) as Partial<Record<Runners, Runner | RunnerSetItem>>;
    const runnerOf = (host: string, key: string) => runners[isShared ? key : `${host}/${key}`] as MadeRunner;
    this.hosts = this.#makeHosts(name, waves, runnerOf) as Record<Hosts, FleetHost>;
    this.registerOutputs({});
  }

  /** A wave waits for the files of the one before. */
  #makeHosts(
    name: string,
    waves: HostPlan[][],
    runnerOf: (host: string, key: string) => MadeRunner,
  ): Record<string, FleetHost> {
    const hosts: Record<string, FleetHost> = {};
    let before: ConfigToml[] = [];
    for (const wave of waves) {
      const files: ConfigToml[] = [];
      for (const plan of wave) {
        const entries = Object.entries(plan.entries).map(([key, entry]) => {
          return [key, { ...entry, runner: runnerOf(plan.name, key) }] as const;
        });
        const args = { ...plan.file, runners: Object.fromEntries(entries) };
        const file = new ConfigToml(`${name}/${plan.name}`, args, { parent: this, dependsOn: before });
        files.push(file);
        hosts[plan.name] = describeHost(plan, file, args.runners);
      }
      before = files;
    }
    return hosts;
  }
}

/** Without those that were made elsewhere: whoever made them has them. */
function pickRunners(all: Record<string, MadeRunner>): Record<string, MadeRunner> {
  const runners = Object.entries(all).filter(([, one]) => one instanceof Runner || one instanceof RunnerSetItem);
  return Object.fromEntries(runners);
}

function describeHost(
  { file: { path } }: HostPlan,
  file: ConfigToml,
  entries: Record<string, RunnerConfigurationArgs>,
): FleetHost {
  const ids = Object.entries(entries).map(([key, { runner }]) => {
    return [key, "runnerId" in runner ? runner.runnerId : runner.id] as const;
  });
  return {
    path: pulumi.output(path),
    systemId: file.systemId,
    fingerprint: file.fingerprint,
    content: file.content,
    runnerIds: pulumi.all(Object.fromEntries(ids)),
  };
}
