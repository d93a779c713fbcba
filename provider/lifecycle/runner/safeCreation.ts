import { GitLabCallError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import { notify } from "../notice.js";
import { addMarker } from "./marker.js";
import { type Creation, pauseBefore, takeOver } from "./recovery.js";
import { listSecrets, nameOf } from "./reference.js";
import { forgetSearch, searchAgain, searchOnce, withoutSecrets } from "./search.js";
import type { RunnerState } from "./state.js";

const MOST_ATTEMPTS = 4;

/** After an answer that did not come, GitLab may still be at work: it is asked so many times what came of it. */
const LOOKS = 2;

/** Sends the creation, with the given note; resolves with what must not get lost. */
export type SendCreation = (maintenanceNote: string | undefined) => Promise<RunnerState>;

/**
 * Creates a runner such that no runner is made twice and none is lost: one that an earlier attempt made is found again
 * by its marker. `POST` is sent again only after GitLab has told that the one before made nothing.
 */
export async function createSafely(client: GitLabClient, creation: Creation, send: SendCreation): Promise<RunnerState> {
  const { inputs, marker, place } = creation;
  const note = addMarker(inputs, marker);
  if (note === undefined) {
    notify(describeUnmarked(creation));
    return send(inputs.maintenanceNote);
  }
  const found = await withoutSecrets(listSecrets(inputs), searchOnce(client, place, marker));
  const earlier = found === "off" ? undefined : newest(found);
  if (earlier) return takeOver(client, creation, earlier);
  try {
    return await (found === "off" ? send(note) : sendUntilKnown(client, creation, () => send(note)));
  } catch (error) {
    // A refusal made nothing: what was found before still holds.
    if (!(error instanceof GitLabCallError && !error.call.mayHaveHappened)) forgetSearch(client, place);
    throw error;
  }
}

/** Of several, as an older version or two runs at once may have left them. */
function newest<T extends { id: number }>(candidates: readonly T[]): T | undefined {
  return [...candidates].sort((one, other) => other.id - one.id)[0];
}

async function sendUntilKnown(
  client: GitLabClient,
  creation: Creation,
  send: () => Promise<RunnerState>,
): Promise<RunnerState> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof GitLabCallError && error.call.mayHaveHappened)) throw error;
      const made = await lookForOwn(client, creation, attempt).catch((why) => {
        throw why instanceof GitLabCallError ? describeUnknown(error, why) : why;
      });
      if (made !== "off" && made) return takeOver(client, creation, made);
      // What GitLab may still be at work on, only the next run can tell.
      if (made === "off" || attempt >= MOST_ATTEMPTS || error.call.isLate) throw describeUnknown(error);
    }
  }
}

/** The runner that the creation just sent made, if it made one. */
async function lookForOwn(client: GitLabClient, { inputs, place, marker }: Creation, attempt: number) {
  for (let look = 1; look <= LOOKS; look++) {
    if (look > 1) await pauseBefore(attempt);
    const found = await withoutSecrets(listSecrets(inputs), searchAgain(client, place, marker));
    if (found === "off") return found;
    const made = newest(found.filter((one) => one.marker.generation === marker.generation));
    if (made) return made;
  }
  return undefined;
}

/** @param why the look for the runner failed, too */
function describeUnknown({ call }: GitLabCallError, why?: GitLabCallError): GitLabCallError {
  const failedLook = why === undefined ? "" : `, and the look for it failed (${why.message})`;
  const advice =
    `GitLab may have created the runner all the same${failedLook}: run "pulumi up" again, which looks for it by the mark ` +
    "in its note";
  return new GitLabCallError({ ...call, advice });
}

function describeUnmarked({ inputs }: Creation): string {
  return (
    `${nameOf(inputs)}: warning: maintenanceNote leaves no room for the mark by which a runner is found again whose creation ` +
    "was not answered: it is created without the mark"
  );
}
