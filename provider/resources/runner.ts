import * as pulumi from "@pulumi/pulumi";
import type { Path } from "../path.js";
import { DeclaredResource } from "./declaredResource.js";
import { detach } from "./detach.js";
import { identify } from "./identity.js";
import { protectAdoption } from "./protectAdoption.js";
import type { RunnerArgs } from "./runnerArgs.js";
import { listSecretPaths } from "./secretPaths.js";
import { stackIdentityOf } from "./stackIdentity.js";

/**
 * A runner in GitLab: created by the present workflow, taken over by `adopt`, made with a registration token, or only used
 * by the token of one that was made elsewhere. Its authentication token goes into a `ConfigToml`.
 *
 * ```ts
 * const runner = new Runner("docker", { runnerType: "group_type", groupId: 42, tagList: ["docker", "linux"] });
 * ```
 *
 * Everything but type and owner is changed in place. Destroying it deletes the runner in GitLab, for all its machines, but
 * for one that was made elsewhere (`authenticationToken`).
 *
 * @throws when GitLab refuses; the message has verb, path, status, GitLab's own words and the next step
 * @see https://docs.gitlab.com/api/users/#create-a-runner-linked-to-a-user
 * @see https://docs.gitlab.com/api/runners/
 */
export class Runner extends DeclaredResource {
  /** GitLab's number of the runner; `id` is the same as text. */
  declare readonly runnerId: pulumi.Output<number>;
  /** The runner authentication token (`glrt-…`). A secret; GitLab shows it once. */
  declare readonly token: pulumi.Output<string>;
  /** When the token expires (RFC 3339); undefined when it never does. */
  declare readonly tokenExpiresAt: pulumi.Output<string | undefined>;
  /** When the token was received (RFC 3339, UTC). */
  declare readonly tokenObtainedAt: pulumi.Output<string>;
  /** As it is declared; undefined where it is not. */
  declare readonly selfRotation: pulumi.Output<boolean> | undefined;
  /** Address of the GitLab that knows the runner, without a final `/`. */
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, args: RunnerArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = {
      runnerId: undefined,
      token: undefined,
      tokenExpiresAt: undefined,
      tokenObtainedAt: undefined,
      url: undefined,
    };
    const given = protectTokens(args);
    const props = {
      ...outputs,
      ...given,
      identity: identify(name, opts),
      stackId: args.marker === false ? undefined : detach(stackIdentityOf().id),
      secretPaths: listSecretPaths(given, isKnown),
    };
    super({ type: "Runner", provider: "runner", name, props, opts, secretOutputs: ["token"] });
  }
}

/** They are secrets also where a program does not say so. */
function protectTokens({ authenticationToken, registrationToken, ...args }: RunnerArgs): RunnerArgs {
  return {
    ...protectAdoption(args),
    ...(authenticationToken !== undefined && { authenticationToken: pulumi.secret(authenticationToken) }),
    ...(registrationToken !== undefined && { registrationToken: pulumi.secret(registrationToken) }),
  };
}

/** The provider knows it by its place, and it counts at creation only. */
function isKnown(path: Path): boolean {
  return path[0] === "adopt";
}
