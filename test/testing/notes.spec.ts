import assert from "node:assert/strict";
import { Gitlab } from "@gitbeaker/rest";
import { openGitLab, personWith, send } from "./support.js";

// The reference of the runner API leaves notes out; what is held to here is GitLab's own documentation of them.
describe("stand-in GitLab: the notes of a merge request (docs.gitlab.com/api/notes)", () => {
  async function openRequest() {
    const gitlab = await openGitLab();
    const { projectId } = gitlab;
    const { iid } = gitlab.createMergeRequest({ projectId });
    return { gitlab, projectId, path: `/projects/${projectId}/merge_requests/${iid}/notes` };
  }

  it("writes one, 201, shows the latest first, and changes one", async () => {
    const { gitlab, path } = await openRequest();
    const first = await send(gitlab, `POST ${path}`, { json: { body: "one" } });
    const { body, noteable_type, noteable_iid, system } = first.body;
    const told = { status: first.status, body, noteable_type, noteable_iid, system };
    assert.deepEqual(told, { status: 201, body: "one", noteable_type: "MergeRequest", noteable_iid: 1, system: false });
    await send(gitlab, `POST ${path}`, { json: { body: "two" } });
    const changed = await send(gitlab, `PUT ${path}/${first.body.id}`, { json: { body: "uno" } });
    assert.deepEqual([changed.status, changed.body.body], [200, "uno"]);
    const look = async (query: string) => (await send(gitlab, `GET ${path}${query}`)).list.map((note) => note.body);
    assert.deepEqual(await look(""), ["two", "uno"]);
    assert.deepEqual(await look("?sort=asc"), ["uno", "two"]);
    assert.deepEqual(await look("?sort=asc&per_page=1&page=2"), ["two"]);
  });

  it("refuses a blank or too long one, and knows no other merge request or note", async () => {
    const { gitlab, projectId, path } = await openRequest();
    assert.equal((await send(gitlab, `POST ${path}`, { json: {} })).body.error, "body is missing");
    for (const body of [" ", "x".repeat(1_000_001)]) {
      assert.equal((await send(gitlab, `POST ${path}`, { json: { body } })).status, 400);
    }
    const other = `POST /projects/${projectId}/merge_requests/9/notes`;
    assert.equal((await send(gitlab, other, { json: { body: "x" } })).body.message, "404 MergeRequest Not Found");
    assert.equal((await send(gitlab, `PUT ${path}/1`, { json: { body: "x" } })).body.message, "404 Not found");
    assert.equal(gitlab.notes.size, 0);
  });

  it("is written by api only, in a private project from Reporter up; another's is changed by Maintainers", async () => {
    const { gitlab, projectId, path } = await openRequest();
    const json = { body: "x" };
    const { id } = (await send(gitlab, `POST ${path}`, { json })).body;
    const readOnly = gitlab.createToken({ userId: gitlab.userId, scopes: ["read_api"] }).token;
    assert.equal((await send(gitlab, `POST ${path}`, { token: readOnly, json })).status, 403);
    const as = (role: "guest" | "reporter" | "maintainer") => personWith(gitlab, { role, projectId });
    assert.equal((await send(gitlab, `POST ${path}`, { token: as("guest"), json })).status, 404);
    assert.equal((await send(gitlab, `POST ${path}`, { token: as("reporter"), json })).status, 201);
    assert.equal((await send(gitlab, `PUT ${path}/${id}`, { token: as("reporter"), json })).status, 403);
    assert.equal((await send(gitlab, `PUT ${path}/${id}`, { token: as("maintainer"), json })).status, 200);
  });

  it("answers a client that others wrote (@gitbeaker/rest)", async () => {
    const { gitlab, projectId } = await openRequest();
    const { MergeRequestNotes } = new Gitlab({ host: gitlab.url, token: gitlab.token });
    const { id } = await MergeRequestNotes.create(projectId, 1, "one");
    await MergeRequestNotes.edit(projectId, 1, id, { body: "two" });
    assert.deepEqual(
      (await MergeRequestNotes.all(projectId, 1)).map((note) => note.body),
      ["two"],
    );
  });
});
