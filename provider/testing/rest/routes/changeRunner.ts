import type { Reply } from "../../http/reply.js";
import { canUpdateRunner } from "../../world/runnerAccess.js";
import { has } from "../../world/version.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { atLeastOneOf, type Declared, mutuallyExclusive, readParams, required } from "../declare.js";
import { oneRunner } from "../gates.js";
import { lookUpRunner } from "../lookups.js";
import { integer } from "../paramTypes.js";
import { checkUnmodified } from "../precondition.js";
import { forbidden, refuse } from "../refusal.js";
import { showRunnerDetails } from "../represent/runner.js";
import { changeableAttributes, changeRunner } from "../runnerChanges.js";

const id = required(integer);

const changeable = [
  "description",
  "active",
  "paused",
  "tag_list",
  "run_untagged",
  "locked",
  "access_level",
  "maximum_timeout",
];

/** Changing and deleting a runner. */
export const changeRunnerRoutes: Route[] = [
  userRoute("PUT", "/runners/:id", { gate: oneRunner("update_runner"), answer: updateRunner }),
  userRoute("DELETE", "/runners/:id", { gate: oneRunner("delete_runner"), answer: deleteRunner }),
];

function updateRunner(call: UserCall): Reply {
  const { world, caller } = call;
  const { id: runnerId, ...wish } = readWish(call);
  const runner = lookUpRunner(world, runnerId);
  if (!canUpdateRunner(world, caller, runner)) throw forbidden("No access granted");
  const problems = changeRunner(world, runner, wish);
  if (Object.keys(problems).length > 0) throw refuse(400, problems);
  return { status: 200, body: showRunnerDetails(world, runner, { caller, withProjects: false }) };
}

function readWish({ world, params }: UserCall): Declared<typeof changeableAttributes & { id: typeof id }> {
  const { maintenance_note, ...older } = changeableAttributes;
  const [attributes, names] = has(world, "noteByRest")
    ? [changeableAttributes, [...changeable, "maintenance_note"]]
    : [older, changeable];
  const rules = [atLeastOneOf(names), mutuallyExclusive(["active", "paused"])];
  return readParams({ id, ...attributes }, params, rules);
}

function deleteRunner(call: UserCall): Reply {
  const { world, caller } = call;
  const runner = lookUpRunner(world, readParams({ id }, call.params).id);
  if (!caller.admin && runner.projectIds.length > 1) throw forbidden("Runner associated with more than one project");
  if (!canUpdateRunner(world, caller, runner)) throw forbidden("No access granted");
  checkUnmodified(call, runner.updatedAt);
  world.runners.remove(runner.id);
  return { status: 204 };
}
