import { z } from "zod";
import type { GitLabClient } from "./client.js";
import { listAll } from "./pages.js";
import { parseReply } from "./parseReply.js";

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
  return (await listAll(client, call, { item: issue, what: "issues" })).reverse();
}

/** Makes an issue. @see https://docs.gitlab.com/api/issues/#new-issue */
export async function createIssue(client: GitLabClient, project: string, body: IssueAttributes): Promise<Issue> {
  const call = { verb: "POST", path: pathOf(project), body, needs: NEEDS, ifUncertain: LOST } as const;
  return parseReply(issue, await client.send(call), { client, call, what: "issues" });
}

/** Changes or closes an issue. @see https://docs.gitlab.com/api/issues/#edit-an-issue */
export async function changeIssue(
  client: GitLabClient,
  { project, iid }: { project: string; iid: number },
  body: IssueAttributes,
): Promise<Issue> {
  const call = { verb: "PUT", path: `${pathOf(project)}/${iid}`, body, needs: NEEDS } as const;
  return parseReply(issue, await client.send(call), { client, call, what: "issues" });
}

function pathOf(project: string): string {
  return `/projects/${encodeURIComponent(project)}/issues`;
}
