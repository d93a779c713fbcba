import { z } from "zod";
import type { Call, GitLabClient } from "./client.js";
import { listAll } from "./pages.js";
import { parseReply } from "./parseReply.js";

/** GitLab leaves out what a caller may not see, or sends null: both are "not told". */
const told = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? undefined);

const user = z
  .object({ id: z.int(), username: z.string(), name: told(z.string()) })
  .transform(({ id, ...rest }) => ({ userId: id, ...rest }));

const group = z
  .object({ id: z.int(), name: z.string(), web_url: told(z.string()) })
  .transform(({ id, name, web_url }) => ({ groupId: id, name, webUrl: web_url }));

const project = z
  .object({ id: z.int(), name: z.string(), path_with_namespace: z.string(), web_url: told(z.string()) })
  .transform((it) => ({ projectId: it.id, name: it.name, path: it.path_with_namespace, webUrl: it.web_url }));

/** What a list tells of a runner, by GitLab's keys. */
const listed = z.object({
  id: z.int(),
  runner_type: z.enum(["instance_type", "group_type", "project_type"]),
  description: told(z.string()),
  paused: z.boolean(),
  status: z.string(),
  online: told(z.boolean()),
  job_execution_status: told(z.string()),
  created_at: told(z.string()),
  created_by: told(user),
});

const detailed = listed.extend({
  tag_list: z.array(z.string()),
  run_untagged: z.boolean(),
  locked: z.boolean(),
  access_level: z.string(),
  maximum_timeout: told(z.int()),
  maintenance_note: told(z.string()),
  contacted_at: told(z.string()),
  groups: z.array(group).default([]),
  projects: z.array(project).default([]),
});

const summary = listed.transform(toSummary);

const details = detailed.transform((reply) => ({
  ...toSummary(reply),
  tagList: [...reply.tag_list].sort(),
  runUntagged: reply.run_untagged,
  locked: reply.locked,
  accessLevel: reply.access_level,
  maximumTimeout: reply.maximum_timeout,
  maintenanceNote: reply.maintenance_note,
  contactedAt: reply.contacted_at,
  groups: reply.groups,
  projects: reply.projects,
}));

function toSummary(reply: z.infer<typeof listed>) {
  return {
    runnerId: reply.id,
    runnerType: reply.runner_type,
    description: reply.description ?? "",
    paused: reply.paused,
    status: reply.status,
    online: reply.online,
    jobExecutionStatus: reply.job_execution_status,
    createdAt: reply.created_at,
    createdBy: reply.created_by,
  };
}

export type RunnerSummary = z.infer<typeof summary>;
export type RunnerDetails = z.infer<typeof details>;

/** One runner. @see https://docs.gitlab.com/api/runners/#get-runners-details */
export async function lookUpRunner(client: GitLabClient, id: number | string): Promise<RunnerDetails> {
  const needs = { scope: "manage_runner or read_api", role: "a Maintainer of the runner's group or project" };
  const call = { verb: "GET", path: `/runners/${id}`, needs } as const;
  return parseReply(details, await client.send(call), { client, call, what: "runners" });
}

/** Which of GitLab's lists. */
export type RunnerPlace = { groupId: number | string } | { projectId: number | string } | "instance" | "available";

/** GitLab's filters, by its keys. */
export interface RunnerFilters {
  type?: string;
  status?: string;
  paused?: boolean;
  tag_list?: string;
  version_prefix?: string;
}

/** All runners of a list that fit, in order of their ids. @see https://docs.gitlab.com/api/runners/#list-runners */
export async function listRunners(
  client: GitLabClient,
  place: RunnerPlace,
  filters: RunnerFilters,
): Promise<RunnerSummary[]> {
  const call = { verb: "GET", query: { ...filters }, ...describePlace(place) } as const;
  return listAll(client, call, { item: summary, what: "runners" });
}

function describePlace(place: RunnerPlace): Pick<Call, "path" | "needs"> {
  const scope = "read_api";
  if (place === "instance") return { path: "/runners/all", needs: { scope, role: "an auditor" } };
  if (place === "available") return { path: "/runners", needs: { scope, role: "any user" } };
  const [kind, id] = "groupId" in place ? ["groups", place.groupId] : ["projects", place.projectId];
  const role = kind === "groups" ? "an Owner of the group" : "a Maintainer of the project";
  return { path: `/${kind}/${encodeURIComponent(id)}/runners`, needs: { scope, role } };
}
