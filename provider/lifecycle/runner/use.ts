import { InvalidInputError, isRefusal } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import { formatSeconds, now } from "../clock.js";
import { hold, makeGeneration } from "./held.js";
import type { RunnerInputs } from "./inputs.js";
import { seedOf } from "./reference.js";
import { pickComputed, type RunnerState } from "./state.js";
import { type Declared, makeSystemId, verifyDeclared } from "./tokenProof.js";

type Used = Pick<RunnerInputs, "authenticationToken" | "registrationToken" | "identity" | "stackId">;

/** The runner authentication token that a program hands in, under either name. */
export function declaredToken({ authenticationToken, registrationToken, ...used }: Used): Declared {
  const path = authenticationToken === undefined ? "registrationToken" : "authenticationToken";
  return { token: authenticationToken ?? registrationToken ?? "", path, seed: seedOf(used) };
}

/** Uses a runner that was made elsewhere, by its token alone: nothing of the runner itself becomes ours. */
export async function useRunner(client: GitLabClient, inputs: RunnerInputs): Promise<RunnerState> {
  const declared = declaredToken(inputs);
  const reply = await verifyDeclared(client, declared);
  const state: RunnerState = {
    ...inputs,
    schemaVersion: 1,
    url: client.connection.address,
    runnerId: reply.id,
    token: declared.token,
    tokenExpiresAt: reply.token_expires_at ?? null,
    tokenObtainedAt: formatSeconds(now()),
    generation: makeGeneration(),
    isElsewhere: true,
  };
  hold(state);
  return state;
}

/** Another token of the same runner, as after a reset elsewhere. Pulumi's id is the runner's: it cannot become another. */
export async function changeToken(
  client: GitLabClient,
  state: RunnerState,
  inputs: RunnerInputs,
): Promise<RunnerState> {
  const declared = declaredToken(inputs);
  const next: RunnerState = { ...inputs, ...pickComputed(state), url: client.connection.address };
  if (declared.token === state.token) return next;
  const reply = await verifyDeclared(client, declared);
  if (reply.id !== state.runnerId)
    throw new InvalidInputError([describeOther(declared.path, reply.id, state.runnerId)]);
  const tokenExpiresAt = reply.token_expires_at ?? null;
  return { ...next, token: declared.token, tokenExpiresAt, tokenObtainedAt: formatSeconds(now()) };
}

function describeOther(path: string, id: number, known: number) {
  const message =
    `is the token of runner ${id}, and this resource is runner ${known}. To change over to runner ${id}, give the resource ` +
    'another name, or replace it: pulumi up --replace URN ("pulumi stack --show-urns" lists them). No runner is deleted by that';
  return { path, message };
}

/**
 * Removes what verifying the token may have left, and nothing else: the runner was never ours. The manager is known by
 * its system id, which no machine has.
 */
export async function leaveRunner(client: GitLabClient, state: RunnerState): Promise<void> {
  const seed = seedOf(state);
  if (seed === undefined) return;
  const { deleteManager, isUnknownToken } = await import("../../gitlab/runnerTokens.js");
  try {
    await deleteManager(client, { token: state.token, systemId: makeSystemId(seed) });
  } catch (error) {
    // Without the manager, the token or the runner there is nothing left to remove.
    if (!isUnknownToken(error) && !isRefusal(error, 404)) throw error;
  }
}
