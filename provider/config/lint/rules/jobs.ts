import type { Table } from "../../value.js";
import { type Configuration, type Flaw, forEachEntry, nameEntry, numberAt, type Rule } from "../rule.js";

/** How many jobs the whole process runs; not set is 1. */
function concurrentOf({ globals, isPart }: Configuration): number {
  if (globals.concurrent === undefined) return isPart ? Number.POSITIVE_INFINITY : 1;
  return numberAt(globals, "concurrent");
}

/** Below 1 acts as 1. */
function requestsOf(entry: Table): number {
  return Math.max(1, numberAt(entry, "request_concurrency"));
}

/** How many jobs run at once, by `concurrent`, `limit` and `request_concurrency`. */
export const JOB_RULES: readonly Rule[] = [
  {
    id: "concurrent-too-low",
    severity: "fatal",
    find: (configuration) =>
      concurrentOf(configuration) >= 1
        ? []
        : [{ path: ["concurrent"], message: "must be at least 1: gitlab-runner does not start with less" }],
  },
  { id: "limit-sum-above-concurrent", severity: "harmful", find: findLimitSum },
  forEachEntry("limit-above-concurrent", "harmful", (entry, path, configuration) => {
    const limit = numberAt(entry, "limit");
    const concurrent = concurrentOf(configuration);
    if (limit <= concurrent || concurrent < 1) return [];
    const message = `${limit} is above concurrent = ${concurrent}, which holds for the whole process: raise concurrent, or lower the limit`;
    return [{ path: [...path, "limit"], message }];
  }),
  forEachEntry("negative-limit", "warning", (entry, path) =>
    numberAt(entry, "limit") < 0
      ? [{ path: [...path, "limit"], message: "is negative, which sets no limit at all: write 0 for that" }]
      : [],
  ),
  forEachEntry("request-concurrency-above-concurrent", "harmful", (entry, path, configuration) => {
    const concurrent = concurrentOf(configuration);
    if (requestsOf(entry) <= concurrent || concurrent < 1) return [];
    const message = `${requestsOf(entry)} is above concurrent = ${concurrent}, so the further requests never run: raise concurrent, or lower it`;
    return [{ path: [...path, "request_concurrency"], message }];
  }),
  forEachEntry("request-concurrency-above-limit", "harmful", (entry, path) => {
    const limit = numberAt(entry, "limit");
    if (limit <= 0 || requestsOf(entry) <= limit) return [];
    const message = `${requestsOf(entry)} is above limit = ${limit}, so the further requests never run: raise the limit, or lower it`;
    return [{ path: [...path, "request_concurrency"], message }];
  }),
  { id: "long-poll-workers", severity: "harmful", find: findWorkerStarvation },
  forEachEntry("long-poll-requests", "harmful", (entry, path, configuration) =>
    isMeant(entry) ? findRequestStarvation(entry, path, configuration) : [],
  ),
  // The Runner itself tells of its default, each time that it starts.
  forEachEntry("long-poll-default", "warning", (entry, path, configuration) =>
    isMeant(entry) || configuration.isManaged ? [] : findRequestStarvation(entry, path, configuration),
  ),
];

function findLimitSum(configuration: Configuration): Flaw[] {
  const concurrent = concurrentOf(configuration);
  const sum = configuration.entries.reduce((total, entry) => total + Math.max(0, numberAt(entry, "limit")), 0);
  if (sum <= concurrent || concurrent < 1) return [];
  const message = `${concurrent} is below the sum of all limits (${sum}), so the entries take jobs from one another: raise concurrent, or lower the limits`;
  return [{ path: ["concurrent"], message }];
}

/** Each entry's request is held by GitLab for up to 50 s, and takes one of the workers meanwhile. */
function findWorkerStarvation(configuration: Configuration): Flaw[] {
  const concurrent = concurrentOf(configuration);
  const count = configuration.entries.length;
  if (concurrent >= count || concurrent < 1) return [];
  const message = `${concurrent} is below the number of entries (${count}): while GitLab holds their job requests (long polling), other entries wait for a worker; raise it to ${count + 1} or more`;
  return [{ path: ["concurrent"], message }];
}

/** Whether somebody has thought of how many jobs the entry runs at once. */
function isMeant(entry: Table): boolean {
  return numberAt(entry, "limit") > 1 || entry.request_concurrency !== undefined;
}

/**
 * The one request that is held stands for all the jobs that the entry could still take.
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#long-polling-issues
 */
function findRequestStarvation(entry: Table, path: Flaw["path"], configuration: Configuration): Flaw[] {
  const limit = numberAt(entry, "limit");
  const jobs = Math.min(limit > 0 ? limit : Number.POSITIVE_INFINITY, concurrentOf(configuration));
  if (requestsOf(entry) > 1 || jobs <= 1 || jobs === Number.POSITIVE_INFINITY) return [];
  const name = nameEntry(entry, path[1] as number);
  const message = `is 1 for entry ${name}, which can run ${jobs} jobs: a request that GitLab holds (long polling, up to 50 s) keeps it from asking for the next job; set 2 to 4`;
  return [{ path: [...path, "request_concurrency"], message }];
}
