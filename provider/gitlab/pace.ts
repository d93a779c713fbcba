import { setTimeout as wait } from "node:timers/promises";
import { LONGEST_WAIT, readReset } from "./retry.js";

type Headers = Record<string, unknown>;

const MINUTE = 60_000;

/** Without a word of GitLab on its limit, requests start with this distance in milliseconds, and it doubles. */
const FIRST_GUESS = 50;
const LONGEST_GUESS = 5_000;

/** With each request that goes through, the distance shrinks to this share: a limit that is met again says so again. */
const EASING = 0.75;
const SHORTEST = 10;

/** Under this share of what the limit still allows, requests are spread over the rest of the time. */
const SCARCE = 0.2;

/**
 * When the next request may go out: one queue for all requests to a GitLab, since its limits are per user and not per
 * request. As long as GitLab limits nothing, nobody waits.
 */
export class Pace {
  #queue: Promise<void> = Promise.resolve();
  #last = 0;
  #opensAt = 0;
  #gap = 0;
  #hasTold = false;
  #progress = 0;

  /** @param tell hears, once, that things go slower from now on */
  constructor(
    readonly address: string,
    readonly tell: (line: string) => void = () => {},
  ) {}

  /** Counts what GitLab did not refuse for its rate: as long as it goes up, waiting leads to an end. */
  get progress(): number {
    return this.#progress;
  }

  /** Ends when a request may go out; the requests go in the order of their calls. */
  turn(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#waitForSlot());
    return this.#queue;
  }

  async #waitForSlot(): Promise<void> {
    // While one waits here, an answer to an earlier request may move the time.
    for (let pause = this.#untilOpen(); pause > 0; pause = this.#untilOpen()) await wait(Math.ceil(pause));
    this.#last = Date.now();
  }

  #untilOpen(): number {
    return Math.max(this.#opensAt, this.#last + this.#gap) - Date.now();
  }

  /** GitLab refused a request for its rate: all wait, and then go slower. */
  hold(milliseconds: number, headers: Headers): void {
    const isNews = Date.now() >= this.#opensAt;
    this.#opensAt = Math.max(this.#opensAt, Date.now() + milliseconds);
    // Requests that were on the way together are refused together: that is one piece of news, not many.
    if (isNews) this.#slowDown(readNumber(headers, "ratelimit-limit"));
    this.#tellOnce(readNumber(headers, "ratelimit-limit"));
  }

  #slowDown(perMinute: number | undefined): void {
    if (!perMinute) this.#gap = Math.min(Math.max(this.#gap * 2, FIRST_GUESS), LONGEST_GUESS);
    // Refused at the very pace that GitLab names: somebody else uses up the same limit.
    else this.#gap = Math.min(MINUTE, Math.max(MINUTE / perMinute, this.#gap * 1.5));
  }

  #tellOnce(perMinute: number | undefined): void {
    if (this.#hasTold) return;
    this.#hasTold = true;
    const limit = perMinute ? ` to ${perMinute} a minute` : "";
    const seconds = Math.ceil(Math.max(0, this.#untilOpen()) / 1000);
    this.tell(
      `GitLab at ${this.address} limits requests${limit}: going slower from here, the next one in ${seconds} s`,
    );
  }

  /** An answer that was no such refusal; its headers may tell how much of the limit is left. */
  note(headers: Headers): void {
    this.#progress++;
    const limit = readNumber(headers, "ratelimit-limit");
    const remaining = readNumber(headers, "ratelimit-remaining");
    if (limit && remaining !== undefined) this.#spread({ limit, remaining, reset: readReset(headers) ?? 0 });
    else this.#gap = this.#gap < SHORTEST ? 0 : this.#gap * EASING;
  }

  #spread({ limit, remaining, reset }: { limit: number; remaining: number; reset: number }): void {
    const isScarce = remaining < limit * SCARCE;
    this.#gap = isScarce ? Math.min(MINUTE / limit, reset / (remaining + 1)) : 0;
    if (remaining > 0 || reset > LONGEST_WAIT) return;
    this.#opensAt = Math.max(this.#opensAt, Date.now() + reset);
    this.#tellOnce(limit);
  }
}

function readNumber(headers: Headers, name: string): number | undefined {
  const value = headers[name];
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
}

const paces = new Map<string, Pace>();

/** The pace that everything in this process keeps towards a GitLab. */
export function paceOf(address: string, tell: (line: string) => void): Pace {
  const pace = paces.get(address) ?? new Pace(address, tell);
  paces.set(address, pace);
  return pace;
}
