import type { Params } from "../../http/params.js";
import type { Reply } from "../../http/reply.js";
import type { GroupRecord, ProjectRecord, RunnerType } from "../../world/records.js";
import { canCreateGroupRunner, canCreateProjectRunner } from "../../world/runnerAccess.js";
import { toFullMessages } from "../../world/runnerRules.js";
import { addRunner, type NewRunner } from "../../world/runners.js";
import { normalizeTags } from "../../world/tags.js";
import { findExpiryProblem } from "../../world/tokenExpiry.js";
import { has } from "../../world/version.js";
import type { World } from "../../world/world.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { type Declaration, type Declared, optional, readParams, required } from "../declare.js";
import { runnerCreation } from "../gates.js";
import { checkNewRunner } from "../newRunnerRules.js";
import { integer, oneOf, time } from "../paramTypes.js";
import { badRequest, crash, forbidden } from "../refusal.js";
import { showNewRunner } from "../represent/token.js";
import { runnerAttributes, runnerTypes } from "../runnerParams.js";
import { toSentence } from "../sentence.js";

const declaration = {
  runner_type: required(oneOf(runnerTypes)),
  ...runnerAttributes,
  token_expires_at: optional(time),
  token_rotation_deadline: optional(time),
};

type Wish = Declared<typeof declaration>;
type Place = { kind: "group"; group: GroupRecord } | { kind: "project"; project: ProjectRecord } | { kind: "instance" };

/** The recommended way to make a runner. */
export const createRunnerRoutes: Route[] = [
  userRoute("POST", "/user/runners", { gate: runnerCreation, answer: createRunner }),
];

function createRunner(call: UserCall): Reply {
  const { world } = call;
  const wish = readWish(call);
  const place = findPlace(world, wish.runner_type, call.params);
  if (!mayCreate(call, place)) throw forbidden("Insufficient permissions");
  // The id of a place that does not fit the type is not declared, and still reaches the model.
  if (hasStrayPlace(wish.runner_type, call.params)) throw crash();
  const fresh = { ...toNewRunner(wish, place), creatorId: call.caller.user.id };
  checkExpiry(world, fresh, wish);
  checkNewRunner(world, fresh, (problems) => badRequest(toSentence(toFullMessages(problems))));
  return { status: 201, body: showNewRunner(addRunner(world, fresh)) };
}

function readWish(call: UserCall): Wish {
  const type = call.params.runner_type;
  const { token_expires_at, token_rotation_deadline, ...basic } = declaration;
  // Which parameters are declared at all depends on the type, the edition and the version.
  const declared: Declaration = {
    ...basic,
    ...(type === "group_type" ? { group_id: required(integer) } : {}),
    ...(type === "project_type" ? { project_id: required(integer) } : {}),
    ...(call.world.settings.enterprise && has(call.world, "tokenExpiryOnCreate")
      ? { token_expires_at, token_rotation_deadline }
      : {}),
  };
  return readParams(declared, call.params) as Wish;
}

function findPlace(world: World, type: RunnerType | null | undefined, params: Params): Place {
  if (type === "group_type") {
    const group = world.groups.find(Number(params.group_id));
    if (group === undefined) throw badRequest("Missing/invalid group");
    return { kind: "group", group };
  }
  if (type === "project_type") {
    const project = world.projects.find(Number(params.project_id));
    if (project === undefined) throw badRequest("Missing/invalid project");
    return { kind: "project", project };
  }
  return { kind: "instance" };
}

function mayCreate(call: UserCall, place: Place): boolean {
  if (place.kind === "group") return canCreateGroupRunner(call.world, call.caller, place.group);
  if (place.kind === "project") return canCreateProjectRunner(call.world, call.caller, place.project);
  return call.caller.admin;
}

function hasStrayPlace(type: RunnerType | null | undefined, params: Params): boolean {
  const isSent = (name: string) => params[name] !== undefined && params[name] !== null && params[name] !== "";
  return (type !== "group_type" && isSent("group_id")) || (type !== "project_type" && isSent("project_id"));
}

// Empty values count as absent: blank texts, empty lists and null; false and 0 are kept.
function toNewRunner(wish: Wish, place: Place): NewRunner {
  return {
    runnerType: wish.runner_type ?? "instance_type",
    groupId: place.kind === "group" ? place.group.id : null,
    projectIds: place.kind === "project" ? [place.project.id] : [],
    description: wish.description?.trim() ? wish.description : null,
    maintenanceNote: wish.maintenance_note?.trim() ? wish.maintenance_note : null,
    paused: wish.paused ?? false,
    locked: wish.locked ?? false,
    accessLevel: wish.access_level ?? "not_protected",
    runUntagged: wish.run_untagged ?? true,
    tagList: normalizeTags(wish.tag_list ?? []),
    maximumTimeout: wish.maximum_timeout ?? null,
    ...(wish.token_expires_at ? { tokenExpiresAt: wish.token_expires_at } : {}),
    tokenRotationDeadline: wish.token_rotation_deadline ?? null,
  };
}

function checkExpiry(world: World, fresh: NewRunner, wish: Wish): void {
  const home = {
    runnerType: fresh.runnerType,
    groupId: fresh.groupId ?? null,
    projectIds: [...(fresh.projectIds ?? [])],
  };
  const problem = findExpiryProblem(world, home, {
    expiresAt: wish.token_expires_at ?? null,
    deadline: wish.token_rotation_deadline ?? null,
  });
  if (problem !== null) throw badRequest(problem);
}
