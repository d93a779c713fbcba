import * as pulumi from "@pulumi/pulumi";
import type { GlobalConfiguration, RunnerConfiguration } from "../config/schema/types.js";
import type { Path } from "../path.js";
import { watchForClones } from "./clones.js";
import { DeclaredResource } from "./declaredResource.js";
import { convertTable, isDeferred } from "./deferred.js";
import { type Holder, noteHolder } from "./holders.js";
import { markSecrets } from "./markSecrets.js";
import type { Runner } from "./runner.js";
import type { RunnerSetItem } from "./runnerSet.js";
import { watchForSameFile } from "./sameFile.js";
import { moveSecretItems } from "./secretItems.js";
import { listSecretPaths } from "./secretPaths.js";
import { nameStack, stackIdentityOf } from "./stackIdentity.js";
import { markTarget, type TargetArgs } from "./targetArgs.js";

/** Settings with an input at every level, so that any part may come from another resource. */
export type DeepInput<T> = pulumi.Input<
  T extends (infer Item)[] ? DeepInput<Item>[] : T extends object ? { [Key in keyof T]: DeepInput<T[Key]> } : T
>;

/** What an entry needs of a runner that was not made by a `Runner` of this program. */
export interface RunnerCredentialsArgs {
  /** Address of the GitLab that knows the runner. GitLab's key: `url`. */
  url: pulumi.Input<string>;
  /** GitLab's number of the runner. GitLab's key: `id`. */
  id: pulumi.Input<number>;
  /** The runner authentication token; kept as a secret. GitLab's key: `token`. */
  token: pulumi.Input<string>;
  /** When the token was received (RFC 3339). GitLab's key: `token_obtained_at`. */
  tokenObtainedAt?: pulumi.Input<string | undefined>;
  /** When the token expires (RFC 3339); leave it out for never. GitLab's key: `token_expires_at`. */
  tokenExpiresAt?: pulumi.Input<string | undefined>;
  /**
   * GitLab Runner rotates the token by itself: see `RunnerArgs.selfRotation`.
   * @default false
   */
  selfRotation?: pulumi.Input<boolean>;
}

type FromRunner = "url" | "id" | "token" | "tokenObtainedAt" | "tokenExpiresAt";

type EntrySettings = { [Key in keyof Omit<RunnerConfiguration, FromRunner>]: DeepInput<RunnerConfiguration[Key]> };

/** One `[[runners]]` entry of a config.toml. */
export interface RunnerConfigurationArgs extends EntrySettings {
  /**
   * The runner whose jobs this entry takes: a `Runner`, one of a `RunnerSet` (`set.runner("docker")`), or the credentials
   * of one that was made elsewhere.
   */
  runner: Runner | RunnerSetItem | RunnerCredentialsArgs;
  /**
   * Text of a configuration template, as `gitlab-runner register --template-config` takes it: TOML with exactly one
   * `[[runners]]`. It fills what is not set here; `""`, `0`, `false` and empty lists count as not set.
   * @see https://docs.gitlab.com/runner/register/#register-with-a-configuration-template
   */
  template?: pulumi.Input<string>;
}

type GlobalArgs = { [Key in keyof Omit<GlobalConfiguration, "runners">]: DeepInput<GlobalConfiguration[Key]> };

