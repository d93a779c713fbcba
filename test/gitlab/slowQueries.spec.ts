import assert from "node:assert/strict";
import { GitLabCallError } from "../../provider/errors.js";
import { GitLabClient } from "../../provider/gitlab/client.js";
import { listFleet } from "../../provider/gitlab/fleet.js";
import { readRunners } from "../../provider/gitlab/readRunner.js";
import type { Place } from "../../provider/gitlab/runners.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab } from "../support/gitlab.js";

const GRAPHQL = { path: "/api/graphql" };

async function openWithRunners(count: number): Promise<{ gitlab: StandInGitLab; ids: number[]; client: GitLabClient }> {
  const gitlab = await makeGitLab();
  const { groupId } = gitlab;
  const make = (_: unknown, index: number) =>
    gitlab.createRunner({ runnerType: "group_type", groupId, description: `runner ${index}` }).id;
  const ids = Array.from({ length: count }, make);
  return { gitlab, ids, client: new GitLabClient({ address: gitlab.url, token: gitlab.token }) };
}

describe("a GitLab that ends queries which take it more than 30 s", () => {
  for (const [what, graphqlFieldMs] of [
    ["pages of a list", 100],
    ["everything", 20_000],
  ] as const) {
    it(`is asked for each runner in another way, where it is too slow for ${what}`, async () => {
      const { gitlab, ids, client } = await openWithRunners(150);
      gitlab.settings.graphqlFieldMs = graphqlFieldMs;
      const place = { runner_type: "group_type", group_id: gitlab.groupId } as const;
      const views = await readRunners(
        client,
        ids.map((id) => ({ id: String(id), secrets: [], place })),
      );
      assert.deepEqual(
        views.map((view) => [view?.id, view?.description]),
        gitlab.runners.all().map(({ id, description }) => [id, description]),
      );
      // What was cut short is not believed, and not asked for again and again either.
      assert.ok(gitlab.requests.count(GRAPHQL) <= 12, `${gitlab.requests.count(GRAPHQL)} queries`);
    });
  }

  it("is asked for the lists of several places one by one, where it is too slow for all at once", async () => {
    const { gitlab, ids, client } = await openWithRunners(150);
    const shared = Array.from({ length: 150 }, () => gitlab.createRunner({ runnerType: "instance_type" }).id);
    // A page of a list has some 1,000 fields.
    gitlab.settings.graphqlFieldMs = 20;
    const wishesOf = (all: number[], place: Place) => all.map((id) => ({ id: String(id), secrets: [], place }));
    const views = await readRunners(client, [
      ...wishesOf(ids, { runner_type: "group_type", group_id: gitlab.groupId }),
      ...wishesOf(shared, { runner_type: "instance_type" }),
    ]);
    assert.deepEqual(
      views.map((view) => view?.id),
      [...ids, ...shared],
    );
    // By id, to learn the path; both lists; two pages of each.
    assert.deepEqual([gitlab.requests.count(GRAPHQL), gitlab.requests.count()], [6, 6]);
  });

  it("is asked for a fleet in smaller pages", async () => {
    const { gitlab, ids, client } = await openWithRunners(60);
    // A runner of the list has some 14 fields.
    gitlab.settings.graphqlFieldMs = 30_000 / (14 * 30);
    const fleet = await listFleet(client, { kind: "group", path: "example-group" });
    assert.deepEqual(new Set(fleet.map(({ id }) => id)), new Set(ids));
  });

  it("is told so where not even a small page comes in time", async () => {
    const { gitlab, client } = await openWithRunners(10);
    gitlab.settings.graphqlFieldMs = 10_000;
    await assert.rejects(
      () => listFleet(client, { kind: "group", path: "example-group" }),
      (error: unknown) => {
        assert.ok(error instanceof GitLabCallError);
        assert.match(error.message, /GitLab ended the query, which took it too long.*try again later/s);
        assert.doesNotMatch(error.message, /scope|Maintainer/);
        return true;
      },
    );
  });
});
