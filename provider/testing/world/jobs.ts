import type { JobRecord, JobStatus } from "./records.js";
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
    tagList: fresh.tagList ?? [],
    status,
    createdAt: now,
    startedAt: fresh.startedAt ?? (status === "running" ? now : null),
    finishedAt: fresh.finishedAt ?? null,
  }));
}
