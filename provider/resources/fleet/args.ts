import type * as pulumi from "@pulumi/pulumi";
import type { ConfigTomlArgs, RunnerConfigurationArgs, RunnerCredentialsArgs } from "../configToml.js";
import type { Runner } from "../runner.js";
import type { RunnerArgs } from "../runnerArgs.js";

type EntryArgs = Omit<RunnerConfigurationArgs, "runner">;

/** One runner of a fleet, and its `[[runners]]` entry in the file of each host. */
export interface FleetRunnerArgs extends EntryArgs {
  /**
   * Arguments of a {@link Runner}, which the fleet then makes; or a `Runner`, or the credentials of one, that is made
   * elsewhere and used by all hosts.
   */
  runner: RunnerArgs | Runner | RunnerCredentialsArgs;
}

/** What one host has otherwise: settings by key, at any depth; lists as a whole. */
export interface FleetEntryOverrides extends Partial<EntryArgs> {
  /** With `tokens: "perHost"`: what this host's own runner has otherwise in GitLab, such as its `description`. */
  runner?: Partial<RunnerArgs>;
}

/** The settings of a host's file that can be the same for all hosts. */
export type FleetFileArgs = Omit<ConfigTomlArgs, "runners" | "target" | "systemId">;

/** One host of a fleet: where its file goes, and what it has otherwise. Settings win over those in `defaults`, by key. */
export interface FleetHostArgs<Runners extends string = string>
  extends FleetFileArgs,
    Pick<ConfigTomlArgs, "target" | "systemId"> {
  /** By the runner's name: what this host has otherwise; `false` leaves the runner out here. */
  runners?: { [Name in Runners]?: FleetEntryOverrides | false };
}

/** In which order hosts are changed. A host whose wave comes later waits for all of the one before, and for its success. */
export interface RolloutArgs<Hosts extends string = string> {
  /** The hosts that come first, side by side; the others only when all of these are done. */
  canary?: NoInfer<Hosts> | NoInfer<Hosts>[];
  /**
   * How many hosts are changed side by side, after the canaries.
   * @default all
   */
  maxParallel?: number;
}

/** Arguments of {@link RunnerFleet}. The keys of `runners` and `hosts` are names: letters, digits, `.`, `_` and `-`. */
export interface RunnerFleetArgs<Runners extends string = string, Hosts extends string = string> {
  /** The runners, by name. Each host's file has an entry for each of them. */
  runners: Record<Runners, FleetRunnerArgs>;
  /**
   * The hosts, by name. Each is a {@link ConfigToml}: adding or removing one touches no other.
   *
   * Errors: two of them are one file, and share a token.
   */
  hosts: Record<Hosts, FleetHostArgs<NoInfer<Runners>>>;
  /** Settings of every host's file, `path` for instance. */
  defaults?: FleetFileArgs;
  /**
   * `"shared"`: one runner in GitLab for each of `runners`, whose token all hosts use; GitLab tells the hosts apart by their
   * system id. A host that is removed leaves no runner manager behind (`unregisterManagers`, unless it is set).
   * `"perHost"`: each host has runners of its own in GitLab. A change replaces the runners.
   * @default "shared"
   * @see https://docs.gitlab.com/runner/fleet_scaling/#runner-managers
   */
  tokens?: "shared" | "perHost";
  /**
   * Whether all runners are made as one {@link RunnerSet}, which is quicker, instead of a `Runner` each. They are then all of
   * one `runnerType`, `groupId`, `projectId` and `marker`.
   *
   * Errors: a fleet that GitLab has in the other form stays as it is, and `up` is refused with what keeps its runners and
   * what replaces them - also where it grows above the size of the default or shrinks. That needs the marks, and a token that
   * may list the runners.
   * @default true for more than 100 runners of one scope, counted over all hosts with `tokens: "perHost"`
   */
  bulk?: boolean;
  /**
   * Lets hosts wait for one another, and stops at the first one that fails.
   * @default hosts are independent: "pulumi up --continue-on-error" serves all that can be reached, and lists the others
   */
  rollout?: RolloutArgs<Hosts>;
}

/** What a fleet knows of one of its hosts. */
export interface FleetHost {
  path: pulumi.Output<string | undefined>;
  /** By what GitLab tells this host from others; undefined until GitLab Runner has run there. */
  systemId: pulumi.Output<string | undefined>;
  /** Tells versions of the file apart. */
  fingerprint: pulumi.Output<string>;
  /** The text, where the host has no path. A secret. */
  content: pulumi.Output<string | undefined>;
  /** GitLab's number of each runner in the file, by the runner's name. */
  runnerIds: pulumi.Output<Record<string, number>>;
}
