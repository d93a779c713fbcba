import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { askOnTerminal, prune } from "../../provider/cli/strays/prune.js";
import { GitLabClient } from "../../provider/gitlab/client.js";
import { listFleet } from "../../provider/gitlab/fleet.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";

describe("the deletion of strays", () => {
  let gitlab: StandInGitLab;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    for (const description of ["one", "two"]) {
      gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId, description });
    }
  });

  /** Prunes both runners; `meanwhile` happens while the question is asked. */
  async function pruneAll(meanwhile: () => boolean): Promise<{ said: string[]; gone: Set<number> | string }> {
    const client = new GitLabClient({ address: gitlab.url, token: gitlab.token });
    const fleet = await listFleet(client, { kind: "instance" });
    const declared = { runners: [], files: [], stackIds: new Set<string>(), unreadable: [] };
    const said: string[] = [];
    const confirm = async (question: string) => {
      said.push(question);
      return meanwhile();
    };
    const knowledge = { declared, addresses: [gitlab.url] };
    const pruning = { ids: [1, 2], fleet, knowledge, confirm, say: (line: string) => void said.push(line) };
    const gone = await prune(client, pruning).catch((error: Error) => error.message);
    return { said, gone };
  }

  it("asks once for all of them, after it has shown them", async () => {
    const { said, gone } = await pruneAll(() => true);
    assert.match(said.join("\n"), /runner 2 "two": .*\n.*runner 1 "one": .*\nDelete these 2 runners\?\ndeleted/);
    assert.deepEqual([gone, gitlab.runners.size], [new Set([2, 1]), 0]);
  });

  it("deletes nothing where the answer is no", async () => {
    assert.equal((await pruneAll(() => false)).gone, "nothing was deleted");
    assert.equal(gitlab.runners.size, 2);
  });

  it("leaves a runner that a stack takes over, or that begins a job, while the question is asked", async () => {
    const take = () => {
      gitlab.runners.update(2, { maintenanceNote: "[pulumi-gitlab-runner 0123456789abcdef/docker#0123456789ab]" });
      return true;
    };
    assert.match(String((await pruneAll(take)).gone), /runner 2 has been taken over .*: it was left/);
    gitlab.runners.update(2, { maintenanceNote: null });
    const begin = () => {
      gitlab.createJob({ projectId: gitlab.projectId, runnerId: 2 });
      return true;
    };
    assert.match(String((await pruneAll(begin)).gone), /runner 2 has begun a job/);
    assert.equal(gitlab.runners.size, 2);
  });

  it("counts one that is gone meanwhile as deleted", async () => {
    const { gone } = await pruneAll(() => gitlab.runners.remove(1));
    assert.deepEqual([gone, gitlab.runners.size], [new Set([2, 1]), 0]);
  });
});

describe("the question before strays are deleted", () => {
  for (const [words, keys, isTerminal, expected] of [
    ["yes", "yes\r", true, true],
    ["no for another word", "y\r", true, false],
    ["no for Ctrl-C", "\u0003", true, false],
    ["no for Ctrl-D", "\u0004", true, false],
    ["no where the input ends, also where the question goes to a file", "", false, false],
  ] as const) {
    it(`is answered with ${words}`, async () => {
      const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
      const output = Object.assign(new PassThrough(), { isTTY: isTerminal });
      const answer = askOnTerminal("Delete this runner?", { input, output });
      input.end(keys);
      assert.equal(await answer, expected);
      assert.match(String(output.read()), /Delete this runner\? Type "yes": /);
    });
  }
});

describe("the list of a fleet", () => {
  it("has all machines of a runner that more than a page of them use", async () => {
    const gitlab = await makeGitLab();
    const { token } = gitlab.createRunner({ runnerType: "instance_type" });
    const headers = { "content-type": "application/json" };
    for (let count = 0; count < 103; count++) {
      const body = JSON.stringify({ token, system_id: `s_${count}` });
      await fetch(`${gitlab.url}/api/v4/runners/verify`, { method: "POST", headers, body });
    }
    const client = new GitLabClient({ address: gitlab.url, token: gitlab.token });
    const [runner] = await listFleet(client, { kind: "instance" });
    assert.equal(new Set(runner?.managers.map(({ systemId }) => systemId)).size, 103);
    assert.equal(runner?.managers[0]?.status, "online");
  });
});
