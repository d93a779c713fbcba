import type { GitLabClient } from "../../gitlab/client.js";
import type { RunnerAttributes } from "../../gitlab/runners.js";
import { notify } from "../notice.js";
import type { Attributes } from "./attributes.js";
import { toKeys } from "./attributes.js";
import type { RunnerInputs } from "./inputs.js";
import { addMarker, markerFor, readMarker, stripMarkers } from "./marker.js";
import { describeRunner, refer } from "./reference.js";
import type { RunnerState } from "./state.js";

/**
 * Whether the mark in the runner's note must be written anew: the resource has another name, the stack another id, or
 * marks were switched off or on. State from before there were marks never needs one.
 */
export function needsMark(state: RunnerState, inputs: RunnerInputs): boolean {
  if (state.generation === undefined || (state.stackId ?? inputs.stackId) === undefined) return false;
  return state.stackId !== inputs.stackId || state.identity !== inputs.identity;
}

/** What an update sends: the changed attributes, and with the note, or where it must be written anew, the mark. */
export async function markChanges(
  client: GitLabClient,
  state: RunnerState,
  { next, changes }: { next: RunnerState; changes: Partial<Attributes> },
): Promise<Partial<RunnerAttributes>> {
  const body = toKeys(changes);
  const isDue = state.adoption === "pending" ? next.stackId !== undefined : needsMark(state, next);
  if (!("maintenanceNote" in changes) && !isDue) return body;
  const note = "maintenanceNote" in changes ? String(changes.maintenanceNote) : await readNote(client, next);
  return { ...body, maintenance_note: addOwnMarker(next, note) };
}

/** The note as it stands there: somebody may have changed it since, and a mark is no reason to undo that. */
async function readNote(client: GitLabClient, state: RunnerState): Promise<string> {
  const { getRunner } = await import("../../gitlab/runners.js");
  const { maintenance_note: note } = await getRunner(client, refer(String(state.runnerId), state));
  return stripMarkers(note ?? "");
}

function addOwnMarker(state: RunnerState, maintenanceNote: string): string {
  const marker = markerFor(state, state.generation);
  if (marker === undefined) return maintenanceNote;
  const marked = addMarker({ ...state, maintenanceNote }, marker);
  if (marked === undefined) {
    notify(
      `${describeRunner(state)}: warning: maintenanceNote leaves no room for the mark of this resource: it goes without`,
    );
  }
  return marked ?? maintenanceNote;
}

/**
 * Whether the runner's note says that another creation has it: a forced replacement, or a run after a crash, may have
 * taken it over. Without a mark it is not so.
 */
export async function isMarkedByAnother(client: GitLabClient, state: RunnerState): Promise<boolean> {
  const marker = state.adoption === "pending" ? undefined : markerFor(state, state.generation);
  if (marker === undefined) return false;
  const { readFreshRunner } = await import("../../gitlab/readRunner.js");
  const { maintenance_note: note } = await readFreshRunner(client, refer(String(state.runnerId), state));
  const found = readMarker(note);
  return found !== undefined && found.generation !== marker.generation;
}
