import { type ChildProcess, fork } from "node:child_process";

const running: ChildProcess[] = [];

/** A Node process of its own that runs a compiled module; it ends with the test. */
export function startProcess(module: string, ...args: string[]): ChildProcess {
  const child = fork(module, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  running.push(child);
  return child;
}

/** What the process says next. */
export function hear(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code, signal) => reject(new Error(`it ended with ${code ?? signal} before it said anything`)));
  });
}

/** The exit code; null after a signal. */
export function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill("SIGKILL");
    await ended(child);
  }
});
