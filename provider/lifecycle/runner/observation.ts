import type { GitLabClient } from "../../gitlab/client.js";
import type { RunnerView } from "../../gitlab/runnerQueries.js";
import type { Difference, Finding } from "../report.js";
import { isSameResource, markerFor, readMarker } from "./marker.js";
import { findUnshared, showsProjects } from "./projects.js";
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
  const generation = findLaterGeneration(state, reply);
  const isTakenOver = generation !== undefined;
  const differences = [...inAttributes, ...findUnshared(state, reply), ...(isTakenOver ? [TOKEN_RESET] : [])];
  const known: RunnerState = isTakenOver ? { ...state, generation, isTokenLost: true } : state;
  return {
    seen: addObservation(known, differences),
    finding: { ...judge(known, differences), notices: [...listDue(known), ...listUntold(known, reply)] },
  };
}

/**
 * By the mark in the note, another creation of this very resource took the runner over, and its token never reached the
 * state: so ends a forced replacement that was killed. The runner is this resource's all the same, by a dead token.
 */
function findLaterGeneration(state: RunnerState, { maintenance_note: note }: RunnerView): string | undefined {
  const own = state.adoption === "pending" ? undefined : markerFor(state, state.generation);
  const found = readMarker(note);
  const isLater = own && found && isSameResource(own, found) && found.generation !== own.generation;
  return isLater ? found.generation : undefined;
}

const TOKEN_RESET: Difference = {
  path: "token",
  declared: "as in state",
  observed: "reset by another creation of this resource, which did not reach the state",
  kind: "token",
};

function judge({ applied }: RunnerState, differences: Difference[]): Observation["finding"] {
  if (applied) return { result: differences.length > 0 ? "drifted" : "clean", differences };
  return { result: "unknown", reason: 'its creation was not finished: run "pulumi up", then look again' };
}

/** A token that is due for rotation is no drift: the next update rotates it. */
function listDue(state: RunnerState): string[] {
  const { reason, warning } = findRotation(state, state);
  return [...(reason ? [`its token will be reset by the next update: ${reason}`] : []), ...(warning ? [warning] : [])];
}

/** What GitLab shows to some only is no drift where it is not shown; nor is it known to be as it was applied. */
function listUntold({ applied, sharedProjectIds = [] }: RunnerState, reply: RunnerView): string[] {
  const isNoteUntold = applied?.maintenanceNote !== undefined && typeof reply.maintenance_note !== "string";
  const areProjectsUntold = sharedProjectIds.length > 0 && !showsProjects(reply);
  return [
    ...(isNoteUntold
      ? ["maintenanceNote was not compared: GitLab shows none, as to all who may not change the runner"]
      : []),
    ...(areProjectsUntold ? ["sharedProjectIds was not compared: GitLab shows no project of the runner"] : []),
  ];
}
