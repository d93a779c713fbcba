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

const FRAGMENTS = { A: ATTRIBUTES, P: PROJECTS, L: PLACE };

/** What each costs of the complexity that GitLab allows: a point for a field, another for a look-up, double for a full page. */
const POINTS = { runner: 9, projects: 10, place: 7, page: 31, pageOfProjects: 20 };

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
  const query = `query runners { ${fields.join(" ")} }${writeFragments(fields)}`;
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

/** Those that the fields refer to; GitLab refuses others. */
function writeFragments(fields: readonly string[]): string {
  const isUsed = ([name]: [string, string]) => fields.some((field) => field.includes(`...${name} `));
  return Object.entries(FRAGMENTS)
    .filter(isUsed)
    .map(([name, text]) => ` fragment ${name} on CiRunner { ${text} }`)
    .join("");
}

/** As many parts as it needs for each to stay within what GitLab allows. */
export function splitRunners(wanted: readonly Wanted[]): Wanted[][] {
  const { runner, projects, place } = POINTS;
  return split(wanted, (one) => runner + (one.withProjects ? projects : 0) + (one.withPlace ? place : 0));
}

/** The same for pages of lists. */
export function splitPages<T extends WantedPage>(wanted: readonly T[]): T[][] {
  return split(wanted, ({ withProjects }) => POINTS.page + (withProjects ? POINTS.pageOfProjects : 0));
}

function split<T>(all: readonly T[], costOf: (one: T) => number): T[][] {
  const parts: T[][] = [];
  let left = 0;
  for (const one of all) {
    const cost = costOf(one);
    if (cost > left) {
      parts.push([]);
      left = MOST_POINTS;
    }
    parts.at(-1)?.push(one);
    left -= cost;
  }
  return parts;
}

/** A page of a list that is wanted. */
export interface WantedPage {
  list: RunnerList;
  /** Where it begins; undefined for the first one. */
  after?: string;
  withProjects: boolean;
}

/** A page of a list; the oldest runners come first, so that new ones do not move the others. */
export interface Page {
  views: Map<string, RunnerView>;
  /** Where the next page begins; undefined after the last one. */
  next?: string;
}

/** A page of each of some lists, by one query; undefined where GitLab shows no such list. */
export async function queryPages(client: GitLabClient, wanted: readonly WantedPage[]): Promise<(Page | undefined)[]> {
  const fields = wanted.map((one, index) => `l${index}: ${writePage(one)}`);
  const query = `query runners { ${fields.join(" ")} }${writeFragments(fields)}`;
  const data = await queryGraphQL(client, { verb: "GET", query, attempts: 1 });
  return wanted.map(({ list }, index) => {
    const found = data[`l${index}`];
    const { data: told } = page.safeParse(
      "fullPath" in list ? (found as { runners?: unknown } | null)?.runners : found,
    );
    return told && toPage(told);
  });
}

/** Strings of JSON are strings of GraphQL. */
function writePage({ list, after, withProjects }: WantedPage): string {
  const range = `first: 100${after === undefined ? "" : `, after: ${JSON.stringify(after)}`}`;
  const nodes = `nodes { id ...A${withProjects ? " ...P" : ""} } pageInfo { hasNextPage endCursor }`;
  const runners = `runners(${FILTERS[list.kind]} sort: CREATED_ASC, ${range}) { ${nodes} }`;
  return "fullPath" in list ? `${list.kind}(fullPath: ${JSON.stringify(list.fullPath)}) { ${runners} }` : runners;
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
