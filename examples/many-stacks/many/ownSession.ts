import { spawn } from "node:child_process";

/** Tells the program that it runs in a session of its own. */
const VARIABLE = "MANY_STACKS_OWN_SESSION";

/** What ends a run early. */
export const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export const isInOwnSession = process.env[VARIABLE] !== undefined;

/**
 * Runs this program once more, in a session of its own, and gives its exit code. A Ctrl-C goes to every process that the
 * terminal has, and many a CI runner likewise signals all at once: the Pulumi CLI would get the signal from there and from us,
 * and the second one ends it on the spot, in the middle of what it is at. So it is told by us alone.
 */
export function runInOwnSession(): Promise<number> {
  const [program = "", ...words] = process.argv.slice(1);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, program, ...words], {
      detached: true,
      stdio: "inherit",
      env: { ...process.env, [VARIABLE]: "1" },
    });
    for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
