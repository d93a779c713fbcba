import { GraphQLError } from "graphql";
import { checkNewRunner } from "../rest/newRunnerRules.js";
import type { RunnerRecord, RunnerType } from "../world/records.js";
import { canCreateGroupRunner, canCreateProjectRunner } from "../world/runnerAccess.js";
import { toFullMessages } from "../world/runnerRules.js";
import { addRunner, type NewRunner } from "../world/runners.js";
import { normalizeTags } from "../world/tags.js";
import { findExpiryProblem } from "../world/tokenExpiry.js";
import { has } from "../world/version.js";
import { type AttributesInput, toAccessLevel } from "./attributes.js";
import { notAvailable } from "./errors.js";
import type { Mutation, MutationInput, WritingScope } from "./mutations.js";
import { showRunner } from "./runnerNode.js";

interface CreateInput extends MutationInput, AttributesInput {
  runnerType: string;
  groupId?: number | null;
  projectId?: number | null;
  tokenExpiresAt?: Date | null;
  tokenRotationDeadline?: Date | null;
}

type Home = Pick<RunnerRecord, "runnerType" | "groupId" | "projectIds">;

/** Stops a creation that breaks a rule. */
class Invalid extends Error {
  override readonly name = "Invalid";

  constructor(readonly texts: readonly string[]) {
    super(texts.join(", "));
  }
}

const runnerCreate: Mutation<CreateInput> = (scope, input) => {
  const home = findHome(scope, input);
  try {
    const runner = addRunner(scope.world, checked(scope, input, home));
    return { runner: showRunner(scope, runner), errors: [] };
  } catch (error) {
    if (error instanceof Invalid) return { runner: null, errors: error.texts };
    throw error;
  }
};

/** Making a runner. */
export const createMutation = { runnerCreate };

function findHome(scope: WritingScope, input: CreateInput): Home {
  const { world, caller } = scope;
  const runnerType = input.runnerType.toLowerCase() as RunnerType;
  if (runnerType === "group_type") {
    if (input.groupId == null) throw new GraphQLError("`group_id` is missing");
    const group = world.groups.find(input.groupId);
    if (group === undefined || !canCreateGroupRunner(world, caller, group)) throw notAvailable();
    return { runnerType, groupId: group.id, projectIds: [] };
  }
  if (runnerType === "project_type") {
    if (input.projectId == null) throw new GraphQLError("`project_id` is missing");
    const project = world.projects.find(input.projectId);
    if (project === undefined || !canCreateProjectRunner(world, caller, project)) throw notAvailable();
    return { runnerType, groupId: null, projectIds: [project.id] };
  }
  if (!caller.admin) throw notAvailable();
  return { runnerType, groupId: null, projectIds: [] };
}

function checked(scope: WritingScope, input: CreateInput, home: Home): NewRunner {
  const { world, caller } = scope;
  const isTaken = world.settings.enterprise && has(world, "tokenExpiryOnCreate");
  const wish = { expiresAt: input.tokenExpiresAt ?? null, deadline: input.tokenRotationDeadline ?? null };
  const problem = isTaken ? findExpiryProblem(world, home, wish) : null;
  if (problem !== null) throw new Invalid([problem]);
  const fresh: NewRunner = {
    ...home,
    ...readAttributes(input),
    creatorId: caller.user.id,
    ...(isTaken && wish.expiresAt ? { tokenExpiresAt: wish.expiresAt } : {}),
    tokenRotationDeadline: isTaken ? wish.deadline : null,
  };
  checkNewRunner(world, fresh, (problems) => new Invalid(toFullMessages(problems)));
  return fresh;
}

// As over REST, empty values count as absent on creation.
function readAttributes(input: CreateInput): Partial<NewRunner> {
  return {
    description: input.description?.trim() ? input.description : null,
    maintenanceNote: input.maintenanceNote?.trim() ? input.maintenanceNote : null,
    paused: input.paused ?? false,
    locked: input.locked ?? false,
    accessLevel: toAccessLevel(input.accessLevel ?? null) ?? "not_protected",
    runUntagged: input.runUntagged ?? true,
    tagList: normalizeTags(input.tagList ?? []),
    maximumTimeout: input.maximumTimeout ?? null,
  };
}