/** Arguments of {@link ConfigToml}. The settings of the global section stand beside these. */
export interface ConfigTomlArgs extends GlobalArgs {
  /**
   * Where the file is written, on the machine that runs Pulumi; relative to the Pulumi project, or absolute. With an `ssh`
   * target it is an absolute path there, such as `C:\\GitLab-Runner\\config.toml` on Windows; with a `docker` target it
   * counts from the volume's folder. A change moves the file.
   * @default without a `target` none: the text is the output `content`. With one, where GitLab Runner looks by itself for
   * that system and user: `/etc/gitlab-runner/config.toml` as root, `~/.gitlab-runner/config.toml` as another user,
   * `C:\\GitLab-Runner\\config.toml` on Windows, `/home/gitlab-runner/.gitlab-runner/config.toml` as root on FreeBSD, and
   * `config.toml` in a Docker volume
   */
  path?: pulumi.Input<string>;
  /**
   * The machine that the file is delivered to. Another host, port or Docker volume moves the file (where no path is given,
   * another user, too); everything else in it is only the way there, and is changed in place. Left out: the machine that
   * runs Pulumi.
   */
  target?: pulumi.Input<TargetArgs | undefined>;
  /**
   * The `[[runners]]` entries. The key is an entry's stable name, and its `name` unless that is set; entries are
   * written in order of their keys.
   */
  runners: Record<string, RunnerConfigurationArgs>;
  /**
   * Allows to replace or remove a file that holds entries which are not declared here, or that is no valid TOML. A copy
   * is kept beside it first.
   * @default false
   */
  replaceExisting?: pulumi.Input<boolean>;
  /**
   * What of the file is this resource's. `"file"`: all of it. `"entries"`: the declared entries, found by url and id, and
   * the global settings that are declared here; the entries of others, comments, order, unknown keys, spacing and line
   * ends stay byte for byte, also when others change the file between two updates. Destroying then takes the entries out
   * and keeps the file and its global settings. An entry that another stack declares is refused; who declares which is
   * kept in a small file beside it, `.config.toml.pulumi-owners.json`. A change is made in place.
   * @default "file"
   */
  ownership?: "file" | "entries";
  /**
   * What `.runner_system_id` beside the file is to hold: GitLab tells machines with the same token apart by it. For
   * machines that are clones of one another, or that are set up anew. Written before the file, with mode 0600; GitLab Runner
   * takes it at its next start. It stays when the resource is destroyed.
   *
   * Errors: the machine has another one, which this resource did not put there (`replaceExisting` lets it go).
   * @default what GitLab Runner makes of the machine's own id
   * @see https://docs.gitlab.com/runner/fleet_scaling/#generation-of-system_id-identifiers
   */
  systemId?: pulumi.Input<string | undefined>;
  /**
   * Removes this machine's runner manager from GitLab when an entry, or the whole file, is taken from it: after 4 seconds,
   * when GitLab Runner has seen that the entry is gone. The runner stays; other machines may use it.
   *
   * GitLab's call: `DELETE /runners/managers`.
   * @default false: GitLab lists the machine on, and calls it stale after 7 days
   * @see https://docs.gitlab.com/api/runners/#delete-a-runner-manager
   */
  unregisterManagers?: pulumi.Input<boolean | undefined>;
  /**
   * Waits, after the file was delivered, until GitLab has seen this machine with each of its runners, by GitLab's own clock.
   * GitLab's token must read the runners (`manage_runner` or `read_api`), and they are all of the configured GitLab.
   *
   * Errors: it was not seen in time; the message says what was seen last. The file stays, and the next `pulumi up` waits again.
   * @default no waiting
   * @see https://docs.gitlab.com/api/runners/#list-all-runners-managers
   */
  waitForContact?: pulumi.Input<WaitForContactArgs | undefined>;
  /**
   * What to do when the resource is destroyed and its target does not answer. `"fail"`: it stays in state. `"forget"`: for a
   * machine that is gone for good; its file is left, its managers are removed from GitLab by the system id in state (with
   * `unregisterManagers`), and a warning says so. It can be set while the machine is down already, and together with another
   * `target` or `path`.
   * @default "fail"
   */
  onUnreachable?: pulumi.Input<"fail" | "forget" | undefined>;
}

/** How long {@link ConfigToml} waits for a machine. */
export interface WaitForContactArgs {
  /**
   * A duration with units.
   * @default "5m"
   */
  timeout?: pulumi.Input<string | undefined>;
}

/**
 * One config.toml, rendered from typed settings and templates, and written to a path - or, without one, handed on as
 * text for cloud-init or a Kubernetes secret.
 *
 * ```ts
 * new ConfigToml("host", {
 *   path: "/etc/gitlab-runner/config.toml",
 *   concurrent: 4,
 *   runners: { docker: { runner, executor: "docker", docker: { image: "alpine:3.20" } } },
 * });
 * ```
 *
 * The file is replaced as a whole or not at all, with mode 0600. A file that holds anybody else's entries is left alone;
 * with `ownership: "entries"` it is shared with them.
 *
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
 */
