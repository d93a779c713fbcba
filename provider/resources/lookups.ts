import * as pulumi from "@pulumi/pulumi";
import { GitLabRunnerError } from "../errors.js";
import type { Found, RunnerDetails, RunnerSummary } from "../lifecycle/lookups.js";
import { Provider } from "./provider.js";

/** Which runner {@link getRunner} is to find. */
export interface GetRunnerArgs {
  /** GitLab's number of the runner. */
  runnerId: number | string;
}

/**
 * Which runners {@link getRunners} is to find: all that fit each of the filters. At most one of `groupId`, `projectId` and
 * `wholeInstance`; with none of them, the runners of all groups that the token's user owns and of all projects that he
 * maintains.
 */
export interface GetRunnersArgs {
  /**
   * The runners that a group can use: its own, those of the groups above it, and those of the instance. A number or a
   * full path; for Owners of the group.
   */
  groupId?: number | string;
  /** The runners that a project can use. A number or a full path; for Maintainers of the project. */
  projectId?: number | string;
  /**
   * All runners of the instance, for administrators and auditors.
   * @default false
   */
  wholeInstance?: boolean;
  /** Only runners of this type. GitLab's key: `type`. */
  runnerType?: "instance_type" | "group_type" | "project_type";
  /**
   * Only runners with this status. `offline` is each that was in contact, but not within 2 hours.
   * @see https://docs.gitlab.com/ci/runners/runners_scope/#runner-statuses
   */
  status?: "online" | "offline" | "never_contacted" | "stale" | "active" | "paused";
  /** Only runners that are paused, or only those that are not. */
  paused?: boolean;
  /** Only runners that have all of these tags. Case counts. GitLab's key: `tag_list`. */
  tagList?: string[];
  /** Only runners whose version begins like this, such as `18.2.`. GitLab's key: `version_prefix`. */
  versionPrefix?: string;
}

/** A runner with all that GitLab tells of it; its token is not among that. `undefined` is what the token's user may not see. */
export type GetRunnerResult = Found<RunnerDetails>;

/** A runner as a list tells of it: GitLab's lists carry no tags. */
export type GetRunnersResult = Found<RunnerSummary>[];

/** How to look up. */
export interface LookupOptions {
  /** Which GitLab, and as whom. @default environment, then stack config, as for resources */
  provider?: Provider;
  /** A component whose provider counts where none is given. */
  parent?: pulumi.Resource;
}

/** How to look up, in the form with outputs. */
export interface LookupOutputOptions extends LookupOptions {
  /** Resources that must be there before. */
  dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

type Lookup<Args, Result> = (args: Args, config: { get(key: string): string | undefined }) => Promise<Result>;

/**
 * Looks up one runner, during previews too. Changes nothing.
 *
 * ```ts
 * const runner = await getRunner({ runnerId: 42 });
 * ```
 *
 * @throws InvalidInputError, GitLabCallError (there is no such runner, or the token may not see it)
 * @see https://docs.gitlab.com/api/runners/#get-runners-details
 */
export async function getRunner(args: GetRunnerArgs, options: LookupOptions = {}): Promise<GetRunnerResult> {
  return lookUp(findOne, args, await readKnown(listSettings(options)));
}

/** Like {@link getRunner}, for arguments that are outputs of resources: unknown in a preview as long as they are. */
export function getRunnerOutput(
  args: pulumi.Inputs & { [key in keyof GetRunnerArgs]: pulumi.Input<GetRunnerArgs[key]> },
  options: LookupOutputOptions = {},
): pulumi.Output<GetRunnerResult> {
  return lookUpOutput(findOne, args as pulumi.Input<GetRunnerArgs>, options);
}

/**
 * Looks up runners, on as many of GitLab's pages as there are, during previews too. Changes nothing.
 *
 * ```ts
 * const stale = await getRunners({ groupId: "my/group", status: "stale" });
 * ```
 *
 * @throws InvalidInputError, GitLabCallError
 * @see https://docs.gitlab.com/api/runners/#list-runners
 */
export async function getRunners(args: GetRunnersArgs = {}, options: LookupOptions = {}): Promise<GetRunnersResult> {
  return lookUp(findMany, args, await readKnown(listSettings(options)));
}

/** Like {@link getRunners}, for arguments that are outputs of resources. */
export function getRunnersOutput(
  args: { [key in keyof GetRunnersArgs]: pulumi.Input<GetRunnersArgs[key]> } = {},
  options: LookupOutputOptions = {},
): pulumi.Output<GetRunnersResult> {
  return lookUpOutput(findMany, args as pulumi.Input<GetRunnersArgs>, options);
}

/** Loaded at the first look-up: most programs have none. */
const findOne: Lookup<GetRunnerArgs, GetRunnerResult> = async (...given) =>
  (await import("../lifecycle/lookups.js")).findRunner(...given);

const findMany: Lookup<GetRunnersArgs, GetRunnersResult> = async (...given) =>
  (await import("../lifecycle/lookups.js")).findRunners(...given);

type Settings = Record<string, string>;

async function lookUp<Args, Result>(lookup: Lookup<Args, Result>, args: Args, settings: Settings): Promise<Result> {
  try {
    return await lookup(args, { get: (key) => settings[key] ?? pulumi.runtime.getConfig(key) });
  } catch (error) {
    if (error instanceof GitLabRunnerError) showMessageAlone(error);
    throw error;
  }
}

/** Pulumi prints all that an error has where a program does not catch it: its message says what to do, and needs no more. */
function showMessageAlone(error: Error): void {
  for (const key of Object.keys(error)) Object.defineProperty(error, key, { enumerable: false });
  Object.defineProperty(error, "stack", { value: String(error), configurable: true });
}

function lookUpOutput<Args, Result>(
  lookup: Lookup<Args, Result>,
  args: pulumi.Input<Args>,
  options: LookupOutputOptions,
): pulumi.Output<Result> {
  // The provider's token is a secret, but what GitLab answers is none for that.
  const settings = pulumi.unsecret(listSettings(options));
  const before = pulumi.output(options.dependsOn).apply(waitFor);
  const all = pulumi.all([pulumi.output(args), settings, before]);
  return all.apply(([known, from]) => lookUp(lookup, known as Args, from as Settings)) as pulumi.Output<Result>;
}

/** Unknown as long as one of the resources is still to be made. */
function waitFor(resources: unknown): pulumi.Output<unknown> {
  const list = [resources].flat().filter((resource) => pulumi.Resource.isInstance(resource));
  return pulumi.all(list.map((resource) => (pulumi.CustomResource.isInstance(resource) ? resource.id : resource.urn)));
}

function listSettings({ provider, parent }: LookupOptions): pulumi.Output<Settings> {
  const found = provider ?? parent?.getProvider("pulumi-nodejs:dynamic:Resource");
  return found instanceof Provider ? found.settings : pulumi.output<Settings>({});
}

/** The SDK's own members of an output, which its types leave out. */
interface Knowable<T> {
  isKnown: Promise<boolean>;
  promise(): Promise<T>;
}

async function readKnown<T>(output: pulumi.Output<T>): Promise<T> {
  const { isKnown } = output as unknown as Knowable<T>;
  // To wait for it would be to wait for ever.
  if (await isKnown) return (output as unknown as Knowable<T>).promise();
  throw new Error(
    "The Provider's arguments are not known in this preview: use getRunnerOutput or getRunnersOutput instead",
  );
}
