import type { Reply } from "../../http/reply.js";
import { assignToProject, unassignFromProject } from "../../world/assignment.js";
import type { ProjectRecord, RunnerRecord } from "../../world/records.js";
import {
  canAdminProjectRunners,
  canAssignRunner,
  canCreateProjectRunner,
  canListProjectRunners,
} from "../../world/runnerAccess.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { readParams, required } from "../declare.js";
import { manyRunners } from "../gates.js";
import { lookUpProject, lookUpRunner } from "../lookups.js";
import { integer } from "../paramTypes.js";
import { checkUnmodified } from "../precondition.js";
import { crash, forbidden, notFound, refuse } from "../refusal.js";
import { showRunner } from "../represent/runner.js";

const declaration = { runner_id: required(integer) };

/** Which projects a project runner works for. */
export const assignRunnerRoutes: Route[] = [
  userRoute("POST", "/projects/:id/runners", { gate: manyRunners("assign_runner"), answer: assignRunner }),
  userRoute("DELETE", "/projects/:id/runners/:runner_id", {
    gate: manyRunners("unassign_runner"),
    answer: unassignRunner,
  }),
];

function assignRunner(call: UserCall): Reply {
  const { world, caller } = call;
  const project = visibleProject(call);
  const { runner_id } = readParams(declaration, call.params);
  if (!canCreateProjectRunner(world, caller, project)) throw forbidden();
  const runner = lookUpRunner(world, runner_id);
  checkAssignable(call, runner);
  // What GitLab does when an administrator assigns an instance runner could not be seen; most likely it fails.
  if (runner.runnerType === "instance_type") throw crash();
  const problem = assignToProject(world, runner, project);
  if (problem !== null) throw refuse(400, `${problem.message} - ${problem.reason}`);
  return { status: 201, body: showRunner(world, runner) };
}

function unassignRunner(call: UserCall): Reply {
  const { world, caller } = call;
  const project = visibleProject(call);
  const { runner_id } = readParams(declaration, call.params);
  if (!canAdminProjectRunners(world, caller, project)) throw forbidden();
  const runner = world.runners.find(runner_id ?? 0);
  if (runner === undefined || !runner.projectIds.includes(project.id)) throw notFound("Runner");
  checkUnmodified(call, runner.updatedAt);
  checkUnassignable(call, runner, project);
  unassignFromProject(world, runner, project.id);
  return { status: 204 };
}

// Both endpoints ask first for the right to see the project's runners.
function visibleProject(call: UserCall): ProjectRecord {
  const project = lookUpProject(call);
  if (!canListProjectRunners(call.world, call.caller, project)) throw forbidden();
  return project;
}

function checkAssignable(call: UserCall, runner: RunnerRecord): void {
  if (runner.runnerType === "group_type") throw forbidden("Runner is a group runner");
  if (call.caller.admin) return;
  if (runner.locked) throw forbidden("Runner is locked");
  if (!canAssignRunner(call.world, call.caller, runner)) throw forbidden("No access granted");
}

function checkUnassignable(call: UserCall, runner: RunnerRecord, project: ProjectRecord): void {
  if (!call.caller.admin && runner.locked) throw forbidden("Runner is locked");
  if (runner.projectIds[0] !== project.id) return;
  throw forbidden(
    call.caller.admin
      ? "You cannot unassign a runner from the owner project. Delete the runner instead"
      : "No access granted",
  );
}
