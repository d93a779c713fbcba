import * as pulumi from "@pulumi/pulumi";
import { placeInSet } from "../lifecycle/runner/reference.js";
import type { Path } from "../path.js";
import { DeclaredResource } from "./declaredResource.js";
import { convertTable } from "./deferred.js";
import { detach } from "./detach.js";
import { identify } from "./identity.js";
import { protectAdoption } from "./protectAdoption.js";
import type { RunnerArgs } from "./runnerArgs.js";
import { listSecretPaths } from "./secretPaths.js";
import { stackIdentityOf } from "./stackIdentity.js";

/** Of a runner's arguments, those that a set has for all of its runners. */
type Common = "runnerType" | "groupId" | "projectId" | "marker";

/** One runner of a {@link RunnerSet}: the arguments of a `Runner`, but for those that stand beside `items`. */
export type RunnerSetItemArgs = Omit<RunnerArgs, Common | "authenticationToken" | "registrationToken">;

/** Arguments of {@link RunnerSet}. */
export interface RunnerSetArgs {
  /**
   * Who may use the runners: everybody on the instance, one group, or one project. A change replaces all of them.
   *
   * GitLab's key: `runner_type`.
   */
  runnerType: pulumi.Input<"instance_type" | "group_type" | "project_type">;
  /**
   * The owning group, with `runnerType: "group_type"` only. GitLab's number, not its path. A change replaces all runners.
   *
   * GitLab's key: `group_id`.
   */
  groupId?: pulumi.Input<number | string>;
  /**
   * The owning project, with `runnerType: "project_type"` only. GitLab's number, not its path. A change replaces all
   * runners.
   *
   * GitLab's key: `project_id`.
   */
  projectId?: pulumi.Input<number | string>;
  /**
   * The runners. The key is a runner's stable name in the set: under another one it is another runner.
   *
   * Errors: what GitLab refuses of one item stops no other; it is named by its path, `items.docker.tagList`.
   */
  items: Record<string, RunnerSetItemArgs>;
  /** See `RunnerArgs.marker`: each runner has a mark of its own. @default true */
  marker?: boolean;
}

/** What GitLab made of one item of a {@link RunnerSet}. */
export interface RunnerSetItemResult {
  /** GitLab's number of the runner. */
  runnerId: number;
  /** When the token was received (RFC 3339, UTC). */
  tokenObtainedAt: string;
  /** When the token expires (RFC 3339); undefined when it never does. */
  tokenExpiresAt?: string;
}

/** Of the items that a set has, in an error: it may have thousands. */
const SHOWN_NAMES = 20;

/** What all items of a set have from it. */
interface SetOutputs {
  runners: pulumi.Output<Record<string, RunnerSetItemResult>>;
  tokens: pulumi.Output<Record<string, string>>;
  url: pulumi.Output<string>;
  /** Both of the first, as one secret. */
  results: pulumi.Output<[Record<string, RunnerSetItemResult>, Record<string, string>]>;
}

/** One runner of a {@link RunnerSet}, for the entries of a `ConfigToml`. */
export class RunnerSetItem {
  /** GitLab's number of the runner. */
  declare readonly runnerId: pulumi.Output<number>;
  /** The runner authentication token (`glrt-…`). A secret. */
  declare readonly token: pulumi.Output<string>;
  /** When the token expires (RFC 3339); undefined when it never does. */
  declare readonly tokenExpiresAt: pulumi.Output<string | undefined>;
  /** When the token was received (RFC 3339, UTC). */
  declare readonly tokenObtainedAt: pulumi.Output<string>;
  /** Address of the GitLab that knows the runner, without a final `/`. */
  readonly url: pulumi.Output<string>;

  readonly #name: string;
  readonly #set: SetOutputs;

  /** @internal */
  constructor(
    set: SetOutputs,
    name: string,
    /** As it is declared; undefined where it is not. */
    readonly selfRotation: pulumi.Input<boolean> | undefined,
    /** @internal What tells the item from all others of the stack: by it a file knows that the item's token stays. */
    readonly item: pulumi.Input<string>,
  ) {
    this.#name = name;
    this.#set = set;
    this.url = set.url;
    const find = <T>(pick: (result: RunnerSetItemResult) => T) =>
      set.runners.apply((runners) => {
        const result = own(runners, name);
        return isMade(result) ? pick(result) : result;
      }) as pulumi.Output<T>;
    defineLazily(this, "runnerId", () => find(({ runnerId }) => runnerId));
    defineLazily(this, "token", () => set.tokens.apply((tokens) => own(tokens, name) as string));
    defineLazily(this, "tokenExpiresAt", () => find(({ tokenExpiresAt }) => tokenExpiresAt));
    defineLazily(this, "tokenObtainedAt", () => find(({ tokenObtainedAt }) => tokenObtainedAt));
  }

