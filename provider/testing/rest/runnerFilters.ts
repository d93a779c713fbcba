import type { RunnerRecord } from "../world/records.js";
import { matchesStatus, type StatusFilter } from "../world/runnerStatus.js";
import { normalizeTags } from "../world/tags.js";
import type { World } from "../world/world.js";
import { type Declared, optional } from "./declare.js";
import { pagination } from "./paginate.js";
import { flag, oneOf, textLike, texts } from "./paramTypes.js";
import { runnerTypes } from "./runnerParams.js";

/** What `status` can be, and `scope` in the list of the caller's own runners. */
export const statusFilters: readonly StatusFilter[] = [
  "active",
  "paused",
  "online",
  "offline",
  "never_contacted",
  "stale",
];

/** What the deprecated `scope` can be. */
export const runnerScopes = ["specific", "shared", ...runnerTypes, ...statusFilters] as const;

type Scope = (typeof runnerScopes)[number];

/** The parameters of every list of runners. */
export const runnerFilters = {
  type: optional(oneOf(runnerTypes)),
  status: optional(oneOf(statusFilters)),
  paused: optional(flag),
  tag_list: optional(texts),
  version_prefix: optional(textLike(/^[\d+.]+/)),
  ...pagination,
};

/** Whether a runner is found by the filters. */
export function matchesFilters(world: World, runner: RunnerRecord, filters: Declared<typeof runnerFilters>): boolean {
  const { type, status, paused, tag_list: tags, version_prefix: prefix } = filters;
  if (type && runner.runnerType !== type) return false;
  if (status && !matchesStatus(world, runner, status)) return false;
  // Sent but empty, `paused` reads as false: only runners that take jobs.
  if (paused !== undefined && runner.paused !== (paused ?? false)) return false;
  if (tags && !normalizeTags(tags).every((tag) => runner.tagList.includes(tag))) return false;
  return !prefix || hasVersion(runner, prefix);
}

/** Whether a runner is found by the deprecated `scope`, which mixes types and statuses. */
export function matchesScope(world: World, runner: RunnerRecord, scope: Scope | null | undefined): boolean {
  if (!scope) return true;
  if (scope === "shared") return runner.runnerType === "instance_type";
  if (scope === "specific") return runner.runnerType !== "instance_type";
  const status = statusFilters.find((candidate) => candidate === scope);
  return status ? matchesStatus(world, runner, status) : runner.runnerType === scope;
}

/** GitLab compares whole numbers: `16` is any 16, and not 160; `16.1` is not 16.10. */
function hasVersion(runner: RunnerRecord, prefix: string): boolean {
  const wanted = /^\d+(?:\.\d+){0,2}/.exec(prefix)?.[0].split(".") ?? [prefix];
  return runner.managers.some(({ version }) => {
    const parts = /^(\d+)\.(\d+)\.(\d+)/.exec(version ?? "")?.slice(1) ?? [];
    return wanted.every((part, index) => part === parts[index]);
  });
}
