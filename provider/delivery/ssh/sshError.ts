import { GitLabRunnerError } from "../../errors.js";
import { nameHost, type SshAccess } from "../target.js";

/** Thrown when a host cannot be reached, is not who it should be, lets nobody in, or is cut off. */
export class SshError extends GitLabRunnerError {
  readonly host: string;
  /** Nobody is there who answers; this machine's own network is in order, as far as it tells. */
  isUnreachable = false;

  constructor(access: SshAccess, what: string, advice: string) {
    super(`target.ssh: ${nameHost(access)} ${what}. ${advice}`);
    this.host = nameHost(access);
  }
}

/** Thrown when a host runs no commands for the user; nothing was done there. */
export class NoCommandsError extends SshError {}

/** Thrown when a host opens no further session on a connection (`MaxSessions`); nothing was done there. */
export class NoSessionError extends SshError {
  constructor(access: SshAccess, reason: string) {
    super(access, `opens no session (${reason})`, "Look at the log of its sshd, and at MaxSessions there");
  }
}

/** Whether a session was not even opened, in which something could have been refused. */
export function isUnopened({ message }: Error): boolean {
  return /channel open failure/i.test(message);
}

const NETWORK: Record<string, [what: string, advice: string]> = {
  ENOTFOUND: ["has no address", "Look at target.ssh.host, and at the name service of this machine"],
  EAI_AGAIN: ["has no address yet", "The name service does not answer: run again when it does"],
  ECONNREFUSED: ["refuses connections", "Look at target.ssh.port, and whether sshd runs there"],
  EHOSTUNREACH: ["cannot be reached", "Look whether it is up, and at the network between"],
  ENETUNREACH: ["cannot be reached", "Look at the network of this machine"],
  ETIMEDOUT: ["does not answer", "Look whether it is up, and whether a firewall stands between"],
  ECONNRESET: ["ended the connection", "Look at the log of its sshd; it may refuse this address, or too many at once"],
  EPIPE: ["ended the connection", "Look at the log of its sshd"],
};

/** Why a connection did not come about, in words that say what to do. */
export function explainConnecting(access: SshAccess, error: Error & { code?: string; level?: string }): SshError {
  const code = findCode(error);
  const known = NETWORK[code];
  if (known)
    return Object.assign(new SshError(access, `${known[0]} (${code})`, known[1]), { isUnreachable: !isOurs(code) });
  if (error.level === "client-authentication")
    return new SshError(access, describeRefusal(access), adviseLogin(access));
  if (error.level === "client-timeout" || error.level === "timeout") {
    const [what, advice] = NETWORK.ETIMEDOUT as [string, string];
    return Object.assign(new SshError(access, what, advice), { isUnreachable: true });
  }
  if (/^failed to (connect to|retrieve identities from) agent/i.test(error.message)) {
    const advice = "Look whether it runs, and at target.ssh.agent or SSH_AUTH_SOCK";
    return new SshError(access, "cannot be logged in to: the SSH agent does not answer", advice);
  }
  // It was closed before either side had said who it is.
  if (/connection lost before handshake/i.test(error.message)) {
    return explainConnecting(access, Object.assign(error, { code: "ECONNRESET" }));
  }
  if (error.level === "handshake" || error.level === "protocol") {
    return new SshError(
      access,
      `speaks no SSH that we know (${error.message})`,
      "Look at target.ssh.port and its sshd",
    );
  }
  return new SshError(access, `cannot be reached (${error.message})`, "Look at target.ssh and at the log of its sshd");
}

/** Of a name with several addresses, one reason is for each: the last that tells of the host, which was waited for in full. */
function findCode(error: Error & { code?: string }): string {
  const all = error instanceof AggregateError ? (error.errors as { code?: string }[]).map(({ code = "" }) => code) : [];
  return all.reverse().find((code) => code in NETWORK && !isOurs(code)) ?? error.code ?? "";
}

/** Trouble of this machine tells nothing of the other one. */
function isOurs(code: string): boolean {
  return code === "ENETUNREACH" || code === "EAI_AGAIN";
}

function describeRefusal(access: SshAccess): string {
  return `lets nobody in as ${access.user} with ${describeLogin(access)}`;
}

function describeLogin(access: SshAccess): string {
  if (access.privateKey !== undefined) return "target.ssh.privateKey";
  if (access.privateKeyPath !== undefined) return `the key ${access.privateKeyPath}`;
  if (access.privateKeyEnv !== undefined) return `the key in the environment variable ${access.privateKeyEnv}`;
  if (access.passwordEnv !== undefined) return `the password in the environment variable ${access.passwordEnv}`;
  return access.password === undefined ? "the keys of the agent" : "target.ssh.password";
}

function adviseLogin(access: SshAccess): string {
  const way =
    access.password === undefined && access.passwordEnv === undefined
      ? "that the public key stands in that user's authorized_keys there"
      : "that its sshd takes passwords, and this one";
  return `See that the user exists, and ${way}`;
}
