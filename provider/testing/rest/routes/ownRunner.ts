import type { Reply } from "../../http/reply.js";
import { noteContact } from "../../world/runners.js";
import { has } from "../../world/version.js";
import type { Call, Route } from "../call.js";
import { optional, readParams, required } from "../declare.js";
import { readManagerInfo, readSystemId } from "../managerParams.js";
import { hash, text } from "../paramTypes.js";
import { checkUnmodified } from "../precondition.js";
import { notFound, refuse } from "../refusal.js";
import { showNewRunner } from "../represent/token.js";
import { resetAndShow } from "../resetToken.js";
import { authenticateRunner, checkNotOrphaned, runnerRoute } from "../runnerRoute.js";
import { since } from "../since.js";

const token = required(text);

/** What a runner may do to itself, by its token. */
export const ownRunnerRoutes: Route[] = [
  runnerRoute("DELETE", "/runners", deleteRunner),
  runnerRoute("DELETE", "/runners/managers", deleteManager),
  runnerRoute("POST", "/runners/verify", verifyRunner),
  runnerRoute("POST", "/runners/reset_authentication_token", resetToken),
  since("jobRouter", runnerRoute("GET", "/runners/router/discovery", discoverRouter)),
];

function deleteRunner(call: Call): Reply {
  const runner = authenticateRunner(call, readParams({ token }, call.params).token);
  checkUnmodified(call, runner.updatedAt);
  call.world.runners.remove(runner.id);
  return { status: 204 };
}

function deleteManager(call: Call): Reply {
  const declared = readParams({ token, system_id: required(text) }, call.params);
  const runner = authenticateRunner(call, declared.token);
  const manager = runner.managers.find((known) => known.systemId === declared.system_id);
  if (manager === undefined) throw notFound("Runner manager not found");
  checkUnmodified(call, manager.contactedAt ?? manager.createdAt);
  runner.managers = runner.managers.filter((known) => known !== manager);
  // GitLab 18 forgets the contact with the last manager; later ones keep it.
  if (runner.managers.length === 0 && !has(call.world, "contactKeptWithoutManagers")) runner.contactedAt = null;
  return { status: 204 };
}

function verifyRunner(call: Call): Reply {
  const declared = readParams({ token, system_id: optional(text), info: optional(hash) }, call.params);
  const runner = authenticateRunner(call, declared.token);
  checkNotOrphaned(runner);
  const systemId = readSystemId(declared.system_id);
  noteContact(call.world, runner, { systemId, ipAddress: call.ipAddress, info: readManagerInfo(declared.info) });
  return { status: 200, body: showNewRunner(runner) };
}

function resetToken(call: Call): Reply {
  const runner = authenticateRunner(call, readParams({ token }, call.params).token);
  return resetAndShow(call.world, runner);
}

function discoverRouter(call: Call): Reply {
  authenticateRunner(call, call.header("runner-token"));
  const { jobRouterUrl } = call.world.settings;
  if (jobRouterUrl === null) {
    throw refuse(501, "Job Router is not available. Please contact your administrator.");
  }
  return { status: 200, body: { server_url: jobRouterUrl } };
}
