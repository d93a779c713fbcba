import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "./client.js";
import { queryGraphQL } from "./graphql.js";
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
  return listAll(client, call, { item: job, what: "jobs" });
}

/** The full paths of the projects of a group and below it that have pipelines. @see https://docs.gitlab.com/api/groups/#list-projects */
export async function listProjectsWithJobs(client: GitLabClient, group: string): Promise<string[]> {
  const needs = { scope: "read_api", role: "a member of the group" };
  const query = { include_subgroups: true, with_shared: false, archived: false };
  const call = { verb: "GET", path: `/groups/${encodeURIComponent(group)}/projects`, query, needs } as const;
  const projects = await listAll(client, call, { item: project, what: "projects" });
  return projects
    .filter(({ builds_access_level: level }) => level !== "disabled")
    .map(({ path_with_namespace: path }) => path);
}

/** A pending job, and the full path of its project. */
export type PlacedJob = PendingJob & { project: string };

const jobNode = z.object({
  id: z.string(),
  name: z.string().nullish(),
  createdAt: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  project: z.object({ fullPath: z.string() }).nullish(),
});

const jobPage = z.object({
  jobs: z.object({
    nodes: z.array(jobNode),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  }),
});

const JOBS = `query jobs($after: String) { jobs(statuses: [PENDING], first: 100, after: $after) {
  nodes { id name createdAt tags project { fullPath } } pageInfo { hasNextPage endCursor } } }`;

/**
 * The jobs of a whole instance that wait for a runner, 100 by a request; no list of REST has them.
 * @see https://docs.gitlab.com/api/graphql/reference/#queryjobs
 */
export async function listAllPendingJobs(client: GitLabClient): Promise<PlacedJob[]> {
  await demandAdministrator(client);
  const found: PlacedJob[] = [];
  for (let after: string | undefined, isMore = true; isMore; ) {
    const reply = jobPage.safeParse(await queryGraphQL(client, { query: JOBS, variables: { after } }));
    if (!reply.success)
      throw refuse(client, "with a body that does not describe jobs", "Is it a GitLab 16.0 or later?");
    const { nodes, pageInfo } = reply.data.jobs;
    found.push(...nodes.flatMap(placeJob));
    after = pageInfo.endCursor ?? undefined;
    isMore = pageInfo.hasNextPage && after !== undefined;
  }
  return found;
}

/** Whose project is not told, is being deleted. */
function placeJob({ id, name, createdAt, tags, project: place }: z.infer<typeof jobNode>): PlacedJob[] {
  const number = Number(/\d+$/.exec(id)?.[0]);
  return place ? [{ id: number, name, created_at: createdAt, tag_list: tags, project: place.fullPath }] : [];
}

/** To anybody else GitLab tells no jobs, which is not to be taken for "none waits". */
async function demandAdministrator(client: GitLabClient): Promise<void> {
  const needs = { scope: "read_api", role: "an administrator" };
  const reply = z
    .object({ is_admin: z.literal(true) })
    .safeParse(await client.send({ verb: "GET", path: "/user", needs }));
  if (reply.success) return;
  const advice =
    "Give a token of an administrator (with the scope admin_mode where Admin Mode is on), or a group as scope";
  throw refuse(client, "with no jobs: it tells the jobs of an instance to administrators only", advice);
}

function refuse(client: GitLabClient, words: string, advice: string): GitLabCallError {
  const { address } = client.connection;
  return new GitLabCallError({ verb: "POST", path: "/api/graphql", address, status: 200, words, advice });
}
