import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { GitLabRunnerError } from "../errors.js";

/** What a run of the Pulumi CLI said. */
export interface PulumiRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** Where, and on which stack. */
export interface PulumiTarget {
  cwd: string;
  stack?: string;
  env?: Record<string, string>;
  /** What it reads from standard input. */
  input?: string;
}

/** Runs the `pulumi` on PATH and collects what it says. A signal goes on to it, and we wait until it has stopped. */
export function runPulumi(args: readonly string[], { cwd, stack, env, input }: PulumiTarget): Promise<PulumiRun> {
  const all = [...args, "--non-interactive", "--color", "never", ...(stack ? ["--stack", stack] : [])];
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", all, { cwd, env: { ...process.env, ...env }, stdio: "pipe" });
    // One that ended before it read says why by its exit code.
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
    const forward = (signal: NodeJS.Signals) => void child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, forward);
    const letGo = () => {
      for (const signal of SIGNALS) process.off(signal, forward);
    };
    child.on("error", (cause) => {
      letGo();
      reject(explainStart(cause));
    });
    child.on("close", (code) => {
      letGo();
      const { stdout, stderr } = output;
      // What a run that went well prints is data, and goes to no reader.
      resolve({
        code: code ?? 1,
        stdout: code === 0 ? stdout : clean(stdout),
        stderr: clean(stderr),
      });
    });
  });
}

/** Pulumi prints a program's exception in colours even when it is told not to. */
function clean(words: string): string {
  return stripVTControlCharacters(withoutPasswords(words));
}

/** Pulumi's errors name the backend's whole address, and with it a password that stands there. */
function withoutPasswords(text: string): string {
  return text.replace(/(\w:\/\/[^/\s:@]*):[^/\s]*@/g, "$1:…@");
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

function explainStart(cause: Error): Error {
  const isMissing = "code" in cause && cause.code === "ENOENT";
  if (!isMissing) return cause;
  return new GitLabRunnerError('there is no "pulumi" on PATH: install it, see https://www.pulumi.com/docs/install/');
}
