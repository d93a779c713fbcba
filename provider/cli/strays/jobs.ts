import type { GitLabClient } from "../../gitlab/client.js";
import { type FleetRunner, type FleetScope, listUsable } from "../../gitlab/fleet.js";
import {
  listAllPendingJobs,
  listPendingJobs,
  listProjectsWithJobs,
  type PendingJob,
  type PlacedJob,
} from "../../gitlab/pendingJobs.js";
import { groupBy } from "../groupBy.js";
import { quote } from "../visible.js";
import type { Finding } from "./finding.js";

/** The jobs of a scope that wait in vain. What GitLab refuses to tell ends it. */
export async function findStuckJobs(client: GitLabClient, scope: FleetScope): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [project, jobs] of await listJobs(client, scope)) {
    const usable = jobs.length > 0 ? await listUsable(client, project) : [];
    findings.push(...jobs.flatMap((job) => judgeJob(job, project, usable)));
  }
  return findings;
}

/** The pending jobs by project. */
async function listJobs(client: GitLabClient, scope: FleetScope): Promise<Map<string, PendingJob[]>> {
  if (scope.kind === "instance") return groupBy<PlacedJob>(await listAllPendingJobs(client), ({ project }) => project);
  const projects = scope.kind === "project" ? [scope.path] : await listProjectsWithJobs(client, scope.path);
  const jobs = new Map<string, PendingJob[]>();
  for (const project of projects) jobs.set(project, await listPendingJobs(client, project));
  return jobs;
}

function judgeJob(job: PendingJob, project: string, usable: readonly FleetRunner[]): Finding[] {
  const tags = job.tag_list ?? [];
  const fitting = usable.filter((runner) => takes(runner, tags));
  if (fitting.some(({ paused, status }) => !paused && status === "online")) return [];
  const wants = tags.length === 0 ? "has no tags" : `wants ${tags.map(quote).join(", ")}`;
  const subject = `job ${job.id} ${quote(job.name ?? "")} of ${project}`;
  const since = job.created_at ? `waits since ${job.created_at}, ` : "";
  const message = `${since}${wants}: ${explain(fitting, tags)}`;
  return [{ kind: "stuck-job", subject, message }];
}

/** Whether its ref is protected the job does not tell: a runner for protected refs may take it. */
function takes({ tagList, runUntagged }: FleetRunner, tags: readonly string[]): boolean {
  return tags.length === 0 ? runUntagged : tags.every((tag) => tagList.includes(tag));
}

function explain(fitting: readonly FleetRunner[], tags: readonly string[]): string {
  if (fitting.length === 0 && tags.length === 0)
    return "no runner of the project takes jobs without tags (runUntagged)";
  if (fitting.length === 0) return "no runner of the project has these tags: give them to one, or correct the job";
  const names = fitting.map(({ id, paused, status }) => `${id} (${paused ? "paused" : status.replace("_", " ")})`);
  return `the runners that would take it are not at work: ${names.join(", ")}`;
}
