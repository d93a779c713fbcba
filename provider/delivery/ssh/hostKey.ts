import { readFile } from "node:fs/promises";
import { DEFAULT_PORT, portOf, type SshAccess } from "../target.js";
import { findKnownKeys, fingerprintKey, typeOfKey } from "./knownHosts.js";
import { expandHome } from "./login.js";
import { SshError } from "./sshError.js";

/** How a host proves who it is: which kinds of key to ask for, and whether the one that it shows is right. */
export interface HostKeyRule {
  /** One connection for each, until a key is right: a host shows one kind of key in each. */
  algorithms: string[][];
  isRight(key: Buffer): boolean;
  /** What to say where none of the keys that were shown is right. */
  refuse(shown: readonly Buffer[]): SshError;
}

/** Key type -> the algorithms that use it. */
const ALGORITHMS: Record<string, string[]> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"],
};

export async function findHostKeyRule(access: SshAccess): Promise<HostKeyRule> {
  return access.hostKey === undefined ? ruleOfKnownHosts(access) : ruleOfFingerprint(access, access.hostKey);
}

function ruleOfFingerprint(access: SshAccess, pinned: string): HostKeyRule {
  const wanted = pinned.replace(/=+$/, "");
  return {
    algorithms: Object.values(ALGORITHMS),
    isRight: (key) => fingerprintKey(key) === wanted,
    refuse: (shown) =>
      new SshError(
        access,
        `is not the host whose key is pinned: it showed ${list(shown)}`,
        "Nothing was sent. If the host was set up anew, ask those who run it for its key, and set target.ssh.hostKey to that",
      ),
  };
}

async function ruleOfKnownHosts(access: SshAccess): Promise<HostKeyRule> {
  const files = access.knownHosts === undefined ? DEFAULT_FILES : [access.knownHosts];
  const text = (await Promise.all(files.map((file) => readKnownHosts(access, file)))).join("\n");
  const { trusted, revoked, isOfPort } = findKnownKeys(text, access.host, portOf(access));
  const all = Object.keys(ALGORITHMS);
  const types = all.filter((type) => trusted.some((known) => known.type === type));
  const isKnown = isOfPort && types.length > 0;
  const isRevoked = (key: Buffer) => revoked.some((one) => one.equals(key));
  return {
    algorithms: [[...new Set([...types, ...(isKnown ? [] : all)])].flatMap((type) => ALGORITHMS[type] ?? [])],
    isRight: (key) => trusted.some((known) => known.key.equals(key)) && !isRevoked(key),
    refuse: (shown) => refuseUnknown(access, { shown, isKnown, isRevoked: shown.some(isRevoked), files }),
  };
}

const DEFAULT_FILES = ["~/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts"];

interface Refusal {
  shown: readonly Buffer[];
  isKnown: boolean;
  isRevoked: boolean;
  files: readonly string[];
}

function refuseUnknown(access: SshAccess, { shown, isKnown, isRevoked, files }: Refusal): SshError {
  const where = files.join(" and ");
  if (isRevoked)
    return new SshError(access, `showed a key that is revoked in ${where}: ${list(shown)}`, "Nothing was sent");
  if (isKnown) {
    const advice =
      "Nothing was sent: it may be somebody else's machine. If it was set up anew, compare the key with those who run it, and mend the line";
    return new SshError(access, `showed another key than ${where} has: ${list(shown)}`, advice);
  }
  const port = portOf(access) === DEFAULT_PORT ? "" : `-p ${portOf(access)} `;
  const advice = `Nothing was sent. Compare the key with those who run it; then add the line that "ssh-keyscan ${port}${access.host}" prints, or set target.ssh.hostKey`;
  return new SshError(access, `is not in ${where}; it showed ${list(shown)}`, advice);
}

function list(shown: readonly Buffer[]): string {
  if (shown.length === 0) return "no key of a kind that we ask for";
  return [...new Set(shown.map((key) => `${fingerprintKey(key)} (${typeOfKey(key)})`))].join(", ");
}

async function readKnownHosts(access: SshAccess, file: string): Promise<string> {
  try {
    return await readFile(expandHome(file), "utf8");
  } catch (error) {
    if (access.knownHosts === undefined) return "";
    const code = error instanceof Error && "code" in error ? String(error.code) : "it is no file";
    throw new SshError(
      access,
      `has no known keys: target.ssh.knownHosts cannot be read (${code})`,
      "Name a readable file",
    );
  }
}
