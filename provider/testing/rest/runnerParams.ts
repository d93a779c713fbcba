import type { RunnerAccessLevel, RunnerType } from "../world/records.js";
import { optional } from "./declare.js";
import { flag, integer, oneOf, text, texts } from "./paramTypes.js";

/** The types of runners. */
export const runnerTypes: readonly RunnerType[] = ["instance_type", "group_type", "project_type"];

const accessLevels: readonly RunnerAccessLevel[] = ["not_protected", "ref_protected"];

/** The attributes of a runner that can be sent, by whatever way; `active` is for the older ways only. */
export const runnerAttributes = {
  description: optional(text),
  maintenance_note: optional(text),
  paused: optional(flag),
  tag_list: optional(texts),
  run_untagged: optional(flag),
  locked: optional(flag),
  access_level: optional(oneOf(accessLevels)),
  maximum_timeout: optional(integer),
};
