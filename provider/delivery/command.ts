import { type SpawnOptions, spawn } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type CommandResult, dropCutLine } from "./trial.js";

/** Programs that the PATH of a service or a CI job may leave out. */
const FURTHER_PLACES =
  process.platform === "win32" ? ["C:\\GitLab-Runner"] : ["/usr/local/bin", "/usr/bin", "/opt/homebrew/bin"];

/** Runs a program of this machine, without any shell. */
export function runCommand(command: string, args: readonly string[], timeoutMs: number): Promise<CommandResult> {
  return run([command, args], { timeoutMs });
}

/** Runs a line in this machine's shell. */
export function runShell(line: string, timeoutMs: number): Promise<CommandResult> {
  return run([line, []], { timeoutMs, shell: true });
}

interface Limits {
  timeoutMs: number;
  shell?: boolean;
}

/** What it prints goes into a file: one that leaves a process behind would else be waited for. */
async function run([command, args]: [string, readonly string[]], limits: Limits): Promise<CommandResult> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-gitlab-runner-"));
  try {
    const output = await open(join(folder, "output"), "wx", 0o600);
    const stdio: SpawnOptions["stdio"] = ["ignore", output.fd, output.fd];
    const exitCode = await start([command, args], { ...limits, stdio }).finally(() => output.close());
    const words = await readStart(join(folder, "output"));
    return { exitCode, words: exitCode === NOT_FOUND && words === "" ? `${command}: not found` : words };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const PRINTED_BYTES = 4_000;

async function readStart(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(PRINTED_BYTES), 0, PRINTED_BYTES, 0);
    return dropCutLine(buffer.toString("utf8", 0, bytesRead), PRINTED_BYTES);
  } finally {
    await file.close();
  }
}

/** As a shell says that there is no such program. */
const NOT_FOUND = 127;
/** What a process gets that has had its time, and the grace until it must end. */
const GRACE_MS = 2_000;

function start(
  [command, args]: [string, readonly string[]],
  { timeoutMs, ...options }: Limits & { stdio: SpawnOptions["stdio"] },
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, env: publicEnvironment(), windowsHide: true });
    let isLate = false;
    let grace: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill();
      grace = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    }, timeoutMs);
    const stop = () => {
      clearTimeout(timer);
      clearTimeout(grace);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      stop();
      if (error.code === "ENOENT") resolve(NOT_FOUND);
      // One that became root by sudo cannot be ended; nobody waits for it.
      else if (isLate) resolve(undefined);
      else reject(error);
      child.unref();
    });
    child.once("exit", (code) => {
      stop();
      resolve(isLate ? undefined : (code ?? 128));
    });
  });
}

const SECRET_NAMES = /TOKEN|PASS|SECRET|KEY|CREDENTIAL|^PULUMI_|^CONFIG_FILE$/i;

/** A command that prints its environment must not print what Pulumi needs to know. */
function publicEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !SECRET_NAMES.test(name));
  const path = [process.env.PATH ?? "", ...FURTHER_PLACES].join(delimiter);
  return { ...Object.fromEntries(kept), PATH: path };
}
