import type { RunnerWish } from "../rest/runnerChanges.js";
import type { RunnerAccessLevel } from "../world/records.js";

/** The attributes of a runner in an input; null was sent as nothing. */
export interface AttributesInput {
  accessLevel?: string | null;
  active?: boolean | null;
  associatedProjects?: number[] | null;
  description?: string | null;
  locked?: boolean | null;
  maintenanceNote?: string | null;
  maximumTimeout?: number | null;
  paused?: boolean | null;
  runUntagged?: boolean | null;
  tagList?: string[] | null;
}

const names = {
  active: "active",
  description: "description",
  locked: "locked",
  maintenanceNote: "maintenance_note",
  maximumTimeout: "maximum_timeout",
  paused: "paused",
  runUntagged: "run_untagged",
  tagList: "tag_list",
} as const;

/** An input as the rules for changes take it. What was not sent stays away. */
export function toWish(input: AttributesInput): RunnerWish {
  const sent = Object.entries(names).filter(([name]) => input[name as keyof typeof names] !== undefined);
  const wish = Object.fromEntries(sent.map(([name, key]) => [key, input[name as keyof typeof names]])) as RunnerWish;
  if (input.accessLevel !== undefined) wish.access_level = toAccessLevel(input.accessLevel);
  return wish;
}

/** An access level as it is stored. */
export function toAccessLevel(level: string | null): RunnerAccessLevel | null {
  return level === null ? null : (level.toLowerCase() as RunnerAccessLevel);
}
