import { GitLabCallError, GitLabRunnerError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import type { RunnerReply } from "../../gitlab/runners.js";
import { PartialFailure } from "../method.js";
import { notify } from "../notice.js";
import { markerFor, readMarker } from "./marker.js";
import { resetUntilAnswered } from "./recovery.js";
import { describeRunner, refer } from "./reference.js";
import { withToken } from "./rotation.js";
import type { RunnerState } from "./state.js";

/** An update whose last step is a new token. */
export interface Reset {
  /** As it was before the update, and as it is but for the token. */
  state: RunnerState;
  next: RunnerState;
  /** GitLab's answer to the update. */
  reply: RunnerReply;
  /** State with what counts as applied. */
  apply: (final: RunnerState) => RunnerState;
}

/**
 * Gives the runner a new token, the last step of an update: the old one is dead at once. The runner is ours to reset: its
 * id comes from state, state's address is the configured one, and its note does not say that another creation has it.
 */
export async function rotate(client: GitLabClient, { state, next, reply, apply }: Reset): Promise<RunnerState> {
  const id = String(next.runnerId);
  const own = markerFor(state, state.generation);
  const found = readMarker(reply.maintenance_note);
  if (own && found && state.adoption !== "pending" && found.generation !== own.generation) {
    const reason =
      "its note says that another creation has taken it over, so its token was not reset. Leave it to the resource that has it; " +
      'where there is none, as after a killed --replace, run "pulumi up --refresh", which finds that out';
    throw new PartialFailure(id, { ...keepDue(state, apply(next)) }, `${describeRunner(state)}: ${reason}`);
  }
  try {
    const answer = await resetUntilAnswered(client, refer(id, next));
    notify(
      `${describeRunner(state)}: its token was reset; the old one is dead, and every file with it is written anew`,
    );
    return apply(withToken(next, answer));
  } catch (error) {
    if (!(error instanceof GitLabRunnerError)) throw error;
    const isLost = error instanceof GitLabCallError && error.call.mayHaveHappened;
    const kept = { ...keepDue(state, apply(next)), ...(isLost && { isTokenLost: true }) };
    throw new PartialFailure(id, kept, `${describeRunner(state)}: its token could not be reset: ${error.message}`);
  }
}

/** The update is done but for the reset and what comes after it, so what makes these due must stay. */
function keepDue(state: RunnerState, next: RunnerState): RunnerState {
  return { ...next, rotation: state.rotation, sharedProjectIds: state.sharedProjectIds };
}
