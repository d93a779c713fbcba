/** Who is on the other end of an SSH connection, and how one gets there. */
export interface SshAccess {
  host: string;
  /** @default 22 */
  port?: number;
  user: string;
  /** A private key's file on this machine. */
  privateKeyPath?: string;
  /** The environment variable that holds a private key. */
  privateKeyEnv?: string;
  /** A private key's text. A secret. */
  privateKey?: string;
  /** A secret. */
  password?: string;
  /** The agent's socket; used where no other way to log in is given. Default: `SSH_AUTH_SOCK`. */
  agent?: string;
  /** @default "~/.ssh/known_hosts" and "/etc/ssh/ssh_known_hosts" */
  knownHosts?: string;
  /** The fingerprint of the host's key, in place of known_hosts. */
  hostKey?: string;
  proxyJump?: SshAccess;
  /** Seconds. @default 30 */
  timeout?: number;
}

/** A host that is reached over SSH. */
export interface SshTarget extends SshAccess {
  /** Whether files are handled as root. @default false */
  sudo?: boolean;
}

/** Where a file is delivered. */
export interface Target {
  ssh: SshTarget;
}

const DEFAULT_PORT = 22;

export function portOf({ port }: SshAccess): number {
  return port ?? DEFAULT_PORT;
}

/** A host as messages name it. */
export function nameHost(access: SshAccess): string {
  const port = portOf(access);
  return `${access.user}@${access.host}${port === DEFAULT_PORT ? "" : `:${port}`}`;
}

/** How messages go on after a path: nothing for this machine. */
export function nameTarget(target: Target | undefined): string {
  return target ? ` on ${nameHost(target.ssh)}` : "";
}

/** What tells a target from another one: the rest is only the way there. */
export function identifyTarget(target: Target | undefined): string {
  return target ? `ssh://${target.ssh.host.toLowerCase()}:${portOf(target.ssh)}` : "";
}
