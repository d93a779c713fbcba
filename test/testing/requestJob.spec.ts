import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { openGitLab, send } from "./support.js";

async function ask(gitlab: StandInGitLab, id = 1) {
  const json = { token: gitlab.runners.get(id).token, system_id: "s_1" };
  return send(gitlab, "POST /jobs/request", { token: null, json });
}

type Runner = Partial<Parameters<StandInGitLab["createRunner"]>[0]>;
type Job = Partial<Parameters<StandInGitLab["createJob"]>[0]>;

const takes: [title: string, runner: Runner, job: Job, isTaken: boolean][] = [
  ["untagged ones", {}, {}, true],
  ["untagged ones not, where it is told so", { runUntagged: false, tagList: ["a"] }, {}, false],
  ["those whose tags it has all", { tagList: ["a", "b"] }, { tagList: ["b"] }, true],
  ["those with another tag not", { tagList: ["a"] }, { tagList: ["a", "b"] }, false],
  ["those with a tag in another case not", { tagList: ["a"] }, { tagList: ["A"] }, false],
  ["those of protected branches only, where it is told so", { accessLevel: "ref_protected" }, {}, false],
  ["those of protected branches", { accessLevel: "ref_protected" }, { protectedRef: true }, true],
  ["none while it is paused", { paused: true }, {}, false],
  ["none that runs already", {}, { status: "running" }, false],
];

describe("stand-in GitLab: §6 POST /jobs/request with jobs that wait", () => {
  it("§6 a job is handed out once, with 201 and its JSON, and runs then", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    const { id } = gitlab.createJob({ projectId: gitlab.projectId, status: "pending", name: "lint" });
    const answer = await ask(gitlab);
    assert.equal(answer.status, 201);
    assert.equal(answer.body.id, id);
    assert.match(String(answer.body.token), /^glcbt-/);
    assert.deepEqual((answer.body.job_info as Record<string, unknown>).name, "lint");
    const { status, runnerId, systemId, startedAt } = gitlab.jobs.get(id);
    assert.deepEqual([status, runnerId, systemId], ["running", 1, "s_1"]);
    assert.ok(startedAt);
    assert.equal((await send(gitlab, "GET /runners/1")).body.job_execution_status, "active");
    assert.equal((await ask(gitlab)).status, 204);
  });

  for (const [title, runner, job, isTaken] of takes) {
    it(`§6 a runner gets ${title}`, async () => {
      const gitlab = await openGitLab();
      gitlab.createRunner({ runnerType: "instance_type", ...runner });
      gitlab.createJob({ projectId: gitlab.projectId, status: "pending", ...job });
      assert.equal((await ask(gitlab)).status, isTaken ? 201 : 204);
    });
  }

  it("§4 a project's runner gets those of its projects, a group's those of the projects below it", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const other = gitlab.createProject({ path: "other" }).id;
    gitlab.createRunner({ runnerType: "project_type", projectIds: [projectId] });
    gitlab.createRunner({ runnerType: "group_type", groupId });
    gitlab.createJob({ projectId: other, status: "pending" });
    assert.deepEqual([(await ask(gitlab, 1)).status, (await ask(gitlab, 2)).status], [204, 204]);
    for (const id of [1, 2]) {
      gitlab.createJob({ projectId, status: "pending" });
      assert.equal((await ask(gitlab, id)).status, 201);
    }
  });
});
