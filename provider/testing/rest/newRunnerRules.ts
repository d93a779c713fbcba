import { findGroupLimitProblem, findProjectLimitProblem } from "../world/runnerLimits.js";
import { findProblems, hasUnstorableTag, type Problems } from "../world/runnerRules.js";
import type { NewRunner } from "../world/runners.js";
import type { World } from "../world/world.js";
import { crash } from "./refusal.js";

/** Refuses a new runner that breaks a rule or is one too many; how the problems are told depends on the endpoint. */
export function checkNewRunner(world: World, fresh: NewRunner, refuseFor: (problems: Problems) => Error): void {
  const tagList = [...(fresh.tagList ?? [])];
  const ruled = {
    tagList,
    runUntagged: fresh.runUntagged ?? true,
    maximumTimeout: fresh.maximumTimeout ?? null,
    description: fresh.description ?? null,
    maintenanceNote: fresh.maintenanceNote ?? null,
  };
  const problems = { ...findLimitProblem(world, fresh), ...findProblems(world, ruled, { tags: true }) };
  if (Object.keys(problems).length > 0) throw refuseFor(problems);
  if (hasUnstorableTag(tagList)) throw crash();
}

function findLimitProblem(world: World, fresh: NewRunner): Problems {
  if (fresh.groupId) return findGroupLimitProblem(world, fresh.groupId);
  const projectId = fresh.projectIds?.[0];
  return projectId === undefined ? {} : findProjectLimitProblem(world, projectId);
}
