import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import { change, destroy, differs, type Made, make, type Properties, printedBy, refusals } from "../support/runners.js";

const MAIN = join(__dirname, "../../provider/cli/main.js");
const BASE = { runnerType: "instance_type", identity: "docker" };
const JOBS = { method: "GET", path: "/api/v4/runners/77/jobs" } as const;

describe("Draining a runner", () => {
  let gitlab: StandInGitLab;

  beforeEach(async () => {
    gitlab = await makeGitLab({ runnerIdStart: 77 });
    useGitLab(gitlab);
  });

  const inGitLab = () => gitlab.runners.get(77);
  const writes = () =>
    gitlab.requests.list(({ method, path }) => method !== "GET" && path.startsWith("/api/v4/runners/77"));
  const runJob = (name = "build") =>
    gitlab.createJob({ projectId: gitlab.projectId, runnerId: 77, name, userId: gitlab.userId });
  const makeDraining = (drain: Properties = {}) => make({ ...BASE, drain });

  describe("before it is deleted", () => {
    it("pauses it, waits for its jobs, says so, and deletes it", async () => {
      const made = await makeDraining();
      const job = runJob();
      const lines = await printedBy(async () => {
        const deletion = destroy(made);
        await gitlab.requests.waitFor({ ...JOBS, status: 200 });
        assert.deepEqual([gitlab.runners.size, inGitLab().paused], [1, true]);
        gitlab.jobs.update(job.id, { status: "success" });
        await deletion;
      });
      assert.equal(gitlab.runners.size, 0);
      assert.match(lines[0] ?? "", /^Runner docker \(runner 77\): paused, and waits .* 1 job runs: \d+ build \(http/);
      assert.equal(lines.at(-1), "Runner docker (runner 77): drained, no job is running");
      assert.deepEqual(
        writes().map(({ method, body }) => [method, body]),
        [
          ["PUT", { paused: true }],
          ["DELETE", null],
        ],
      );
    });

    it("stops with an error that lists the jobs when they run on, and lets the runner take jobs again", async () => {
      const made = await makeDraining({ timeout: "100ms" });
      const jobs = [runJob("build"), runJob("test")];
      const { message } = await failureOf(destroy(made));
      assert.match(message, /^Runner docker \(runner 77\): after 100ms 2 jobs run: /);
      for (const { id, name } of jobs) assert.ok(message.includes(`${id} ${name} (http`), message);
      assert.match(message, /Nothing was deleted.*onTimeout: "continue"/);
      assert.deepEqual([gitlab.runners.size, inGitLab().paused], [1, false]);
    });

    it("leaves a runner paused that was paused before", async () => {
      const made = await make({ ...BASE, paused: true, drain: { timeout: "0s" } });
      runJob();
      await failureOf(destroy(made));
      assert.equal(inGitLab().paused, true);
    });

    it("goes on all the same with onTimeout continue", async () => {
      const made = await makeDraining({ timeout: "0s", onTimeout: "continue" });
      runJob();
      const lines = await printedBy(() => destroy(made));
      assert.match(lines.join("\n"), /after 0s 1 job runs: .*goes on all the same/);
      assert.equal(gitlab.runners.size, 0);
    });

    it("lets the runner take jobs again when the look for jobs, or the deletion, fails", async () => {
      const made = await makeDraining();
      const refusal = { kind: "reply", status: 403, body: { message: "403 Forbidden - No access granted" } } as const;
      gitlab.faults.add({ ...JOBS, ...refusal });
      assert.match((await failureOf(destroy(made))).message, /^GET .*\/jobs .*403/);
      assert.equal(inGitLab().paused, false);
      gitlab.faults.add({ method: "DELETE", path: "/api/v4/runners/77", ...refusal });
      assert.match((await failureOf(destroy(made))).message, /^DELETE .*403/);
      assert.equal(inGitLab().paused, false);
    });

    it("lets the runner take jobs again when it is not known whether it was paused; nothing is taken back after a refusal", async () => {
      const made = await makeDraining();
      const pause = { method: "PUT", path: "/api/v4/runners/77" } as const;
      gitlab.faults.add({ ...pause, kind: "reply", status: 403, body: { message: "403 Forbidden" } });
      assert.deepEqual(await printedBy(async () => void (await failureOf(destroy(made)))), []);
      const headers = { "Retry-After": "0" };
      gitlab.faults.add({ ...pause, kind: "reply", status: 502, headers, when: "after", count: 5 });
      assert.match((await failureOf(destroy(made))).message, /^PUT .*answered 502/);
      assert.deepEqual([gitlab.runners.size, inGitLab().paused], [1, false]);
    });

    it("waits also for jobs that the token's user may not see", async () => {
      const made = await makeDraining({ timeout: "0s" });
      runJob();
      gitlab.faults.add({ ...JOBS, kind: "reply", status: 200, body: [] });
      assert.match((await failureOf(destroy(made))).message, /jobs run that the token's user may not see/);
      assert.equal(gitlab.runners.size, 1);
    });

    it("is content when the runner is gone, also meanwhile", async () => {
      const made = await makeDraining();
      gitlab.runners.remove(77);
      await destroy(made);
      const { id, outs } = await makeDraining();
      gitlab.createJob({ projectId: gitlab.projectId, runnerId: Number(id), userId: gitlab.userId });
      const lines = await printedBy(async () => {
        const deletion = destroy({ id, outs });
        await gitlab.requests.waitFor({ ...JOBS, path: `/api/v4/runners/${id}/jobs`, status: 200 });
        gitlab.runners.remove(Number(id));
        await deletion;
      });
      assert.doesNotMatch(lines.join(), /still paused/);
    });

    it("is not done where the program does not ask for it", async () => {
      const made = await make(BASE);
      runJob();
      await destroy(made);
      assert.deepEqual(
        writes().map(({ method }) => method),
        ["DELETE"],
      );
    });

    it("counts as the program said last: a change of it is an update that changes nothing in GitLab", async () => {
      const made = await make(BASE);
      const args = { ...BASE, drain: { timeout: "0s" } };
      assert.deepEqual(await differs(made, args), { changes: true });
      const changed: Made = await change(made, args);
      assert.deepEqual([writes(), await differs(changed, args)], [[], { changes: false }]);
      runJob();
      await failureOf(destroy(changed));
    });

    it("is checked before anything is sent", async () => {
      assert.deepEqual(await refusals({ ...BASE, drain: { timeout: "10", onTimeout: "wait" } }), [
        'drain.timeout: must be a duration with units, such as "72h", "90m" or "1h30m"',
        'drain.onTimeout: must be "stop" or "continue"',
      ]);
      assert.match((await refusals({ ...BASE, drain: true })).join(), /^drain: must be { timeout, onTimeout }/);
    });
  });

  describe("by hand", () => {
    interface Run {
      child: ChildProcess;
      output: () => string;
      end: Promise<number | null>;
    }

    function drain(...args: string[]): Run {
      const env = { PATH: process.env.PATH, GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token };
      const child = spawn(process.execPath, [MAIN, "drain", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          output += text;
        });
      }
      return { child, output: () => output, end: once(child, "close").then(([code]) => code as number | null) };
    }

    it("pauses the runner, ends when the last job has ended, and leaves it paused", async () => {
      await make(BASE);
      const job = runJob();
      const { end, output } = drain("77");
      await gitlab.requests.waitFor({ ...JOBS, status: 200 }, { timeoutMs: 9000 });
      gitlab.jobs.update(job.id, { status: "failed" });
      assert.equal(await end, 0, output());
      assert.match(output(), /runner 77: drained, no job is running/);
      assert.equal(inGitLab().paused, true);
    });

    it("ends with 1 after the timeout, or when it is interrupted, and the runner takes jobs again", async () => {
      await make(BASE);
      runJob();
      const late = drain("--timeout", "0s", "77");
      assert.equal(await late.end, 1);
      assert.match(late.output(), /runner 77: after 0s 1 job runs: \d+ build/);
      assert.equal(inGitLab().paused, false);
      gitlab.requests.clear();
      const interrupted = drain("77");
      await gitlab.requests.waitFor({ ...JOBS, status: 200 }, { timeoutMs: 9000 });
      assert.equal(inGitLab().paused, true);
      interrupted.child.kill("SIGINT");
      assert.equal(await interrupted.end, 1, interrupted.output());
      assert.match(interrupted.output(), /takes jobs again[\s\S]*interrupted, not drained/);
      assert.equal(inGitLab().paused, false);
    });

    it("refuses wrong arguments before anything is sent", async () => {
      for (const [args, message] of [
        [[], /drain needs one RUNNER_ID/],
        [["a/b"], /drain needs one RUNNER_ID/],
        [["--timeout", "soon", "77"], /--timeout: must be a duration/],
        [["--on-timeout", "wait", "77"], /--on-timeout: must be "stop" or "continue"/],
      ] as const) {
        const { end, output } = drain(...args);
        assert.equal(await end, 1);
        assert.match(output(), message);
      }
      assert.equal(gitlab.requests.count(), 0);
    });
  });
});
