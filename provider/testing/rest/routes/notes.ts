import type { Reply } from "../../http/reply.js";
import { canReadAll, levels, standingInProject } from "../../world/access.js";
import type { MergeRequestRecord, NoteRecord } from "../../world/records.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { optional, readParams, required } from "../declare.js";
import { general } from "../gates.js";
import { lookUpProject } from "../lookups.js";
import { paginate, pagination } from "../paginate.js";
import { integer, oneOf, text } from "../paramTypes.js";
import { badParameters, badRequest, forbidden, notFound, refuse } from "../refusal.js";
import { showNote } from "../represent/note.js";

const MOST_CHARACTERS = 1_000_000;

const place = { merge_request_iid: required(integer) };
const filters = {
  ...place,
  order_by: optional(oneOf(["created_at", "updated_at"])),
  sort: optional(oneOf(["asc", "desc"])),
  ...pagination,
};
const creation = { ...place, body: required(text) };
const change = { ...place, note_id: required(integer), body: optional(text) };

/** The notes of a merge request. */
export const notesRoutes: Route[] = [
  userRoute("GET", "/projects/:id/merge_requests/:merge_request_iid/notes", {
    gate: general("read_note"),
    answer: listNotes,
  }),
  userRoute("POST", "/projects/:id/merge_requests/:merge_request_iid/notes", {
    gate: general("create_note"),
    answer: createNote,
  }),
  userRoute("PUT", "/projects/:id/merge_requests/:merge_request_iid/notes/:note_id", {
    gate: general("update_note"),
    answer: changeNote,
  }),
];

// The latest come first, unless asked otherwise.
function listNotes(call: UserCall): Reply {
  const declared = readParams(filters, call.params);
  const request = lookUpMergeRequest(call, declared.merge_request_iid);
  const { order_by: by, sort } = declared;
  const timeOf = (note: NoteRecord) => (by === "updated_at" ? note.updatedAt : note.createdAt).getTime();
  const rows = call.world.notes
    .where((note) => note.mergeRequestId === request.id)
    .sort((one, other) => timeOf(one) - timeOf(other) || one.id - other.id);
  if (sort !== "asc") rows.reverse();
  return paginate(call, rows, { declared, show: (note) => showNote(call.world, note, request) });
}

function createNote(call: UserCall): Reply {
  const wish = readParams(creation, call.params);
  const request = lookUpMergeRequest(call, wish.merge_request_iid);
  const body = wish.body ?? "";
  checkBody(body);
  const now = call.world.clock.now();
  const note = call.world.notes.add((id) => ({
    id,
    mergeRequestId: request.id,
    authorId: call.caller.user.id,
    body,
    createdAt: now,
    updatedAt: now,
  }));
  return { status: 201, body: showNote(call.world, note, request) };
}

// The author's, or a Maintainer's.
function changeNote(call: UserCall): Reply {
  const wish = readParams(change, call.params);
  const request = lookUpMergeRequest(call, wish.merge_request_iid);
  const isIt = (one: NoteRecord) => one.mergeRequestId === request.id && one.id === wish.note_id;
  const note = call.world.notes.first(isIt);
  if (note === undefined) throw refuse(404, "404 Not found");
  if (note.authorId !== call.caller.user.id && levelIn(call) < levels.maintainer) throw forbidden();
  if (wish.body != null) {
    if (wish.body.trim() === "") throw badParameters(["body is empty"]);
    checkBody(wish.body);
    call.world.notes.update(note.id, { body: wish.body, updatedAt: call.world.clock.now() });
  }
  return { status: 200, body: showNote(call.world, call.world.notes.get(note.id), request) };
}

function checkBody(body: string): void {
  if (body.trim() === "") throw badRequest('Note {:note=>["can\'t be blank"]}');
  if (body.length > MOST_CHARACTERS) {
    throw badRequest(`Note {:note=>["is too long (maximum is ${MOST_CHARACTERS} characters)"]}`);
  }
}

/** In a private project its merge requests are for Reporters and up. */
function lookUpMergeRequest(call: UserCall, iid: number | null | undefined): MergeRequestRecord {
  const project = lookUpProject(call);
  const isIt = (one: MergeRequestRecord) => one.projectId === project.id && one.iid === iid;
  const request = call.world.mergeRequests.first(isIt);
  const isOpen = project.visibility !== "private" || canReadAll(call.caller) || levelIn(call) >= levels.reporter;
  if (request === undefined || !isOpen) throw notFound("MergeRequest");
  return request;
}

function levelIn(call: UserCall): number {
  return call.caller.admin ? levels.owner : standingInProject(call.world, call.caller, lookUpProject(call)).level;
}
