import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { type Fields, openGitLab, send } from "../testing/support.js";

const DRIVER = join(__dirname, "../../../test/system/python_gitlab.py");

/** Lets python-gitlab play a scenario as the administrator; gives what it saw. */
async function drive(gitlab: StandInGitLab, scenario: string, ...args: (string | number)[]): Promise<Fields> {
  const python = process.env.SYSTEM_TEST_PYTHON;
  assert.ok(python, "python-gitlab is missing: `npm run test:system` gets it, and runs these specs");
  const { stdout } = await promisify(execFile)(python, [
    DRIVER,
    gitlab.url,
    gitlab.token,
    scenario,
    ...args.map(String),
  ]);
  return JSON.parse(stdout) as Fields;
}

describe("stand-in GitLab: driven by python-gitlab", function () {
  this.timeout(60_000);

  it("creates runners of all three types", async () => {
    const gitlab = await openGitLab();
    const seen = await drive(gitlab, "create", gitlab.groupId, gitlab.projectId);
    const made = gitlab.runners.all();
    assert.deepEqual(
      seen.tokens,
      made.map(({ token }) => token),
    );
    assert.deepEqual(
      made.map(({ runnerType }) => runnerType),
      ["instance_type", "group_type", "project_type"],
    );
    for (const shown of seen.shown as Fields[]) {
      const { description, maintenance_note, paused, locked, access_level, run_untagged, maximum_timeout } = shown;
      assert.deepEqual(
        [description, maintenance_note, paused, locked, access_level, run_untagged, maximum_timeout],
        ["builder", "a note", true, true, "ref_protected", false, 3600],
      );
      assert.deepEqual(shown.tag_list, ["docker", "linux"]);
    }
    assert.deepEqual(seen.refused, [400, "group_id is missing"]);
  });

  it("follows pages and filters", async () => {
    const gitlab = await openGitLab();
    const { groupId } = gitlab;
    for (let index = 0; index < 45; index += 1) gitlab.createRunner({ runnerType: "group_type", groupId });
    gitlab.createRunner({ runnerType: "instance_type", paused: true, tagList: ["a", "b"] });
    gitlab.groups.update(groupId, { instanceRunnersEnabled: false });
    assert.deepEqual(await drive(gitlab, "pages", groupId), {
      total: 45,
      total_pages: 5,
      all: Array.from({ length: 45 }, (_, index) => index + 1),
      third: Array.from({ length: 10 }, (_, index) => index + 21),
      paused: [46],
      everything: 46,
      tagged: [46],
    });
  });

  it("updates", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type", description: "old", maximumTimeout: 900 });
    const seen = await drive(gitlab, "update", 1);
    const answer = seen.answer as Fields;
    assert.deepEqual([answer.description, answer.tag_list, answer.maximum_timeout], ["changed", ["b", "a"], 900]);
    assert.equal(gitlab.runners.get(1).description, "changed");
    assert.deepEqual(seen.refused, [400, { maximum_timeout: ["needs to be at least 10 minutes"] }]);
    assert.deepEqual(seen.missing, [404, "404 Runner Not Found"]);
  });

  it("deletes", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    const gone = [404, "404 Runner Not Found"];
    assert.deepEqual(await drive(gitlab, "delete", 1), { again: gone, read: gone });
    assert.equal(gitlab.runners.size, 0);
  });

  it("verifies", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    assert.deepEqual(await drive(gitlab, "verify", token), { wrong: [403, "403 Forbidden"] });
    assert.deepEqual(
      gitlab.runners.get(1).managers.map(({ systemId }) => systemId),
      ["<legacy>"],
    );
  });

  it("resets tokens, and makes users and their tokens", async () => {
    const gitlab = await openGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.nextTokens.push("glrt-fake-second", "glrt-fake-third");
    const seen = await drive(gitlab, "tokens", 1, token);
    assert.deepEqual(seen.reset, { token: "glrt-fake-second", token_expires_at: null });
    assert.deepEqual(seen.old, [403, "403 Forbidden"]);
    assert.deepEqual(seen.again, { token: "glrt-fake-third", token_expires_at: null });
    assert.equal(gitlab.users.get(Number(seen.user)).username, "ann");
    assert.deepEqual([seen.self, seen.lists], [["read_api"], []]);
    assert.equal((seen.writes as unknown[])[0], 403);
  });

  it("registers in the retired way", async () => {
    const gitlab = await openGitLab();
    const seen = await drive(gitlab, "registration", gitlab.settings.registrationToken);
    assert.equal(gitlab.runners.get(Number(seen.id)).registrationType, "registration_token");
    assert.deepEqual(seen.wrong, [403, "403 Forbidden - invalid token supplied"]);
  });

  it("assigns a runner to a project, lists it there, and takes it away", async () => {
    const gitlab = await openGitLab();
    gitlab.createProject({ path: "other", groupId: gitlab.groupId });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId] });
    const seen = await drive(gitlab, "projects", 1);
    assert.equal((seen.assigned as Fields).id, 1);
    assert.deepEqual([seen.listed, seen.gone], [[1], []]);
    assert.equal((seen.twice as unknown[])[0], 400);
    assert.deepEqual(seen.again, [404, "404 Runner Not Found"]);
    assert.deepEqual(
      (await send(gitlab, "GET /runners/1/projects")).list.map(({ id }) => id),
      [gitlab.projectId],
    );
  });

  it("lists jobs", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    for (const status of ["running", "success"] as const) {
      gitlab.createJob({ projectId: gitlab.projectId, runnerId: 1, status });
    }
    assert.deepEqual(await drive(gitlab, "jobs", 1), { all: ["running", "success"], running: ["running"] });
  });

  it("asks GraphQL, page by page", async () => {
    const gitlab = await openGitLab();
    for (let index = 0; index < 45; index += 1) gitlab.createRunner({ runnerType: "instance_type" });
    const seen = await drive(gitlab, "graphql");
    assert.deepEqual(
      seen.ids,
      Array.from({ length: 45 }, (_, index) => `gid://gitlab/Ci::Runner/${index + 1}`),
    );
    assert.match(String(seen.refused), /Field 'nothing' doesn't exist on type 'Query'/);
  });
});
