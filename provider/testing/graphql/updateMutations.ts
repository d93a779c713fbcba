import { GraphQLError } from "graphql";
import { changeRunner } from "../rest/runnerChanges.js";
import { setProjects } from "../world/assignment.js";
import type { RunnerRecord } from "../world/records.js";
import { canAssignRunner, canDeleteRunner, canUpdateRunner } from "../world/runnerAccess.js";
import { toFullMessages } from "../world/runnerRules.js";
import { type AttributesInput, toWish } from "./attributes.js";
import { notAvailable } from "./errors.js";
import type { Mutation, MutationInput, WritingScope } from "./mutations.js";
import { showRunner } from "./runnerNode.js";

type UpdateInput = MutationInput & AttributesInput & { id: number };

const runnerUpdate: Mutation<UpdateInput> = (scope, input) => {
  const { world, caller } = scope;
  const runner = world.runners.find(input.id);
  if (runner === undefined || !canUpdateRunner(world, caller, runner)) throw notAvailable();
  const before = { ...runner };
  const errors = [...associate(scope, runner, input.associatedProjects), ...change(scope, runner, input)];
  if (errors.length === 0) return { runner: showRunner(scope, runner), errors };
  // All or nothing.
  Object.assign(runner, before);
  return { runner: null, errors };
};

const runnerDelete: Mutation<MutationInput & { id: number }> = ({ world, caller }, { id }) => {
  const runner = world.runners.find(id);
  if (runner === undefined || !canDeleteRunner(world, caller, runner)) throw notAvailable();
  world.runners.remove(id);
  return { errors: [] };
};

/** Changing and deleting a runner. */
export const updateMutations = { runnerUpdate, runnerDelete };

function change({ world }: WritingScope, runner: RunnerRecord, input: UpdateInput): string[] {
  const wish = toWish(input);
  return Object.keys(wish).length === 0 ? [] : toFullMessages(changeRunner(world, runner, wish));
}

function associate(scope: WritingScope, runner: RunnerRecord, ids: number[] | null | undefined): string[] {
  const { world, caller } = scope;
  if (ids == null) return [];
  if (runner.runnerType !== "project_type") {
    throw new GraphQLError(`associatedProjects must not be specified for '${runner.runnerType}' scope`);
  }
  const allowed = canAssignRunner(world, caller, runner) && (caller.admin || !runner.locked);
  return allowed ? setProjects(world, runner, { caller, ids }) : ["user not allowed to assign runner"];
}
