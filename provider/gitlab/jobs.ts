import { z } from "zod";
import type { GitLabClient } from "./client.js";
import { listAll } from "./pages.js";
import type { RunnerReference } from "./runners.js";

const job = z.object({
  id: z.int(),
  name: z.string().nullish(),
  web_url: z.string().nullish(),
  project: z.object({ path_with_namespace: z.string().nullish() }).nullish(),
});

/** A job that a runner is at work on. */
export type RunningJob = z.infer<typeof job>;

/**
 * The jobs that the runner is at work on, as far as the token's user may see them.
 * @see https://docs.gitlab.com/api/runners/#list-all-jobs-processed-by-a-runner
 */
export async function listRunningJobs(client: GitLabClient, { id, ...about }: RunnerReference): Promise<RunningJob[]> {
  const needs = {
    scope: "manage_runner or read_api",
    role: "an Owner of the runner's group, or a Maintainer of its project",
  };
  const call = { verb: "GET", path: `/runners/${id}/jobs`, query: { status: "running" }, needs, ...about } as const;
  return listAll(client, call, { item: job, what: "jobs" });
}
