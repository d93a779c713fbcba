import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { ask, askWell, gid, nodesOf } from "./graphql/support.js";
import { ids, openGitLab, send } from "./support.js";

const START = "2030-01-01T00:00:00.000Z";

/** A runner whose machine was in contact at 00:00 and, as far as the cache knows, again some minutes later. */
async function openContacted(minutesLater: number): Promise<StandInGitLab> {
  const gitlab = await openGitLab();
  gitlab.clock.stop(START);
  gitlab.createRunner({ runnerType: "instance_type" });
  await contact(gitlab);
  gitlab.clock.advance({ minutes: minutesLater });
  await contact(gitlab);
  return gitlab;
}

async function contact(gitlab: StandInGitLab): Promise<void> {
  const { token } = gitlab.runners.get(1);
  const json = { token, system_id: "s_1" };
  assert.equal((await send(gitlab, "POST /jobs/request", { token: null, json })).status, 204);
}

async function filtered(gitlab: StandInGitLab, status: string): Promise<unknown[]> {
  const rest = ids(await send(gitlab, `GET /runners/all?status=${status}`));
  const { runners } = await askWell(gitlab, `{ runners(status: ${status.toUpperCase()}) { nodes { id } } }`);
  assert.deepEqual(
    nodesOf(runners).map(({ id }) => id),
    rest.map((id) => gid(Number(id))),
  );
  return rest;
}

describe("stand-in GitLab: §2.4 contacts in the cache and in the database", () => {
  it("§2.4 the details, the managers and GraphQL show the contact of the cache at once", async () => {
    const gitlab = await openContacted(39);
    const later = "2030-01-01T00:39:00.000Z";
    assert.equal((await send(gitlab, "GET /runners/1")).body.contacted_at, later);
    assert.equal((await send(gitlab, "GET /runners/1/managers")).list[0]?.contacted_at, later);
    const query = `{ runner(id: "${gid(1)}") { contactedAt status managers { nodes { contactedAt status } } } }`;
    const { runner } = await askWell(gitlab, query);
    const shown = { contactedAt: "2030-01-01T00:39:00Z", status: "ONLINE" };
    assert.deepEqual(runner, { ...shown, managers: { nodes: [shown] } });
  });

  it("§2.4 filters go by the database, which is behind: online is what is shown, and offline what is found", async () => {
    const gitlab = await openContacted(39);
    gitlab.clock.set("2030-01-01T02:00:00Z");
    const { list } = await send(gitlab, "GET /runners/all");
    assert.deepEqual([list[0]?.status, list[0]?.online], ["online", true]);
    assert.deepEqual(await filtered(gitlab, "online"), []);
    assert.deepEqual(await filtered(gitlab, "offline"), [1]);
    const managers = (status: string) =>
      `{ runner(id: "${gid(1)}") { managers(status: ${status}) { nodes { status } } } }`;
    const found = async (status: string) => nodesOf((await askWell(gitlab, managers(status))).runner?.managers);
    assert.deepEqual(await found("ONLINE"), []);
    assert.deepEqual(await found("OFFLINE"), [{ status: "ONLINE" }]);
  });

  it("§2.4 the filter stale and the limits of runners go by the database, too", async () => {
    const gitlab = await openContacted(39);
    gitlab.runners.update(1, { createdAt: new Date("2029-01-01T00:00:00Z") });
    gitlab.clock.set("2030-01-08T00:00:00Z");
    assert.equal((await send(gitlab, "GET /runners/1")).body.status, "offline");
    assert.deepEqual(await filtered(gitlab, "stale"), [1]);
  });

  it("§2.4 the database is written at the first contact, never within 40 minutes, and always after 55", async () => {
    for (const [minutes, isSaved] of [
      [0, false],
      [39.999, false],
      [55, true],
      [600, true],
    ] as const) {
      const gitlab = await openContacted(minutes);
      // Two hours after the first contact, short of two hours after the second.
      gitlab.clock.set(START);
      gitlab.clock.advance({ hours: 2, minutes: isSaved ? minutes - 1 : 0 });
      assert.deepEqual(await filtered(gitlab, "online"), isSaved ? [1] : [], `${minutes} minutes`);
    }
  });

  it("§2.4 between 40 and 55 minutes chance decides, anew for each contact", async () => {
    const gitlab = await openGitLab();
    gitlab.clock.stop(START);
    for (let id = 1; id <= 40; id += 1) gitlab.createRunner({ runnerType: "instance_type", token: `glrt-FAKE-${id}` });
    const contactAll = async () => {
      for (const { token } of gitlab.runners)
        await send(gitlab, "POST /runners/verify", { token: null, json: { token, system_id: "s_1" } });
    };
    await contactAll();
    gitlab.clock.advance({ minutes: 47.5 });
    await contactAll();
    gitlab.clock.set("2030-01-01T02:00:00Z");
    const online = ids(await send(gitlab, "GET /runners/all?status=online&per_page=100"));
    assert.ok(online.length > 5 && online.length < 35, `${online.length} of 40 were saved`);
  });

  it("§2.4 GraphQL sorts by the contact of the database", async () => {
    const gitlab = await openContacted(39);
    gitlab.createRunner({ runnerType: "instance_type" });
    gitlab.runners.update(2, { contactedAt: new Date("2030-01-01T00:10:00Z") });
    const { runners } = await askWell(gitlab, "{ runners(sort: CONTACTED_DESC) { nodes { id contactedAt } } }");
    assert.deepEqual(
      nodesOf(runners).map(({ id }) => id),
      [gid(2), gid(1)],
    );
  });

  it("§2.4 a contact that a test sets is in both", async () => {
    const gitlab = await openContacted(39);
    gitlab.runners.update(1, { contactedAt: new Date("2030-01-01T00:30:00Z") });
    gitlab.clock.set("2030-01-01T02:10:00Z");
    assert.deepEqual(await filtered(gitlab, "online"), [1]);
    assert.equal((await ask(gitlab, "{ runners { count } }")).errors.length, 0);
  });
});
