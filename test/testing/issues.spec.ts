import assert from "node:assert/strict";
import { openGitLab, personWith, send } from "./support.js";

// The reference of the runner API leaves issues out; what is held to here is GitLab's own documentation of them.
describe("stand-in GitLab: the issues of a project (docs.gitlab.com/api/issues)", () => {
  it("creates an issue with labels, 201, with a number of its own in each project", async () => {
    const gitlab = await openGitLab();
    const other = gitlab.createProject({ path: "other" });
    const path = `/projects/${gitlab.projectId}/issues`;
    const json = { title: "Drift", description: "text", labels: "a, b", confidential: true };
    const { status, body } = await send(gitlab, `POST ${path}`, { json });
    const { iid, title, description, labels, state, confidential } = body;
    assert.deepEqual(
      { status, iid, title, description, labels, state, confidential },
      {
        status: 201,
        iid: 1,
        title: "Drift",
        description: "text",
        labels: ["a", "b"],
        state: "opened",
        confidential: true,
      },
    );
    assert.equal((await send(gitlab, `POST ${path}`, { json: { title: "next" } })).body.iid, 2);
    assert.equal((await send(gitlab, `POST /projects/${other.id}/issues`, { json: { title: "x" } })).body.iid, 1);
  });

  it("lists the latest first, by state and by all labels", async () => {
    const gitlab = await openGitLab();
    const path = `/projects/${gitlab.projectId}/issues`;
    for (const labels of ["a,b", "a", "b"]) await send(gitlab, `POST ${path}`, { json: { title: labels, labels } });
    await send(gitlab, `PUT ${path}/2`, { json: { state_event: "close" } });
    const look = async (query: string) => (await send(gitlab, `GET ${path}?${query}`)).list.map(({ iid }) => iid);
    assert.deepEqual(await look(""), [3, 2, 1]);
    assert.deepEqual(await look("labels=a&state=opened"), [1]);
    assert.deepEqual(await look("labels=a,b"), [1]);
    assert.deepEqual(await look("state=closed"), [2]);
  });

  it("changes and closes one; 404 for an unknown one, 400 for nothing to change or a blank title", async () => {
    const gitlab = await openGitLab();
    const path = `/projects/${gitlab.projectId}/issues`;
    await send(gitlab, `POST ${path}`, { json: { title: "one", description: "kept" } });
    const { status, body } = await send(gitlab, `PUT ${path}/1`, { json: { title: "two", state_event: "close" } });
    assert.deepEqual([status, body.title, body.description, body.state], [200, "two", "kept", "closed"]);
    assert.equal((await send(gitlab, `PUT ${path}/9`, { json: { title: "x" } })).status, 404);
    assert.match(String((await send(gitlab, `PUT ${path}/1`, { json: {} })).body.error), /at least one parameter/);
    assert.deepEqual((await send(gitlab, `POST ${path}`, { json: { title: "" } })).body.message, {
      title: ["can't be blank"],
    });
  });

  it("is written by api only; others' issues from Reporter up; confidential ones are hidden from guests", async () => {
    const gitlab = await openGitLab();
    const { projectId } = gitlab;
    const path = `/projects/${projectId}/issues`;
    await send(gitlab, `POST ${path}`, { json: { title: "one", confidential: true } });
    const readOnly = gitlab.createToken({ userId: gitlab.userId, scopes: ["read_api"] }).token;
    assert.equal((await send(gitlab, `POST ${path}`, { token: readOnly, json: { title: "x" } })).status, 403);
    const guest = personWith(gitlab, { role: "guest", projectId });
    assert.equal((await send(gitlab, `GET ${path}`, { token: guest })).list.length, 0);
    assert.equal((await send(gitlab, `PUT ${path}/1`, { token: guest, json: { title: "x" } })).status, 403);
    assert.equal(
      (
        await send(gitlab, `PUT ${path}/1`, {
          token: personWith(gitlab, { role: "reporter", projectId }),
          json: { title: "x" },
        })
      ).status,
      200,
    );
    assert.equal((await send(gitlab, `GET ${path}`, { token: personWith(gitlab) })).status, 404);
  });
});
