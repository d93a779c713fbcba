import { GitLabCallError, GitLabRunnerError } from "../../errors.js";
import { advise } from "../../gitlab/adviseInstead.js";
import type { GitLabClient } from "../../gitlab/client.js";
import type { Place, RunnerReference, RunnerReply } from "../../gitlab/runners.js";
import { formatSeconds, now } from "../clock.js";
import { notify } from "../notice.js";
import { toKeys, wantedAttributes } from "./attributes.js";
import { hold } from "./held.js";
import type { RunnerInputs } from "./inputs.js";
import { addMarker, type Marker } from "./marker.js";
import { describeRunner, nameOf, tellAbout } from "./reference.js";
import { nameArguments } from "./refusal.js";
import { checkToldScope } from "./scope.js";
import type { Candidate } from "./search.js";
import { type RunnerState, showReply } from "./state.js";

/** Thrown when a runner carries a resource's mark but may not be taken over. Nothing was created or changed. */
export class MarkedRunnerError extends GitLabRunnerError {}

/** A creation that knows how to recognize its own work. */
export interface Creation {
  inputs: RunnerInputs;
  marker: Marker;
  place: Place;
}

/**
 * Takes over the runner that an earlier attempt of this very creation made, without its answer having reached state. It
 * is ours, because its note carries this stack's id and this resource's name, our user made it, it is of the declared
 * type and owner, no resource that this process knows has it, and no machine was ever in contact with its token, which
 * nobody has: so a new token cuts off nobody.
 * @throws MarkedRunnerError where any of that is not so
 */
export async function takeOver(client: GitLabClient, creation: Creation, { id }: Candidate): Promise<RunnerState> {
  const { getRunner, updateRunner } = await import("../../gitlab/runners.js");
  const { inputs, marker } = creation;
  const reference = { id: String(id), ...tellAbout(inputs) };
  const reply = await getRunner(client, reference);
  const objection = await findObjection(client, creation, reply);
  if (objection) throw new MarkedRunnerError(explain(creation, reply, objection));
  // The new generation first: from here on a deletion by an older one leaves the runner alone.
  const attributes = { ...wantedAttributes(inputs), maintenanceNote: addMarker(inputs, marker) };
  const changed = await nameArguments(updateRunner(client, reference, toKeys(attributes)));
  const { token, token_expires_at } = await resetLost(client, reference);
  const state: RunnerState = {
    ...inputs,
    schemaVersion: 1,
    url: client.connection.address,
    runnerId: id,
    token,
    tokenExpiresAt: token_expires_at ?? null,
    tokenObtainedAt: formatSeconds(now()),
    generation: marker.generation,
  };
  hold(state);
  notify(
    `${describeRunner(state)}: found in GitLab, where an earlier creation of this resource made it without its answer ` +
      `having reached the state: taken over, with a new token${inputs.initialTokenExpiresAt === undefined ? "" : UNBOUND}`,
  );
  return { ...state, applied: showReply(client, state, changed) };
}

const UNBOUND = ", to which initialTokenExpiresAt does not apply any more";

async function findObjection(
  client: GitLabClient,
  { inputs }: Creation,
  reply: RunnerReply,
): Promise<string | undefined> {
  if (reply.contacted_at) return `a machine has used it (last contact ${reply.contacted_at})`;
  const [problem] = checkToldScope(inputs, reply);
  if (problem) return `its ${problem.path} ${problem.message}`;
  const creator = reply.created_by?.id;
  // With a registration token nobody is noted as the creator.
  if (inputs.registrationToken !== undefined) return creator === undefined ? undefined : "a user made it";
  const { findUserId } = await import("../../gitlab/scopeRunners.js");
  const me = await findUserId(client);
  if (me === undefined) return "GitLab does not tell as whom we call, and so not whether we made it";
  return creator === me ? undefined : "another user made it";
}

function explain({ inputs }: Creation, { id }: RunnerReply, objection: string): string {
  return (
    `${nameOf(inputs)}: runner ${id} carries the mark of this resource in its maintenance note, but is not in the stack's ` +
    `state, and cannot be taken over by itself: ${objection}. So nothing was created or changed. Choose one: take it into ` +
    `the stack by adopt: { runnerId: ${id}, token }; remove the mark from its note, to let it go and have another runner ` +
    "created; delete it in GitLab, when it is not needed; with --replace, destroy the old resource first"
  );
}

/** A token that may not be reset, since its deadline has passed for instance, leaves a runner that is of no use. */
function resetLost(client: GitLabClient, reference: RunnerReference): Promise<Reset> {
  const advice =
    `Runner ${reference.id} was made by an earlier creation of this resource, and nobody has its token: delete it in ` +
    'GitLab, then run "pulumi up" again';
  return advise(resetUntilAnswered(client, reference), { 403: advice });
}

const MOST_RESETS = 4;

interface Reset {
  token: string;
  token_expires_at?: string | null;
}

/**
 * A reset whose answer is lost left a token that nobody knows: another reset costs nothing more. It is not a blind
 * repetition.
 */
export async function resetUntilAnswered(client: GitLabClient, reference: RunnerReference): Promise<Reset> {
  const { resetToken } = await import("../../gitlab/runnerTokens.js");
  for (let attempt = 1; ; attempt++) {
    try {
      return await resetToken(client, reference);
    } catch (error) {
      const mayRepeat = error instanceof GitLabCallError && error.call.mayHaveHappened && attempt < MOST_RESETS;
      if (!mayRepeat) throw error;
      await pauseBefore(attempt);
    }
  }
}

/** Longer from time to time. */
export async function pauseBefore(attempt: number): Promise<void> {
  const { setTimeout: wait } = await import("node:timers/promises");
  await wait(125 * 2 ** attempt * (0.75 + Math.random() / 2));
}
