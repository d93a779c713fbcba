import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { ids, openGitLab, personWith, send } from "./support.js";

async function openWithJobs(count: number): Promise<StandInGitLab> {
  const gitlab = await openGitLab();
  const { projectId } = gitlab;
  gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] });
  for (let index = 0; index < count; index += 1) {
    const systemId = index % 2 ? "s_odd" : "s_even";
    gitlab.createJob({ projectId, runnerId: 1, systemId, status: index === 0 ? "running" : "success" });
  }
  return gitlab;
}

describe("stand-in GitLab: §4 GET /runners/:id/jobs", () => {
  it("§4 lists the jobs of the runner with their project", async () => {
    const gitlab = await openWithJobs(1);
    gitlab.createJob({ projectId: gitlab.projectId, runnerId: null });
    const { status, list } = await send(gitlab, "GET /runners/1/jobs");
    assert.equal(status, 200);
    assert.equal(list.length, 1);
    assert.equal(list[0]?.status, "running");
    assert.deepEqual(Object.keys(list[0]?.project ?? {}), [
      "id",
      "description",
      "name",
      "name_with_namespace",
      "path",
      "path_with_namespace",
      "created_at",
    ]);
  });

  it("§2.1 a runner and its manager with a running job are active", async () => {
    const gitlab = await openWithJobs(1);
    const { token } = gitlab.runners.get(1);
    for (const system_id of ["s_even", "s_odd"]) {
      await send(gitlab, "POST /runners/verify", { token: null, json: { token, system_id } });
    }
    assert.equal((await send(gitlab, "GET /runners/1")).body.job_execution_status, "active");
    const managers = await send(gitlab, "GET /runners/1/managers");
    assert.deepEqual(
      managers.list.map((manager) => manager.job_execution_status),
      ["active", "idle"],
    );
  });

  it("§4 filters by status and by system_id, which leaves out the counts", async () => {
    const gitlab = await openWithJobs(5);
    assert.equal((await send(gitlab, "GET /runners/1/jobs?status=success")).list.length, 4);
    const some = await send(gitlab, "GET /runners/1/jobs?system_id=s_odd");
    assert.equal(some.list.length, 2);
    assert.equal(some.headers.get("x-total"), null);
    assert.equal(some.headers.get("x-page"), "1");
    assert.equal((await send(gitlab, "GET /runners/1/jobs")).headers.get("x-total"), "5");
  });

  it("§4 sort counts only together with order_by", async () => {
    const gitlab = await openWithJobs(3);
    const up = [50_000, 50_001, 50_002];
    const down = [...up].reverse();
    assert.deepEqual(ids(await send(gitlab, "GET /runners/1/jobs?sort=desc")), up);
    assert.deepEqual(ids(await send(gitlab, "GET /runners/1/jobs?order_by=id")), down);
    assert.deepEqual(ids(await send(gitlab, "GET /runners/1/jobs?order_by=id&sort=asc")), up);
  });

  for (const query of ["status=done", "order_by=name", "sort=up"]) {
    it(`§4 refuses ${query}`, async () => {
      const gitlab = await openWithJobs(0);
      const answer = await send(gitlab, `GET /runners/1/jobs?${query}`);
      assert.equal(answer.status, 400);
      assert.deepEqual(answer.body, { error: `${query.split("=")[0]} does not have a valid value` });
    });
  }

  it("§1.5 keyset pagination follows the cursor of the Link header", async () => {
    const gitlab = await openWithJobs(5);
    const seen: unknown[] = [];
    let next: string | undefined = "/runners/1/jobs?pagination=keyset&order_by=id&sort=asc&per_page=2";
    while (next !== undefined) {
      const page = await send(gitlab, `GET ${next}`);
      assert.equal(page.headers.get("x-total"), null);
      seen.push(...ids(page));
      next = /<[^>]*\/api\/v4([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
    }
    assert.deepEqual(seen, [50_000, 50_001, 50_002, 50_003, 50_004]);
  });

  it("§1.5 a cursor that is none is refused", async () => {
    const gitlab = await openWithJobs(1);
    const answer = await send(gitlab, "GET /runners/1/jobs?pagination=keyset&cursor=nonsense");
    assert.deepEqual([answer.status, answer.body], [400, { error: "cursor is invalid" }]);
  });

  it("§4 is for administrators, auditors and who administers the runner; jobs show from Reporter up", async () => {
    const gitlab = await openWithJobs(2);
    const { groupId, projectId } = gitlab;
    gitlab.createRunner({ runnerType: "instance_type" });
    const other = gitlab.createProject({ path: "other" });
    gitlab.runners.get(1).projectIds.push(other.id);
    const look = async (id: number, token: string) => {
      const answer = await send(gitlab, `GET /runners/${id}/jobs`, { token });
      return answer.status === 200 ? answer.list.length : answer.body.message;
    };
    const refused = "403 Forbidden - No access granted";
    assert.equal(await look(1, gitlab.token), 2);
    assert.equal(await look(1, personWith(gitlab, { role: "maintainer", projectId })), 2);
    assert.equal(await look(1, personWith(gitlab, { role: "maintainer", projectId: other.id })), 0);
    assert.equal(await look(1, personWith(gitlab, { role: "developer", projectId })), refused);
    assert.equal(await look(1, personWith(gitlab, { auditor: true })), 2);
    assert.equal(await look(2, personWith(gitlab, { role: "owner", groupId })), refused);
  });
});
