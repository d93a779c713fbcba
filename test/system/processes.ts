import { spawn } from "node:child_process";
import { openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../support/folder.js";

/** Each line once, however often it is seen: a run of minutes would else fill the disk. */
const WATCH = "while :; do ps -eww -o args; done | awk '!seen[$0]++ { print; fflush() }'";

/** What `ps` shows again and again while something is done, of both ends: host and client are one machine here. */
export async function watchProcesses(act: () => Promise<void>): Promise<string> {
  const seen = join(makeFolder(), "seen");
  const output = openSync(seen, "wx", 0o600);
  // A group of its own, so that both ends of the pipe end.
  const ps = spawn("sh", ["-c", WATCH], { stdio: ["ignore", output, "ignore"], detached: true });
  const ended = new Promise((resolve) => ps.once("exit", resolve));
  try {
    await untilSeen(seen);
    await act();
  } finally {
    if (ps.pid !== undefined) process.kill(-ps.pid, "SIGKILL");
    await ended;
  }
  return readFileSync(seen, "utf8");
}

async function untilSeen(file: string): Promise<void> {
  while (statSync(file).size === 0) await new Promise((resolve) => setImmediate(resolve));
}
