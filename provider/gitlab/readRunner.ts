import { GitLabCallError, isRefusal } from "../errors.js";
import { BulkRunners } from "./bulkRunners.js";
import type { GitLabClient } from "./client.js";
import type { RunnerView } from "./runnerQueries.js";
import { getRunner, type RunnerReference, type RunnerWish } from "./runners.js";

export type { RunnerView } from "./runnerQueries.js";

/** So long a read waits for another one, in milliseconds: the engine sends those of a refresh side by side. */
const TICK = 5;

/** The same for the first reads, which tell whether there are many: the engine may be busy starting. */
const FIRST_TICK = 50;

/** Fewer reads go the plain way: what little they cost is not worth another way that may fail. */
const FEWEST = 5;

interface Waiting {
  wish: RunnerWish;
  resolve: (view: RunnerView) => void;
  reject: (error: unknown) => void;
}

/** Reads that are answered together. */
class Gathering {
  #waiting: Waiting[] = [];
  #timer: { ms: number; handle: NodeJS.Timeout } | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    readonly serve: (waiting: readonly Waiting[]) => Promise<void>,
    readonly tick: () => number,
  ) {}

  join(wish: RunnerWish): Promise<RunnerView> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ wish, resolve, reject });
      this.#wait(this.tick());
    });
  }

  /** From the first that waits on; less where it turns out that there is nothing to wait for. */
  #wait(ms: number): void {
    if (this.#timer && this.#timer.ms <= ms) return;
    clearTimeout(this.#timer?.handle);
    const handle = setTimeout(() => {
      this.#timer = undefined;
      this.#takeTurn();
    }, ms);
    this.#timer = { ms, handle };
  }

  /** One after the other: what the first reads bring may be what the next ones want. */
  #takeTurn(): void {
    this.#turn = this.#turn.then(async () => {
      const waiting = this.#waiting.splice(0);
      try {
        await this.serve(waiting);
      } catch (error) {
        for (const { reject } of waiting) reject(error);
      }
    });
  }
}

/** Reads the runners of one GitLab, many at once where that is cheaper. */
class RunnerReader {
  readonly #bulk: BulkRunners;
  readonly #gathering = new Gathering(
    (waiting) => this.#serve(waiting),
    () => (this.#reads < FEWEST ? FIRST_TICK : TICK),
  );
  readonly #fresh = new Gathering(
    (waiting) => this.#serveFresh(waiting),
    () => TICK,
  );
  #reads = 0;

  constructor(readonly client: GitLabClient) {
    this.#bulk = new BulkRunners(client);
  }

  async read(wish: RunnerWish): Promise<RunnerView> {
    this.#reads++;
    this.#bulk.expect(wish);
    return this.#bulk.find(wish) ?? this.#gathering.join(wish);
  }

  readFresh(wish: RunnerWish): Promise<RunnerView> {
    return this.#fresh.join(wish);
  }

  async #serve(waiting: readonly Waiting[]): Promise<void> {
    if (this.#reads >= FEWEST) await this.#bulk.seek(waiting.map(({ wish }) => wish));
    for (const one of waiting) this.#answer(one, this.#bulk.find(one.wish));
  }

  async #serveFresh(waiting: readonly Waiting[]): Promise<void> {
    const wishes = waiting.length < FEWEST ? [] : waiting.map(({ wish }) => wish);
    const views = await this.#bulk.ask(wishes);
    for (const one of waiting) this.#answer(one, views.get(one.wish.id));
  }

  /** Nobody has to wait for those that are asked for one by one. */
  #answer({ wish, resolve, reject }: Waiting, view: RunnerView | undefined): void {
    if (view) resolve(view);
    else getRunner(this.client, wish).then(resolve, reject);
  }
}

/** One for each GitLab and token that this process speaks to. */
const readers = new WeakMap<GitLabClient, RunnerReader>();

function readerOf(client: GitLabClient): RunnerReader {
  const reader = readers.get(client) ?? new RunnerReader(client);
  readers.set(client, reader);
  return reader;
}

/**
 * The attributes of one runner, as its own endpoint tells them. Where many are read side by side, or one after the
 * other, GitLab is asked for many at once, by GraphQL, if the token has the scope `read_api`; what that does not tell is
 * asked of the runner's own endpoint. What this process saw before its own last write does not count.
 * @throws GitLabCallError; with `isGone` only after a 404 of the runner's own endpoint
 * @see https://docs.gitlab.com/api/graphql/reference/#cirunner
 */
export function readRunner(client: GitLabClient, wish: RunnerWish): Promise<RunnerView> {
  return readerOf(client).read(wish);
}

/**
 * The same as it is now, whatever was seen before: for the decision on a write.
 * @throws GitLabCallError; with `isGone` only after a 404 of the runner's own endpoint
 */
export function readFreshRunner(client: GitLabClient, runner: RunnerReference): Promise<RunnerView> {
  return readerOf(client).readFresh(runner);
}

/** As `readRunner`, of several, in their order; undefined for those that are gone. */
export function readRunners(client: GitLabClient, wishes: readonly RunnerWish[]): Promise<(RunnerView | undefined)[]> {
  return Promise.all(wishes.map((wish) => readRunner(client, wish).catch(passOverGone)));
}

function passOverGone(error: unknown): undefined {
  if (!(error instanceof GitLabCallError && error.call.isGone)) throw error;
}

/**
 * That the runner exists. GitLab says 403 of one that the token's user may not see, and 404 only where there is none.
 * @throws GitLabCallError with `isGone` where there is none
 */
export async function hasRunner(client: GitLabClient, wish: RunnerWish): Promise<void> {
  try {
    await readRunner(client, wish);
  } catch (error) {
    if (!isRefusal(error, 403) || error.call.words.startsWith("insufficient_scope")) throw error;
  }
}
