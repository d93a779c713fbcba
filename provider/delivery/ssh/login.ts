import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ConnectConfig } from "ssh2";
import type { SshAccess } from "../target.js";
import { SshError } from "./sshError.js";

/** `~/` as OpenSSH understands it in its own settings. */
export function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}

type Login = Pick<ConnectConfig, "privateKey" | "password" | "agent">;

/** What to log in with: the one way that is declared, or else the agent. */
export async function findLogin(access: SshAccess): Promise<Login> {
  if (access.password !== undefined) return { password: access.password };
  const key = await findKey(access);
  if (key !== undefined) return { privateKey: await requireKey(access, key) };
  const agent = access.agent ?? process.env.SSH_AUTH_SOCK;
  if (agent) return { agent: expandHome(agent) };
  const advice = "Start ssh-agent, or set target.ssh.privateKeyPath or privateKeyEnv";
  throw new SshError(access, "cannot be logged in to: there is no agent (SSH_AUTH_SOCK is not set)", advice);
}

async function findKey({
  privateKey,
  privateKeyEnv,
  privateKeyPath,
  ...access
}: SshAccess): Promise<string | undefined> {
  if (privateKey !== undefined) return privateKey;
  if (privateKeyEnv !== undefined) {
    const key = process.env[privateKeyEnv];
    if (key) return key;
    const what = `cannot be logged in to: the environment variable ${privateKeyEnv} is not set`;
    throw new SshError(access, what, "Set it to the private key, or give another way to log in");
  }
  if (privateKeyPath === undefined) return undefined;
  try {
    return await readFile(expandHome(privateKeyPath), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "it is no file";
    const what = `cannot be logged in to: the key ${privateKeyPath} cannot be read (${code})`;
    throw new SshError(access, what, "Name a private key that the user who runs Pulumi may read");
  }
}

/** A key without its last line end, as many secret stores give it, is one all the same. */
async function requireKey(access: SshAccess, key: string): Promise<string> {
  const { utils } = (await import("ssh2")).default;
  const text = `${key.replaceAll("\r\n", "\n").trim()}\n`;
  const parsed = utils.parseKey(text);
  if (!(parsed instanceof Error)) return text;
  const isLocked = /encrypted|passphrase/i.test(parsed.message);
  const what = isLocked ? "is locked by a passphrase" : "is no private key in a form that we know";
  const advice = isLocked ? "Add it to ssh-agent, or give a key without one" : "Give one in OpenSSH's or PEM form";
  throw new SshError(access, `cannot be logged in to: the key ${what}`, advice);
}
