import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { Call, GitLabClient } from "./client.js";
import { listAll } from "./pages.js";

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
  return parse(z.array(note), await listAll(client, call), { client, call });
}

/** Writes a note. @see https://docs.gitlab.com/api/notes/#create-new-merge-request-note */
export async function createNote(client: GitLabClient, request: MergeRequest, body: string): Promise<Note> {
  const call = { verb: "POST", path: pathOf(request), body: { body }, needs: NEEDS, ifUncertain: LOST } as const;
  return parse(note, await client.send(call), { client, call });
}

/** Changes the text of a note. @see https://docs.gitlab.com/api/notes/#modify-existing-merge-request-note */
export async function changeNote(
  client: GitLabClient,
  { id, ...request }: MergeRequest & { id: number },
  body: string,
): Promise<Note> {
  const call = { verb: "PUT", path: `${pathOf(request)}/${id}`, body: { body }, needs: NEEDS } as const;
  return parse(note, await client.send(call), { client, call });
}

function pathOf({ project, iid }: MergeRequest): string {
  return `/projects/${encodeURIComponent(project)}/merge_requests/${iid}/notes`;
}

function parse<T>(shape: z.ZodType<T>, body: unknown, { client, call }: { client: GitLabClient; call: Call }): T {
  const reply = shape.safeParse(body);
  if (reply.success) return reply.data;
  const found = { verb: call.verb, path: `/api/v4${call.path}`, address: client.connection.address };
  const words = "with a body that does not describe notes";
  throw new GitLabCallError({ ...found, words, advice: "Is the address that of a GitLab 16.0 or later?" });
}
