import assert from "node:assert/strict";
import { Gitlab } from "@gitbeaker/rest";
import { openGitLab, personWith } from "./support.js";

describe("stand-in GitLab: a client that others wrote (@gitbeaker/rest)", () => {
  it("creates, lists, shows, edits and deletes a runner", async () => {
    const gitlab = await openGitLab();
    const api = new Gitlab({ host: gitlab.url, token: gitlab.token });
    const created = await api.Users.createCIRunner("group_type", {
      groupId: gitlab.groupId,
      description: "made by gitbeaker",
      tagList: ["a", "b"],
    });
    assert.equal(created.id, 1);
    assert.equal(created.token, gitlab.runners.get(1).token);
    const listed = await api.Runners.all({ groupId: gitlab.groupId });
    assert.deepEqual(
      listed.map((runner) => [runner.id, runner.description]),
      [[1, "made by gitbeaker"]],
    );
    assert.deepEqual((await api.Runners.show(1)).tag_list, ["a", "b"]);
    const edited = await api.Runners.edit(1, { description: "edited", paused: true, tagList: ["c"] });
    assert.equal(edited.description, "edited");
    assert.deepEqual(gitlab.runners.get(1).tagList, ["c"]);
    await api.Runners.remove({ runnerId: 1 });
    assert.equal(gitlab.runners.size, 0);
  });

  it("follows pages to the end", async () => {
    const gitlab = await openGitLab();
    for (let index = 0; index < 45; index += 1) gitlab.createRunner({ runnerType: "instance_type" });
    const api = new Gitlab({ host: gitlab.url, token: gitlab.token });
    const all = await api.Runners.all({ owned: false, perPage: 20 });
    assert.equal(all.length, 45);
  });

  it("assigns a runner to a project and takes it away again, by the project's path", async () => {
    const gitlab = await openGitLab();
    gitlab.createProject({ path: "other", groupId: gitlab.groupId });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId] });
    const api = new Gitlab({ host: gitlab.url, oauthToken: gitlab.token });
    await api.Runners.enable("example-group/other", 1);
    assert.equal(gitlab.runners.get(1).projectIds.length, 2);
    await api.Runners.disable("example-group/other", 1);
    assert.deepEqual(gitlab.runners.get(1).projectIds, [gitlab.projectId]);
  });

  it("registers and removes by tokens", async () => {
    const gitlab = await openGitLab();
    const api = new Gitlab({ host: gitlab.url, token: gitlab.token });
    const registered = await api.Runners.register(gitlab.settings.registrationToken, { description: "old way" });
    assert.equal(gitlab.runners.get(registered.id).description, "old way");
    await api.Runners.remove({ token: registered.token });
    assert.equal(gitlab.runners.size, 0);
  });

  it("understands a refusal", async () => {
    const gitlab = await openGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    const api = new Gitlab({ host: gitlab.url, token: personWith(gitlab) });
    await assert.rejects(api.Runners.remove({ runnerId: 1 }), /Forbidden/);
  });
});
