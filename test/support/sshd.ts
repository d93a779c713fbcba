import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { SshTarget } from "../../provider/delivery/target.js";
import { findFreePort } from "./freePort.js";

/** A host: one process of OpenSSH's server, with a folder and a host key of its own. */
export interface SshServer {
  folder: string;
  port: number;
  /** How to reach it: with a known_hosts file that has its key, and a private key that it lets in. */
  target: SshTarget;
  /** What it has written into its log. */
  log(): string;
  /** The host's public keys as files of its own. */
  hostKey: string;
  /** Ends the process; the folder stays. The result starts it again, on the same port. */
  pause(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** The body of a shell script that runs in place of each command, which is in `$SSH_ORIGINAL_COMMAND`. */
  inPlace?: (folder: string) => string;
  /** Further lines of sshd_config. */
  config?: string[];
  keyType?: "ed25519" | "rsa" | "ecdsa";
  /** The shell line that starts it, as `"$@"`: for a host with files of its own in place of the system's. */
  within?: (folder: string) => string;
  /** Gets each line of the log as it is written. */
  onLog?: (line: string) => void;
  /** Who logs in; else the one who runs the tests. */
  user?: string;
}

/** Starts a host; whoever starts it stops it. */
export async function launchSshServer({
  inPlace,
  config = [],
  keyType = "ed25519",
  within = () => 'exec "$@"',
  user = userInfo().username,
  onLog = () => {},
}: ServerOptions = {}): Promise<SshServer> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gitlab-runner-ssh-")));
  const hostKey = makeKey(join(folder, "host_key"), keyType);
  const login = makeKey(join(folder, "login_key"), "ed25519");
  const port = await findFreePort();
  writeFileSync(join(folder, "authorized_keys"), readFileSync(`${login}.pub`));
  writeFileSync(join(folder, "known_hosts"), `[127.0.0.1]:${port} ${readFileSync(`${hostKey}.pub`, "utf8")}`);
  mkdirSync(join(folder, "etc"), { mode: 0o755 });
  const lines = [...config, ...(inPlace ? [`ForceCommand ${writeScript(folder, inPlace(folder))}`] : [])];
  writeFileSync(join(folder, "sshd_config"), writeConfig({ folder, port, hostKey, lines }));
  // What OpenSSH wants when it is started by root.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const starting = { within: within(folder), onLog };
  let { child, log } = await start(join(folder, "sshd_config"), starting);
  const target = {
    host: "127.0.0.1",
    port,
    user,
    privateKeyPath: login,
    knownHosts: join(folder, "known_hosts"),
    timeout: 20,
  };
  const pause = async () => {
    await end(child);
    return async () => {
      ({ child, log } = await start(join(folder, "sshd_config"), starting));
    };
  };
  const stop = async () => {
    await end(child);
    // A session outlives its server, and may be at its last files.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  return { folder, port, target, log: () => log(), hostKey, pause, stop };
}

export function makeKey(path: string, type: string): string {
  execFileSync("ssh-keygen", ["-q", "-t", type, "-N", "", "-C", "", "-f", path]);
  return path;
}

/** As `ssh-keygen` shows it. */
export function fingerprintOf(key: string): string {
  return execFileSync("ssh-keygen", ["-lf", `${key}.pub`], { encoding: "utf8" }).split(" ")[1] ?? "";
}

interface Config {
  folder: string;
  port: number;
  hostKey: string;
  lines: string[];
}

function writeConfig({ folder, port, hostKey, lines }: Config): string {
  return [
    ...lines,
    "ListenAddress 127.0.0.1",
    `Port ${port}`,
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${join(folder, "authorized_keys")}`,
    "StrictModes no",
    "UsePAM no",
    "PidFile none",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "PermitRootLogin prohibit-password",
    "LogLevel VERBOSE",
    "MaxStartups 100",
    "",
  ].join("\n");
}

function writeScript(folder: string, body: string): string {
  const path = join(folder, "in-place.sh");
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

interface Starting {
  within: string;
  onLog: (line: string) => void;
}

function start(config: string, { within, onLog }: Starting): Promise<{ child: ChildProcess; log: () => string }> {
  const sshd = [process.env.SYSTEM_TEST_SSHD ?? "/usr/sbin/sshd", "-D", "-e", "-f", config];
  const child = spawn("sh", ["-c", within, "sh", ...sshd], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let text = "";
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`sshd ended with ${code}: ${text}`)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      text += `${line}\n`;
      onLog(line);
      if (text.includes("Server listening")) resolve({ child, log: () => text });
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
}
