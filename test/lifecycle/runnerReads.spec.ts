import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { destroy, type Made, make, refresh } from "../support/runners.js";

describe("A stack of many Runners", () => {
  let gitlab: StandInGitLab;
  let stack: Made[];

  beforeEach(async () => {
    gitlab = await makeGitLab();
    useGitLab(gitlab);
    const shared = gitlab.createProject({ path: "shared", groupId: gitlab.groupId }).id;
    const scopes = [
      { runnerType: "instance_type" },
      { runnerType: "group_type", groupId: gitlab.groupId, locked: true, maximumTimeout: 3600 },
      { runnerType: "project_type", projectId: gitlab.projectId, sharedProjectIds: [shared] },
      // Who takes a runner by its token alone does not tell where it is.
      { authenticationToken: gitlab.createRunner({ runnerType: "instance_type" }).token },
    ];
    stack = [];
    for (let index = 0; index < 60; index++) {
      const scope = scopes[index % (index < 4 ? 4 : 3)];
      const attributes =
        "authenticationToken" in (scope ?? {}) ? {} : { description: `runner ${index}`, tagList: ["a"] };
      stack.push(await make({ ...scope, ...attributes, stackId: "5709a3c1d2e4f608", identity: `r${index}` }));
    }
    gitlab.requests.clear();
  });

  it("is read with a few requests, none of which may write, and is as it was made", async () => {
    const reads = await Promise.all(stack.map(refresh));
    assert.deepEqual(
      reads.map(({ props }) => props),
      stack.map(({ outs }) => outs),
    );
    assert.ok(gitlab.requests.count() <= 10, String(gitlab.requests.count()));
    assert.ok(gitlab.requests.list().every(({ method }) => method === "GET"));
  });

  it("shows what drifted and what is gone, as one by one would", async () => {
    const [first, second, third] = stack as [Made, Made, Made];
    gitlab.runners.update(Number(first.id), { description: "theirs", paused: true });
    gitlab.runners.remove(Number(second.id));
    gitlab.runners.update(Number(third.id), { projectIds: [gitlab.projectId] });
    const reads = await Promise.all(stack.map(refresh));
    assert.deepEqual(reads[0]?.props.drift, { description: "theirs", paused: true });
    assert.equal(reads[1]?.id, "");
    assert.deepEqual(reads[2]?.props.drift, { sharedProjectIds: [] });
    const rest = reads.slice(3);
    assert.ok(rest.every(({ id, props }) => id !== "" && !("drift" in props)));
  });

  it("is deleted with one look for many at the mark in each note, which is as of then", async () => {
    await Promise.all(stack.map(refresh));
    const ours = stack.filter(({ outs }) => !outs.isElsewhere);
    const [taken] = ours as [Made];
    const note = gitlab.runners.find(Number(taken.id))?.maintenanceNote ?? "";
    gitlab.runners.update(Number(taken.id), { maintenanceNote: note.replace(/#[0-9a-f]{12}/, "#0123456789ab") });
    gitlab.requests.clear();
    await Promise.all(ours.map(destroy));
    assert.deepEqual(
      ours.filter(({ id }) => gitlab.runners.find(Number(id)) !== undefined),
      [taken],
    );
    assert.ok(gitlab.requests.count({ method: "GET" }) <= 4, String(gitlab.requests.count({ method: "GET" })));
  });
});
