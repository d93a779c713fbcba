import type { GitLabClient } from "../../gitlab/client.js";
import type { Difference, Finding } from "../report.js";
import { findUnshared } from "./projects.js";
import { wishFor } from "./reference.js";
import { findRotation } from "./rotation.js";
import { addObservation, findDifferences, type RunnerState, showReply } from "./state.js";

/** A runner as GitLab has it now: state with what was observed, and what a report says of it. */
export interface Observation {
  seen: RunnerState;
  finding: Pick<Finding, "result" | "differences" | "reason" | "notices">;
}

/** @throws GitLabCallError with `isGone` where there is no such runner */
export async function observeRunner(client: GitLabClient, state: RunnerState): Promise<Observation> {
  const { hasRunner, readRunner } = await import("../../gitlab/readRunner.js");
  const runner = wishFor(String(state.runnerId), state);
  if (state.isElsewhere) {
    // Of a runner that was made elsewhere it only counts whether it is still there; to be refused its details is a yes.
    await hasRunner(client, runner);
    return { seen: state, finding: { result: "clean", differences: [], notices: listDue(state) } };
  }
  const reply = await readRunner(client, runner);
  const observed = showReply(client, state, reply);
  const hasNote = typeof reply.maintenance_note === "string";
  const inAttributes = state.applied ? findDifferences(state.applied, observed, hasNote) : [];
  const differences = [...inAttributes, ...findUnshared(state, reply)];
  return {
    seen: addObservation(state, differences),
    finding: { ...judge(state, differences), notices: listDue(state) },
  };
}

function judge({ applied }: RunnerState, differences: Difference[]): Observation["finding"] {
  if (applied) return { result: differences.length > 0 ? "drifted" : "clean", differences };
  return { result: "unknown", reason: 'its creation was not finished: run "pulumi up", then look again' };
}

/** A token that is due for rotation is no drift: the next update rotates it. */
function listDue(state: RunnerState): string[] {
  const { reason, warning } = findRotation(state, state);
  return [...(reason ? [`its token will be reset by the next update: ${reason}`] : []), ...(warning ? [warning] : [])];
}
