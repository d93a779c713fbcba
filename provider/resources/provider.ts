import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link Provider}. */
export interface ProviderArgs {
  /**
   * Address of the GitLab instance, such as `https://gitlab.example.com`; a final `/` or `/api/v4` makes no difference.
   * With an address of its own, a Provider takes its token from `token` or `tokenEnv` and from nowhere else.
   */
  baseUrl?: pulumi.Input<string>;
  /**
   * Token with which GitLab is called: a personal, group or project access token, or an OAuth token. Kept as a secret.
   * @see https://docs.gitlab.com/api/rest/authentication/
   */
  token?: pulumi.Input<string>;
  /**
   * Name of the environment variable that holds the token, instead of `token`: then it is in no state file, and a new
   * token counts at once, for `pulumi refresh` and `pulumi destroy` too.
   */
  tokenEnv?: pulumi.Input<string>;
  /**
   * Path of a PEM file with the CAs to trust, instead of those that Node.js trusts. Read on the machine that runs Pulumi.
   * This and the next three are those of the Provider alone where it names its GitLab.
   */
  cacertFile?: pulumi.Input<string>;
  /** Path of a PEM file with a client certificate, where GitLab or what stands before it wants one. */
  clientCert?: pulumi.Input<string>;
  /** Path of a PEM file with the key of `clientCert`, without a passphrase. */
  clientKey?: pulumi.Input<string>;
  /**
   * Takes any certificate: whoever is on the way can read and change everything, the token too. Better give `cacertFile`.
   * @default false
   */
  insecure?: pulumi.Input<boolean>;
  /**
   * Earlier addresses of the same GitLab. State ties each runner to the address at which it was created; after a
   * rename, list the old address here.
   * @default stack config `gitlab-runner:movedFrom`
   */
  movedFrom?: pulumi.Input<pulumi.Input<string>[]>;
}

/** The namespace under which the provider's arguments reach its process; see `lifecycle/settings`. */
const NAMESPACE = "gitlab-runner-provider";

/**
 * A connection to one GitLab, for programs that use several, or none of the usual ways to configure one.
 *
 * ```ts
 * const staging = new Provider("staging", { baseUrl: "https://gitlab.staging.example.com", tokenEnv: "STAGING_TOKEN" });
 * new Runner("docker", { runnerType: "group_type", groupId: 42 }, { provider: staging });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  /** @internal What look-ups in the program need; what is not given is left out. */
  readonly settings: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    const { token, movedFrom, insecure } = args;
    const inputs: pulumi.Inputs = {
      ...pick(args, ["baseUrl", "tokenEnv", "cacertFile", "clientCert", "clientKey"]),
      token: token === undefined ? undefined : pulumi.secret(token),
      insecure: insecure === undefined ? undefined : pulumi.output(insecure).apply(String),
      movedFrom: movedFrom && pulumi.output(movedFrom).apply((addresses) => JSON.stringify(addresses)),
    };
    const given = Object.entries(inputs).filter(([, value]) => value !== undefined);
    const settings = Object.fromEntries(given.map(([key, value]) => [`${NAMESPACE}:${key}`, value]));
    super("pulumi-nodejs", name, settings, opts);
    this.settings = pulumi.output(settings);
  }
}

function pick(args: ProviderArgs, keys: readonly (keyof ProviderArgs)[]): pulumi.Inputs {
  return Object.fromEntries(keys.map((key) => [key, args[key]]));
}
