import { z } from "zod";
import type { GitLabClient } from "./client.js";
import { listAll } from "./pages.js";
import { parseReply } from "./parseReply.js";

const note = z.object({ id: z.int(), body: z.string().nullish(), author: z.object({ id: z.int() }).nullish() });

/** A note of a merge request. */
export type Note = z.infer<typeof note>;

/** A merge request, by its project's full path or number, and by its own number there. */
export interface MergeRequest {
  project: string;
  iid: number;
}

const NEEDS = { scope: "api", role: "a Reporter of the project" };

const LOST = "GitLab may have written the note all the same: the next run finds it";

/** All notes, the oldest first. @see https://docs.gitlab.com/api/notes/#list-all-merge-request-notes */
export async function listNotes(client: GitLabClient, request: MergeRequest): Promise<Note[]> {
  const needs = { ...NEEDS, scope: "read_api" };
  const call = { verb: "GET", path: pathOf(request), query: { sort: "asc" }, needs } as const;
  return listAll(client, call, { item: note, what: "notes" });
}

/** Writes a note. @see https://docs.gitlab.com/api/notes/#create-new-merge-request-note */
export async function createNote(client: GitLabClient, request: MergeRequest, body: string): Promise<Note> {
  const call = { verb: "POST", path: pathOf(request), body: { body }, needs: NEEDS, ifUncertain: LOST } as const;
  return parseReply(note, await client.send(call), { client, call, what: "notes" });
}

/** Changes the text of a note. @see https://docs.gitlab.com/api/notes/#modify-existing-merge-request-note */
export async function changeNote(
  client: GitLabClient,
  { id, ...request }: MergeRequest & { id: number },
  body: string,
): Promise<Note> {
  const call = { verb: "PUT", path: `${pathOf(request)}/${id}`, body: { body }, needs: NEEDS } as const;
  return parseReply(note, await client.send(call), { client, call, what: "notes" });
}

function pathOf({ project, iid }: MergeRequest): string {
  return `/projects/${encodeURIComponent(project)}/merge_requests/${iid}/notes`;
}
