import type { MergeRequestRecord, NoteRecord } from "../../world/records.js";
import type { World } from "../../world/world.js";
import { showUser } from "./user.js";

/** A note of a merge request. */
export function showNote(world: World, note: NoteRecord, request: MergeRequestRecord): Record<string, unknown> {
  const author = world.users.find(note.authorId);
  return {
    id: note.id,
    type: null,
    body: note.body,
    attachment: null,
    author: author ? showUser(world, author) : null,
    created_at: note.createdAt,
    updated_at: note.updatedAt,
    system: false,
    noteable_id: request.id,
    noteable_type: "MergeRequest",
    project_id: request.projectId,
    resolvable: false,
    confidential: false,
    internal: false,
    noteable_iid: request.iid,
    commands_changes: {},
  };
}
