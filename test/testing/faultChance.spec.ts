import assert from "node:assert/strict";
import { type FaultSpec, startGitLab } from "../../provider/testing/index.js";
import { control, openGitLab, send } from "./support.js";

const create = "POST /user/runners";
const json = { runner_type: "instance_type" };

/** What issue 5 lets a storm be: the shares of requests that go wrong. */
const storm: FaultSpec[] = [
  { kind: "rateLimit", retryAfter: 0, probability: 0.025 },
  { kind: "throttle", retryAfter: 0, probability: 0.025 },
  { kind: "serverError", probability: 0.05 },
  { kind: "serverError", when: "after", probability: 0.02 },
  { kind: "cut", probability: 0.02 },
  { kind: "delay", delayMs: 1, probability: 0.02 },
];

/** Which of so many requests each fault of a storm hits, without any request being sent. */
async function play(seed: number, requests: number): Promise<(string | null)[]> {
  const gitlab = await startGitLab();
  for (const fault of storm) gitlab.faults.add({ ...fault, seed });
  const hits = Array.from({ length: requests }, () => gitlab.faults.hit({ method: "GET", path: "/api/v4/runners" }));
  await gitlab.close();
  return hits.map((fault) => fault && `${fault.kind} ${fault.when ?? "before"}`);
}

describe("stand-in GitLab: faults by chance", () => {
  it("§10.16 each fault of a storm hits its share of the requests", async () => {
    const total = 20_000;
    const hits = await play(7, total);
    let left = total;
    for (const { kind, when = "before", probability = 0 } of storm) {
      const count = hits.filter((hit) => hit === `${kind} ${when}`).length;
      const expected = left * probability;
      // Five standard deviations: with a fixed seed this either holds always or never.
      assert.ok(Math.abs(count - expected) < 5 * Math.sqrt(expected), `${kind} ${when}: ${count}, not ${expected}`);
      left -= count;
    }
  });

  it("the same seed hits the same requests, another seed hits others", async () => {
    assert.deepEqual(await play(7, 500), await play(7, 500));
    assert.notDeepEqual(await play(7, 500), await play(8, 500));
  });

  it("without a count it goes on for ever; with one it ends", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ kind: "serverError", probability: 1, count: 2 });
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await send(gitlab, "GET /version")).status);
    assert.deepEqual(statuses, [500, 500, 200, 200]);
    gitlab.faults.add({ kind: "conflict", probability: 1 });
    gitlab.faults.add({ kind: "serverError", probability: 0 });
    for (let index = 0; index < 5; index += 1) assert.equal((await send(gitlab, "GET /version")).status, 409);
  });

  it("500 after success: the runner is there, the answer is not", async () => {
    const gitlab = await openGitLab();
    gitlab.faults.add({ kind: "serverError", when: "after", probability: 0.5, seed: 3, path: "/user/runners" });
    const statuses = [];
    for (let index = 0; index < 40; index += 1) statuses.push((await send(gitlab, create, { json })).status);
    assert.deepEqual([...new Set(statuses)].sort(), [201, 500]);
    assert.equal(gitlab.runners.size, 40);
  });

  it("other processes set it over the control door; what is no chance is refused", async () => {
    const gitlab = await openGitLab();
    const fault = { kind: "conflict", probability: 0.05, seed: 12 };
    const added = await control(gitlab, "POST /faults", fault);
    assert.equal(added.status, 201);
    assert.deepEqual([added.body.probability, added.body.seed], [0.05, 12]);
    for (const probability of [-0.1, 1.1, "often"]) {
      const refused = await control(gitlab, "POST /faults", { ...fault, probability });
      assert.equal(refused.status, 400);
      assert.match(String(refused.body.error), /probability/);
    }
    assert.throws(() => gitlab.faults.add({ kind: "cut", probability: 2 }), RangeError);
  });
});

describe("stand-in GitLab: §1.6 a limit of 100 requests a minute", () => {
  it("§1.6 answers the 101st with 429 until the minute is over, and tells how long that is", async () => {
    const gitlab = await openGitLab({ settings: { authenticatedThrottle: { requests: 100, periodSeconds: 60 } } });
    gitlab.clock.stop("2026-05-03T10:00:15.000Z");
    for (let index = 0; index < 100; index += 1) {
      const answer = await send(gitlab, "GET /version");
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("ratelimit-remaining"), String(99 - index));
    }
    const refused = await send(gitlab, "GET /version");
    assert.equal(refused.status, 429);
    assert.equal(refused.text, "Retry later\n");
    assert.equal(refused.headers.get("retry-after"), "45");
    assert.equal(refused.headers.get("ratelimit-reset"), String(Date.parse("2026-05-03T10:01:00Z") / 1000));
    assert.equal(refused.headers.get("ratelimit-resettime"), "Sun, 03 May 2026 10:01:00 GMT");
    gitlab.clock.advance({ seconds: 44 });
    assert.equal((await send(gitlab, "GET /version")).status, 429);
    gitlab.clock.advance({ seconds: 1 });
    assert.equal((await send(gitlab, "GET /version")).status, 200);
  });
});
