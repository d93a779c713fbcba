import { z } from "zod";
import { GitLabCallError, isRefusal } from "../errors.js";
import type { GitLabClient } from "./client.js";
import { queryGraphQL } from "./graphql.js";
import { listRunners } from "./lookups.js";
import { getRunner, type Place } from "./runners.js";

/**
 * The ids of the runners of a place that are of its type: the list of a group or project has those of its parents, too.
 * Of a place without a type, those that no machine has used, wherever the token's user may look.
 */
export async function listIds(client: GitLabClient, place: Place): Promise<number[]> {
  const { runner_type: type, group_id: groupId, project_id: projectId } = place;
  if (type === undefined) return listUnused(client);
  const owner = groupId === undefined ? ("instance" as const) : { groupId };
  return idsOf(await listRunners(client, projectId === undefined ? owner : { projectId }, { type }));
}

/** An administrator sees all runners, anybody else those of his groups and projects. */
async function listUnused(client: GitLabClient): Promise<number[]> {
  const filter = { status: "never_contacted" };
  try {
    return idsOf(await listRunners(client, "instance", filter));
  } catch (error) {
    if (!isRefusal(error, 403)) throw error;
    return idsOf(await listRunners(client, "available", filter));
  }
}

function idsOf(runners: readonly { runnerId: number }[]): number[] {
  return runners.map(({ runnerId }) => runnerId);
}

/** So many runners fit a query: each costs some 3 points of the 250 that GitLab allows. */
const BATCH = 40;

const noteReply = z.object({ maintenanceNote: z.string().nullish() }).nullish();

/** The maintenance notes of runners, by GraphQL where that works, else one by one. What may not be seen is left out. */
export async function readNotes(client: GitLabClient, ids: readonly number[]): Promise<Map<number, string>> {
  const notes = new Map<number, string>();
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    for (const [id, note] of await readBatch(client, batch)) if (note) notes.set(id, note);
  }
  return notes;
}

type Note = [id: number, note: string | null | undefined];

async function readBatch(client: GitLabClient, ids: readonly number[]): Promise<Note[]> {
  const fields = ids.map((id) => `r${id}: runner(id: "gid://gitlab/Ci::Runner/${id}") { maintenanceNote }`);
  try {
    const data = await queryGraphQL(client, { query: `query notes { ${fields.join(" ")} }` });
    return ids.map((id) => [id, noteReply.safeParse(data[`r${id}`]).data?.maintenanceNote]);
  } catch (error) {
    if (!(error instanceof GitLabCallError)) throw error;
    return Promise.all(ids.map((id) => readNote(client, id)));
  }
}

/** One that is gone since, or that the token's user may not see, is none of ours. */
async function readNote(client: GitLabClient, id: number): Promise<Note> {
  try {
    return [id, (await getRunner(client, { id: String(id), secrets: [] })).maintenance_note];
  } catch (error) {
    if (isRefusal(error, 403, 404)) return [id, undefined];
    throw error;
  }
}

const selfReply = z.object({ user_id: z.int() });

const currentUserReply = z.object({ currentUser: z.object({ id: z.string() }) });

const users = new WeakMap<GitLabClient, Promise<number | undefined>>();

/** GitLab's number of the user as whom we call, asked for once; undefined where GitLab does not tell. */
export function findUserId(client: GitLabClient): Promise<number | undefined> {
  const known = users.get(client) ?? askUserId(client);
  users.set(client, known);
  // What GitLab did not tell now, it may tell the next one.
  known.then(
    (id) => id === undefined && users.delete(client),
    () => users.delete(client),
  );
  return known;
}

async function askUserId(client: GitLabClient): Promise<number | undefined> {
  try {
    const needs = { scope: "", role: "the token's user" };
    const reply = selfReply.safeParse(await client.send({ verb: "GET", path: "/personal_access_tokens/self", needs }));
    if (reply.success) return reply.data.user_id;
  } catch (error) {
    // An OAuth token is refused here.
    if (!(error instanceof GitLabCallError)) throw error;
  }
  return findCurrentUser(client);
}

async function findCurrentUser(client: GitLabClient): Promise<number | undefined> {
  try {
    const reply = currentUserReply.safeParse(await queryGraphQL(client, { query: "query me { currentUser { id } }" }));
    return reply.success ? Number(/\d+$/.exec(reply.data.currentUser.id)?.[0]) || undefined : undefined;
  } catch (error) {
    if (!(error instanceof GitLabCallError)) throw error;
    return undefined;
  }
}
