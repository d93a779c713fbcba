/** The time, from one place. */
export function now(): Date {
  return new Date();
}

/** A time as config.toml and GitLab have it: UTC, whole seconds. */
export function formatSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
