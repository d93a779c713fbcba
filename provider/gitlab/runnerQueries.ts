import { z } from "zod";
import type { GitLabClient } from "./client.js";
import { queryGraphQL } from "./graphql.js";
import type { RunnerAttributes, RunnerReply } from "./runners.js";

/** What a look at a runner tells, as its own endpoint would: its attributes, and its projects where they were asked for. */
export type RunnerView = Pick<RunnerReply, "id" | "projects" | keyof RunnerAttributes>;

/** A list of runners that GraphQL has. Those of a group or project are found by its full path. */
export type RunnerList = { kind: "group" | "project"; fullPath: string } | { kind: "instance" | "anywhere" };

/** One runner of a query, and what is wanted besides its attributes. */
export interface Wanted {
  id: string;
  withProjects: boolean;
  /** The full path of its group, or of the project that owns it: by that its like are found in a list. */
  withPlace: boolean;
}

const ATTRIBUTES = "description maintenanceNote paused locked accessLevel runUntagged tagList maximumTimeout";
const PROJECTS = "projects(first: 100) { nodes { id } pageInfo { hasNextPage } }";
// Newer versions of GitLab show groups and projects here by an interface that has fewer fields.
const PLACE =
  "groups(first: 1) { nodes { ... on Group { id fullPath } } } ownerProject { ... on Project { id fullPath } }";

/** What each costs of the complexity that GitLab allows: a point for a field, another for a look-up, double for a full page. */
const POINTS = { runner: 9, projects: 10, place: 7 };

/** GitLab allows 250 for each user. */
const MOST_POINTS = 240;

const place = z.object({ id: z.string(), fullPath: z.string() });

const projects = z.object({
  nodes: z.array(z.object({ id: z.string() }).nullable()),
  pageInfo: z.object({ hasNextPage: z.boolean() }),
});

const node = z.object({
  description: z.string().nullable(),
  maintenanceNote: z.string().nullable(),
  paused: z.boolean(),
  locked: z.boolean().nullable(),
  accessLevel: z.string(),
  runUntagged: z.boolean(),
  tagList: z.array(z.string()),
  maximumTimeout: z.int().nullable(),
  projects: projects.optional(),
  groups: z.object({ nodes: z.array(place.partial().nullable()) }).nullish(),
  ownerProject: place.partial().nullish(),
});

type Node = z.infer<typeof node>;

const page = z.object({
  nodes: z.array(z.object({ id: z.string() }).loose().nullable()),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
});

/** Runners by id, and the full paths of groups and projects by their keys, as `group/7`. */
export interface Told {
  views: Map<string, RunnerView>;
  paths: Map<string, string>;
}

/** Some runners, by one query. What GitLab does not tell, or not as a whole, is left out: it says no more about that runner. */
export async function queryByIds(client: GitLabClient, wanted: readonly Wanted[]): Promise<Told> {
  const fields = wanted.map(
    ({ id, withProjects, withPlace }) =>
      `r${id}: runner(id: "gid://gitlab/Ci::Runner/${id}") ` +
      `{ ...A${withProjects ? " ...P" : ""}${withPlace ? " ...L" : ""} }`,
  );
  const fragments = [
    ` fragment A on CiRunner { ${ATTRIBUTES} }`,
    wanted.some(({ withProjects }) => withProjects) ? ` fragment P on CiRunner { ${PROJECTS} }` : "",
    wanted.some(({ withPlace }) => withPlace) ? ` fragment L on CiRunner { ${PLACE} }` : "",
  ];
  const query = `query runners { ${fields.join(" ")} }${fragments.join("")}`;
  const data = await queryGraphQL(client, { verb: "GET", query, attempts: 1 });
  const told: Told = { views: new Map(), paths: new Map() };
  for (const { id } of wanted) {
    const { data: found } = node.safeParse(data[`r${id}`]);
    if (found) keep(told, id, found);
  }
  return told;
}

