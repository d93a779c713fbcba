import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { openGitLab, personWith, send } from "./support.js";

/** Runner 1 belongs to the project that is there from the start. */
async function openWithProjects(): Promise<StandInGitLab & { otherId: number; thirdId: number }> {
  const gitlab = await openGitLab();
  const otherId = gitlab.createProject({ path: "other", groupId: gitlab.groupId }).id;
  const thirdId = gitlab.createProject({ path: "third" }).id;
  gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId] });
  return Object.assign(gitlab, { otherId, thirdId });
}

describe("stand-in GitLab: §5.3 assigning runners to projects", () => {
  it("§5.3 POST /projects/:id/runners answers 201 with the list form", async () => {
    const gitlab = await openWithProjects();
    const answer = await send(gitlab, `POST /projects/${gitlab.otherId}/runners`, { json: { runner_id: 1 } });
    assert.equal(answer.status, 201);
    assert.equal(answer.body.id, 1);
    assert.equal("tag_list" in answer.body, false);
    assert.deepEqual(gitlab.runners.get(1).projectIds, [gitlab.projectId, gitlab.otherId]);
  });

  it("§5.3 needs the right in the target project and over the runner", async () => {
    const gitlab = await openWithProjects();
    const { projectId, otherId, thirdId } = gitlab;
    const assign = async (token: string, target: number) => {
      const answer = await send(gitlab, `POST /projects/${target}/runners`, { token, json: { runner_id: 1 } });
      return answer.status === 201 ? 201 : answer.body.message;
    };
    assert.equal(
      await assign(personWith(gitlab, { role: "maintainer", projectId: otherId }), otherId),
      "403 Forbidden - No access granted",
    );
    assert.equal(
      await assign(personWith(gitlab, { role: "developer", groupId: gitlab.groupId }), otherId),
      "403 Forbidden",
    );
    assert.equal(await assign(personWith(gitlab, { role: "maintainer", projectId }), otherId), "404 Project Not Found");
    assert.equal(await assign(personWith(gitlab, { auditor: true }), otherId), "403 Forbidden");
    assert.equal(await assign(personWith(gitlab, { role: "maintainer", groupId: gitlab.groupId }), otherId), 201);

    // Once shared, whoever administers one of its projects may share it further.
    const token = personWith(gitlab, { role: "maintainer", projectId: otherId });
    const { userId } = gitlab.tokens.first((known) => known.token === token) ?? { userId: 0 };
    gitlab.addMember({ userId, projectId: thirdId, role: "maintainer" });
    assert.equal(await assign(token, thirdId), 201);
  });

  it("§5.3 refuses in GitLab's order: project, runner, kind, lock, right", async () => {
    const gitlab = await openWithProjects();
    const { otherId, groupId } = gitlab;
    gitlab.createRunner({ runnerType: "group_type", groupId });
    gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId], locked: true });
    const token = personWith(gitlab, { role: "owner", groupId });
    const assign = async (who: string, project: number, runner_id: unknown) => {
      const answer = await send(gitlab, `POST /projects/${project}/runners`, { token: who, json: { runner_id } });
      return [answer.status, answer.body.message ?? answer.body.error];
    };
    assert.deepEqual(await assign(token, 9, 1), [404, "404 Project Not Found"]);
    assert.deepEqual(await assign(token, otherId, 99), [404, "404 Runner Not Found"]);
    assert.deepEqual(await assign(token, otherId, "x"), [400, "runner_id is invalid"]);
    assert.deepEqual(await assign(token, otherId, 2), [403, "403 Forbidden - Runner is a group runner"]);
    assert.deepEqual(await assign(gitlab.token, otherId, 2), [403, "403 Forbidden - Runner is a group runner"]);
    assert.deepEqual(await assign(token, otherId, 3), [403, "403 Forbidden - No access granted"]);
    assert.deepEqual(await assign(gitlab.token, otherId, 3), [500, "500 Internal Server Error"]);
    assert.deepEqual(await assign(token, otherId, 4), [403, "403 Forbidden - Runner is locked"]);
    assert.equal((await assign(gitlab.token, otherId, 4))[0], 201);
    const empty = await send(gitlab, `POST /projects/${otherId}/runners`, { json: {} });
    assert.deepEqual(empty.body, { error: "runner_id is missing" });
  });

  it("§5.3 400 with a reason: assigned already, limit, other organization, orphaned", async () => {
    const gitlab = await openWithProjects();
    const assign = async (project: number) => {
      const answer = await send(gitlab, `POST /projects/${project}/runners`, { json: { runner_id: 1 } });
      assert.equal(answer.status, 400);
      return String(answer.body.message);
    };
    assert.match(await assign(gitlab.projectId), /already been taken - runner_error$/);
    gitlab.settings.registeredProjectRunnersLimit = 0;
    assert.match(await assign(gitlab.otherId), /registered project runners \(0\) exceeded - runner_error$/);
    gitlab.settings.registeredProjectRunnersLimit = 1000;
    gitlab.projects.get(gitlab.thirdId).organizationId = 2;
    assert.match(await assign(gitlab.thirdId), / - project_not_in_same_organization$/);
    gitlab.projects.remove(gitlab.projectId);
    assert.deepEqual(gitlab.runners.get(1).projectIds, []);
    assert.match(await assign(gitlab.otherId), / - runner_error$/);
  });

  it("§5.3 an administrator who assigns an instance runner gets, most likely, 500", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    const answer = await send(gitlab, `POST /projects/${gitlab.projectId}/runners`, { json: { runner_id: 1 } });
    assert.equal(answer.status, 500);
    assert.equal(gitlab.runners.get(1).runnerType, "instance_type");
  });

  it("§5.3 DELETE /projects/:id/runners/:runner_id answers 204", async () => {
    const gitlab = await openWithProjects();
    gitlab.runners.get(1).projectIds.push(gitlab.otherId);
    const token = personWith(gitlab, { role: "maintainer", projectId: gitlab.otherId });
    const answer = await send(gitlab, `DELETE /projects/${gitlab.otherId}/runners/1`, { token });
    assert.equal(answer.status, 204);
    assert.equal(answer.text, "");
    assert.deepEqual(gitlab.runners.get(1).projectIds, [gitlab.projectId]);
    const again = await send(gitlab, `DELETE /projects/${gitlab.otherId}/runners/1`, { token });
    assert.equal(again.status, 404);
    assert.deepEqual(again.body, { message: "404 Runner Not Found" });
  });

  it("§5.3 the owner project keeps its runner, a locked runner its projects", async () => {
    const gitlab = await openWithProjects();
    gitlab.runners.get(1).projectIds.push(gitlab.otherId);
    const token = personWith(gitlab, { role: "owner", groupId: gitlab.groupId });
    const unassign = async (who: string, project: number) => {
      const answer = await send(gitlab, `DELETE /projects/${project}/runners/1`, { token: who });
      return answer.status === 204 ? 204 : answer.body.message;
    };
    assert.equal(await unassign(token, gitlab.projectId), "403 Forbidden - No access granted");
    assert.equal(
      await unassign(gitlab.token, gitlab.projectId),
      "403 Forbidden - You cannot unassign a runner from the owner project. Delete the runner instead",
    );
    gitlab.runners.get(1).locked = true;
    assert.equal(await unassign(token, gitlab.otherId), "403 Forbidden - Runner is locked");
    assert.equal(
      await unassign(personWith(gitlab, { role: "developer", groupId: gitlab.groupId }), gitlab.otherId),
      "403 Forbidden",
    );
    const early = { "If-Unmodified-Since": new Date(0).toUTCString() };
    const outdated = await send(gitlab, `DELETE /projects/${gitlab.otherId}/runners/1`, { headers: early });
    assert.equal(outdated.status, 412);
    assert.equal(await unassign(gitlab.token, gitlab.otherId), 204);
  });

  it("§1.2 needs api: create_runner and manage_runner are insufficient", async () => {
    const gitlab = await openWithProjects();
    const token = personWith(gitlab, { admin: true, scopes: ["create_runner", "manage_runner", "read_api"] });
    for (const request of [
      `POST /projects/${gitlab.otherId}/runners`,
      `DELETE /projects/${gitlab.otherId}/runners/1`,
    ]) {
      const answer = await send(gitlab, request, { token, json: { runner_id: 1 } });
      assert.equal(answer.status, 403);
      assert.equal(answer.body.error, "insufficient_scope");
    }
  });
});
