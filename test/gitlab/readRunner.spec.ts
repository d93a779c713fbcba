import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { GitLabCallError } from "../../provider/errors.js";
import { GitLabClient } from "../../provider/gitlab/client.js";
import {
  hasRunner,
  type RunnerView,
  readFreshRunner,
  readRunner,
  readRunners,
} from "../../provider/gitlab/readRunner.js";
import { getRunner, type Place, type RunnerWish, updateRunner } from "../../provider/gitlab/runners.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import fc from "../support/chance.js";
import { makeGitLab } from "../support/gitlab.js";
import { personWith } from "../testing/support.js";

const GRAPHQL = { method: "GET", path: "/api/graphql" };
const SINGLE = { method: "GET", path: "/runners/*" };

function clientOf({ url }: StandInGitLab, token: string): GitLabClient {
  return new GitLabClient({ address: url, token });
}

type Made = Parameters<StandInGitLab["createRunner"]>[0] & { isShared: boolean };

/** A runner of any type, and the wish for it. */
function makeAnywhere(gitlab: StandInGitLab, { isShared, ...one }: Made): RunnerWish {
  const { groupId, projectId } = gitlab;
  const shared = isShared ? [gitlab.createProject({ path: `p${gitlab.runners.size}`, groupId }).id] : undefined;
  const homes = {
    instance_type: [{}, {}],
    group_type: [{ groupId }, { group_id: groupId }],
    project_type: [{ projectIds: [projectId, ...(shared ?? [])] }, { project_id: projectId }],
  } as const;
  const [home, place] = homes[one.runnerType];
  const { id } = gitlab.createRunner({ ...one, ...home } as Made);
  const projectIds = one.runnerType === "project_type" ? shared : undefined;
  return wish(id, { place: { runner_type: one.runnerType, ...place }, projectIds });
}

function wish(id: number, more: Partial<RunnerWish> = {}): RunnerWish {
  return { id: String(id), secrets: [], ...more };
}

/** As many runners of the stand-in's group; gives their ids. */
function makeGroupRunners(gitlab: StandInGitLab, count: number): number[] {
  const make = (_: unknown, index: number) =>
    gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId, description: `runner ${index}` }).id;
  return Array.from({ length: count }, make);
}

interface Arrival {
  /** So many are under way at a time. */
  parallel?: number;
  /** So long the engine takes before each read, in milliseconds. */
  pauses?: readonly number[];
}

/** So many runners of the instance, two groups and a project, in turn; gives the wishes for them. */
function makeInPlaces(gitlab: StandInGitLab, count: number): RunnerWish[] {
  const other = gitlab.createGroup({ path: "other", parentId: gitlab.groupId }).id;
  const homes = [
    [{ runnerType: "instance_type" }, { runner_type: "instance_type" }],
    [{ runnerType: "group_type", groupId: gitlab.groupId }, group(gitlab.groupId)],
    [{ runnerType: "group_type", groupId: other }, group(other)],
    [
      { runnerType: "project_type", projectIds: [gitlab.projectId] },
      { runner_type: "project_type", project_id: gitlab.projectId },
    ],
  ] as const;
  return Array.from({ length: count }, (_, index) => {
    const [home, place] = homes[index % 4] as (typeof homes)[number];
    return wish(gitlab.createRunner(home as Made).id, { place });
  });
}

