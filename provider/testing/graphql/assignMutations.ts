import { assignToProject, unassignFromProject } from "../world/assignment.js";
import type { ProjectRecord } from "../world/records.js";
import { canAdminProjectRunners, canAssignRunner, canCreateProjectRunner } from "../world/runnerAccess.js";
import { notAvailable } from "./errors.js";
import type { Mutation, MutationInput, WritingScope } from "./mutations.js";
import { isAt } from "./placeNode.js";

type AssignInput = MutationInput & { runnerId: number; projectPath: string };

const runnerAssignToProject: Mutation<AssignInput> = (scope, input) => {
  const { world, caller } = scope;
  const project = findProject(scope, input);
  const runner = world.runners.find(input.runnerId);
  const mayAssign = runner && canAssignRunner(world, caller, runner) && (caller.admin || !runner.locked);
  if (runner === undefined || !mayAssign) throw notAvailable();
  if (runner.runnerType !== "project_type") throw notAvailable("Runner is not a project runner");
  if (!canCreateProjectRunner(world, caller, project)) {
    return { errors: ["user not authorized to add runners to project"] };
  }
  const problem = assignToProject(world, runner, project);
  return { errors: problem ? [problem.message] : [] };
};

const runnerUnassignFromProject: Mutation<AssignInput> = (scope, input) => {
  const { world, caller } = scope;
  const project = findProject(scope, input);
  const runner = world.runners.find(input.runnerId);
  if (!runner?.projectIds.includes(project.id)) throw notAvailable();
  const mayUnassign = canAdminProjectRunners(world, caller, project) && (caller.admin || !runner.locked);
  if (!mayUnassign || (runner.projectIds[0] === project.id && !caller.admin)) {
    return { errors: ["user not allowed to unassign runner"] };
  }
  if (runner.projectIds[0] === project.id) {
    return { errors: ["You cannot unassign a runner from the owner project. Delete the runner instead"] };
  }
  unassignFromProject(world, runner, project.id);
  return { errors: [] };
};

/** Which projects a project runner works for. */
export const assignMutations = { runnerAssignToProject, runnerUnassignFromProject };

function findProject(scope: WritingScope, { projectPath }: AssignInput): ProjectRecord {
  const project = scope.world.projects.first(isAt(scope, projectPath));
  if (project === undefined) throw notAvailable();
  return project;
}
