import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { AuthHandlerMiddleware, ConnectConfig, KeyboardInteractiveAuthMethod } from "ssh2";
import type { SshAccess } from "../target.js";
import { SshError } from "./sshError.js";

/** `~/` as OpenSSH understands it in its own settings. */
export function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}

type Login = Pick<ConnectConfig, "privateKey" | "passphrase" | "authHandler" | "agent">;

/** What to log in with: the one way that is declared, or else the agent. */
export async function findLogin(access: SshAccess): Promise<Login> {
  const password = findSecret(access, { given: access.password, variable: access.passwordEnv, purpose: LOGIN });
  if (password !== undefined) return { authHandler: logInWith(access.user, password) };
  const key = await findKey(access);
  if (key !== undefined) return requireKey(access, key);
  const agent = access.agent ?? process.env.SSH_AUTH_SOCK;
  if (agent) return { agent: expandHome(agent) };
  const advice = "Start ssh-agent, or set target.ssh.privateKeyPath or privateKeyEnv";
  throw new SshError(access, "cannot be logged in to: there is no agent (SSH_AUTH_SOCK is not set)", advice);
}

/**
 * The password once, the one way or the other: a host counts wrong ones. With PAM, as on FreeBSD, it may take none but in
 * answer to a question of its own.
 */
function logInWith(username: string, password: string): AuthHandlerMiddleware {
  let isTried = false;
  return (offered: Parameters<AuthHandlerMiddleware>[0] | null, _partial, next) => {
    if (offered === null) return next({ type: "none", username });
    // How it ends; the types leave that out.
    if (isTried) return next(false as unknown as "none");
    isTried = true;
    const isAsked = !offered.includes("password") && offered.includes("keyboard-interactive");
    next(isAsked ? { type: "keyboard-interactive", username, prompt } : { type: "password", username, password });
  };
  function prompt(...[, , , questions, finish]: Parameters<KeyboardInteractiveAuthMethod["prompt"]>): void {
    // One question whose answer is not to be shown; a second factor is not ours to give.
    const isPassword = questions.length === 1 && questions[0]?.echo !== true;
    finish(isPassword ? [password] : []);
  }
}

interface SecretSource {
  /** The secret itself. */
  given: string | undefined;
  /** The environment variable that holds it. */
  variable: string | undefined;
  purpose: Purpose;
}

interface Purpose {
  /** What does not go without it. */
  problem: string;
  advice: string;
}

const LOGIN: Purpose = {
  problem: "cannot be logged in to",
  advice: "Set it, or give another way to log in",
};

/** A secret that the program gives, or that lies in an environment variable that it names. */
export function findSecret(access: SshAccess, { given, variable, purpose }: SecretSource): string | undefined {
  if (given !== undefined || variable === undefined) return given;
  const value = process.env[variable];
  if (value) return value;
  const what = `${purpose.problem}: the environment variable ${variable} is not set`;
  throw new SshError(access, what, purpose.advice);
}

async function findKey(access: SshAccess): Promise<string | undefined> {
  const { privateKeyPath } = access;
  const key = findSecret(access, { given: access.privateKey, variable: access.privateKeyEnv, purpose: LOGIN });
  if (key !== undefined || privateKeyPath === undefined) return key;
  try {
    return await readFile(expandHome(privateKeyPath), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "it is no file";
    const what = `cannot be logged in to: the key ${privateKeyPath} cannot be read (${code})`;
    throw new SshError(access, what, "Name a private key that the user who runs Pulumi may read");
  }
}

/** A key without its last line end, as many secret stores give it, is one all the same. */
async function requireKey(access: SshAccess, key: string): Promise<Login> {
  const { utils } = (await import("ssh2")).default;
  const privateKey = `${key.replaceAll("\r\n", "\n").trim()}\n`;
  const passphrase = findSecret(access, { given: access.passphrase, variable: access.passphraseEnv, purpose: LOGIN });
  const parsed = utils.parseKey(privateKey, passphrase);
  const isRight = !(parsed instanceof Error) && parsed.isPrivateKey();
  if (isRight) return passphrase === undefined ? { privateKey } : { privateKey, passphrase };
  const [what, advice] = parsed instanceof Error ? describeKeyProblem(parsed, passphrase !== undefined) : PUBLIC_KEY;
  throw new SshError(access, `cannot be logged in to: the key ${what}`, advice);
}

const PUBLIC_KEY = ["is a public one", "Give the private key: its file has the same name without .pub"] as const;

function describeKeyProblem({ message }: Error, hasPassphrase: boolean): [what: string, advice: string] {
  if (/no passphrase given/i.test(message))
    return ["is locked by a passphrase", "Give target.ssh.passphraseEnv or passphrase, or add the key to ssh-agent"];
  if (hasPassphrase && /integrity|decrypt|passphrase/i.test(message))
    return ["is not unlocked by this passphrase", "Look at target.ssh.passphrase or passphraseEnv"];
  return [
    "is no private key in a form that we know",
    'Give one in OpenSSH\'s form: "ssh-keygen -p -f FILE" writes others so',
  ];
}
