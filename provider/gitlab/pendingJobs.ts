import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { Call, GitLabClient } from "./client.js";
import { listAll } from "./pages.js";

const job = z.object({
  id: z.int(),
  name: z.string().nullish(),
  web_url: z.string().nullish(),
  created_at: z.string().nullish(),
  tag_list: z.array(z.string()).nullish(),
});

/** A job that waits for a runner. */
export type PendingJob = z.infer<typeof job>;

const project = z.object({ path_with_namespace: z.string(), builds_access_level: z.string().nullish() });

/** The jobs of a project that wait for a runner. @see https://docs.gitlab.com/api/jobs/#list-project-jobs */
export async function listPendingJobs(client: GitLabClient, path: string): Promise<PendingJob[]> {
  const needs = { scope: "read_api", role: "a Reporter of the project (its pipelines must be switched on)" };
  const call = {
    verb: "GET",
    path: `/projects/${encodeURIComponent(path)}/jobs`,
    query: { scope: "pending" },
    needs,
  } as const;
  return parse(z.array(job), call, { client, what: "jobs" });
}

/** The full paths of the projects of a group and below it that have pipelines. @see https://docs.gitlab.com/api/groups/#list-projects */
export async function listProjectsWithJobs(client: GitLabClient, group: string): Promise<string[]> {
  const needs = { scope: "read_api", role: "a member of the group" };
  const query = { include_subgroups: true, with_shared: false, archived: false };
  const call = { verb: "GET", path: `/groups/${encodeURIComponent(group)}/projects`, query, needs } as const;
  const projects = await parse(z.array(project), call, { client, what: "projects" });
  return projects
    .filter(({ builds_access_level: level }) => level !== "disabled")
    .map(({ path_with_namespace: path }) => path);
}

async function parse<T>(shape: z.ZodType<T>, call: Call, { client, what }: { client: GitLabClient; what: string }) {
  const reply = shape.safeParse(await listAll(client, call));
  if (reply.success) return reply.data;
  const found = { verb: call.verb, path: `/api/v4${call.path}`, address: client.connection.address };
  const words = `with a body that does not describe ${what}`;
  throw new GitLabCallError({ ...found, words, advice: "Is the address that of a GitLab 16.0 or later?" });
}
