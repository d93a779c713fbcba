import type { Reply } from "../../http/reply.js";
import { ancestorsOf, groupsAbove, makeRegistrationToken } from "../../world/places.js";
import { allowsRegistration } from "../../world/registration.js";
import { canAdminGroupRunners, canAdminProjectRunners, canUpdateRunner } from "../../world/runnerAccess.js";
import { randomText } from "../../world/secrets.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { readParams, required } from "../declare.js";
import { manyRunners, oneRunner } from "../gates.js";
import { lookUpGroup, lookUpProject, lookUpRunner } from "../lookups.js";
import { integer } from "../paramTypes.js";
import { forbidden } from "../refusal.js";
import { resetAndShow } from "../resetToken.js";

const gate = manyRunners("reset_runner_registration_token");

/** New tokens, asked for by users. */
export const resetTokensRoutes: Route[] = [
  userRoute("POST", "/runners/:id/reset_authentication_token", {
    gate: oneRunner("update_runner"),
    answer: resetAuthenticationToken,
  }),
  userRoute("POST", "/runners/reset_registration_token", { gate, answer: resetForInstance }),
  userRoute("POST", "/projects/:id/runners/reset_registration_token", { gate, answer: resetForProject }),
  userRoute("POST", "/groups/:id/runners/reset_registration_token", { gate, answer: resetForGroup }),
];

function resetAuthenticationToken(call: UserCall): Reply {
  const { id } = readParams({ id: required(integer) }, call.params);
  const runner = lookUpRunner(call.world, id);
  if (!canUpdateRunner(call.world, call.caller, runner)) throw forbidden("No access granted");
  return resetAndShow(call.world, runner);
}

function resetForInstance(call: UserCall): Reply {
  const { settings } = call.world;
  if (!call.caller.admin || !settings.allowRunnerRegistrationToken) throw forbidden();
  settings.registrationToken = randomText(20);
  return { status: 201, body: { token: settings.registrationToken } };
}

function resetForProject(call: UserCall): Reply {
  const project = lookUpProject(call);
  const allowed = allowsRegistration(call.world, groupsAbove(call.world, project));
  if (!allowed || !canAdminProjectRunners(call.world, call.caller, project)) throw forbidden();
  project.registrationToken = makeRegistrationToken();
  return { status: 201, body: { token: project.registrationToken } };
}

function resetForGroup(call: UserCall): Reply {
  const group = lookUpGroup(call);
  const allowed = allowsRegistration(call.world, [group, ...ancestorsOf(call.world, group)]);
  if (!allowed || !canAdminGroupRunners(call.world, call.caller, group)) throw forbidden();
  group.registrationToken = makeRegistrationToken();
  return { status: 201, body: { token: group.registrationToken } };
}
