import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "./client.js";
import { QueryRefusedError } from "./graphql.js";
import { KnownRunners, type Patience } from "./knownRunners.js";
import {
  queryByIds,
  queryPages,
  type RunnerList,
  type RunnerView,
  splitPages,
  splitRunners,
  type Told,
  type Wanted,
  type WantedPage,
} from "./runnerQueries.js";
import type { Place, RunnerReference, RunnerWish } from "./runners.js";

/** Where those runners are of which neither group nor project is known. */
const ANYWHERE = "anywhere";

const PATIENCE: Patience = { reads: 4, requests: 3 };

/** The list of all runners of an instance may be long. */
const GREAT_PATIENCE: Patience = { reads: 40, requests: Number.POSITIVE_INFINITY };

/** So many runners are read by id where paths of places are still to be learned: they fit one query. */
const PATHFINDERS = 9;

/** So many queries by id at once. */
const QUERIES = 8;

/** After so many failures on end, GitLab is asked for many at once no more. */
const MOST_FAILURES = 3;

/** These will be the same next time: a scope is missing, there is no GraphQL, or a proxy does not let it through. */
const FOR_GOOD = new Set([401, 403, 404, 405, 414]);

/** A list that is read, with what is known from it. */
interface OpenList extends WantedPage {
  known: KnownRunners;
}

/**
 * The runners of one GitLab, many by one request: by their ids as long as they are few, by the list of their group,
 * project or instance when they get many. It knows nothing for certain: what is not found here is to be asked for.
 */
export class BulkRunners {
  readonly #known = new Map<string, KnownRunners>();
  readonly #paths = new Map<string, string>();
  #writes = 0;
  #failures = 0;
  #isOff = false;
  #hasPlaces = true;
  #mayMixLists = true;

  constructor(readonly client: GitLabClient) {}

  /** Counts a read that is to come. */
  expect({ place }: RunnerWish): void {
    this.#knownOf(keyOf(place)).reads++;
  }

  /** What was seen of the runner since our last write. */
  find({ id, place, projectIds = [] }: RunnerWish): RunnerView | undefined {
    const views = [keyOf(place), ANYWHERE].map((key) => this.#knownOf(key).find(id));
    // Who may see which projects is not the same everywhere: that one is missing, the runner's own endpoint must say.
    return views.find((view) => projectIds.every((id) => view?.projects?.some((project) => project.id === id)) && view);
  }

  /** Asks GitLab for runners such that they may be found, as far as one request tells several. */
  async seek(all: readonly RunnerWish[]): Promise<void> {
    const wishes = all.filter(hasNumber);
    const places = keysOf(wishes);
    places.delete(ANYWHERE);
    await this.#findPaths([...places], wishes);
    await this.#readLists([...places], wishes);
    const strays = this.#pickLeft(wishes);
    this.#knownOf(ANYWHERE).reads += strays.filter(({ place }) => keyOf(place) !== ANYWHERE).length;
    await this.#readLists([ANYWHERE], strays);
    const left = this.#pickLeft(strays);
    // A path that is learned on the way saves more than it costs.
    if (left.length > 1 || left.some((wish) => this.#toWanted(wish).withPlace)) await this.#readByIds(left);
    for (const key of keysOf(left)) this.#knownOf(key).requests++;
  }

  /** Some runners as they are now. */
  async ask(wishes: readonly RunnerReference[]): Promise<Map<string, RunnerView>> {
    const views = new Map<string, RunnerView>();
    const wanted = wishes.filter(hasNumber).map(({ id }) => ({ id, withProjects: false, withPlace: false }));
    const parts = splitRunners(wanted);
    const askOne = async (): Promise<void> => {
      for (let part = parts.shift(); part !== undefined && !this.#isOff; part = parts.shift()) {
        const told = await this.#tryByIds(part);
        for (const [id, view] of told?.views ?? []) views.set(id, view);
      }
    };
    await Promise.all(Array.from({ length: QUERIES }, askOne));
    return views;
  }

  /** Those that are not found, but may be there. */
  #pickLeft(wishes: readonly RunnerWish[]): RunnerWish[] {
    return wishes.filter((wish) => !this.find(wish) && !this.#knownOf(keyOf(wish.place)).isWhole);
  }

  /** A write of ours makes all of it old. */
  #knownOf(key: string): KnownRunners {
    if (this.#writes !== this.client.writes) this.#known.clear();
    this.#writes = this.client.writes;
    let known = this.#known.get(key);
    if (known === undefined || known.isOld) {
      known = new KnownRunners(key === ANYWHERE ? GREAT_PATIENCE : PATIENCE);
      this.#known.set(key, known);
    }
    return known;
  }

  #mayList(key: string): boolean {
    return !this.#isOff && this.#knownOf(key).mayList;
  }

  /** Learns the paths of all places whose lists are to be read, from some of their runners. */
  async #findPaths(keys: readonly string[], wishes: readonly RunnerWish[]): Promise<void> {
    const unknown = keys.filter((key) => this.#mayList(key) && !this.#listOf(key));
    const share = Math.max(1, Math.floor(PATHFINDERS / unknown.length));
    const pathfinders = unknown.flatMap((key) => this.#pickLeft(wishesOf(key, wishes)).slice(0, share));
    if (pathfinders.length > 0) await this.#readByIds(pathfinders);
  }

  /** Reads lists as far as it pays, page by page. */
  async #readLists(keys: readonly string[], wishes: readonly RunnerWish[]): Promise<void> {
    const isWanted = (key: string) =>
      this.#mayList(key) && this.#listOf(key) !== undefined && this.#pickLeft(wishesOf(key, wishes)).length > 0;
    for (let wanted = keys.filter(isWanted); wanted.length > 0; wanted = keys.filter(isWanted)) {
      for (const key of wanted) this.#knownOf(key).withProjects ??= wishesOf(key, wishes).some(needsProjects);
      await this.#readPages(wanted);
    }
  }

  #listOf(key: string): RunnerList | undefined {
    if (key === ANYWHERE || key === "instance") return { kind: key };
    const fullPath = this.#paths.get(key);
    return fullPath === undefined ? undefined : { kind: key.startsWith("group/") ? "group" : "project", fullPath };
  }

  async #readPages(keys: readonly string[]): Promise<void> {
    for (const part of this.#planPages(keys)) {
      const isMixed = part.length > 1;
      const pages = await this.#try(() => queryPages(this.client, part), { isMixed });
      if (!pages && isMixed) {
        // One of them may be refused, or all together are too much.
        this.#mayMixLists = false;
        return;
      }
      for (const [index, { known }] of part.entries()) {
        const page = pages?.[index];
        if (page) known.addPage(page);
        else known.isRefused = true;
      }
    }
  }

