import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import { change, destroy, differs, make, type Properties, printedBy, refresh, refusals } from "../support/runners.js";

describe("Further projects of a Runner", () => {
  let gitlab: StandInGitLab;
  let more: number[];
  let base: Properties;

  beforeEach(async () => {
    gitlab = await makeGitLab({ runnerIdStart: 77 });
    useGitLab(gitlab);
    more = ["a", "b", "c"].map((path) => gitlab.createProject({ path, name: path, groupId: gitlab.groupId }).id);
    base = { runnerType: "project_type", projectId: gitlab.projectId, identity: "docker" };
  });

  const projects = () => gitlab.runners.get(77).projectIds;
  const assignments = () =>
    gitlab.requests.count(({ method, path }) => method === "POST" && /projects\/\d+\/runners$/.test(path));

  it("are assigned after the creation, changed one by one, and go with the runner", async () => {
    const [a = 0, b = 0, c = 0] = more;
    const args = { ...base, sharedProjectIds: [b, String(a), b] };
    const made = await make(args);
    assert.deepEqual(projects(), [gitlab.projectId, a, b]);
    assert.deepEqual(await differs(made, args), { changes: false });
    assert.deepEqual((await refresh(made)).props, made.outs);
    const next = { ...base, sharedProjectIds: [b, c] };
    assert.deepEqual(await differs(made, next), { changes: true });
    const changed = await change(made, next);
    assert.deepEqual([projects(), assignments()], [[gitlab.projectId, b, c], 3]);
    assert.deepEqual(await differs(changed, next), { changes: false });
    const without = await change(changed, base);
    assert.deepEqual(projects(), [gitlab.projectId]);
    assert.deepEqual(await differs(without, base), { changes: false });
  });

  it("let a Maintainer delete the runner, who may not while other projects have it", async () => {
    const user = gitlab.createUser({ username: "maintainer" });
    gitlab.addMember({ userId: user.id, groupId: gitlab.groupId, role: "owner" });
    useGitLab({ url: gitlab.url, token: gitlab.createToken({ userId: user.id, scopes: ["api"] }).token });
    const made = await make({ ...base, sharedProjectIds: more });
    assert.equal(projects().length, 4);
    await destroy(made);
    assert.equal(gitlab.runners.size, 0);
  });

  it("are drift where somebody took one away, and come back; one that somebody added stays", async () => {
    const [a = 0, b = 0, c = 0] = more;
    const args = { ...base, sharedProjectIds: [a, b] };
    const made = await make(args);
    gitlab.runners.update(77, { projectIds: [gitlab.projectId, a, c] });
    const seen = await refresh(made);
    assert.deepEqual([seen.inputs.sharedProjectIds, seen.props.sharedProjectIds], [[a], [a, b]]);
    const drifted = { id: made.id, outs: seen.props };
    assert.deepEqual(await differs(drifted, args), { changes: true });
    await change(drifted, args);
    assert.deepEqual(projects(), [gitlab.projectId, a, c, b]);
  });

  it("stay in state as far as they were assigned when one is refused, and are finished by the next update", async () => {
    const [a = 0, b = 0] = more;
    const args = { ...base, sharedProjectIds: [a, b] };
    const refusal = { kind: "reply", status: 403, body: { message: "403 Forbidden - Runner is locked" } } as const;
    gitlab.faults.add({ method: "POST", path: `/api/v4/projects/${b}/runners`, ...refusal });
    const error = (await failureOf(make(args))) as Error & { id: string; properties: Properties };
    assert.match(error.message, /^sharedProjectIds: POST .*Runner is locked/);
    assert.deepEqual(
      [error.id, error.properties.sharedProjectIds, error.properties.token],
      ["77", [a], gitlab.runners.get(77).token],
    );
    const half = { id: error.id, outs: error.properties };
    assert.deepEqual(await differs(half, args), { changes: true });
    await change(half, args);
    assert.deepEqual(projects(), [gitlab.projectId, a, b]);
  });

  it("are assigned by the next update where the runner could not be read back, and so none of them was", async () => {
    const args = { ...base, sharedProjectIds: more };
    const refusal = { kind: "reply", status: 403, body: { message: "403 Forbidden" } } as const;
    gitlab.faults.add({ method: "GET", path: "/api/v4/runners/77", ...refusal });
    const { id, properties } = (await failureOf(make(args))) as Error & { id: string; properties: Properties };
    assert.deepEqual(projects(), [gitlab.projectId]);
    const changed = await change({ id, outs: properties }, args);
    assert.deepEqual(projects(), [gitlab.projectId, ...more]);
    assert.deepEqual(await differs(changed, args), { changes: false });
  });

  it("count as assigned where the answer was lost, or they were so before", async () => {
    const [a = 0, b = 0] = more;
    gitlab.faults.add({ method: "POST", path: `/api/v4/projects/${a}/runners`, when: "after", kind: "cut" });
    const made = await make({ ...base, sharedProjectIds: [a] });
    gitlab.runners.update(77, { projectIds: [gitlab.projectId, a, b] });
    await change(made, { ...base, sharedProjectIds: [a, b] });
    assert.deepEqual(projects(), [gitlab.projectId, a, b]);
  });

  it("of an adopted runner are shown first, and assigned by the first update", async () => {
    const [a = 0, b = 0] = more;
    const { token } = gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId, a] });
    const args = { ...base, sharedProjectIds: [a, b], adopt: { runnerId: 77, token } };
    const made = await make(args);
    assert.deepEqual(projects(), [gitlab.projectId, a]);
    const lines = await printedBy(async () => assert.deepEqual(await differs(made, args), { changes: true }));
    assert.ok(
      lines.includes(
        `Runner docker (adopted runner 77): sharedProjectIds: GitLab has [${a}], the program wants [${a},${b}]`,
      ),
      lines.join("\n"),
    );
    const settled = await change(made, args);
    assert.deepEqual(projects(), [gitlab.projectId, a, b]);
    assert.deepEqual(await differs(settled, args), { changes: false });
  });

  it("are checked before anything is sent", async () => {
    assert.deepEqual(await refusals({ ...base, sharedProjectIds: ["a/b"] }), [
      "sharedProjectIds[0]: must be GitLab's number of it, not a path (pulumi-gitlab's `id` output is right)",
    ]);
    assert.match((await refusals({ ...base, sharedProjectIds: 5 })).join(), /^sharedProjectIds: must be a list/);
    assert.match(
      (await refusals({ ...base, sharedProjectIds: [gitlab.projectId] })).join(),
      /^sharedProjectIds: must not hold projectId/,
    );
    assert.match(
      (await refusals({ runnerType: "instance_type", sharedProjectIds: more })).join(),
      /^sharedProjectIds: goes with runnerType "project_type" only/,
    );
    assert.match(
      (await refusals({ authenticationToken: "glrt-x", sharedProjectIds: more })).join(),
      /^sharedProjectIds: cannot be set with a runner authentication token/,
    );
    assert.equal(gitlab.requests.count(), 0);
  });
});
