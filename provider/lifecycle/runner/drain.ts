import { setTimeout as wait } from "node:timers/promises";
import { parseDuration } from "../../config/duration.js";
import { GitLabCallError, GitLabRunnerError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import type { RunningJob } from "../../gitlab/jobs.js";
import type { RunnerReference } from "../../gitlab/runners.js";

/** How to drain a runner, as a program says it. */
export interface DrainArgs {
  timeout?: string;
  onTimeout?: "stop" | "continue";
}

/** One runner to drain. */
export interface DrainTask {
  runner: RunnerReference;
  /** As messages call it. */
  name: string;
  args: DrainArgs;
  tell: (line: string) => void;
  /** Aborted where somebody wants no more of it. */
  signal?: AbortSignal;
}

/** Thrown when jobs still run after the time that was given. The runner takes jobs again, unless it was paused before. */
export class DrainTimeoutError extends GitLabRunnerError {}

const DEFAULT_TIMEOUT = "10m";

/** Milliseconds between two looks, at first and at most; and between two lines where nothing changes. */
const PAUSE = { first: 500, most: 10_000 };
const SILENCE = 60_000;

/**
 * Lets the runner take no new jobs, and waits for those that it is at work on. Resolves with what takes that back.
 * @throws DrainTimeoutError with the jobs, where the time is over and `onTimeout` is "stop"
 */
export async function drainRunner(client: GitLabClient, task: DrainTask): Promise<() => Promise<void>> {
  const { getRunner, updateRunner } = await import("../../gitlab/runners.js");
  const { runner, name, tell } = task;
  const { paused: wasPaused } = await getRunner(client, runner);
  const resume = async () => {
    // One that somebody else paused is not ours to start.
    if (wasPaused) return;
    try {
      await updateRunner(client, { ...runner, isUndo: true }, { paused: false });
      tell(`${name}: takes jobs again`);
    } catch (error) {
      // The error for which this happens is the one to throw.
      if (!(error instanceof GitLabRunnerError)) throw error;
      if (error instanceof GitLabCallError && error.call.isGone) return;
      tell(`${name}: warning: it is still paused, and could not be told to take jobs again: ${error.message}`);
    }
  };
  if (!wasPaused) await pauseRunner(client, runner, resume);
  try {
    await waitForJobs(client, task);
    return resume;
  } catch (error) {
    await resume();
    throw error;
  }
}

/** A pause that was not answered may have been carried out. */
async function pauseRunner(client: GitLabClient, runner: RunnerReference, resume: () => Promise<void>): Promise<void> {
  const { updateRunner } = await import("../../gitlab/runners.js");
  try {
    await updateRunner(client, runner, { paused: true });
  } catch (error) {
    if (error instanceof GitLabCallError && error.call.mayHaveHappened) await resume();
    throw error;
  }
}

async function waitForJobs(client: GitLabClient, { runner, name, args, tell, signal }: DrainTask): Promise<void> {
  const { timeout = DEFAULT_TIMEOUT, onTimeout = "stop" } = args;
  const end = Date.now() + Number((parseDuration(timeout) ?? 0n) / 1_000_000n);
  let told = { text: "", time: 0 };
  for (let pause = PAUSE.first; ; pause = Math.min(pause * 2, PAUSE.most)) {
    const jobs = await findJobs(client, runner);
    if (jobs === undefined) return tell(`${name}: drained, no job is running`);
    const left = end - Date.now();
    if (left <= 0) return giveUp(`${name}: after ${timeout} ${jobs}`, onTimeout, tell);
    if (jobs !== told.text || Date.now() - told.time >= SILENCE) {
      tell(`${name}: paused, and waits for what runs, at most ${Math.ceil(left / 1000)} s more: ${jobs}`);
      told = { text: jobs, time: Date.now() };
    }
    await wait(Math.min(pause, left), undefined, { signal });
  }
}

/** What runs, in words; undefined when it is nothing. GitLab tells of a job that the token's user may not see only that it is there. */
async function findJobs(client: GitLabClient, runner: RunnerReference): Promise<string | undefined> {
  const { getRunner } = await import("../../gitlab/runners.js");
  const { listRunningJobs } = await import("../../gitlab/jobs.js");
  const jobs = await listRunningJobs(client, runner);
  if (jobs.length > 0)
    return `${jobs.length === 1 ? "1 job runs" : `${jobs.length} jobs run`}: ${jobs.map(describeJob).join(", ")}`;
  const { job_execution_status: status } = await getRunner(client, runner);
  return status === "active" ? "jobs run that the token's user may not see" : undefined;
}

function describeJob({ id, name, web_url, project }: RunningJob): string {
  return `${id} ${name ?? ""} (${web_url ?? project?.path_with_namespace ?? "no address"})`;
}

function giveUp(what: string, onTimeout: "stop" | "continue", tell: (line: string) => void): void {
  if (onTimeout === "continue") {
    tell(`${what}; goes on all the same (onTimeout: "continue")`);
    return;
  }
  throw new DrainTimeoutError(
    `${what}. Nothing was deleted, and a runner that was not paused before takes jobs again. Choose one: wait for the jobs ` +
      'and try again, cancel them in GitLab, give a longer timeout, or set onTimeout: "continue"',
  );
}
