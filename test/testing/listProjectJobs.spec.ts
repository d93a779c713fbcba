import assert from "node:assert/strict";
import { ids, openGitLab, personWith, send } from "./support.js";

// The reference of the runner API leaves these out; what is held to here is GitLab's own documentation and source of them.
describe("stand-in GitLab: GET /projects/:id/jobs (docs.gitlab.com/api/jobs, lib/api/ci/jobs.rb)", () => {
  it("lists the jobs of one project, the latest first, uncounted, with their tags and runner", async () => {
    const gitlab = await openGitLab();
    const { projectId } = gitlab;
    const runner = gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] });
    gitlab.createJob({ projectId, runnerId: runner.id });
    gitlab.createJob({ projectId, status: "pending", tagList: ["linux", "docker"] });
    gitlab.createJob({ projectId: gitlab.createProject({ path: "other" }).id });
    const answer = await send(gitlab, `GET /projects/${projectId}/jobs`);
    assert.deepEqual(ids(answer), [50_001, 50_000]);
    assert.equal(answer.headers.get("x-total"), null);
    assert.deepEqual(answer.list[0]?.tag_list, ["docker", "linux"]);
    assert.deepEqual([answer.list[0]?.runner, answer.list[0]?.project], [null, undefined]);
    assert.equal((answer.list[1]?.runner as { id: number } | undefined)?.id, runner.id);
  });

  it("shows the statuses of scope, one or a list; others are refused", async () => {
    const gitlab = await openGitLab();
    const { projectId } = gitlab;
    for (const status of ["pending", "running", "success"] as const) gitlab.createJob({ projectId, status });
    const look = async (query: string) => send(gitlab, `GET /projects/${projectId}/jobs?${query}`);
    assert.deepEqual(ids(await look("scope[]=pending&scope[]=running")), [50_001, 50_000]);
    assert.deepEqual(ids(await look("scope=pending")), [50_000]);
    const refused = await look("scope[]=done");
    assert.deepEqual([refused.status, refused.body.error], [400, "scope does not have a valid value"]);
  });

  it("is for Reporters up; 403 where CI is switched off, 404 where the project is hidden", async () => {
    const gitlab = await openGitLab();
    const { projectId } = gitlab;
    const look = async (token: string, id = projectId) =>
      (await send(gitlab, `GET /projects/${id}/jobs`, { token })).status;
    assert.equal(await look(personWith(gitlab, { role: "reporter", projectId })), 200);
    assert.equal(await look(personWith(gitlab, { role: "guest", projectId })), 403);
    assert.equal(await look(personWith(gitlab)), 404);
    assert.equal(await look(gitlab.createToken({ userId: gitlab.userId, scopes: ["manage_runner"] }).token), 403);
    const off = gitlab.createProject({ path: "off", buildsAccessLevel: "disabled" });
    assert.equal(await look(gitlab.token, off.id), 403);
  });
});

describe("stand-in GitLab: GET /groups/:id/projects (docs.gitlab.com/api/groups)", () => {
  it("lists the projects of the group, with include_subgroups those below, and whether CI is on", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const sub = gitlab.createGroup({ path: "sub", parentId: groupId });
    const below = gitlab.createProject({ path: "below", groupId: sub.id, buildsAccessLevel: "disabled" });
    assert.deepEqual(ids(await send(gitlab, `GET /groups/${groupId}/projects`)), [projectId]);
    const all = await send(gitlab, `GET /groups/${groupId}/projects?include_subgroups=true&archived=false`);
    assert.deepEqual(ids(all), [below.id, projectId]);
    assert.equal(all.list[0]?.builds_access_level, "disabled");
    const simple = await send(gitlab, `GET /groups/${groupId}/projects?simple=true`);
    assert.equal(simple.list[0]?.builds_access_level, undefined);
  });
});