/** Reads as the engine does. */
async function readAll(
  client: GitLabClient,
  wishes: readonly RunnerWish[],
  { parallel = 16, pauses = [] }: Arrival = {},
): Promise<(RunnerView | undefined)[]> {
  const views: (RunnerView | undefined)[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < wishes.length; index = next++) {
      if (pauses[index]) await wait(pauses[index]);
      [views[index]] = await readRunners(client, wishes.slice(index, index + 1));
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return views;
}

/** What of an answer `read` compares; the projects only where some are declared. */
function pick(reply: RunnerView, { projectIds }: RunnerWish) {
  const { id, description, maintenance_note, paused, locked, access_level, run_untagged, maximum_timeout } = reply;
  const projects = projectIds && reply.projects?.map((project) => project.id).sort((one, other) => one - other);
  const flags = { paused, locked, access_level, run_untagged };
  return { id, description, maintenance_note, ...flags, maximum_timeout, tags: [...reply.tag_list].sort(), projects };
}

const group = (groupId: number): Place => ({ runner_type: "group_type", group_id: groupId });

describe("reading runners in bulk", () => {
  it("tells of random runners what their own endpoint tells, whoever asks", async () => {
    const text = fc.option(fc.string({ unit: "grapheme", maxLength: 30 }));
    const runner = fc.record({
      runnerType: fc.constantFrom("instance_type", "group_type", "project_type"),
      description: text,
      maintenanceNote: text,
      paused: fc.boolean(),
      locked: fc.boolean(),
      accessLevel: fc.constantFrom("not_protected", "ref_protected"),
      runUntagged: fc.boolean(),
      tagList: fc.uniqueArray(fc.stringMatching(/^[a-zA-Z0-9 "\\_äß-]{1,12}$/), { maxLength: 5 }),
      maximumTimeout: fc.option(fc.integer({ min: 600, max: 2 ** 31 - 1 })),
      isShared: fc.boolean(),
    });
    const asker = fc.constantFrom("admin", "auditor", "groupOwner", "groupMaintainer", "projectMaintainer", "nobody");
    const fleet = fc.array(runner, { minLength: 3, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fleet, asker, async (all, who) => {
        const gitlab = await makeGitLab();
        const wishes = all.map((one) => makeAnywhere(gitlab, one as Made));
        const token = tokenOf(gitlab, who);
        const expected = await Promise.all(
          wishes.map((one) => getRunner(clientOf(gitlab, token), one).then((reply) => pick(reply, one), statusOf)),
        );
        // All at once comes from a list, where the token may see it; a few at a time comes by their ids.
        for (const parallel of [wishes.length, 5]) {
          const client = clientOf(gitlab, token);
          const views: unknown[] = [];
          for (let start = 0; start < wishes.length; start += parallel) {
            const some = wishes.slice(start, start + parallel);
            const told = some.map((one) => readRunner(client, one).then((view) => pick(view, one), statusOf));
            views.push(...(await Promise.all(told)));
          }
          assert.deepEqual(views, expected);
        }
        await gitlab.close();
      }),
      { numRuns: 12 },
    );
  });

  it("stays within what GitLab allows one query, with places and projects, for whoever is no administrator", async () => {
    const gitlab = await makeGitLab();
    const client = clientOf(gitlab, tokenOf(gitlab, "groupOwner"));
    const ids = makeGroupRunners(gitlab, 40);
    await readRunners(
      client,
      ids.map((id) => wish(id, { place: group(gitlab.groupId) })),
    );
    const shared = gitlab.createProject({ path: "shared", groupId: gitlab.groupId }).id;
    const make = () => gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId, shared] }).id;
    const place = { runner_type: "project_type", project_id: gitlab.projectId } as const;
    const wishes = Array.from({ length: 30 }, () => wish(make(), { place, projectIds: [shared] }));
    await readRunners(client, wishes.slice(0, 12));
    await readRunners(client, wishes);
    // By id, to learn the paths of the group and of the project; a page of each list.
    assert.deepEqual([gitlab.requests.count(GRAPHQL), gitlab.requests.count()], [4, 4]);
  });

  it("reads 1,000 runners of a group with at most 15 requests, in whatever order and however many at a time", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 1000);
    const place = group(gitlab.groupId);
    const shuffled = fc.sample(fc.shuffledSubarray(ids, { minLength: ids.length }), 1)[0] ?? [];
    for (const order of [ids, [...ids].reverse(), shuffled]) {
      for (const parallel of [8, 1000]) {
        gitlab.requests.clear();
        const client = clientOf(gitlab, gitlab.token);
        const views = await readAll(
          client,
          order.map((id) => wish(id, { place })),
          { parallel },
        );
        assert.deepEqual(
          views.map((view) => view?.id),
          order,
        );
        const count = gitlab.requests.count();
        assert.ok(count <= 15, `${count} requests for ${parallel} at a time`);
      }
    }
  });

  it("reads 1,000 runners of several places with at most 15 requests and one for each that is gone, whatever comes when", async () => {
    const gitlab = await makeGitLab();
    const wishes = makeInPlaces(gitlab, 1000);
    for (const index of [30, 500, 900]) gitlab.runners.remove(Number(wishes[index]?.id));
    const byPlace = [0, 1, 2, 3].flatMap((place) => wishes.filter((_, index) => index % 4 === place));
    // As a state has them whose creation began with those of the instance.
    const oneFirst = [...byPlace.slice(0, 250), ...wishes.filter((_, index) => index % 4 > 0)];
    const random = fc.sample(fc.shuffledSubarray(wishes, { minLength: wishes.length }), 3);
    for (const order of [wishes, byPlace, oneFirst, ...random]) {
      for (const parallel of [8, 1000]) {
        gitlab.requests.clear();
        const views = await readAll(clientOf(gitlab, gitlab.token), order, { parallel });
        assert.equal(views.filter((view) => view === undefined).length, 3);
        const count = gitlab.requests.count();
        assert.ok(count <= 18, `${count} requests for ${parallel} at a time`);
      }
    }
  });

  it("needs no more requests where GitLab is slow, and the engine too", async () => {
    const gitlab = await makeGitLab();
    const wishes = makeInPlaces(gitlab, 1000);
    const random = fc.sample(fc.shuffledSubarray(wishes, { minLength: wishes.length }), 1);
    const pauses = fc.sample(fc.integer({ min: 0, max: 4 }), wishes.length);
    gitlab.faults.add({ kind: "delay", delayMs: 40, when: "after", ...GRAPHQL, count: "all" });
    for (const order of [wishes, ...random]) {
      gitlab.requests.clear();
      await readAll(clientOf(gitlab, gitlab.token), order, { parallel: 8, pauses });
      const count = gitlab.requests.count();
      assert.ok(count <= 15, `${count} requests`);
    }
  });

  it("asks for the lists of several places at once, and for each by itself where one of them is refused", async () => {
    const gitlab = await makeGitLab();
    const wishes = makeInPlaces(gitlab, 80);
    for (const [token, queries] of [
      // By id, to learn the paths; a page of each list.
      [gitlab.token, 2],
      // By id; all lists, which is refused for that of the instance; each by itself; the instance's by id.
      [tokenOf(gitlab, "groupOwner"), 7],
    ] as const) {
      gitlab.requests.clear();
      const views = await readRunners(clientOf(gitlab, token), wishes);
      assert.deepEqual(
        views.map((view) => String(view?.id)),
        wishes.map(({ id }) => id),
      );
      assert.deepEqual([gitlab.requests.count(GRAPHQL), gitlab.requests.count(SINGLE)], [queries, 0]);
    }
  });

  it("goes on with one list at a time where a proxy finds the query for several too long", async () => {
    const gitlab = await makeGitLab();
    const wishes = makeInPlaces(gitlab, 80);
    const client = clientOf(gitlab, gitlab.token);
    await readRunners(client, wishes.slice(0, 8));
    gitlab.requests.clear();
    gitlab.faults.add({ kind: "reply", status: 414, body: { message: "URI Too Long" }, ...GRAPHQL });
    await readRunners(client, wishes);
    assert.deepEqual([gitlab.requests.count(GRAPHQL), gitlab.requests.count(SINGLE)], [5, 0]);
  });

  it("sends one request for each of a few runners, and one for five", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 5);
    for (const [count, singles, queries] of [
      [1, 1, 0],
      [2, 2, 0],
      [4, 4, 0],
      [5, 0, 1],
    ] as const) {
      gitlab.requests.clear();
      const wishes = ids.slice(0, count).map((id) => wish(id, { place: group(gitlab.groupId) }));
      await readRunners(clientOf(gitlab, gitlab.token), wishes);
      assert.deepEqual([gitlab.requests.count(SINGLE), gitlab.requests.count(GRAPHQL)], [singles, queries]);
    }
  });

  it("reads the list also for reads that come one after the other", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 200);
    const client = clientOf(gitlab, gitlab.token);
    await readAll(
      client,
      ids.map((id) => wish(id, { place: group(gitlab.groupId) })),
      { parallel: 1 },
    );
    assert.ok(gitlab.requests.count() <= 8, String(gitlab.requests.count()));
  });

  it("says that a runner is gone only after its own endpoint said so, with one request for each", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 300);
    const gone = ids.filter((_, index) => index % 30 === 0);
    for (const id of gone) gitlab.runners.remove(id);
    const client = clientOf(gitlab, gitlab.token);
    const views = await readAll(
      client,
      ids.map((id) => wish(id, { place: group(gitlab.groupId) })),
    );
    assert.deepEqual(
      ids.filter((_, index) => views[index] === undefined),
      gone,
    );
    const asked = gitlab.requests.list(SINGLE).map(({ path, status }) => [path, status]);
    assert.deepEqual(asked.sort(), gone.map((id) => [`/api/v4/runners/${id}`, 404]).sort());
    const queries = gitlab.requests.count(GRAPHQL);
    assert.ok(queries <= 6, String(queries));
  });

  it("does not take for gone what the token's user may not see", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 20);
    const client = clientOf(gitlab, personWith(gitlab));
    const places = { place: group(gitlab.groupId) };
    const statuses = await Promise.all(ids.map((id) => readRunner(client, wish(id, places)).catch(statusOf)));
    assert.deepEqual(new Set(statuses), new Set([403]));
    await Promise.all(ids.map((id) => hasRunner(client, wish(id, places))));
    gitlab.runners.remove(ids[0] ?? 0);
    assert.equal(await hasRunner(client, wish(ids[0] ?? 0, places)).catch(statusOf), 404);
  });

  it("takes a web page of a gateway for no word of GitLab on whether a runner exists", async () => {
    const gitlab = await makeGitLab();
    const [id = 0] = makeGroupRunners(gitlab, 1);
    gitlab.faults.add({ ...SINGLE, kind: "reply", status: 403, body: "<html><body>Forbidden</body></html>" });
    assert.equal(await hasRunner(clientOf(gitlab, personWith(gitlab)), wish(id)).catch(statusOf), 403);
  });

  it("asks for many at once again after a moment in which all queries on the way were refused together", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 200);
    const client = clientOf(gitlab, gitlab.token);
    const readAllFresh = () => Promise.all(ids.map((id) => readFreshRunner(client, wish(id))));
    gitlab.faults.add({ ...GRAPHQL, kind: "badGateway", count: 8 });
    await readAllFresh();
    assert.deepEqual([gitlab.requests.count(GRAPHQL), gitlab.requests.count(SINGLE)], [8, 200]);
    gitlab.requests.clear();
    await readAllFresh();
    assert.deepEqual([gitlab.requests.count(GRAPHQL), gitlab.requests.count(SINGLE)], [8, 0]);
  });

  it("sees what was written by this process, and what changed with it", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 60);
    const client = clientOf(gitlab, gitlab.token);
    const wishes = ids.map((id) => wish(id, { place: group(gitlab.groupId) }));
    const [one = wish(0), other = wish(0)] = wishes;
    await readRunners(client, wishes);
    await updateRunner(client, { id: one.id, secrets: [] }, { description: "ours" });
    const record = gitlab.runners.find(Number(other.id));
    if (record) record.description = "theirs";
    const views = await readRunners(client, wishes);
    assert.deepEqual(
      views.slice(0, 3).map((view) => view?.description),
      ["ours", "theirs", "runner 2"],
    );
  });

  it("tells what is so now, where a write is to be decided on, with few requests", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 30);
    const client = clientOf(gitlab, gitlab.token);
    await readRunners(
      client,
      ids.map((id) => wish(id, { place: group(gitlab.groupId) })),
    );
    for (const runner of gitlab.runners.all()) runner.maintenanceNote = "taken over";
    gitlab.runners.remove(ids[7] ?? 0);
    gitlab.requests.clear();
    const notes = await Promise.all(
      ids.map((id) => readFreshRunner(client, wish(id)).then((view) => view.maintenance_note, statusOf)),
    );
    assert.deepEqual(
      notes,
      ids.map((_, index) => (index === 7 ? 404 : "taken over")),
    );
    assert.equal(gitlab.requests.count(), 3);
  });

  it("drops what was on the way while this process wrote", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 40);
    const client = clientOf(gitlab, gitlab.token);
    const wishes = ids.map((id) => wish(id, { place: group(gitlab.groupId) }));
    const [first = wish(0)] = wishes;
    gitlab.faults.add({ kind: "delay", delayMs: 300, when: "after", ...GRAPHQL, count: "all" });
    const before = readRunners(client, wishes);
    await gitlab.requests.waitFor(GRAPHQL);
    await updateRunner(client, { id: first.id, secrets: [] }, { description: "ours" });
    const after = readRunner(client, first);
    await before;
    assert.equal((await after).description, "ours");
  });

  it("looks again after some minutes", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 40);
    const client = clientOf(gitlab, gitlab.token);
    const wishes = ids.map((id) => wish(id, { place: group(gitlab.groupId) }));
    await readRunners(client, wishes);
    for (const runner of gitlab.runners.all()) runner.paused = true;
    const { now } = performance;
    performance.now = () => now.call(performance) + 300_000;
    try {
      const views = await readRunners(client, wishes);
      assert.ok(views.every((view) => view?.paused));
    } finally {
      performance.now = now;
    }
  });

  it("asks one by one where the token lacks read_api, after one refusal", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 50);
    const { token } = gitlab.createToken({ userId: gitlab.userId, scopes: ["create_runner", "manage_runner"] });
    const views = await readAll(
      clientOf(gitlab, token),
      ids.map((id) => wish(id, { place: group(gitlab.groupId) })),
    );
    assert.equal(views.length, 50);
    assert.deepEqual([gitlab.requests.count(SINGLE), gitlab.requests.count(GRAPHQL)], [50, 1]);
  });

  for (const fault of [{ kind: "serverError" }, { kind: "cut" }, { kind: "maintenance" }] as const) {
    it(`asks one by one where GraphQL fails: ${fault.kind}`, async () => {
      const gitlab = await makeGitLab();
      const ids = makeGroupRunners(gitlab, 60);
      gitlab.faults.add({ ...fault, ...GRAPHQL, count: "all" });
      const start = performance.now();
      const views = await readAll(
        clientOf(gitlab, gitlab.token),
        ids.map((id) => wish(id, { place: group(gitlab.groupId) })),
      );
      assert.deepEqual(
        views.map((view) => view?.id),
        ids,
      );
      assert.ok(gitlab.requests.count(GRAPHQL) <= 3);
      assert.ok(performance.now() - start < 3000, "it was not tried again and again");
    });
  }

  it("goes on in bulk where GitLab does not know how to tell the places of runners", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 100);
    const refusal = { errors: [{ message: "Field 'fullPath' doesn't exist on type 'GroupInterface'" }] };
    gitlab.faults.add({ kind: "reply", status: 200, body: refusal, ...GRAPHQL });
    await readAll(
      clientOf(gitlab, gitlab.token),
      ids.map((id) => wish(id, { place: group(gitlab.groupId) })),
      { parallel: 20 },
    );
    assert.deepEqual([gitlab.requests.count(SINGLE) < 25, gitlab.requests.count(GRAPHQL) < 15], [true, true]);
  });

  it("asks one by one where GitLab understands none of it", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 60);
    gitlab.faults.add({ kind: "reply", status: 200, body: { errors: [{ message: "no" }] }, ...GRAPHQL, count: "all" });
    await readAll(
      clientOf(gitlab, gitlab.token),
      ids.map((id) => wish(id, { place: group(gitlab.groupId) })),
    );
    assert.equal(gitlab.requests.count(SINGLE), 60);
    assert.ok(gitlab.requests.count(GRAPHQL) <= 3, String(gitlab.requests.count(GRAPHQL)));
  });

  it("goes on in bulk after one failure", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 400);
    gitlab.faults.add({ kind: "serverError", ...GRAPHQL });
    await readAll(
      clientOf(gitlab, gitlab.token),
      ids.map((id) => wish(id, { place: group(gitlab.groupId) })),
    );
    const count = gitlab.requests.count();
    assert.ok(count <= 30, String(count));
  });

  it("never sends more requests than one each, in a place where most runners are none of the stack", async () => {
    const gitlab = await makeGitLab();
    const ids = makeGroupRunners(gitlab, 3000);
    const ours = ids.filter((_, index) => index % 75 === 74);
    const client = clientOf(gitlab, gitlab.token);
    await readAll(
      client,
      ours.map((id) => wish(id, { place: group(gitlab.groupId) })),
      { parallel: 8 },
    );
    const count = gitlab.requests.count();
    assert.ok(count <= ours.length / 2, `${count} requests for ${ours.length} runners`);
  });

  it("reads few runners of each of many places together", async () => {
    const gitlab = await makeGitLab();
    const wishes = Array.from({ length: 200 }, (_, index) => {
      const project = gitlab.createProject({ path: `p${index}`, groupId: gitlab.groupId });
      const { id } = gitlab.createRunner({ runnerType: "project_type", projectIds: [project.id] });
      return wish(id, { place: { runner_type: "project_type", project_id: project.id } });
    });
    for (const [token, most] of [
      [gitlab.token, 20],
      [personWith(gitlab, { role: "owner", groupId: gitlab.groupId }), 27],
    ] as const) {
      gitlab.requests.clear();
      await readAll(clientOf(gitlab, token), wishes);
      assert.ok(gitlab.requests.count() <= most, `${gitlab.requests.count()} requests`);
    }
  });

  it("keeps two GitLabs apart", async () => {
    const [one, other] = [await makeGitLab(), await makeGitLab()];
    const wishes = makeGroupRunners(one, 30).map((id) => wish(id, { place: group(one.groupId) }));
    makeGroupRunners(other, 30);
    for (const runner of other.runners.all()) runner.description = "other";
    const [mine, theirs] = await Promise.all([
      readRunners(clientOf(one, one.token), wishes),
      readRunners(clientOf(other, other.token), wishes),
    ]);
    assert.deepEqual(new Set(theirs.map((view) => view?.description)), new Set(["other"]));
    assert.ok(mine.every((view) => view?.description !== "other"));
  });
});

function statusOf(error: unknown): number | undefined {
  assert.ok(error instanceof GitLabCallError, String(error));
  return error.call.status;
}

function tokenOf(gitlab: StandInGitLab, who: string): string {
  const { groupId, projectId } = gitlab;
  if (who === "admin") return gitlab.token;
  if (who === "auditor") return personWith(gitlab, { auditor: true });
  if (who === "groupOwner") return personWith(gitlab, { role: "owner", groupId });
  if (who === "groupMaintainer") return personWith(gitlab, { role: "maintainer", groupId });
  return who === "nobody" ? personWith(gitlab) : personWith(gitlab, { role: "maintainer", projectId });
}
