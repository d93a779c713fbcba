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
  /** What unlocks the private key. A secret. */
  passphrase?: string;
  /** The environment variable that holds the passphrase. */
  passphraseEnv?: string;
  /** A secret. */
  password?: string;
  /** The environment variable that holds the password. */
  passwordEnv?: string;
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
  /** What sudo asks for. A secret. */
  sudoPassword?: string;
  /** The environment variable that holds it. */
  sudoPasswordEnv?: string;
  /** How files go there. @default "auto": a POSIX shell, or SFTP where no commands run */
  transfer?: "auto" | "exec" | "sftp";
}

/** The machine that runs Pulumi. */
export interface LocalTarget {
  /** Seconds for the check and the hook. @default 30 */
  timeout?: number;
}

/** Where a file is delivered: to one machine. */
export interface Target {
  ssh?: SshTarget;
  local?: LocalTarget;
  /** The file lies in a volume of that machine's Docker; without `ssh`, of this machine. */
  docker?: { volume: string };
  /** Who is asked about a file before it takes its place. */
  check?: "gitlab-runner";
  /** A command that the machine runs after that. */
  hook?: string;
}

export const DEFAULT_PORT = 22;

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
  const volume = target?.docker ? ` in the Docker volume ${target.docker.volume}` : "";
  return `${volume}${target?.ssh ? ` on ${nameHost(target.ssh)}` : ""}`;
}

/** What tells a target from another one: the rest is only the way there. */
export function identifyTarget(target: Target | undefined): string {
  const machine = target?.ssh ? `ssh://${target.ssh.host.toLowerCase()}:${portOf(target.ssh)}` : "";
  return target?.docker ? `${machine}#docker:${target.docker.volume}` : machine;
}

/** A path as Windows writes it, with the letter of its drive. */
export function isWindowsPath(path: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(path);
}
