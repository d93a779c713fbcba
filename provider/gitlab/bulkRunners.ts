import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "./client.js";
import { QueryRefusedError } from "./graphql.js";
import { KnownRunners, type Patience } from "./knownRunners.js";
import {
  queryByIds,
  queryPage,
  type RunnerList,
  type RunnerView,
  splitByCost,
  type Told,
  type Wanted,
} from "./runnerQueries.js";
import type { Place, RunnerReference, RunnerWish } from "./runners.js";

/** Where those runners are of which neither group nor project is known. */
const ANYWHERE = "anywhere";

const PATIENCE: Patience = { reads: 4, requests: 3 };

/** The list of all runners of an instance may be long. */
const GREAT_PATIENCE: Patience = { reads: 40, requests: Number.POSITIVE_INFINITY };

/** So many of a place's runners are read by id where its path is still to be learned. */
const PATHFINDERS = 10;

/** After so many failures on end, GitLab is asked for many at once no more. */
const MOST_FAILURES = 3;

/** These will be the same next time: a scope is missing, there is no GraphQL, or a proxy does not let it through. */
const FOR_GOOD = new Set([401, 403, 404, 405, 414]);

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
    for (const key of keysOf(wishes)) {
      await this.#list(
        key,
        wishes.filter(({ place }) => keyOf(place) === key),
      );
    }
    const strays = this.#pickLeft(wishes);
    this.#knownOf(ANYWHERE).reads += strays.filter(({ place }) => keyOf(place) !== ANYWHERE).length;
    await this.#list(ANYWHERE, strays);
    const left = this.#pickLeft(strays);
    if (left.length > 1) await this.#readByIds(left);
    for (const key of keysOf(left)) this.#knownOf(key).requests++;
  }

  /** Some runners as they are now. */
  async ask(wishes: readonly RunnerReference[]): Promise<Map<string, RunnerView>> {
    const views = new Map<string, RunnerView>();
    const wanted = wishes.filter(hasNumber).map(({ id }) => ({ id, withProjects: false, withPlace: false }));
    for (const part of splitByCost(wanted)) {
      const told = this.#isOff ? undefined : await this.#tryByIds(part);
      for (const [id, view] of told?.views ?? []) views.set(id, view);
    }
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

  /** Reads the list of a place as far as it pays. */
  async #list(key: string, wishes: readonly RunnerWish[]): Promise<void> {
    const isOpen = () => !this.#isOff && this.#knownOf(key).mayList && this.#pickLeft(wishes).length > 0;
    if (isOpen() && !this.#listOf(key)) await this.#readByIds(this.#pickLeft(wishes).slice(0, PATHFINDERS));
    const list = this.#listOf(key);
    const withProjects = wishes.some(needsProjects);
    while (list && isOpen()) await this.#readPage(key, list, withProjects);
  }

  #listOf(key: string): RunnerList | undefined {
    if (key === ANYWHERE || key === "instance") return { kind: key };
    const fullPath = this.#paths.get(key);
    return fullPath === undefined ? undefined : { kind: key.startsWith("group/") ? "group" : "project", fullPath };
  }

  async #readPage(key: string, list: RunnerList, withProjects: boolean): Promise<void> {
    const known = this.#knownOf(key);
    known.withProjects ??= withProjects;
    const wanted = { after: known.next, withProjects: known.withProjects };
    const page = await this.#try(() => queryPage(this.client, list, wanted));
    if (page) known.addPage(page);
    else known.isRefused = true;
  }

  async #readByIds(wishes: readonly RunnerWish[]): Promise<void> {
    for (const part of splitByCost(wishes.map((wish) => this.#toWanted(wish)))) {
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
  async #try<T>(query: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await query();
      this.#failures = 0;
      return answer;
    } catch (error) {
      if (!(error instanceof GitLabCallError)) throw error;
      const { status = 0, isLate } = error.call;
      if (!(error instanceof QueryRefusedError)) this.#failures++;
      if (FOR_GOOD.has(status) || isLate || this.#failures >= MOST_FAILURES) this.#isOff = true;
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

function keysOf(wishes: readonly RunnerWish[]): Set<string> {
  return new Set(wishes.map(({ place }) => keyOf(place)));
}
