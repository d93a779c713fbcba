import * as pulumi from "@pulumi/pulumi";

/** How a host is reached, by the names of OpenSSH's own settings. At most one way to log in; without any, the agent. */
export interface SshAccessArgs {
  /** Name or address. Another one moves the file there. */
  host: pulumi.Input<string>;
  /**
   * Another one moves the file there.
   * @default 22
   */
  port?: pulumi.Input<number | undefined>;
  user: pulumi.Input<string>;
  /** Path of a private key's file on the machine that runs Pulumi, without a passphrase; `~/` is the home folder. */
  privateKeyPath?: pulumi.Input<string | undefined>;
  /** Name of the environment variable that holds a private key. */
  privateKeyEnv?: pulumi.Input<string | undefined>;
  /** A private key's text; kept as a secret. */
  privateKey?: pulumi.Input<string | undefined>;
  /** Kept as a secret. */
  password?: pulumi.Input<string | undefined>;
  /**
   * Socket of an SSH agent. Agents are never forwarded.
   * @default the environment variable SSH_AUTH_SOCK
   */
  agent?: pulumi.Input<string | undefined>;
  /**
   * A known_hosts file that holds the host's key; OpenSSH's rules, but for certificate authorities. A host whose key is not
   * there is refused.
   * @default "~/.ssh/known_hosts" and "/etc/ssh/ssh_known_hosts"
   */
  knownHosts?: pulumi.Input<string | undefined>;
  /** In place of known_hosts, the fingerprint of the host's key, `SHA256:…`, as `ssh-keygen -lf` shows it. */
  hostKey?: pulumi.Input<string | undefined>;
  /** A host through which this one is reached; it forwards bytes and sees none of them in plain. */
  proxyJump?: pulumi.Input<SshAccessArgs | undefined>;
  /**
   * Seconds that the host may take to connect, and for each step.
   * @default 30, and for a jump host that of the host behind it
   */
  timeout?: pulumi.Input<number | undefined>;
}

/** A host with a POSIX shell; SFTP is not used. */
export interface SshTargetArgs extends SshAccessArgs {
  /**
   * Handles the file as root, by `sudo -n`: needs a rule (NOPASSWD) that lets the user run `sh`.
   * @default false
   */
  sudo?: pulumi.Input<boolean | undefined>;
}

/** Another machine that the file is delivered to. */
export interface TargetArgs {
  ssh: pulumi.Input<SshTargetArgs>;
}

const SECRETS = new Set(["privateKey", "password"]);

/** The target with its secrets marked as such, also where the program gave plain text. */
export function markTarget(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) {
    const output: pulumi.Output<unknown> = pulumi.output<unknown>(value);
    return output.apply((known) => (holdsSecret(known) ? pulumi.secret(known) : known));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [
    key,
    SECRETS.has(key) && member !== undefined ? pulumi.secret(member) : markTarget(member),
  ]);
  return Object.fromEntries(members);
}

function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, member]) => (SECRETS.has(key) && member !== undefined) || holdsSecret(member),
  );
}
