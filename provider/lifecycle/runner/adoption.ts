import { InvalidInputError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import { formatSeconds, now } from "../clock.js";
import { notify } from "../notice.js";
import { type Difference, NOT_SET } from "../report.js";
import { isEqual, wantedAttributes } from "./attributes.js";
import { hold, makeGeneration } from "./held.js";
import type { Adoption, RunnerInputs } from "./inputs.js";
import { findUnshared } from "./projects.js";
import { describeRunner, listSecrets, seedOf } from "./reference.js";
import { checkToldScope } from "./scope.js";
import { findDifferences, type RunnerState, shieldOf, showAttributes, showReply } from "./state.js";
import { nameArgument, proveToken } from "./tokenProof.js";

/**
 * Takes an existing runner into the stack without changing it. It becomes ours because the program names its id and
 * proves, by its token, that it may.
 */
export async function adoptRunner(
  client: GitLabClient,
  inputs: RunnerInputs & { adopt: Adoption },
): Promise<RunnerState> {
  const { getRunner } = await import("../../gitlab/runners.js");
  const { token } = inputs.adopt;
  const id = String(inputs.adopt.runnerId);
  const reply = await nameArgument("adopt.runnerId", getRunner(client, { id, secrets: [token] }));
  const problems = checkToldScope(inputs, reply);
  if (problems.length > 0) throw new InvalidInputError(problems);
  const proof = await proveToken(client, id, { token, path: "adopt.token", seed: seedOf(inputs) });
  const state: RunnerState = {
    ...inputs,
    schemaVersion: 1,
    url: client.connection.address,
    runnerId: reply.id,
    token,
    tokenExpiresAt: inputs.adopt.tokenExpiresAt ?? proof.expiresAt,
    tokenObtainedAt: inputs.adopt.tokenObtainedAt ?? formatSeconds(now()),
    generation: makeGeneration(),
    adoption: "pending",
  };
  const [unshared] = findUnshared(state, reply);
  if (unshared) state.sharedProjectIds = unshared.observed as number[];
  hold(state);
  notify(announce(state, proof.isVerified));
  return { ...state, applied: showReply(client, state, reply) };
}

function announce(state: RunnerState, isVerified: boolean): string {
  const verified =
    'Its token was checked by POST /runners/verify, which sets the runner\'s time of contact; the runner manager "pulumi_…" ' +
    "that this made was removed again. ";
  return (
    `${describeRunner(state)}: taken into the stack, unchanged. ${isVerified ? verified : ""}` +
    "From now on destroying this resource deletes the runner in GitLab, for all its machines; " +
    "the resource option retainOnDelete: true keeps it"
  );
}

/** What the program wants otherwise than GitLab has it, while no update has brought the two together. */
export function findPending(state: RunnerState, inputs: RunnerInputs): Difference[] {
  if (state.adoption !== "pending" || state.applied === undefined) return [];
  const wanted = showAttributes(
    { ...state, ...inputs } as RunnerState,
    shieldOf(state, ...listSecrets(inputs)),
    wantedAttributes(inputs),
  );
  const differences = findDifferences(wanted, state.applied, true);
  const { sharedProjectIds: declared } = inputs;
  const { sharedProjectIds: observed } = state;
  return isEqual(declared, observed) ? differences : [...differences, { path: "sharedProjectIds", declared, observed }];
}

/** Lines for the preview: the engine compares arguments only, and these have not changed. */
export function describePending(state: RunnerState, differences: readonly Difference[]): string[] {
  return differences.map(
    ({ path, declared, observed }) =>
      `${describeRunner(state)}: ${path}: GitLab has ${show(observed)}, the program wants ${show(declared)}`,
  );
}

function show(value: unknown): string {
  if (value === undefined) return NOT_SET;
  return typeof value === "string" && value.startsWith("hmac-sha256:") ? "[secret]" : JSON.stringify(value);
}
