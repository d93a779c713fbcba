import assert from "node:assert/strict";
import { GitLabClient } from "../../provider/gitlab/client.js";
import { Pace } from "../../provider/gitlab/pace.js";
import { createRunner, getRunner } from "../../provider/gitlab/runners.js";
import type { Settings, StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";

const SCOPE = { runner_type: "instance_type" } as const;

describe("the pace of requests", () => {
  let gitlab: StandInGitLab;
  let told: string[];

  function makeClient(): GitLabClient {
    const pace = new Pace(gitlab.url, (line) => told.push(line));
    return new GitLabClient({ address: gitlab.url, token: gitlab.token }, { pace });
  }

  const refused = () => gitlab.requests.count(({ status }) => status === 429);

  beforeEach(async () => {
    gitlab = await makeGitLab();
    told = [];
  });

  it("keeps nobody waiting where GitLab limits nothing", async () => {
    const client = makeClient();
    const start = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => createRunner(client, SCOPE)));
    assert.equal(gitlab.runners.size, 50);
    assert.ok(performance.now() - start < 2000);
    assert.deepEqual(told, []);
  });

  it("slows down to what GitLab allows, says so once, and fails in nothing", async () => {
    gitlab.settings.authenticatedThrottle = { requests: 10, periodSeconds: 1 };
    const client = makeClient();
    await Promise.all(Array.from({ length: 40 }, () => createRunner(client, SCOPE)));
    assert.equal(gitlab.runners.size, 40);
    assert.equal(told.length, 1, told.join("\n"));
    assert.match(told[0] ?? "", /limits requests to 600 a minute: going slower from here, the next one in \d+ s/);
  }).timeout(20_000);

  const silent: [what: string, settings: Partial<Settings>][] = [
    [
      "only where it refuses (before 18.6)",
      { version: "18.5.0-ee", authenticatedThrottle: { requests: 10, periodSeconds: 1 } },
    ],
    [
      "nowhere, but when to come again (an address, at GitLab.com)",
      { addressThrottle: { requests: 10, periodSeconds: 1 } },
    ],
  ];
  for (const [what, settings] of silent) {
    it(`fails in nothing where GitLab tells its limit ${what}`, async () => {
      Object.assign(gitlab.settings, settings);
      const client = makeClient();
      await Promise.all(Array.from({ length: 40 }, () => createRunner(client, SCOPE)));
      assert.equal(gitlab.runners.size, 40);
      assert.equal(told.length, 1, told.join("\n"));
      assert.ok(refused() > 0);
    }).timeout(20_000);
  }

  it("looks ahead where answers tell what is left: the limit is hardly ever met", async () => {
    gitlab.settings.authenticatedThrottle = { requests: 20, periodSeconds: 1 };
    const client = makeClient();
    for (let i = 0; i < 45; i++) await createRunner(client, SCOPE);
    assert.equal(gitlab.runners.size, 45);
    assert.ok(refused() <= 2, `${refused()} requests were refused`);
  }).timeout(20_000);

  it("gives up on what GitLab never lets through", async () => {
    gitlab.faults.add({ path: "/runners/1", kind: "rateLimit", retryAfter: 0, count: "all" });
    const error = await failureOf(getRunner(makeClient(), { id: "1", secrets: [] }));
    assert.match(error.message, /answered 429: This endpoint has been requested too many times\. Try again later/);
    assert.equal(refused(), 5);
  });

  for (const kind of ["rateLimit", "throttle"] as const) {
    it(`lets all requests wait when one was refused (${kind})`, async () => {
      const { id } = gitlab.createRunner({ runnerType: "instance_type" });
      const reference = { id: String(id), secrets: [] };
      gitlab.faults.add({ path: `/runners/${id}`, kind, retryAfter: 1 });
      const pace = new Pace(gitlab.url);
      const client = new GitLabClient({ address: gitlab.url, token: gitlab.token }, { pace });
      const held = new Promise<void>((resolve) => {
        const { hold } = pace;
        pace.hold = (...args) => {
          hold.apply(pace, args);
          resolve();
        };
      });
      const start = performance.now();
      await Promise.all([getRunner(client, reference), held.then(() => getRunner(client, reference))]);
      assert.ok(performance.now() - start > 950, `${performance.now() - start} ms`);
      assert.equal(gitlab.requests.count(), 3);
    });
  }

  it("knows the end of a limit by each header that GitLab sends, and by GitLab's clock", async () => {
    const { planRetry } = await import("../../provider/gitlab/retry.js");
    const plan = (headers: Record<string, string>) => planRetry({ verb: "POST", status: 429, headers }, 1) ?? -1;
    const [date, later] = ["Fri, 24 Nov 2000 10:00:00 GMT", "Fri, 24 Nov 2000 10:00:42 GMT"];
    assert.equal(plan({ "retry-after": "7", "ratelimit-resettime": later, date }), 7000);
    assert.equal(plan({ "retry-after": later, date }), 42_000);
    assert.equal(plan({ "ratelimit-resettime": later, date }), 42_000);
    assert.equal(plan({ "ratelimit-reset": String(Date.parse(later) / 1000), date }), 42_000);
    assert.equal(plan({ "ratelimit-resettime": later }), 0);
    assert.ok(plan({ "retry-after": "soon" }) < 1000);
    assert.equal(plan({ "retry-after": "3600" }), -1);
  });
});
