import { savedContact } from "./contact.js";
import type { JobRecord, ManagerRecord, RunnerRecord } from "./records.js";
import type { World } from "./world.js";

/** What a runner's status can be; managers are never `paused`. */
export type RunnerStatus = "online" | "offline" | "stale" | "never_contacted" | "paused";

/** What lists can be filtered by: besides statuses the deprecated `active`. */
export type StatusFilter = RunnerStatus | "active";

const ONLINE_FOR = 2 * 60 * 60 * 1000;
const STALE_AFTER = 7 * 24 * 60 * 60 * 1000;

type Contacts = Pick<ManagerRecord, "createdAt" | "contactedAt">;

/** The status that replies show; the first rule that fits wins. */
export function runnerStatus(world: World, runner: RunnerRecord): RunnerStatus {
  const status = contactStatus(world, runner);
  if (status === "stale" || status === "never_contacted") return status;
  return runner.paused ? "paused" : status;
}

/** The status by GraphQL: never `paused`, and "never contacted" until the runner has asked for a job. */
export function runnerStatusByJobs(world: World, runner: RunnerRecord): Exclude<RunnerStatus, "paused"> {
  const status = contactStatus(world, runner);
  return status !== "stale" && runner.creationState === "started" ? "never_contacted" : status;
}

/** The status of one manager. */
export function managerStatus(world: World, manager: ManagerRecord): RunnerStatus {
  return contactStatus(world, manager);
}

/** Whether a runner was in contact within the last two hours; null before its first contact. */
export function isOnline(world: World, runner: Contacts): boolean | null {
  return runner.contactedAt === null ? null : age(world, runner.contactedAt) < ONLINE_FOR;
}

/** Whether a runner is found by a status filter, which is not the same as showing that status: the database is asked. */
export function matchesStatus(world: World, runner: RunnerRecord, filter: StatusFilter): boolean {
  if (filter === "active") return !runner.paused;
  if (filter === "paused") return runner.paused;
  const saved = { createdAt: runner.createdAt, contactedAt: savedContact(runner) };
  if (filter === "never_contacted") return saved.contactedAt === null;
  if (filter === "stale") return isStale(world, saved);
  return isOnline(world, saved) === (filter === "online");
}

/** Whether the database knows of no life of a runner within the last seven days. */
export function isStaleInDatabase(world: World, runner: RunnerRecord): boolean {
  return matchesStatus(world, runner, "stale");
}

/** The status of one manager, by what the database has. */
export function savedManagerStatus(world: World, manager: ManagerRecord): RunnerStatus {
  return contactStatus(world, { createdAt: manager.createdAt, contactedAt: savedContact(manager) });
}

/** Whether a runner was made or in contact within the last seven days. */
function isStale(world: World, runner: Contacts): boolean {
  const latest = Math.max(runner.createdAt.getTime(), runner.contactedAt?.getTime() ?? 0);
  return world.clock.now().getTime() - latest >= STALE_AFTER;
}

/** Whether a runner, or one manager of it, runs a job at the moment. */
export function jobExecutionStatus(world: World, runner: RunnerRecord, manager?: ManagerRecord): "active" | "idle" {
  const runs = (job: JobRecord) =>
    job.runnerId === runner.id && isRunning(job) && (manager === undefined || job.systemId === manager.systemId);
  return world.jobs.first(runs) ? "active" : "idle";
}

function isRunning(job: JobRecord): boolean {
  return job.status === "running" || job.status === "canceling";
}

function contactStatus(world: World, runner: Contacts): Exclude<RunnerStatus, "paused"> {
  if (isStale(world, runner)) return "stale";
  const online = isOnline(world, runner);
  if (online === null) return "never_contacted";
  return online ? "online" : "offline";
}

function age(world: World, time: Date): number {
  return world.clock.now().getTime() - time.getTime();
}
