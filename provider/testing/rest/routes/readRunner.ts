import type { Reply } from "../../http/reply.js";
import type { RunnerRecord } from "../../world/records.js";
import { canReadRunner } from "../../world/runnerAccess.js";
import { has } from "../../world/version.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { optional, readParams, required } from "../declare.js";
import { oneRunner } from "../gates.js";
import { lookUpRunner } from "../lookups.js";
import { paginate, pagination } from "../paginate.js";
import { flag, integer } from "../paramTypes.js";
import { forbidden } from "../refusal.js";
import { showProject } from "../represent/project.js";
import { showManager, showRunnerDetails, visibleProjects } from "../represent/runner.js";
import { since } from "../since.js";

const gate = oneRunner("read_runner");
const id = required(integer);

/** One runner, its managers and its projects. */
export const readRunnerRoutes: Route[] = [
  userRoute("GET", "/runners/:id", { gate, answer: getRunner }),
  userRoute("GET", "/runners/:id/managers", { gate, answer: listManagers }),
  since("runnerProjects", userRoute("GET", "/runners/:id/projects", { gate, answer: listProjects })),
];

function getRunner(call: UserCall): Reply {
  const declared = readParams({ id, include_projects: optional(flag) }, call.params);
  const runner = readableRunner(call, declared.id);
  const withProjects = !has(call.world, "includeProjects") || (declared.include_projects ?? true);
  return { status: 200, body: showRunnerDetails(call.world, runner, { caller: call.caller, withProjects }) };
}

function listManagers(call: UserCall): Reply {
  const runner = readableRunner(call, readParams({ id }, call.params).id);
  return { status: 200, body: runner.managers.map((manager) => showManager(call.world, runner, manager)) };
}

function listProjects(call: UserCall): Reply {
  const declared = readParams({ id, ...pagination }, call.params);
  const projects = visibleProjects(call.world, readableRunner(call, declared.id), call.caller);
  return paginate(call, projects, { declared, show: (project) => showProject(call.world, project) });
}

// A runner that the caller may not see is refused with 403: that it exists is no secret.
function readableRunner(call: UserCall, runnerId: number | null | undefined): RunnerRecord {
  const runner = lookUpRunner(call.world, runnerId);
  if (!canReadRunner(call.world, call.caller, runner)) throw forbidden("No access granted");
  return runner;
}
