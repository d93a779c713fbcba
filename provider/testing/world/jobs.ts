import type { JobRecord, JobStatus, RunnerRecord } from "./records.js";
import { usableInProject } from "./runnerLists.js";
import type { World } from "./world.js";

/** Every status that a job can have. */
export const jobStatuses: readonly JobStatus[] = [
  "created",
  "waiting_for_resource",
  "preparing",
  "waiting_for_callback",
  "pending",
  "running",
  "success",
  "failed",
  "canceling",
  "canceled",
  "skipped",
  "manual",
  "scheduled",
];

/** A job for the lists of jobs, and for `job_execution_status`. */
export interface NewJob {
  projectId: number;
  runnerId?: number | null;
  /** The `system_id` of the manager that runs it. */
  systemId?: string | null;
  userId?: number | null;
  /** @default "running" */
  status?: JobStatus;
  name?: string;
  stage?: string;
  ref?: string;
  /** @default false */
  protectedRef?: boolean;
  tagList?: string[];
  startedAt?: Date | null;
  finishedAt?: Date | null;
}

/** Makes a job; throws when its project is not there. */
export function addJob(world: World, fresh: NewJob): JobRecord {
  world.projects.get(fresh.projectId);
  const now = world.clock.now();
  const status = fresh.status ?? "running";
  return world.jobs.add((id) => ({
    id,
    runnerId: fresh.runnerId ?? null,
    systemId: fresh.systemId ?? null,
    projectId: fresh.projectId,
    userId: fresh.userId ?? null,
    name: fresh.name ?? "build",
    stage: fresh.stage ?? "test",
    ref: fresh.ref ?? "main",
    protectedRef: fresh.protectedRef ?? false,
    tagList: fresh.tagList ?? [],
    status,
    createdAt: now,
    startedAt: fresh.startedAt ?? (status === "running" ? now : null),
    finishedAt: fresh.finishedAt ?? null,
  }));
}

/** Gives a machine the oldest job that its runner may take, and notes that it runs; undefined when there is none. */
export function takeJob(world: World, runner: RunnerRecord, systemId: string): JobRecord | undefined {
  const job = world.jobs.first((one) => one.status === "pending" && mayTake(world, runner, one));
  if (job === undefined) return undefined;
  return world.jobs.update(job.id, {
    status: "running",
    runnerId: runner.id,
    systemId,
    startedAt: world.clock.now(),
  });
}

function mayTake(world: World, runner: RunnerRecord, job: JobRecord): boolean {
  if (runner.paused || (runner.accessLevel === "ref_protected" && !job.protectedRef)) return false;
  if (job.tagList.length === 0 && !runner.runUntagged) return false;
  const hasTags = job.tagList.every((tag) => runner.tagList.includes(tag));
  return hasTags && usableInProject(world, world.projects.get(job.projectId))(runner);
}