  /** @internal Token and times as one secret, for an entry. */
  credentials(): pulumi.Output<{ value: string; obtainedAt?: string; expiresAt?: string }> {
    return this.#set.results.apply(([runners, tokens]) => {
      const result = own(runners, this.#name);
      // As one, so that what is not known is a secret, too.
      if (!isMade(result)) return result as never;
      const { tokenObtainedAt: obtainedAt, tokenExpiresAt: expiresAt } = result;
      return { value: tokens[this.#name] as string, obtainedAt, expiresAt };
    });
  }
}

/**
 * What a set has of one item, which may be called `constructor`. A set that is not changed in this run (`--target`, or a
 * refresh or destroy that runs the program) has nothing yet of an item that is new: like the outputs of a new `Runner`
 * then, it is not known.
 */
function own<T>(all: Readonly<Record<string, T>> | undefined, name: string): T | typeof pulumi.unknown {
  return all && Object.hasOwn(all, name) ? (all[name] as T) : pulumi.unknown;
}

function isMade(result: RunnerSetItemResult | typeof pulumi.unknown): result is RunnerSetItemResult {
  return result !== pulumi.unknown;
}

/** Made when it is asked for: each of Pulumi's outputs is a dozen promises, and a set has thousands of items. */
function defineLazily<Key extends string, T>(target: Record<Key, T>, key: Key, make: () => T): void {
  let value: T | undefined;
  const get = () => {
    value ??= make();
    return value;
  };
  Object.defineProperty(target, key, { get, enumerable: true });
}

/**
 * Many runners of one group, project or instance as one resource. Pulumi writes its whole state after each step, so a
 * resource for each of many runners takes the longer the more there are; here all of them are one step, and are created,
 * changed, read and deleted side by side. Each is treated as a `Runner` is: only what changed is touched, and one that
 * fails stops no other.
 *
 * ```ts
 * const set = new RunnerSet("builders", {
 *   runnerType: "group_type",
 *   groupId: 42,
 *   items: { docker: { tagList: ["docker"] }, shell: { tagList: ["shell"], paused: true } },
 * });
 * new ConfigToml("host", {
 *   path: "/etc/gitlab-runner/config.toml",
 *   runners: { docker: { runner: set.runner("docker"), executor: "docker", docker: { image: "alpine:3.20" } } },
 * });
 * ```
 *
 * A preview names the items that change, and shows a change of those files alone whose items get another token. For that
 * set and files need the same provider; else it shows all files of a changed set, and `up` leaves them alone.
 *
 * An item that is not declared any more is deleted by the update of the set, before the files are written: until then
 * its entry there has a dead token.
 *
 * @throws when GitLab refuses, with a line for each item; the others are done and kept
 * @see https://docs.gitlab.com/api/users/#create-a-runner-linked-to-a-user
 */
export class RunnerSet extends DeclaredResource {
  /** What GitLab made of each item. */
  declare readonly runners: pulumi.Output<Record<string, RunnerSetItemResult>>;
  /** The runner authentication token of each item. A secret. */
  declare readonly tokens: pulumi.Output<Record<string, string>>;
  /** Address of the GitLab that knows the runners, without a final `/`. */
  declare readonly url: pulumi.Output<string>;

  readonly #name: string;
  readonly #identity: pulumi.Input<string>;
  readonly #outputs: SetOutputs;
  readonly #items: Record<string, RunnerSetItemArgs>;

  constructor(name: string, args: RunnerSetArgs, opts?: pulumi.CustomResourceOptions) {
    const identity = identify(name, opts);
    const given = { ...args, items: protectItems(args.items) };
    const props = {
      ...{ runners: undefined, tokens: undefined, url: undefined },
      ...given,
      identity,
      stackId: args.marker === false ? undefined : detach(stackIdentityOf().id),
      secretPaths: listSecretPaths(given, isKnown),
    };
    super({ type: "RunnerSet", provider: "runnerSet", name, props, opts, secretOutputs: ["tokens", "former"] });
    this.#name = name;
    this.#identity = identity;
    this.#items = args.items;
    const { runners, tokens, url } = this;
    this.#outputs = { runners, tokens, url, results: pulumi.secret(pulumi.all([runners, tokens])) };
  }

  /**
   * One of the runners.
   * @throws when no item has that name
   */
  runner(name: string): RunnerSetItem {
    const item = Object.hasOwn(this.#items, name) ? this.#items[name] : undefined;
    if (item === undefined) {
      const names = Object.keys(this.#items);
      const known = [...names.slice(0, SHOWN_NAMES), ...(names.length > SHOWN_NAMES ? ["…"] : [])].join(", ");
      throw new pulumi.RunError(`RunnerSet ${this.#name} has no item ${JSON.stringify(name)}: known are ${known}`);
    }
    const identity = this.#identity;
    const place =
      typeof identity === "string"
        ? placeInSet(identity, name)
        : pulumi.output(identity).apply((known) => placeInSet(known, name));
    return new RunnerSetItem(this.#outputs, name, item.selfRotation, place);
  }
}

function protectItems(items: Record<string, RunnerSetItemArgs>): Record<string, RunnerSetItemArgs> {
  const protectItem = (item: RunnerSetItemArgs) => convertTable(item, protectAdoption);
  return convertTable(items, (known) =>
    Object.fromEntries(Object.entries(known).map(([name, item]) => [name, protectItem(item)])),
  );
}

/** The provider knows it by its place, and it counts at creation only. */
function isKnown(path: Path): boolean {
  return path[2] === "adopt";
}
