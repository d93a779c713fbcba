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
  /** Path of a private key's file on the machine that runs Pulumi; `~/` is the home folder. */
  privateKeyPath?: pulumi.Input<string | undefined>;
  /** Name of the environment variable that holds a private key. */
  privateKeyEnv?: pulumi.Input<string | undefined>;
  /** A private key's text; kept as a secret. */
  privateKey?: pulumi.Input<string | undefined>;
  /** What unlocks the private key; kept as a secret. */
  passphrase?: pulumi.Input<string | undefined>;
  /** Name of the environment variable that holds the passphrase. */
  passphraseEnv?: pulumi.Input<string | undefined>;
  /** Kept as a secret. */
  password?: pulumi.Input<string | undefined>;
  /** Name of the environment variable that holds the password. */
  passwordEnv?: pulumi.Input<string | undefined>;
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

/** A host that is reached over SSH: one with a POSIX shell, or with SFTP. */
export interface SshTargetArgs extends SshAccessArgs {
  /**
   * Handles the file as root: needs a rule that lets the user run `sh` by sudo - without a password (NOPASSWD), unless one
   * is given here.
   * @default false
   */
  sudo?: pulumi.Input<boolean | undefined>;
  /** The password that sudo asks for, sent by its standard input; kept as a secret. */
  sudoPassword?: pulumi.Input<string | undefined>;
  /** Name of the environment variable that holds the password for sudo. */
  sudoPasswordEnv?: pulumi.Input<string | undefined>;
  /**
   * How files go there. `"exec"`: by a POSIX shell, which needs no SFTP. `"sftp"`: by SFTP (with posix-rename@openssh.com)
   * where no commands run, such as `ForceCommand internal-sftp`, or on Windows. `"auto"`: the first of these that works.
   * @default "auto"
   */
  transfer?: pulumi.Input<"auto" | "exec" | "sftp" | undefined>;
}

/** The machine that runs Pulumi, as a target: so that `path` has a default, and files can be checked. */
export interface LocalTargetArgs {
  /**
   * Seconds that the check and the hook may take, each.
   * @default 30
   */
  timeout?: pulumi.Input<number | undefined>;
}

/** A volume of Docker, such as the one that `/etc/gitlab-runner` of a container lies in. A mounted folder needs its path alone. */
export interface DockerVolumeArgs {
  /** Its name. Its folder is found by `docker volume inspect`; only root may write there. Another one moves the file. */
  volume: pulumi.Input<string>;
}

/** Where the file is delivered: `ssh`, `local` or `docker`; `docker` together with `ssh` is a volume of that host's Docker. */
export interface TargetArgs {
  /** Another machine. */
  ssh?: pulumi.Input<SshTargetArgs | undefined>;
  /** This machine. */
  local?: pulumi.Input<LocalTargetArgs | undefined>;
  /** A volume of Docker. */
  docker?: pulumi.Input<DockerVolumeArgs | undefined>;
  /**
   * `"gitlab-runner"`: the machine's own `gitlab-runner lint` (GitLab Runner 19.4 or later) must find the new file valid
   * before it takes its place. It refuses keys that it does not know, which a newer version may.
   * @default none
   * @see https://docs.gitlab.com/runner/commands/
   */
  check?: pulumi.Input<"gitlab-runner" | undefined>;
  /**
   * A command line that the machine's shell runs when the file is in place, as root with `sudo`. When it fails or does not
   * end in time, the file that was there before comes back. Everybody there can see it: no secrets. GitLab Runner itself
   * reads a changed file within 3 seconds and needs none.
   * @default none
   */
  hook?: pulumi.Input<string | undefined>;
}

const SECRETS = new Set(["privateKey", "passphrase", "password", "sudoPassword"]);

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
