import type { Clock } from "./clock.js";

interface Counter {
  period: number;
  count: number;
}

/** Counts requests in periods of the clock, for rate limits. */
export class Counters {
  private readonly counters = new Map<string, Counter>();

  constructor(private readonly clock: Clock) {}

  /** Counts one more in the current period, and gives how many it has now. */
  count(name: string, periodSeconds: number): number {
    const period = Math.floor(this.clock.now().getTime() / (periodSeconds * 1000));
    const known = this.counters.get(name);
    const counter = known?.period === period ? known : { period, count: 0 };
    counter.count += 1;
    this.counters.set(name, counter);
    return counter.count;
  }
}
