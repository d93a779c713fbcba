import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { startGitLab } from "../../provider/testing/index.js";
import { ids, openGitLab, send } from "./support.js";

describe("stand-in GitLab: starting, tables, clock, closing", () => {
  it("starts on loopback with an administrator, a group and a project", async () => {
    const gitlab = await openGitLab();
    assert.match(gitlab.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(gitlab.users.get(gitlab.userId).admin, true);
    assert.deepEqual(gitlab.tokens.first((token) => token.token === gitlab.token)?.scopes, ["api"]);
    assert.equal(gitlab.projects.get(gitlab.projectId).groupId, gitlab.groupId);
    assert.equal(gitlab.runners.size, 0);
  });

  it("takes the first runner's id, the administrator's token and settings", async () => {
    const one = await openGitLab({ runnerIdStart: 77, token: "glpat-mine", settings: { version: "19.1.0-ee" } });
    const two = await openGitLab({ runnerIdStart: 77 });
    for (const gitlab of [one, two]) {
      const answer = await send(gitlab, "POST /user/runners", { json: { runner_type: "instance_type" } });
      assert.equal(answer.body.id, 77);
    }
    assert.equal(one.token, "glpat-mine");
    assert.equal((await send(one, "GET /version")).body.version, "19.1.0-ee");
    assert.notEqual(two.token, one.token);
  });

  it("two stand-ins know nothing of each other", async () => {
    const [one, two] = [await openGitLab(), await openGitLab()];
    await send(one, "POST /user/runners", { json: { runner_type: "instance_type" } });
    assert.deepEqual([one.runners.size, two.runners.size], [1, 0]);
    assert.equal((await send(two, "GET /runners", { token: one.token })).status, 401);
  });

  it("a change to a record shows in the next answer", async () => {
    const gitlab = await openGitLab();
    const runner = gitlab.createRunner({ runnerType: "instance_type", description: "ours" });
    runner.description = "changed by a colleague";
    gitlab.runners.update(runner.id, { paused: true });
    const { body } = await send(gitlab, "GET /runners/1");
    assert.deepEqual([body.description, body.paused], ["changed by a colleague", true]);
    assert.equal(gitlab.runners.remove(1), true);
    assert.equal(gitlab.runners.remove(1), false);
    assert.equal((await send(gitlab, "GET /runners/1")).status, 404);
  });

  it("tables find, filter and iterate; an unknown id is an error that says so", async () => {
    const gitlab = await openGitLab();
    for (const description of ["a", "b", "a"]) gitlab.createRunner({ runnerType: "instance_type", description });
    assert.deepEqual(
      gitlab.runners.where((runner) => runner.description === "a").map(({ id }) => id),
      [1, 3],
    );
    assert.equal(gitlab.runners.first((runner) => runner.description === "b")?.id, 2);
    assert.equal(gitlab.runners.find(9), undefined);
    assert.deepEqual([...gitlab.runners].length, gitlab.runners.all().length);
    assert.throws(() => gitlab.runners.get(9), /has no runner 9/);
    assert.throws(() => gitlab.createRunner({ runnerType: "group_type", groupId: 5 }), /has no group 5/);
    assert.throws(() => gitlab.createRunner({ runnerType: "project_type", projectIds: [5] }), /has no project 5/);
    assert.throws(() => gitlab.createToken({ userId: 99 }), /has no user 99/);
    assert.throws(() => gitlab.addMember({ userId: 1, role: "owner" }), /either groupId or projectId/);
  });

  it("what is removed takes with it what cannot be without it", async () => {
    const gitlab = await openGitLab();
    const { groupId, projectId } = gitlab;
    const sub = gitlab.createGroup({ path: "sub", parentId: groupId });
    const below = gitlab.createProject({ path: "below", groupId: sub.id });
    const other = gitlab.createProject({ path: "other" });
    gitlab.createRunner({ runnerType: "group_type", groupId: sub.id });
    gitlab.createRunner({ runnerType: "project_type", projectIds: [below.id, other.id] });
    gitlab.createJob({ projectId: below.id, runnerId: 2 });
    gitlab.groups.remove(groupId);
    assert.equal(gitlab.groups.size, 0);
    assert.equal(gitlab.projects.find(projectId), undefined);
    assert.equal(gitlab.runners.find(1), undefined);
    assert.deepEqual(gitlab.runners.get(2).projectIds, [other.id]);
    assert.deepEqual([gitlab.jobs.size, gitlab.members.size], [0, 0]);
  });

  it("a role given twice is the later one", async () => {
    const gitlab = await openGitLab();
    const user = gitlab.createUser({ username: "ann" });
    const first = gitlab.addMember({ userId: user.id, groupId: gitlab.groupId, role: "guest" });
    const second = gitlab.addMember({ userId: user.id, groupId: gitlab.groupId, role: "owner" });
    assert.equal(first.id, second.id);
    assert.equal(gitlab.members.get(first.id).role, "owner");
  });

  it("the clock runs, can be set, moved on, stopped and resumed", async () => {
    const { clock } = await openGitLab();
    assert.ok(Math.abs(clock.now().getTime() - Date.now()) < 1000);
    clock.set("2030-01-01T00:00:00Z");
    await new Promise((resolve) => setTimeout(resolve, 5));
    const running = clock.now().getTime() - Date.parse("2030-01-01T00:00:00Z");
    assert.ok(running >= 4 && running < 1000);
    clock.stop();
    const stopped = clock.now().getTime();
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(clock.now().getTime(), stopped);
    assert.equal(clock.stopped, true);
    assert.equal(
      clock.advance({ days: 1, hours: 1, minutes: 1, seconds: 1, milliseconds: 1 }).getTime(),
      stopped + 90_061_001,
    );
    clock.resume();
    assert.equal(clock.stopped, false);
    assert.ok(clock.now().getTime() >= stopped + 90_061_001);
    assert.throws(() => clock.set("tomorrow"), RangeError);
  });

  it("leaves the program's own Request and Response alone, and after close nothing that keeps it alive", async () => {
    const index = join(__dirname, "../../provider/testing/index.js");
    const program = `
      const before = [Request, Response];
      const { startGitLab } = require(${JSON.stringify(index)});
      (async () => {
        const gitlab = await startGitLab();
        gitlab.faults.add({ kind: "delay", delayMs: 60000 });
        fetch(gitlab.url + "/api/v4/version").catch(() => {});
        await gitlab.requests.waitFor();
        await gitlab.close();
        console.log(before[0] === Request && before[1] === Response);
      })();`;
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", program], { timeout: 5000 });
    assert.equal(stdout, "true\n");
  });

  it("rejects when the port is taken", async () => {
    const gitlab = await openGitLab();
    const port = Number(new URL(gitlab.url).port);
    await assert.rejects(startGitLab({ port }), { code: "EADDRINUSE" });
  });

  it("close ends idle and busy connections at once", async () => {
    const gitlab = await startGitLab();
    gitlab.faults.add({ path: "/version", kind: "delay", delayMs: 60_000 });
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve, reject) => {
      const headers = { "PRIVATE-TOKEN": gitlab.token };
      request(`${gitlab.url}/api/v4/runners`, { agent, headers }, (response) => {
        response.resume().on("end", resolve);
      })
        .on("error", reject)
        .end();
    });
    const slow = assert.rejects(send(gitlab, "GET /version"));
    await gitlab.requests.waitFor({ path: "/version" });
    const start = performance.now();
    await gitlab.close();
    await slow;
    assert.ok(performance.now() - start < 500);
    agent.destroy();
    await assert.rejects(send(gitlab, "GET /runners"));
  });

  it("close ends connections on which only half a request came", async () => {
    const gitlab = await startGitLab();
    const socket = connect(Number(new URL(gitlab.url).port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write("POST /api/v4/user/runners HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
    await once(socket, "connect");
    await new Promise((resolve) => setTimeout(resolve, 20));
    const closed = once(socket, "close");
    await gitlab.close();
    await closed;
  });

  it("one connection carries many requests", async () => {
    const gitlab = await openGitLab();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let round = 0; round < 20; round += 1) {
      await new Promise<void>((resolve, reject) => {
        const call = request(`${gitlab.url}/api/v4/runners`, { agent }, (response) => {
          ports.add(call.socket?.localPort);
          response.resume().on("end", resolve);
        });
        call.on("error", reject).end();
      });
    }
    agent.destroy();
    assert.equal(ports.size, 1);
  });

  it("pages through 10,000 runners of a group quickly", async function () {
    this.timeout(20_000);
    const gitlab = await openGitLab();
    const { groupId } = gitlab;
    for (let index = 0; index < 10_000; index += 1) gitlab.createRunner({ runnerType: "group_type", groupId });
    const start = performance.now();
    let seen = 0;
    for (let page = 1; page <= 100; page += 1) {
      seen += ids(await send(gitlab, `GET /groups/${groupId}/runners?per_page=100&page=${page}`)).length;
    }
    assert.equal(seen, 10_000);
    assert.ok(performance.now() - start < 10_000);
  });
});
