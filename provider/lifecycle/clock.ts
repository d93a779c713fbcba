let offset = 0;

/** The time, from one place. */
export function now(): Date {
  return new Date(Date.now() + offset);
}

/** Lets the clock of this process go ahead by so many milliseconds: for tests. */
export function moveClock(milliseconds: number): void {
  offset = milliseconds;
  for (const sleeper of [...sleepers]) if (now().getTime() >= sleeper.end) sleeper.wake();
}

const sleepers = new Set<{ end: number; wake: () => void }>();

/** Resolves when this clock has gone on by so many milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      sleepers.delete(sleeper);
      resolve();
    };
    const sleeper = { end: now().getTime() + milliseconds, wake };
    const timer = setTimeout(wake, milliseconds);
    sleepers.add(sleeper);
  });
}

/** A time as config.toml and GitLab have it: UTC, whole seconds. */
export function formatSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