export class ConfigToml extends DeclaredResource {
  /** The text of the file, when no path is given. A secret. */
  declare readonly content: pulumi.Output<string | undefined>;
  /** Where the file is on its machine; undefined where there is none. */
  declare readonly location: pulumi.Output<string | undefined>;
  /** Tells versions of the text apart without showing it: a keyed hash. */
  declare readonly fingerprint: pulumi.Output<string>;
  /**
   * By what GitLab tells this machine from others with the same token, as it stands beside the file. Undefined until GitLab
   * Runner has run there; a refresh finds it.
   */
  declare readonly systemId: pulumi.Output<string | undefined>;

  constructor(name: string, args: ConfigTomlArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = { content: undefined, location: undefined, fingerprint: undefined, systemId: undefined };
    const target = args.target === undefined ? {} : { target: markTarget(args.target) };
    const marked = markSecrets("GlobalConfiguration", {
      ...args,
      ...target,
      runners: mapEntries({ name }, args.runners),
    });
    const inputs = moveSecretItems(marked);
    const stack = args.ownership === "entries" ? { stack: { id: stackIdentityOf().id, name: nameStack() } } : {};
    const props = { ...outputs, ...inputs, ...stack, secretPaths: listSecretPaths(inputs, isKnownSecret) };
    super({
      type: "ConfigToml",
      provider: "configToml",
      name,
      props,
      opts,
      secretOutputs: ["content", "fingerprintKey"],
    });
    watchForSameFile(this, { name, args });
    watchForClones(this, { name, args });
  }
}

/** Secrets that need no mention: the provider knows them by their place. */
function isKnownSecret(path: Path): boolean {
  return path[0] === "secretItems" || (path[0] === "runners" && path[2] === "runner" && path[3] === "token");
}

type Entries = Record<string, RunnerConfigurationArgs>;

function mapEntries(holder: Holder, entries: Entries): Entries {
  const map = (entry: RunnerConfigurationArgs) => convertTable(entry, (known) => mapEntry(holder, known));
  return convertTable(entries, (known) =>
    Object.fromEntries(Object.entries(known).map(([key, entry]) => [key, map(entry)])),
  );
}

function mapEntry(holder: Holder, entry: RunnerConfigurationArgs): object {
  const marked = markSecrets("RunnerConfiguration", entry);
  const { runner } = entry;
  return typeof runner === "object" && runner !== null ? { ...marked, runner: describeRunner(holder, runner) } : marked;
}

type EntryRunner = RunnerConfigurationArgs["runner"];

/** Token and times are one value: they change together, and a preview shows one line for them. */
function describeRunner(holder: Holder, runner: EntryRunner): object {
  const read = isDeferred(runner) ? readDeferred(runner) : readRunner(runner);
  return { ...read, ...noteHolder(holder, runner) };
}

/** Each part by itself, so that the token makes no secret of the others. */
function readDeferred(runner: pulumi.Output<unknown> | Promise<unknown>): object {
  const known = pulumi.output(runner) as pulumi.Output<EntryRunner>;
  return {
    url: known.apply(({ url }) => url),
    id: known.apply((value) => ("runnerId" in value ? value.runnerId : value.id)),
    selfRotation: known.apply(({ selfRotation }) => selfRotation),
    token: known.apply(({ token, tokenObtainedAt, tokenExpiresAt }) =>
      joinCredentials([token, tokenObtainedAt, tokenExpiresAt]),
    ),
  };
}

function readRunner(runner: EntryRunner): object {
  if (!("runnerId" in runner)) {
    const { token, tokenObtainedAt, tokenExpiresAt, ...rest } = runner;
    return { ...rest, token: joinCredentials([token, tokenObtainedAt, tokenExpiresAt]) };
  }
  const { url, selfRotation } = runner;
  if ("item" in runner) {
    const { runnerId: id, item } = runner;
    return { id, url, selfRotation, item, token: runner.credentials() };
  }
  const { id, token, tokenObtainedAt, tokenExpiresAt } = runner;
  return { id: id.apply(Number), url, selfRotation, token: joinCredentials([token, tokenObtainedAt, tokenExpiresAt]) };
}

type Credentials = [token: pulumi.Input<string>, ...times: (pulumi.Input<string | undefined> | undefined)[]];

function joinCredentials(credentials: Credentials): pulumi.Output<object> {
  const joined = pulumi.all(credentials).apply(([value, obtainedAt, expiresAt]) => ({
    value,
    obtainedAt: obtainedAt ?? undefined,
    expiresAt: expiresAt ?? undefined,
  }));
  return pulumi.secret(joined);
}
