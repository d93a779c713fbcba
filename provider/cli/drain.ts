import { parseArgs } from "node:util";
import { parseDuration } from "../config/duration.js";
import { GitLabRunnerError } from "../errors.js";
import { connect } from "../lifecycle/connection.js";
import { type DrainArgs, drainRunner } from "../lifecycle/runner/drain.js";
import type { Command } from "./command.js";

export const drain: Command = {
  usage: "drain [--timeout 10m] [--on-timeout stop|continue] RUNNER_ID",
  about: [
    "Pauses a runner in GitLab and waits until no job runs on it; it stays paused. Interrupted, or with jobs that still",
    "run after the timeout, it takes jobs again, unless it was paused before.",
    "GitLab and token come from GITLAB_BASE_URL and GITLAB_TOKEN.",
    "Exit code: 0 drained, 1 not.",
  ],
  options: [
    ["--timeout TIME", "how long to wait, such as 90s, 10m or 1h30m; default: 10m"],
    ["--on-timeout WHAT", "stop (default), or continue: leave it paused with its jobs, and exit 0"],
  ],
  run: async (words) => {
    const options = { timeout: { type: "string" }, "on-timeout": { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
    const args = readArguments(values.timeout, values["on-timeout"]);
    const [id, ...more] = positionals;
    if (id === undefined || more.length > 0 || !/^[1-9]\d*$/.test(id)) {
      throw new GitLabRunnerError("drain needs one RUNNER_ID: GitLab's number of the runner");
    }
    return drainById(id, args);
  },
};

function readArguments(timeout: string | undefined, onTimeout: string | undefined): DrainArgs {
  if (timeout !== undefined && (parseDuration(timeout) ?? -1n) < 0n) {
    throw new GitLabRunnerError('--timeout: must be a duration with units, such as "90s", "10m" or "1h30m"');
  }
  if (onTimeout !== undefined && onTimeout !== "stop" && onTimeout !== "continue") {
    throw new GitLabRunnerError('--on-timeout: must be "stop" or "continue"');
  }
  return { timeout, onTimeout };
}

async function drainById(id: string, args: DrainArgs): Promise<number> {
  const interruption = new AbortController();
  const stop = () => interruption.abort(new GitLabRunnerError("interrupted"));
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    const tell = (line: string) => console.log(line);
    const { signal } = interruption;
    await drainRunner(await connect(), { runner: { id, secrets: [] }, name: `runner ${id}`, args, tell, signal });
    return 0;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.stderr.write("pulumi-gitlab-runner: interrupted, not drained\n");
    return 1;
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
