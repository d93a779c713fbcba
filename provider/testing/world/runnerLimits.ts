import type { RunnerRecord } from "./records.js";
import type { Problems } from "./runnerRules.js";
import { isStaleInDatabase } from "./runnerStatus.js";
import type { World } from "./world.js";

/** The problem, if one more runner in this group is too many. */
export function findGroupLimitProblem(world: World, groupId: number): Problems {
  const limit = world.settings.registeredGroupRunnersLimit;
  const count = countRecent(world, (runner) => runner.groupId === groupId);
  return count < limit ? {} : { "runner_namespaces.base": [exceeded("group", limit)] };
}

/** The problem, if one more runner in this project is too many. */
export function findProjectLimitProblem(world: World, projectId: number): Problems {
  const limit = world.settings.registeredProjectRunnersLimit;
  const count = countRecent(world, (runner) => runner.projectIds.includes(projectId));
  return count < limit ? {} : { "runner_projects.base": [exceeded("project", limit)] };
}

// Only runners that were active recently count, so that dead ones do not block new ones.
function countRecent(world: World, test: (runner: RunnerRecord) => boolean): number {
  return world.runners.where((runner) => test(runner) && !isStaleInDatabase(world, runner)).length;
}

function exceeded(kind: "group" | "project", limit: number): string {
  return `Maximum number of ci registered ${kind} runners (${limit}) exceeded`;
}
