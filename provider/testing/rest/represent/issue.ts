import { fullPathOf } from "../../world/places.js";
import type { IssueRecord } from "../../world/records.js";
import type { World } from "../../world/world.js";
import { showUser } from "./user.js";

/** An issue. */
export function showIssue(world: World, issue: IssueRecord): Record<string, unknown> {
  const author = world.users.find(issue.authorId);
  const path = fullPathOf(world, world.projects.get(issue.projectId));
  return {
    id: issue.id,
    iid: issue.iid,
    project_id: issue.projectId,
    title: issue.title,
    description: issue.description,
    state: issue.state,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    labels: issue.labels,
    author: author ? showUser(world, author) : null,
    assignees: [],
    milestone: null,
    confidential: issue.confidential,
    web_url: `${world.externalUrl}/${path}/-/issues/${issue.iid}`,
  };
}