  /** One query for each part. What else is being read comes along where it costs no query more. */
  #planPages(keys: readonly string[]): OpenList[][] {
    const wanted = keys.flatMap((key) => this.#open(key));
    if (!this.#mayMixLists) return wanted.map((one) => [one]);
    const begun = [...this.#known.keys()].filter((key) => !keys.includes(key) && this.#mayList(key));
    const others = begun.flatMap((key) => this.#open(key)).filter(({ after }) => after !== undefined);
    return splitPages([...wanted, ...others]).slice(0, splitPages(wanted).length);
  }

  #open(key: string): OpenList[] {
    const list = this.#listOf(key);
    const known = this.#knownOf(key);
    return list ? [{ known, list, after: known.next, withProjects: known.withProjects ?? false }] : [];
  }

  async #readByIds(wishes: readonly RunnerWish[]): Promise<void> {
    for (const part of splitRunners(wishes.map((wish) => this.#toWanted(wish)))) {
      if (this.#isOff) return;
      // What comes after a write of ours belongs to nobody any more.
      const known = new Map(wishes.map(({ id, place }) => [id, this.#knownOf(keyOf(place))]));
      const told = await this.#tryByIds(part);
      for (const [id, view] of told?.views ?? []) known.get(id)?.add(new Map([[id, view]]));
    }
  }

  #toWanted(wish: RunnerWish): Wanted {
    const withPlace = this.#hasPlaces && this.#listOf(keyOf(wish.place)) === undefined;
    return { id: wish.id, withProjects: needsProjects(wish), withPlace };
  }

  async #tryByIds(part: readonly Wanted[]): Promise<Told | undefined> {
    let isRefused = false;
    const told = await this.#try(async () => {
      try {
        return await queryByIds(this.client, part);
      } catch (error) {
        isRefused = error instanceof QueryRefusedError;
        throw error;
      }
    });
    for (const [key, path] of told?.paths ?? []) this.#paths.set(key, path);
    if (isRefused && !part.some(({ withPlace }) => withPlace)) this.#isOff = true;
    if (isRefused) this.#hasPlaces = false;
    return told;
  }

  /** Undefined where it failed: there is another way. */
  async #try<T>(query: () => Promise<T>, { isMixed = false } = {}): Promise<T | undefined> {
    const failuresBefore = this.#failures;
    try {
      const answer = await query();
      this.#failures = 0;
      return answer;
    } catch (error) {
      if (!(error instanceof GitLabCallError)) throw error;
      const { status = 0, isLate } = error.call;
      // Queries that were on the way together fail together: that is one failure, not many.
      if (!(error instanceof QueryRefusedError)) this.#failures = Math.max(this.#failures, failuresBefore + 1);
      const mayDoWithLess = isMixed && (isLate || status === 414);
      const isForGood = FOR_GOOD.has(status) || isLate || this.#failures >= MOST_FAILURES;
      if (isForGood && !mayDoWithLess) this.#isOff = true;
      return undefined;
    }
  }
}

function keyOf({ runner_type: type, group_id: groupId, project_id: projectId }: Place = {}): string {
  if (groupId !== undefined) return `group/${groupId}`;
  if (projectId !== undefined) return `project/${projectId}`;
  return type === "instance_type" ? "instance" : ANYWHERE;
}

/** Whatever else stands in state for an id does not get into a query. */
function hasNumber({ id }: RunnerReference): boolean {
  return /^\d+$/.test(id);
}

function needsProjects({ projectIds = [] }: RunnerWish): boolean {
  return projectIds.length > 0;
}

function wishesOf(key: string, wishes: readonly RunnerWish[]): readonly RunnerWish[] {
  return key === ANYWHERE ? wishes : wishes.filter(({ place }) => keyOf(place) === key);
}

function keysOf(wishes: readonly RunnerWish[]): Set<string> {
  return new Set(wishes.map(({ place }) => keyOf(place)));
}
