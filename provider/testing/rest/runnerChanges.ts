import type { RunnerRecord } from "../world/records.js";
import { findProblems, hasUnstorableTag, type Problems } from "../world/runnerRules.js";
import { touch } from "../world/runners.js";
import { normalizeTags, orderTags, sameTags } from "../world/tags.js";
import type { World } from "../world/world.js";
import { type Declared, optional } from "./declare.js";
import { flag } from "./paramTypes.js";
import { crash } from "./refusal.js";
import { runnerAttributes } from "./runnerParams.js";

/** What can be changed of a runner. */
export const changeableAttributes = { active: optional(flag), ...runnerAttributes };

/** The wished changes; a key that is missing stays as it is, null was sent as nothing. */
export type RunnerWish = Declared<typeof changeableAttributes>;

type Changes = Partial<Omit<RunnerRecord, "id">>;

/** Changes a runner, or gives what is wrong and changes nothing. */
export function changeRunner(world: World, runner: RunnerRecord, wish: RunnerWish): Problems {
  const changes = readChanges(world, wish);
  const next = { ...runner, ...changes };
  const problems: Problems = findProblems(world, next, { tags: !sameTags(next.tagList, runner.tagList) });
  if (wish.access_level === null) problems.access_level = ["can't be blank"];
  if (Object.keys(problems).length > 0) return problems;
  if (hasUnstorableTag(next.tagList)) throw crash();
  Object.assign(runner, changes);
  touch(world, runner);
  return {};
}

// Unlike on creation, empty values are stored: an empty list takes all tags away, null clears the timeout.
function readChanges(world: World, wish: RunnerWish): Changes {
  const changes: Changes = {};
  if (wish.description !== undefined) changes.description = wish.description;
  if (wish.maintenance_note !== undefined) changes.maintenanceNote = wish.maintenance_note;
  if (wish.active !== undefined) changes.paused = !storable(wish.active);
  // Null reads as "not paused" here, and only here.
  if (wish.paused !== undefined) changes.paused = wish.paused ?? false;
  if (wish.tag_list !== undefined) changes.tagList = orderTags(world, normalizeTags(wish.tag_list ?? []));
  if (wish.run_untagged !== undefined) changes.runUntagged = storable(wish.run_untagged);
  if (wish.locked !== undefined) changes.locked = storable(wish.locked);
  if (wish.access_level) changes.accessLevel = wish.access_level;
  if (wish.maximum_timeout !== undefined) changes.maximumTimeout = wish.maximum_timeout;
  return changes;
}

// The database takes no null for these, and no rule refuses it before.
function storable(value: boolean | null): boolean {
  if (value === null) throw crash();
  return value;
}
