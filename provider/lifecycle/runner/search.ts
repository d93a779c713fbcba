import { GitLabCallError, isRefusal } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import type { Place } from "../../gitlab/runners.js";
import { SecretFinder } from "../../secrets.js";
import { notify } from "../notice.js";
import { isKnown, knownMarker } from "./held.js";
import { isSameResource, type Marker, readMarker } from "./marker.js";

/** A runner whose note carries a marker; of one that is known, state tells it. */
export interface Candidate {
  id: number;
  marker: Marker;
}

/** What a look-up found; `off` where the token may not list the runners of the place. */
type Found = Candidate[] | "off";

/** The first look-up of each place; GitLab is asked once for all resources that a process creates there. */
const lookups = new Map<string, Promise<Found>>();

/** The runners of the place that carry the mark of this resource, as they were before this process made any there. */
export async function searchOnce(client: GitLabClient, place: Place, marker: Marker): Promise<Found> {
  return pickOwn(client, await listOnce(client, place), marker);
}

/** The same for all that carry a mark, whether state has them or not. */
export function listOnce(client: GitLabClient, place: Place): Promise<Found> {
  const key = keyOf(client, place);
  let lookup = lookups.get(key);
  if (!lookup) {
    lookup = search(client, place);
    lookups.set(key, lookup);
    // A failure is not kept: the next resource asks again.
    lookup.catch(() => lookups.delete(key));
  }
  return lookup;
}

/** A look-up is none of one resource, so its errors know no secrets of those that asked for it. */
export async function withoutSecrets<T>(secrets: readonly string[], lookup: Promise<T>): Promise<T> {
  try {
    return await lookup;
  } catch (error) {
    if (!(error instanceof GitLabCallError)) throw error;
    throw new GitLabCallError({ ...error.call, words: new SecretFinder(secrets).redact(error.call.words) });
  }
}

/** Lets the next resource ask again: a creation failed, and what came of it is not known. */
export function forgetSearch(client: GitLabClient, place: Place): void {
  lookups.delete(keyOf(client, place));
}

function keyOf({ connection }: GitLabClient, place: Place): string {
  return JSON.stringify([connection.address, connection.token, place]);
}

/** The same as it is now, after a creation whose answer was lost. */
export async function searchAgain(client: GitLabClient, place: Place, marker: Marker): Promise<Found> {
  return pickOwn(client, await search(client, place), marker);
}

function pickOwn({ connection }: GitLabClient, found: Found, marker: Marker): Found {
  if (found === "off") return found;
  const isLost = ({ id }: Candidate) => !isKnown({ url: connection.address, runnerId: id });
  return found.filter((candidate) => isSameResource(marker, candidate.marker) && isLost(candidate));
}

async function search(client: GitLabClient, place: Place): Promise<Found> {
  const { listIds, readNotes } = await import("../../gitlab/scopeRunners.js");
  const { address } = client.connection;
  try {
    const listed = await listIds(client, place);
    const unknown = listed.filter((id) => !isKnown({ url: address, runnerId: id }));
    const notes = await readNotes(client, unknown);
    return listed.flatMap((id) => {
      const marker = readMarker(notes.get(id)) ?? knownMarker({ url: address, runnerId: id });
      return marker === undefined ? [] : [{ id, marker }];
    });
  } catch (error) {
    if (!isRefusal(error, 403, 404)) throw error;
    // What does not exist will be refused by the creation itself.
    if (error.call.status === 403) notify(describeOff(error));
    return "off";
  }
}

/** Without GitLab's own words: this is no error, and they are not known to hold no secret. */
function describeOff({ call }: GitLabCallError): string {
  return (
    "warning: creations are not safe against a crash here: a runner whose creation was not answered cannot be found again, " +
    `since the token may not list the runners (${call.verb} ${call.path} at ${call.address} answered ${call.status}). ${call.advice}`
  );
}
