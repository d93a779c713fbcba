import { GraphQLError } from "graphql";
import { canReadAll, levels, standingInProject } from "../world/access.js";
import { fullPathOf } from "../world/places.js";
import type { JobRecord, RunnerRecord } from "../world/records.js";
import { canReadJobsOf } from "../world/runnerAccess.js";
import { byId, connect, type PageArguments } from "./connection.js";
import { showProject } from "./placeNode.js";
import type { Node, Scope } from "./scope.js";

interface JobArguments extends PageArguments {
  statuses?: string[] | null;
}

/** The jobs of the whole instance, for administrators; others get an empty list, and no error. */
export function showAllJobs(scope: Scope, args: JobArguments): Node {
  const isWanted = (job: JobRecord) => scope.caller?.admin === true && hasStatus(job, args);
  return connect(scope.world.jobs.where(isWanted), args, { order: byId(), show: (job) => showJob(scope, job) });
}

function hasStatus(job: JobRecord, { statuses }: JobArguments): boolean {
  return statuses == null || statuses.includes(job.status.toUpperCase());
}

/** The jobs of a runner, which one request may ask of one runner only. */
export function showJobs(scope: Scope, runner: RunnerRecord): unknown {
  const { world, caller } = scope;
  return (args: JobArguments) => {
    const calls = (scope.calls.get("jobs") ?? 0) + 1;
    scope.calls.set("jobs", calls);
    if (calls > 1) throw new GraphQLError('"jobs" field can be requested only for 1 CiRunner(s) at a time.');
    if (caller === null || !canReadJobsOf(world, caller, runner)) return null;
    const isWanted = (job: JobRecord) =>
      job.runnerId === runner.id &&
      hasStatus(job, args) &&
      (canReadAll(caller) ||
        standingInProject(world, caller, world.projects.get(job.projectId)).level >= levels.reporter);
    return connect(world.jobs.where(isWanted), args, { order: byId(), show: (job) => showJob(scope, job) });
  };
}

function showJob(scope: Scope, job: JobRecord): Node {
  const project = scope.world.projects.get(job.projectId);
  const { startedAt, finishedAt } = job;
  return {
    id: job.id,
    name: job.name,
    status: job.status.toUpperCase(),
    refName: job.ref,
    createdAt: job.createdAt,
    startedAt,
    finishedAt,
    duration: startedAt && finishedAt ? Math.round((finishedAt.getTime() - startedAt.getTime()) / 1000) : null,
    tags: job.tagList,
    webPath: `/${fullPathOf(scope.world, project)}/-/jobs/${job.id}`,
    project: () => showProject(scope, project),
  };
}
