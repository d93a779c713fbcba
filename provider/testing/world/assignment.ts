import type { Caller } from "./access.js";
import type { ProjectRecord, RunnerRecord } from "./records.js";
import { canCreateProjectRunner } from "./runnerAccess.js";
import { findProjectLimitProblem } from "./runnerLimits.js";
import { touch } from "./runners.js";
import type { World } from "./world.js";

/** Why a runner cannot work for a further project. */
export interface AssignmentProblem {
  readonly message: string;
  readonly reason: "runner_error" | "project_not_in_same_organization";
}

/** Makes a runner work for a further project, or gives why that cannot be. */
export function assignToProject(world: World, runner: RunnerRecord, project: ProjectRecord): AssignmentProblem | null {
  const problem = findAssignmentProblem(world, runner, project);
  if (problem !== null) return problem;
  runner.projectIds = [...runner.projectIds, project.id];
  touch(world, runner);
  return null;
}

/** Takes a project away from a runner. */
export function unassignFromProject(world: World, runner: RunnerRecord, projectId: number): void {
  runner.projectIds = runner.projectIds.filter((id) => id !== projectId);
  touch(world, runner);
}

/** Replaces the set of projects of a runner, its owner excepted. Gives what is wrong; then nothing was changed. */
export function setProjects(
  world: World,
  runner: RunnerRecord,
  wish: { caller: Caller; ids: readonly number[] },
): string[] {
  const before = runner.projectIds;
  const wanted = new Set([...before.slice(0, 1), ...wish.ids]);
  const added = [...wanted].filter((id) => !before.includes(id)).flatMap((id) => world.projects.find(id) ?? []);
  const errors = added.flatMap((project) => {
    if (!canCreateProjectRunner(world, wish.caller, project)) return ["user not authorized to add runners to project"];
    return assignToProject(world, runner, project)?.message ?? [];
  });
  runner.projectIds = errors.length > 0 ? before : runner.projectIds.filter((id) => wanted.has(id));
  touch(world, runner);
  return [...new Set(errors)];
}

function findAssignmentProblem(world: World, runner: RunnerRecord, project: ProjectRecord): AssignmentProblem | null {
  const failed = (message: string): AssignmentProblem => ({ message: `Assign to ${message}`, reason: "runner_error" });
  const owner = world.projects.find(runner.projectIds[0] ?? 0);
  if (owner === undefined) return failed("cannot assign an orphaned runner");
  if (owner.organizationId !== project.organizationId) {
    const message = "runner can only be assigned to projects in the same organization";
    return { message, reason: "project_not_in_same_organization" };
  }
  if (runner.projectIds.includes(project.id)) {
    return failed("Validation failed: Runner projects runner has already been taken");
  }
  const problem = findProjectLimitProblem(world, project.id)["runner_projects.base"]?.[0];
  return problem ? failed(`Validation failed: ${problem}`) : null;
}