function keep(told: Told, id: string, found: Node): void {
  const view = toView(id, found);
  if (view) told.views.set(id, view);
  const { groups, ownerProject } = found;
  for (const group of groups?.nodes ?? []) addPath(told, "group", group);
  addPath(told, "project", ownerProject);
}

function addPath({ paths }: Told, kind: string, found: Partial<z.infer<typeof place>> | null | undefined): void {
  const id = readId(found?.id);
  if (id !== undefined && found?.fullPath) paths.set(`${kind}/${id}`, found.fullPath);
}

/** As many parts as it needs for each to stay within what GitLab allows. */
export function splitByCost(wanted: readonly Wanted[]): Wanted[][] {
  const parts: Wanted[][] = [];
  let left = 0;
  for (const one of wanted) {
    const cost = POINTS.runner + (one.withProjects ? POINTS.projects : 0) + (one.withPlace ? POINTS.place : 0);
    if (cost > left) {
      parts.push([]);
      left = MOST_POINTS;
    }
    parts.at(-1)?.push(one);
    left -= cost;
  }
  return parts;
}

/** A page of a list; the oldest runners come first, so that new ones do not move the others. */
export interface Page {
  views: Map<string, RunnerView>;
  /** Where the next page begins; undefined after the last one. */
  next?: string;
}

/** Undefined where GitLab shows no such list. */
export async function queryPage(
  client: GitLabClient,
  list: RunnerList,
  { after, withProjects }: { after?: string; withProjects: boolean },
): Promise<Page | undefined> {
  const fields = `nodes { id ${ATTRIBUTES} ${withProjects ? PROJECTS : ""} } pageInfo { hasNextPage endCursor }`;
  const runners = `runners(${FILTERS[list.kind]} sort: CREATED_ASC, first: 100, after: $after) { ${fields} }`;
  const path = "fullPath" in list ? list.fullPath : undefined;
  const query =
    path === undefined
      ? `query runners($after: String) { ${runners} }`
      : `query runners($path: ID!, $after: String) { place: ${list.kind}(fullPath: $path) { ${runners} } }`;
  const data = await queryGraphQL(client, { verb: "GET", query, variables: { path, after }, attempts: 1 });
  const told = path === undefined ? data.runners : (data.place as { runners?: unknown } | null)?.runners;
  const found = page.safeParse(told);
  return found.success ? toPage(found.data) : undefined;
}

/** What leaves out of a list those that are in it for another reason. */
const FILTERS: Record<RunnerList["kind"], string> = {
  group: "membership: DIRECT,",
  project: "type: PROJECT_TYPE,",
  instance: "type: INSTANCE_TYPE,",
  anywhere: "",
};

function toPage({ nodes, pageInfo }: z.infer<typeof page>): Page {
  const views = new Map<string, RunnerView>();
  for (const found of nodes) {
    const id = readId(found?.id);
    const { data } = node.safeParse(found);
    const view = id !== undefined && data && toView(id, data);
    if (id !== undefined && view) views.set(id, view);
  }
  return { views, next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined };
}

/** Undefined where the projects are more than a page has. */
function toView(id: string, found: Node): RunnerView | undefined {
  if (found.projects?.pageInfo.hasNextPage) return undefined;
  const ids = found.projects?.nodes.map((project) => Number(readId(project?.id)));
  return {
    id: Number(id),
    description: found.description,
    maintenance_note: found.maintenanceNote,
    paused: found.paused,
    locked: found.locked,
    access_level: found.accessLevel.toLowerCase(),
    run_untagged: found.runUntagged,
    tag_list: found.tagList,
    maximum_timeout: found.maximumTimeout,
    projects: ids?.filter((id) => id > 0).map((id) => ({ id })),
  };
}

/** The number in a global id. */
function readId(gid: string | undefined): string | undefined {
  return /\/(\d+)$/.exec(gid ?? "")?.[1];
}
