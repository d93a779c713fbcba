import assert from "node:assert/strict";
import { moveClock } from "../../provider/lifecycle/clock.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import { change, differs, type Made, make, type Properties, printedBy, refresh, refusals } from "../support/runners.js";

const HOUR = 3600_000;
const BASE = { runnerType: "instance_type", identity: "docker" };

describe("Rotation of a Runner's token", () => {
  let gitlab: StandInGitLab;

  beforeEach(async () => {
    gitlab = await makeGitLab({ runnerIdStart: 77 });
    useGitLab(gitlab);
  });

  afterEach(() => moveClock(0));

  const inGitLab = () => gitlab.runners.get(77);
  const resets = () => gitlab.requests.count(({ path }) => path.endsWith("/reset_authentication_token"));
  const isDue = async (made: Made, args: Properties) => (await differs(made, args)).changes;

  function ahead(hours: number): void {
    moveClock(hours * HOUR);
    gitlab.clock.set(Date.now() + hours * HOUR);
  }

  /** A runner whose first token lives for so many hours; the next ones as the instance says. */
  async function makeExpiring(hours: number, args: Properties = {}): Promise<Made> {
    const initialTokenExpiresAt = new Date(gitlab.clock.now().getTime() + hours * HOUR).toISOString();
    return make({ ...BASE, initialTokenExpiresAt, ...args });
  }

  describe("by triggers", () => {
    it("gives a new token in place when they change; the preview says why; then there is no change", async () => {
      const args = { ...BASE, rotation: { triggers: { quarter: 1 } } };
      const made = await make(args);
      assert.equal(await isDue(made, args), false);
      const next = { ...BASE, rotation: { triggers: { quarter: 2 } } };
      const lines = await printedBy(async () => assert.equal(await isDue(made, next), true));
      assert.deepEqual(lines, ["Runner docker (runner 77): its token will be reset: rotation.triggers changed"]);
      const rotated = await change(made, next);
      assert.notEqual(rotated.outs.token, made.outs.token);
      assert.deepEqual([rotated.outs.token, rotated.id, resets()], [inGitLab().token, "77", 1]);
      assert.equal(await isDue(rotated, next), false);
      assert.deepEqual((await refresh(rotated)).props, rotated.outs);
    });

    it("does nothing when the first ones come, the last ones go, or only their order in a map is another", async () => {
      const triggers = { a: 1, b: 2 };
      const made = await make(BASE);
      const first = await change(made, { ...BASE, rotation: { triggers } });
      await change(first, BASE);
      assert.equal(resets(), 0);
      assert.equal(await isDue(first, { ...BASE, rotation: { triggers: { b: 2, a: 1 } } }), false);
      const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
      assert.equal(await isDue(first, { ...BASE, rotation: { triggers: { a: unknown, b: 2 } } }), true);
    });

    it("changes the other settings in the same update, and what is applied stays right under the new token", async () => {
      const secret = { maintenanceNote: "hidden", secretPaths: ["maintenanceNote"] };
      const made = await make({ ...BASE, ...secret, rotation: { triggers: 1 } });
      const args = { ...BASE, ...secret, paused: true, rotation: { triggers: 2 } };
      const rotated = await change(made, args);
      assert.deepEqual([inGitLab().paused, rotated.outs.token], [true, inGitLab().token]);
      assert.deepEqual((await refresh(rotated)).props, rotated.outs, "no drift by another key of the fingerprints");
    });
  });

  describe("by approaching expiry", () => {
    it("is due so long before the end as the program says, and says when that is", async () => {
      const args = { ...BASE, rotation: { beforeExpiry: "10h" } };
      const made = await makeExpiring(100, { rotation: args.rotation });
      for (const [hours, due] of [
        [0, false],
        [89.9, false],
        [90.1, true],
        [101, true],
      ] as const) {
        moveClock(hours * HOUR);
        const lines = await printedBy(async () => assert.equal(await isDue(made, args), due, `after ${hours} h`));
        const word = hours > 100 ? "expired" : "expires";
        if (due)
          assert.match(lines.join(), new RegExp(`its token will be reset: it ${word} at ${made.outs.tokenExpiresAt}`));
      }
    });

    it("gives a token of its own life and no change after it, also where tokens live shorter than beforeExpiry", async () => {
      gitlab.settings.runnerTokenExpirationInterval = 24 * 3600;
      const args = { ...BASE, rotation: { beforeExpiry: "72h" } };
      const made = await make(args);
      assert.equal(await isDue(made, args), true);
      const rotated = await change(made, args);
      assert.equal(rotated.outs.token, inGitLab().token);
      assert.equal(await isDue(rotated, args), false);
      ahead(12.1);
      assert.equal(await isDue(rotated, args), true);
    });

    it("happens without the argument, too: 72 hours before, or at half of a shorter life", async () => {
      const long = await makeExpiring(200);
      const short = await makeExpiring(24);
      for (const [made, hours, due] of [
        [long, 127, false],
        [long, 129, true],
        [short, 11, false],
        [short, 13, true],
      ] as const) {
        moveClock(hours * HOUR);
        assert.equal(await isDue(made, BASE), due, `${made.id} after ${hours} h`);
      }
    });

    it("is left to GitLab Runner with selfRotation, and never happens to a token without end or one made elsewhere", async () => {
      const self = await makeExpiring(24, { selfRotation: true });
      const endless = await make(BASE);
      const { token } = gitlab.createRunner({
        runnerType: "instance_type",
        tokenExpiresAt: new Date(Date.now() + HOUR),
      });
      const used = await make({ authenticationToken: token });
      moveClock(30 * HOUR);
      assert.equal(await isDue(self, { ...BASE, selfRotation: true }), false);
      assert.equal(await isDue(endless, BASE), false);
      assert.equal(await isDue(used, { authenticationToken: token }), false);
    });

    it("ends with the deadline of the first token: then a warning says what is left to do", async () => {
      const [initialTokenExpiresAt, tokenRotationDeadline] = [24, 5].map((hours) =>
        new Date(gitlab.clock.now().getTime() + hours * HOUR).toISOString(),
      );
      const args = { ...BASE, initialTokenExpiresAt, tokenRotationDeadline };
      const made = await make(args);
      moveClock(20 * HOUR);
      const lines = await printedBy(async () => assert.equal(await isDue(made, args), false));
      assert.match(
        lines.join(),
        /^Runner docker \(runner 77\): warning: it expires at .*cannot be reset any more: give the resource another name/,
      );
    });

    it("of one made elsewhere is told, since nobody here may reset it; not where GitLab Runner does, or another one comes", async () => {
      const runner = gitlab.createRunner({
        runnerType: "instance_type",
        tokenExpiresAt: new Date(Date.now() + 24 * HOUR),
      });
      const args = { authenticationToken: runner.token, identity: "used" };
      const used = await make(args);
      const told = (of: Made, next: Properties) => printedBy(() => differs(of, next));
      assert.deepEqual(await told(used, args), []);
      moveClock(13 * HOUR);
      assert.match(
        (await told(used, args)).join(),
        /^Runner used \(runner 77\): warning: it expires at .*, and a token that was made elsewhere is not rotated here: reset it/,
      );
      assert.deepEqual(await told(used, { ...args, authenticationToken: "glrt-another" }), []);
      const self = { ...args, selfRotation: true };
      assert.deepEqual(await told(await make(self), self), []);
    });
  });

  it("§3 never comes by expiry where deadline and expiry are equal, which GitLab takes for no rotation", async () => {
    const end = new Date(gitlab.clock.now().getTime() + 24 * HOUR).toISOString();
    const args = { ...BASE, initialTokenExpiresAt: end, tokenRotationDeadline: end };
    const made = await make(args);
    moveClock(20 * HOUR);
    const lines = await printedBy(async () => assert.equal(await isDue(made, args), false));
    assert.match(lines.join(), /warning: it expires at .*cannot be reset any more: give the resource another name/);
  });

  it("comes once when GitLab Runner is no longer to rotate the token: the one that we know may be dead", async () => {
    const made = await makeExpiring(24 * 10, { selfRotation: true });
    assert.equal(await isDue(made, { ...BASE, selfRotation: true }), false);
    const lines = await printedBy(async () => assert.equal(await isDue(made, BASE), true));
    assert.match(lines.join(), /its token will be reset: selfRotation is no more, and GitLab Runner may have made/);
    const rotated = await change(made, BASE);
    assert.deepEqual([rotated.outs.token, resets()], [inGitLab().token, 1]);
    assert.equal(await isDue(rotated, BASE), false);
    const lasting = await make({ ...BASE, identity: "lasting", selfRotation: true });
    await change(lasting, { ...BASE, identity: "lasting" });
    assert.equal(resets(), 1, "a token that never expires is rotated by nobody");
  });

  describe("that fails", () => {
    const RESET = { method: "POST", path: "/api/v4/runners/77/reset_authentication_token" } as const;
    const before = { ...BASE, rotation: { triggers: 1 } };
    const after = { ...BASE, rotation: { triggers: 2 }, paused: true };

    it("is repeated while its answer is lost: the token that came is the living one", async () => {
      const made = await make(before);
      gitlab.faults.add({ ...RESET, when: "after", kind: "cut", count: 2 });
      const rotated = await change(made, after);
      assert.deepEqual([rotated.outs.token, resets()], [inGitLab().token, 3]);
    });

    it("with its answer lost for good keeps all in state, says so, and is due again", async () => {
      const made = await make(before);
      gitlab.faults.add({ ...RESET, when: "after", kind: "serverError", count: "all" });
      const error = (await failureOf(change(made, after))) as Error & { id: string; properties: Properties };
      assert.match(error.message, /its token could not be reset: .*the old one is dead, and nobody has the new one/);
      gitlab.faults.clear();
      const half = { id: error.id, outs: error.properties };
      const lines = await printedBy(async () => assert.equal(await isDue(half, after), true));
      assert.match(lines.join(), /the answer to its last reset is lost, so the token that we know may be dead/);
      const whole = await change(half, after);
      assert.equal(whole.outs.token, inGitLab().token);
      assert.equal(await isDue(whole, after), false);
    });

    it("because GitLab refuses keeps the old token, what else was changed, and what makes it due", async () => {
      const made = await make(before);
      gitlab.faults.add({
        ...RESET,
        kind: "reply",
        status: 403,
        body: { error: "Token rotation deadline has passed" },
      });
      const error = (await failureOf(change(made, after))) as Error & { id: string; properties: Properties };
      assert.match(error.message, /403: Token rotation deadline has passed.*only a new runner gets a new token/);
      const half = { id: error.id, outs: error.properties };
      assert.deepEqual([half.outs.token, inGitLab().paused, half.outs.paused], [inGitLab().token, true, true]);
      assert.equal(await isDue(half, after), true);
      assert.equal((await change(half, after)).outs.token, inGitLab().token);
    });

    it("does not reset a runner whose note says that another creation has it", async () => {
      const marks = { stackId: "0123456789abcdef0123456789abcdef" };
      const made = await make({ ...before, ...marks });
      const { token, maintenanceNote } = inGitLab();
      gitlab.runners.update(77, { maintenanceNote: maintenanceNote?.replace(/#[0-9a-f]{12}/, "#000000000000") ?? "" });
      assert.match(
        (await failureOf(change(made, { ...after, ...marks }))).message,
        /another creation has taken it over, .*run "pulumi up --refresh", which finds that out$/,
      );
      assert.equal(inGitLab().token, token);
    });
  });

  it("is checked before anything is sent", async () => {
    assert.deepEqual(await refusals({ ...BASE, rotation: { beforeExpiry: "3d" } }), [
      'rotation.beforeExpiry: must be a duration with units, such as "72h", "90m" or "1h30m"',
    ]);
    assert.match(
      (await refusals({ ...BASE, rotation: { every: "1h" } })).join(),
      /^rotation\.every: is not a known argument/,
    );
    assert.match(
      (await refusals({ ...BASE, rotation: "72h" })).join(),
      /^rotation: must be { beforeExpiry, triggers }/,
    );
    assert.match(
      (await refusals({ ...BASE, rotation: {}, selfRotation: true })).join(),
      /^selfRotation: goes not with rotation/,
    );
    assert.equal(gitlab.requests.count(), 0);
  });
});
