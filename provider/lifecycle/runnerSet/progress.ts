import { notify } from "../notice.js";

/** Milliseconds between two lines: in a large set items end faster than anybody reads. */
const PAUSE = 1_000;

/** Tells how far the work on a set is, naming each item that has ended since the last line. */
export class Progress {
  #done = 0;
  #last = Date.now();
  #ended = new Map<string, string[]>();

  constructor(
    readonly set: string,
    readonly total: number,
  ) {}

  /** One item has ended: `created`, `docker (runner 7)`. */
  note(how: string, item: string): void {
    this.#done++;
    this.#ended.set(how, [...(this.#ended.get(how) ?? []), item]);
    if (this.#done === this.total || Date.now() - this.#last >= PAUSE) this.#tell();
  }

  #tell(): void {
    const parts = [...this.#ended].map(([how, items]) => `${how} ${items.join(", ")}`);
    notify(`${this.set}: ${this.#done} of ${this.total}: ${parts.join("; ")}`);
    this.#ended = new Map();
    this.#last = Date.now();
  }
}
