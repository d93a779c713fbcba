import { InvalidInputError } from "../../errors.js";
import { advise } from "../../gitlab/adviseInstead.js";
import type { GitLabClient } from "../../gitlab/client.js";
import type { RunnerAttributes, RunnerReference, RunnerReply } from "../../gitlab/runners.js";
import type { RunnerInputs } from "./inputs.js";
import { markChanges } from "./mark.js";
import { listShared, shareRunner } from "./projects.js";
import { refer } from "./reference.js";
import { nameArguments } from "./refusal.js";
import type { Reset } from "./reset.js";
import { findRotation } from "./rotation.js";
import { checkToldScope, isScopeChange } from "./scope.js";
import { findChanges, mergeApplied, pickComputed, type RunnerState, showReply } from "./state.js";

/**
 * Brings a runner of ours to what the program declares: its attributes, then its token where that is due, then its
 * projects. It is ours: its id comes from state, and state's address is the configured one.
 */
export async function changeRunner(
  client: GitLabClient,
  state: RunnerState,
  inputs: RunnerInputs,
): Promise<RunnerState> {
  const next: RunnerState = { ...inputs, ...pickComputed(state), url: client.connection.address };
  const runner = refer(String(state.runnerId), next);
  if (isScopeChange(state, inputs)) await requireToldScope(client, runner, inputs);
  const changes = findChanges(state, next);
  const send = async () => sendChanges(client, runner, await markChanges(client, state, { next, changes }));
  const reply = await advise(send(), { 404: GONE });
  const apply = (final: RunnerState): RunnerState => {
    return { ...final, applied: mergeApplied(final, changes, showReply(client, final, reply)) };
  };
  const settled: RunnerState = { ...next, ...(state.adoption && { adoption: "settled" }) };
  const final = await rotateWhereDue(client, { state, next: settled, reply, apply });
  return shareRunner(client, final, listShared(state));
}

const GONE =
  'Somebody deleted the runner in GitLab: run "pulumi up --refresh", which finds that out and makes another one';

/** Type and owner that were not told before: GitLab cannot change them, so they must be what they are. */
async function requireToldScope(client: GitLabClient, runner: RunnerReference, inputs: RunnerInputs): Promise<void> {
  const { getRunner } = await import("../../gitlab/runners.js");
  const problems = checkToldScope(inputs, await getRunner(client, runner));
  if (problems.length > 0) throw new InvalidInputError(problems);
}

async function sendChanges(
  client: GitLabClient,
  runner: RunnerReference,
  body: Partial<RunnerAttributes>,
): Promise<RunnerReply> {
  const { getRunner, updateRunner } = await import("../../gitlab/runners.js");
  if (Object.keys(body).length === 0) return getRunner(client, runner);
  return nameArguments(updateRunner(client, runner, body));
}

async function rotateWhereDue(client: GitLabClient, reset: Reset): Promise<RunnerState> {
  const { state, next, apply } = reset;
  if (findRotation(state, next).reason === undefined) return apply(next);
  const { rotate } = await import("./reset.js");
  return rotate(client, reset);
}
