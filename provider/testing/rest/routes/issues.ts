import type { Reply } from "../../http/reply.js";
import { levels, standingInProject } from "../../world/access.js";
import type { IssueRecord, ProjectRecord } from "../../world/records.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { atLeastOneOf, type Declared, optional, readParams, required } from "../declare.js";
import { general } from "../gates.js";
import { lookUpProject } from "../lookups.js";
import { paginate, pagination } from "../paginate.js";
import { flag, integer, oneOf, text, texts } from "../paramTypes.js";
import { forbidden, notFound, refuse } from "../refusal.js";
import { showIssue } from "../represent/issue.js";

const MOST_CHARACTERS = 1_048_576;
const LONGEST_TITLE = 255;

const filters = { state: optional(oneOf(["opened", "closed", "all"])), labels: optional(texts), ...pagination };
const attributes = { description: optional(text), labels: optional(texts), confidential: optional(flag) };
const creation = { title: required(text), ...attributes };
const change = {
  issue_iid: required(integer),
  title: optional(text),
  state_event: optional(oneOf(["reopen", "close"])),
  ...attributes,
};
const isAnything = atLeastOneOf(["title", "state_event", "description", "labels", "confidential"]);

/** The issues of a project. */
export const issuesRoutes: Route[] = [
  userRoute("GET", "/projects/:id/issues", { gate: general("read_work_item"), answer: listIssues }),
  userRoute("POST", "/projects/:id/issues", { gate: general("create_work_item"), answer: createIssue }),
  userRoute("PUT", "/projects/:id/issues/:issue_iid", { gate: general("update_work_item"), answer: changeIssue }),
];

// The latest come first; an issue must have all labels.
function listIssues(call: UserCall): Reply {
  const project = lookUpProject(call);
  const declared = readParams(filters, call.params);
  const { state, labels } = declared;
  const isWanted = (issue: IssueRecord) =>
    issue.projectId === project.id &&
    (!state || state === "all" || issue.state === state) &&
    (labels ?? []).every((label) => issue.labels.includes(label)) &&
    (!issue.confidential || issue.authorId === call.caller.user.id || levelIn(call, project) >= levels.reporter);
  const rows = call.world.issues.where(isWanted).reverse();
  return paginate(call, rows, { declared, show: (issue) => showIssue(call.world, issue) });
}

function createIssue(call: UserCall): Reply {
  const project = lookUpProject(call);
  const wish = readParams(creation, call.params);
  if (levelIn(call, project) === 0 && project.visibility === "private") throw forbidden();
  checkTexts(wish);
  const now = call.world.clock.now();
  const iid = call.world.issues.where((issue) => issue.projectId === project.id).length + 1;
  const issue = call.world.issues.add((id) => ({
    id,
    iid,
    projectId: project.id,
    authorId: call.caller.user.id,
    title: wish.title ?? "",
    description: wish.description ?? null,
    labels: wish.labels ?? [],
    state: "opened",
    confidential: wish.confidential ?? false,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
  }));
  return { status: 201, body: showIssue(call.world, issue) };
}

function changeIssue(call: UserCall): Reply {
  const project = lookUpProject(call);
  const wish = readParams(change, call.params, [isAnything]);
  const isIt = (one: IssueRecord) => one.projectId === project.id && one.iid === wish.issue_iid;
  const issue = call.world.issues.first(isIt);
  if (issue === undefined) throw notFound("Issue");
  const isAuthor = issue.authorId === call.caller.user.id;
  if (!isAuthor && levelIn(call, project) < levels.reporter) throw forbidden();
  checkTexts(wish);
  const { title, description, labels, confidential, state_event: event } = wish;
  const now = call.world.clock.now();
  call.world.issues.update(issue.id, {
    ...(title != null && { title }),
    ...(description !== undefined && { description }),
    ...(labels != null && { labels }),
    ...(confidential != null && { confidential }),
    ...(event === "close" && { state: "closed", closedAt: now }),
    ...(event === "reopen" && { state: "opened", closedAt: null }),
    updatedAt: now,
  });
  return { status: 200, body: showIssue(call.world, issue) };
}

function checkTexts({ title, description }: Pick<Declared<typeof change>, "title" | "description">): void {
  const problems: Record<string, string[]> = {};
  if (title === "") problems.title = ["can't be blank"];
  if ((title ?? "").length > LONGEST_TITLE) problems.title = [`is too long (maximum is ${LONGEST_TITLE} characters)`];
  if ((description ?? "").length > MOST_CHARACTERS) problems.description = ["is too long (maximum is 1 MiB)"];
  if (Object.keys(problems).length > 0) throw refuse(400, problems);
}

function levelIn({ world, caller }: UserCall, project: ProjectRecord): number {
  return caller.admin ? levels.owner : standingInProject(world, caller, project).level;
}
