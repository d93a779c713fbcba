import type { Page, RunnerView } from "./runnerQueries.js";

/** When the list of a place may pay: from so many reads on, or after so many requests by id. */
export interface Patience {
  reads: number;
  requests: number;
}

/** A page for so many reads at most: a place may have many runners that are none of this stack. */
const READS_PER_PAGE = 3;

/** So long what was seen may serve, in milliseconds: a look at a large stack takes its time. */
const LONGEST_AGE = 120_000;

/** What is known of the runners of one place, as GitLab had them when they were read. */
export class KnownRunners {
  readonly #views = new Map<string, RunnerView>();
  readonly #since = performance.now();
  #pages = 0;
  #isWhole = false;
  /** Runners that were wanted of this place. */
  reads = 0;
  /** How often some of them had to be asked for by id. */
  requests = 0;
  /** Where the next page begins. */
  next: string | undefined;
  /** GitLab shows no such list. */
  isRefused = false;
  /** Whether the pages have the runners' projects, too. */
  withProjects: boolean | undefined;

  constructor(readonly patience: Patience) {}

  get isOld(): boolean {
    return performance.now() - this.#since > LONGEST_AGE;
  }

  /** All of the list was read: what is not in it is not there, or not to be seen. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Whether it pays to read another page: never do the pages cost more than the reads that they are for. */
  get mayList(): boolean {
    if (this.isRefused || this.#isWhole) return false;
    const { reads, requests } = this.patience;
    return (this.reads > reads || this.requests >= requests) && this.#pages * READS_PER_PAGE < this.reads;
  }

  find(id: string): RunnerView | undefined {
    return this.#views.get(id);
  }

  addPage({ views, next }: Page): void {
    this.add(views);
    this.next = next;
    this.#pages++;
    this.#isWhole = next === undefined;
  }

  add(views: ReadonlyMap<string, RunnerView>): void {
    for (const [id, view] of views) this.#views.set(id, view);
  }
}
