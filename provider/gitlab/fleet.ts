import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "./client.js";
import { QueryTooSlowError, queryGraphQL } from "./graphql.js";
import { listManagers, type Manager } from "./managers.js";

/** All of an instance, or what belongs to a group and everything below it, or to one project. */
export type FleetScope = { kind: "instance" } | { kind: "group" | "project"; path: string };

const time = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const text = time;

const manager = z.object({
  systemId: z.string(),
  ipAddress: text,
  platformName: text,
  architectureName: text,
  status: z.string(),
});

const runner = z.object({
  id: z.string(),
  runnerType: z.string(),
  description: text,
  maintenanceNote: text,
  paused: z.boolean(),
  runUntagged: z.boolean(),
  tagList: z.array(z.string()).nullish(),
  status: z.string(),
  jobExecutionStatus: text,
  contactedAt: time,
  createdAt: time,
  managers: z.object({ nodes: z.array(manager), pageInfo: z.object({ hasNextPage: z.boolean() }) }).nullish(),
});

const page = z.object({
  nodes: z.array(runner),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
});

/** A runner, with all that tells whether somebody needs it. */
export interface FleetRunner {
  id: number;
  runnerType: string;
  description: string;
  /** Undefined also where the token's user may not see it. */
  maintenanceNote?: string;
  paused: boolean;
  runUntagged: boolean;
  tagList: string[];
  /** `online`, `offline`, `stale` or `never_contacted`. */
  status: string;
  isRunningJobs: boolean;
  contactedAt?: string;
  createdAt?: string;
  managers: Manager[];
}

const FIELDS = `
  id runnerType description maintenanceNote paused runUntagged tagList status jobExecutionStatus contactedAt createdAt
  managers(first: 100) { nodes { systemId ipAddress platformName architectureName status } pageInfo { hasNextPage } }`;

/**
 * The runners that belong to a scope, 100 by a request, with their managers.
 * @see https://docs.gitlab.com/api/graphql/reference/#cirunner
 */
export function listFleet(client: GitLabClient, scope: FleetScope): Promise<FleetRunner[]> {
  // Of a project's list those of groups and of the instance are left out: they belong to others.
  return listPages(client, scope, scope.kind === "project" ? ", type: PROJECT_TYPE" : "");
}

/** The runners that a project may use: its own, those of the groups above it and of the instance. */
export function listUsable(client: GitLabClient, project: string): Promise<FleetRunner[]> {
  return listPages(client, { kind: "project", path: project }, "");
}

async function listPages(client: GitLabClient, scope: FleetScope, filter: string): Promise<FleetRunner[]> {
  const found: FleetRunner[] = [];
  let size = LARGEST_PAGE;
  for (let after: string | undefined, isMore = true; isMore; ) {
    const { nodes, pageInfo, first } = await readPageInTime(client, scope, { filter, after, first: size });
    size = first;
    for (const node of nodes) found.push(await toRunner(client, node));
    after = pageInfo.endCursor ?? undefined;
    isMore = pageInfo.hasNextPage && after !== undefined;
  }
  return found;
}

/** GitLab allows no more, and may be too slow for so many. */
const LARGEST_PAGE = 100;
const SMALLEST_PAGE = 5;

interface PageWish {
  filter: string;
  after?: string;
  first: number;
}

/** A page, smaller where GitLab has no time for one of that size. */
async function readPageInTime(client: GitLabClient, scope: FleetScope, wish: PageWish) {
  for (let first = wish.first; ; first = Math.ceil(first / 4)) {
    try {
      return { ...(await readPage(client, scope, { ...wish, first })), first };
    } catch (error) {
      if (!(error instanceof QueryTooSlowError) || first <= SMALLEST_PAGE) throw error;
    }
  }
}

async function readPage(client: GitLabClient, scope: FleetScope, at: PageWish) {
  const list = `runners(first: ${at.first}, after: $after${at.filter}) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } }`;
  const path = scope.kind === "instance" ? undefined : scope.path;
  const query =
    path === undefined
      ? `query fleet($after: String) { ${list} }`
      : `query fleet($path: ID!, $after: String) { ${scope.kind}(fullPath: $path) { ${list} } }`;
  const data = await ask(client, { query, variables: { ...(path !== undefined && { path }), after: at.after } });
  const place = path === undefined ? data : data[scope.kind];
  if (place === null || place === undefined) {
    throw refuse(
      client,
      `without the ${scope.kind}`,
      `Check the full path: no ${scope.kind} of it is visible to the token's user`,
    );
  }
  const reply = page.safeParse((place as Record<string, unknown>).runners);
  if (reply.success) return reply.data;
  throw refuse(client, "with a body that does not describe runners", ADVICE);
}

const ADVICE =
  "Listing runners needs the scope read_api, and a Maintainer of the group or project (an administrator or auditor for the instance)";

/** The client's own advice, to ask by REST, is of no use here: no list of REST goes below a group, or tells tags. */
async function ask(client: GitLabClient, query: { query: string; variables: Record<string, unknown> }) {
  try {
    return await queryGraphQL(client, query);
  } catch (error) {
    if (!(error instanceof GitLabCallError) || error.call.status !== undefined || error.call.isLate) throw error;
    if (!error.call.words.startsWith("GitLab refuses the query")) throw error;
    throw new GitLabCallError({ ...error.call, words: "GitLab refuses the list of runners", advice: ADVICE });
  }
}

function refuse(client: GitLabClient, words: string, advice: string): GitLabCallError {
  const { address } = client.connection;
  return new GitLabCallError({ verb: "POST", path: "/api/graphql", address, status: 200, words, advice });
}

async function toRunner(client: GitLabClient, node: z.infer<typeof runner>): Promise<FleetRunner> {
  const { id, runnerType, status, jobExecutionStatus, managers, tagList, description, ...rest } = node;
  const number = Number(/\d+$/.exec(id)?.[0]);
  const machines = managers?.pageInfo.hasNextPage
    ? (await listManagers(client, { id: String(number), secrets: [] })).managers
    : (managers?.nodes ?? []).map(toManager);
  return {
    ...rest,
    id: number,
    runnerType: runnerType.toLowerCase(),
    description: description ?? "",
    tagList: tagList ?? [],
    status: status.toLowerCase(),
    isRunningJobs: jobExecutionStatus === "ACTIVE",
    managers: machines,
  };
}

function toManager({ platformName, architectureName, status, ...rest }: z.infer<typeof manager>): Manager {
  return { ...rest, platform: platformName, architecture: architectureName, status: status.toLowerCase() };
}
