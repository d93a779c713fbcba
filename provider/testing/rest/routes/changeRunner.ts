import type { Reply } from "../../http/reply.js";
import type { RunnerRecord } from "../../world/records.js";
import { canUpdateRunner } from "../../world/runnerAccess.js";
import { findProblems, hasUnstorableTag, type Problems } from "../../world/runnerRules.js";
import { touch } from "../../world/runners.js";
import { normalizeTags, orderTags, sameTags } from "../../world/tags.js";
import type { World } from "../../world/world.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { atLeastOneOf, type Declared, mutuallyExclusive, optional, readParams, required } from "../declare.js";
import { oneRunner } from "../gates.js";
import { lookUpRunner } from "../lookups.js";
import { flag, integer } from "../paramTypes.js";
import { checkUnmodified } from "../precondition.js";
import { crash, forbidden, refuse } from "../refusal.js";
import { showRunnerDetails } from "../represent/runner.js";
import { runnerAttributes } from "../runnerParams.js";

const id = required(integer);
const declaration = { id, active: optional(flag), ...runnerAttributes };

type Wish = Declared<typeof declaration>;
type Changes = Partial<Omit<RunnerRecord, "id">>;

const anyOf = atLeastOneOf([
  "description",
  "active",
  "paused",
  "tag_list",
  "run_untagged",
  "locked",
  "access_level",
  "maximum_timeout",
  "maintenance_note",
]);
const rules = [anyOf, mutuallyExclusive(["active", "paused"])];

/** Changing and deleting a runner. */
export const changeRunnerRoutes: Route[] = [
  userRoute("PUT", "/runners/:id", { gate: oneRunner("update_runner"), answer: updateRunner }),
  userRoute("DELETE", "/runners/:id", { gate: oneRunner("delete_runner"), answer: deleteRunner }),
];

function updateRunner(call: UserCall): Reply {
  const { world, caller } = call;
  const wish = readParams(declaration, call.params, rules);
  const runner = lookUpRunner(world, wish.id);
  if (!canUpdateRunner(world, caller, runner)) throw forbidden("No access granted");
  const changes = readChanges(world, wish);
  checkRules(runner, changes, wish);
  Object.assign(runner, changes);
  touch(world, runner);
  return { status: 200, body: showRunnerDetails(world, runner, { caller, withProjects: false }) };
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

// Unlike on creation, empty values are stored: an empty list takes all tags away, null clears the timeout.
function readChanges(world: World, wish: Wish): Changes {
  const changes: Changes = {};
  if (wish.description !== undefined) changes.description = wish.description;
  if (wish.maintenance_note !== undefined) changes.maintenanceNote = wish.maintenance_note;
  if (wish.active !== undefined) changes.paused = !storable(wish.active);
  // Null reads as "not paused" here, and only here.
  if (wish.paused !== undefined) changes.paused = wish.paused ?? false;
  if (wish.tag_list !== undefined) changes.tagList = orderTags(world, normalizeTags(wish.tag_list ?? []));
  if (wish.run_untagged !== undefined) changes.runUntagged = storable(wish.run_untagged);
  if (wish.locked !== undefined) changes.locked = storable(wish.locked);
  if (wish.access_level) changes.accessLevel = wish.access_level;
  if (wish.maximum_timeout !== undefined) changes.maximumTimeout = wish.maximum_timeout;
  return changes;
}

function checkRules(runner: RunnerRecord, changes: Changes, wish: Wish): void {
  const next = { ...runner, ...changes };
  const problems: Problems = findProblems(next, { tags: !sameTags(next.tagList, runner.tagList) });
  if (wish.access_level === null) problems.access_level = ["can't be blank"];
  if (Object.keys(problems).length > 0) throw refuse(400, problems);
  if (hasUnstorableTag(next.tagList)) throw crash();
}

// The database takes no null for these, and no rule refuses it before.
function storable(value: boolean | null): boolean {
  if (value === null) throw crash();
  return value;
}
