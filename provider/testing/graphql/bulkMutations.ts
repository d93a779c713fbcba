import type { RunnerRecord } from "../world/records.js";
import { canDeleteRunner, canUpdateRunner } from "../world/runnerAccess.js";
import { touch } from "../world/runners.js";
import type { Mutation, MutationInput, WritingScope } from "./mutations.js";
import { showRunner } from "./runnerNode.js";

const LIMIT = 50;

interface Choice {
  readonly allowed: RunnerRecord[];
  readonly errors: string[];
}

const bulkRunnerDelete: Mutation<MutationInput & { ids?: number[] | null }> = (scope, { ids }) => {
  if (ids == null) return { deletedCount: null, deletedIds: null, errors: [] };
  const { world, caller } = scope;
  const { allowed, errors } = choose(scope, ids, {
    may: (runner) => canDeleteRunner(world, caller, runner),
    done: "delete",
    permission: "delete",
  });
  for (const runner of allowed) world.runners.remove(runner.id);
  return { deletedCount: allowed.length, deletedIds: allowed.map((runner) => runner.id), errors };
};

const runnerBulkPause: Mutation<MutationInput & { ids: number[]; paused: boolean }> = (scope, { ids, paused }) => {
  const { world, caller } = scope;
  if (findAll(scope, ids).length === 0) return { updatedCount: 0, updatedRunners: [], errors: [] };
  const { allowed, errors } = choose(scope, ids, {
    may: (runner) => canUpdateRunner(world, caller, runner),
    done: "pause",
    permission: "update / pause",
  });
  for (const runner of allowed) {
    runner.paused = paused;
    touch(world, runner);
  }
  return { updatedCount: allowed.length, updatedRunners: allowed.map((runner) => showRunner(scope, runner)), errors };
};

/** What works on many runners at once. */
export const bulkMutations = { bulkRunnerDelete, runnerBulkPause };

function choose(
  scope: WritingScope,
  ids: readonly number[],
  act: { may: (runner: RunnerRecord) => boolean; done: string; permission: string },
): Choice {
  const found = findAll(scope, ids);
  const looked = found.slice(0, LIMIT);
  const allowed = looked.filter(act.may);
  const refused = looked.filter((runner) => !allowed.includes(runner)).map((runner) => `#${runner.id}`);
  const errors: string[] = [];
  if (found.length > LIMIT) {
    errors.push(`Can only ${act.done} up to ${LIMIT} runners per call. Ignored the remaining runner(s).`);
  }
  const lacking = `User does not have permission to ${act.permission}`;
  if (allowed.length === 0) errors.push(`${lacking} any of the runners`);
  else if (refused.length > 0) errors.push(`${lacking} runner(s) ${refused.join(", ")}`);
  return { allowed, errors };
}

function findAll({ world }: WritingScope, ids: readonly number[]): RunnerRecord[] {
  return world.runners.where((runner) => ids.includes(runner.id));
}
