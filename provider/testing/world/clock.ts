/** A length of time; the parts add up. */
export interface Span {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
  milliseconds?: number;
}

const MINUTE = 60_000;

/**
 * GitLab's clock. It runs with the real one until a test moves or stops it; statuses, expiry of tokens and rate
 * limits all go by it.
 */
export class Clock {
  private offset = 0;
  private stoppedAt: number | null = null;

  /** What time GitLab thinks it is. */
  now(): Date {
    return new Date(this.stoppedAt ?? Date.now() + this.offset);
  }

  /** True while the clock stands still. */
  get stopped(): boolean {
    return this.stoppedAt !== null;
  }

  /** Moves the clock to a time. A running clock runs on from there, a stopped one stays there. */
  set(time: Date | string | number): Date {
    const target = new Date(time).getTime();
    if (Number.isNaN(target)) throw new RangeError(`Not a time: ${String(time)}`);
    if (this.stoppedAt !== null) this.stoppedAt = target;
    this.offset = target - Date.now();
    return this.now();
  }

  /** Moves the clock on, as by `{ days: 7, seconds: 1 }`; negative parts move it back. */
  advance(span: Span): Date {
    return this.set(this.now().getTime() + toMilliseconds(span));
  }

  /** Stops the clock, now or at a time, so that a test can stand exactly on a threshold. */
  stop(time: Date | string | number = this.now()): Date {
    this.set(time);
    this.stoppedAt = new Date(time).getTime();
    return this.now();
  }

  /** Lets a stopped clock run on from where it stands. */
  resume(): Date {
    const time = this.now();
    this.stoppedAt = null;
    return this.set(time);
  }
}

function toMilliseconds(span: Span): number {
  const hours = (span.days ?? 0) * 24 + (span.hours ?? 0);
  const minutes = hours * 60 + (span.minutes ?? 0);
  return minutes * MINUTE + (span.seconds ?? 0) * 1000 + (span.milliseconds ?? 0);
}
