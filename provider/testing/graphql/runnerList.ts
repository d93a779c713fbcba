import { matchesFilters } from "../rest/runnerFilters.js";
import { savedContact } from "../world/contact.js";
import type { RunnerRecord, RunnerType } from "../world/records.js";
import type { RunnerTest } from "../world/runnerLists.js";
import type { StatusFilter } from "../world/runnerStatus.js";
import { connect, type Order, type PageArguments } from "./connection.js";
import { showRunner } from "./runnerNode.js";
import type { Node, Scope } from "./scope.js";

/** What every list of runners can be asked for. */
export interface RunnerArguments extends PageArguments {
  active?: boolean | null;
  creatorId?: number | null;
  creatorUsername?: string | null;
  paused?: boolean | null;
  search?: string | null;
  sort?: string | null;
  status?: string | null;
  tagList?: string[] | null;
  type?: string | null;
  upgradeStatus?: string | null;
  versionPrefix?: string | null;
}

// Shorter parts of a search are looked for as the whole text.
const MIN_SEARCH_PART = 3;

/** The runners that belong to a list and fit the arguments. */
export function showRunners(scope: Scope, args: RunnerArguments, belongs: RunnerTest): Node {
  const fits = (runner: RunnerRecord) => belongs(runner) && isWanted(scope, runner, args);
  return connect(scope.world.runners.where(fits), args, {
    order: orderBy(args.sort ?? "CREATED_DESC"),
    show: (runner) => showRunner(scope, runner),
    edge: (runner) => showEdge(scope, runner),
  });
}

function isWanted({ world }: Scope, runner: RunnerRecord, args: RunnerArguments): boolean {
  const paused = args.paused ?? (args.active == null ? undefined : !args.active);
  const prefix = /^[\d+.]+/.exec(args.versionPrefix ?? "")?.[0];
  const filters = {
    type: args.type?.toLowerCase() as RunnerType | undefined,
    status: args.status?.toLowerCase() as StatusFilter | undefined,
    ...(paused === undefined ? {} : { paused }),
    ...(args.tagList?.length ? { tag_list: args.tagList } : {}),
    ...(prefix ? { version_prefix: prefix } : {}),
  };
  // GitLab compares with the releases that it fetched from gitlab.com; an instance that fetched none finds nothing.
  if (args.upgradeStatus) return false;
  const creator = args.creatorUsername ? world.users.first((user) => user.username === args.creatorUsername) : null;
  if (creator !== null && runner.creatorId !== creator?.id) return false;
  if (args.creatorId && runner.creatorId !== args.creatorId) return false;
  return matchesFilters(world, runner, filters) && isFound(runner, args.search ?? "");
}

function isFound(runner: RunnerRecord, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  if (wanted === "" || runner.token === search) return true;
  const description = (runner.description ?? "").toLowerCase();
  if (wanted.length < MIN_SEARCH_PART) return description === wanted;
  return wanted.split(/\s+/).every((part) => part.length < MIN_SEARCH_PART || description.includes(part));
}

function orderBy(sort: string): Order<RunnerRecord> {
  const direction = sort.endsWith("_ASC") ? "asc" : "desc";
  const time = (runner: RunnerRecord) => {
    if (sort.startsWith("CONTACTED")) return savedContact(runner);
    return sort.startsWith("TOKEN") ? runner.tokenExpiresAt : runner.createdAt;
  };
  return { direction, position: (runner) => ({ key: time(runner)?.getTime() ?? null, id: runner.id }) };
}

function showEdge({ world, caller }: Scope, runner: RunnerRecord): Node {
  const page = caller?.admin ? `${world.externalUrl}/admin/runners/${runner.id}` : null;
  return { webUrl: page, editUrl: page && `${page}/edit` };
}
