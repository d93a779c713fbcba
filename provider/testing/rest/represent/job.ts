import { fullPathOf } from "../../world/places.js";
import type { JobRecord, RunnerRecord } from "../../world/records.js";
import { randomText } from "../../world/secrets.js";
import type { World } from "../../world/world.js";
import { showProjectIdentity } from "./project.js";
import { showRunner } from "./runner.js";
import { showUser } from "./user.js";

/** A job, as a runner's list of jobs shows it. */
export function showJob(world: World, job: JobRecord): Record<string, unknown> {
  const project = world.projects.get(job.projectId);
  return { ...showJobAlone(world, job), project: showProjectIdentity(world, project) };
}

/** A job, as its project's list of jobs shows it: with its tags, and with the runner in place of the project. */
export function showJobOfProject(world: World, job: JobRecord): Record<string, unknown> {
  const runner = world.runners.find(job.runnerId ?? 0);
  return {
    ...showJobAlone(world, job),
    artifacts: [],
    artifacts_expire_at: null,
    tag_list: [...job.tagList].sort(),
    runner: runner ? showRunner(world, runner) : null,
  };
}

/** A job for the machine that is to run it, with what there always is: it has no script, and nothing to fetch. */
export function showJobToRun(world: World, job: JobRecord, runner: RunnerRecord): Record<string, unknown> {
  const project = world.projects.get(job.projectId);
  const path = fullPathOf(world, project);
  return {
    id: job.id,
    token: `glcbt-${randomText(20)}`,
    allow_git_fetch: true,
    job_info: { id: job.id, name: job.name, stage: job.stage, project_id: project.id, project_name: project.name },
    git_info: {
      repo_url: `${world.externalUrl}/${path}.git`,
      ref: job.ref,
      ref_type: "branch",
      protected: job.protectedRef,
    },
    runner_info: { timeout: runner.maximumTimeout ?? 3600, runner_session_url: null },
    variables: [],
    steps: [],
    image: null,
    services: [],
    artifacts: [],
    cache: [],
    credentials: [],
    dependencies: [],
    features: {},
  };
}

function showJobAlone(world: World, job: JobRecord): Record<string, unknown> {
  const project = world.projects.get(job.projectId);
  const user = world.users.find(job.userId ?? 0);
  return {
    id: job.id,
    status: job.status,
    stage: job.stage,
    name: job.name,
    ref: job.ref,
    tag: false,
    coverage: null,
    allow_failure: false,
    created_at: job.createdAt,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
    erased_at: null,
    duration: secondsBetween(job.startedAt, job.finishedAt),
    queued_duration: secondsBetween(job.createdAt, job.startedAt),
    user: user ? showUser(world, user) : null,
    commit: null,
    pipeline: null,
    web_url: `${world.externalUrl}/${fullPathOf(world, project)}/-/jobs/${job.id}`,
  };
}

function secondsBetween(start: Date | null, end: Date | null): number | null {
  return start && end ? (end.getTime() - start.getTime()) / 1000 : null;
}
