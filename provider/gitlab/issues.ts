import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { Call, GitLabClient } from "./client.js";
import { listAll } from "./pages.js";

const issue = z.object({
  iid: z.int(),
  title: z.string(),
  description: z.string().nullish(),
  web_url: z.string().nullish(),
});

/** An issue of a project. */
export type Issue = z.infer<typeof issue>;

/** What can be set of an issue, by GitLab's keys. */
export interface IssueAttributes {
  title?: string;
  description?: string;
  labels?: string;
  confidential?: boolean;
  state_event?: "close" | "reopen";
}

const NEEDS = { scope: "api", role: "a Reporter of the project" };

const LOST = "GitLab may have made the issue all the same: the next run finds it";

/** The open issues that have a label, the oldest first. @see https://docs.gitlab.com/api/issues/#list-project-issues */
export async function listOpenIssues(client: GitLabClient, project: string, label: string): Promise<Issue[]> {
  const query = { state: "opened", labels: label };
  const call = { verb: "GET", path: pathOf(project), query, needs: { ...NEEDS, scope: "read_api" } } as const;
  return parse(z.array(issue), await listAll(client, call), { client, call }).reverse();
}

/** Makes an issue. @see https://docs.gitlab.com/api/issues/#new-issue */
export async function createIssue(client: GitLabClient, project: string, body: IssueAttributes): Promise<Issue> {
  const call = { verb: "POST", path: pathOf(project), body, needs: NEEDS, ifUncertain: LOST } as const;
  return parse(issue, await client.send(call), { client, call });
}

/** Changes or closes an issue. @see https://docs.gitlab.com/api/issues/#edit-an-issue */
export async function changeIssue(
  client: GitLabClient,
  { project, iid }: { project: string; iid: number },
  body: IssueAttributes,
): Promise<Issue> {
  const call = { verb: "PUT", path: `${pathOf(project)}/${iid}`, body, needs: NEEDS } as const;
  return parse(issue, await client.send(call), { client, call });
}

function pathOf(project: string): string {
  return `/projects/${encodeURIComponent(project)}/issues`;
}

function parse<T>(shape: z.ZodType<T>, body: unknown, { client, call }: { client: GitLabClient; call: Call }): T {
  const reply = shape.safeParse(body);
  if (reply.success) return reply.data;
  const found = { verb: call.verb, path: `/api/v4${call.path}`, address: client.connection.address };
  const words = "with a body that does not describe issues";
  throw new GitLabCallError({ ...found, words, advice: "Is the address that of a GitLab 16.0 or later?" });
}
