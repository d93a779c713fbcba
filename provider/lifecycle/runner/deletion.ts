import { GitLabCallError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import { engineGone } from "../engine.js";
import { notify } from "../notice.js";
import { isHeldByAnother } from "./held.js";
import { isMarkedByAnother } from "./mark.js";
import { requireTakenPlace } from "./otherForm.js";
import { unshareRunner } from "./projects.js";
import { describeRunner, refer } from "./reference.js";
import type { RunnerState } from "./state.js";

/**
 * Deletes a runner, drained first where the program asks for that. It is ours to delete: its id comes from state, where a
 * creation or an adoption put it, state's address is the configured one, and no other creation has taken the runner over,
 * by what this run did and by what the runner's note says.
 * @throws FleetFormError where it is still needed
 */
export async function deleteOwn(client: GitLabClient, state: RunnerState): Promise<void> {
  const { deleteRunner } = await import("../../gitlab/runners.js");
  requireTakenPlace(state);
  const runner = refer(String(state.runnerId), state);
  try {
    if (isHeldByAnother(state) || (await isMarkedByAnother(client, state))) {
      return notify(`${describeRunner(state)}: left in GitLab, since another creation has taken it over`);
    }
    await drained(client, state, async () => {
      await unshareRunner(client, state);
      await deleteRunner(client, runner);
    });
  } catch (error) {
    if (!(error instanceof GitLabCallError && error.call.isGone)) throw error;
  }
}

/** The act, after the drain that the program asks for; when it fails, what was paused for it takes jobs again. */
async function drained(client: GitLabClient, state: RunnerState, act: () => Promise<void>): Promise<void> {
  if (state.drain === undefined) return act();
  const { drainRunner } = await import("./drain.js");
  const runner = refer(String(state.runnerId), state);
  const task = { runner, name: describeRunner(state), args: state.drain, tell: notify, signal: engineGone };
  const resume = await drainRunner(client, task);
  try {
    await act();
  } catch (error) {
    if (!(error instanceof GitLabCallError && error.call.isGone)) await resume();
    throw error;
  }
}
