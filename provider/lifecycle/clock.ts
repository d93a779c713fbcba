let offset = 0;

/** The time, from one place. */
export function now(): Date {
  return new Date(Date.now() + offset);
}

/** Lets the clock of this process go ahead by so many milliseconds: for tests. */
export function moveClock(milliseconds: number): void {
  offset = milliseconds;
}

/** A time as config.toml and GitLab have it: UTC, whole seconds. */
export function formatSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
