import assert from "node:assert/strict";
import { matchToken } from "../../provider/lifecycle/runner/tokenProof.js";
import type { NewRunner, RunnerRecord, StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import {
  change,
  destroy,
  differs,
  type Made,
  make,
  type Properties,
  printedBy,
  refresh,
  refusals,
} from "../support/runners.js";

const GROUP = { runnerType: "group_type" };

describe("Runner with adopt", () => {
  let gitlab: StandInGitLab;
  let theirs: RunnerRecord;

  beforeEach(async () => {
    gitlab = await makeGitLab({ runnerIdStart: 77 });
    useGitLab(gitlab);
    theirs = addRunner({ description: "theirs", tagList: ["old"], maintenanceNote: "by hand" });
  });

  const addRunner = (fresh: Partial<NewRunner>) =>
    gitlab.createRunner({ runnerType: "group_type", groupId: gitlab.groupId, ...fresh });
  const adopt = (runner = theirs) => ({ runnerId: runner.id, token: runner.token });
  const attributesOf = ({ managers, contactedAt, ...rest }: RunnerRecord) => structuredClone(rest);
  const changes = () => gitlab.requests.list(({ method }) => method === "PUT");

  it("takes the runner with its id and token, and changes nothing of it", async () => {
    const before = attributesOf(theirs);
    const { id, outs } = await make({ ...GROUP, adopt: adopt(), tagList: ["new"], description: "mine" });
    assert.deepEqual(
      [id, outs.runnerId, outs.token, outs.url, outs.tokenExpiresAt],
      ["77", 77, theirs.token, gitlab.url, null],
    );
    assert.deepEqual(attributesOf(gitlab.runners.get(77)), before);
    assert.deepEqual([gitlab.runners.size, changes().length], [1, 0]);
    assert.deepEqual(outs.applied, { description: "theirs", tagList: ["old"], maintenanceNote: "by hand" });
  });

  it("needs no write where GitLab's GraphQL tells enough: for a runner of the instance, a group, a project; any token", async () => {
    const owners = [
      { runnerType: "instance_type" },
      { runnerType: "group_type", groupId: gitlab.groupId },
      { runnerType: "project_type", projectIds: [gitlab.projectId] },
    ] as const;
    for (const form of ["routable", "typed", "plain"] as const) {
      gitlab.settings.runnerTokenForm = form;
      for (const owner of owners) {
        const runner = gitlab.createRunner(owner);
        await make({ runnerType: owner.runnerType, adopt: adopt(runner) });
        assert.equal(gitlab.runners.get(runner.id).contactedAt, null);
      }
    }
    const writes = gitlab.requests.list(({ method, path }) => method !== "GET" && path !== "/api/graphql");
    assert.deepEqual(writes, []);
  });

  it("says at adoption that destroying deletes it, and how to keep it", async () => {
    const lines = await printedBy(() => make({ ...GROUP, identity: "docker", adopt: adopt() }));
    assert.match(
      lines.join("\n"),
      /^Runner docker \(adopted runner 77\): taken into the stack, unchanged\..*deletes the runner in GitLab.*retainOnDelete: true keeps it/m,
    );
    assert.ok(!lines.join("\n").includes(theirs.token));
  });

  it("shows each setting that the next update changes, never a secret, until it is made", async () => {
    const args = {
      ...GROUP,
      identity: "docker",
      adopt: adopt(),
      tagList: ["new"],
      description: "mine",
      maximumTimeout: 3600,
      maintenanceNote: "canary-note",
      secretPaths: ["maintenanceNote"],
    };
    const made = await make(args);
    const refreshed = { id: made.id, outs: (await refresh(made)).props };
    for (const state of [made, refreshed]) {
      const lines = await printedBy(async () =>
        assert.deepEqual(await differs(state, args), { changes: true }, "a refresh must not hide what is to come"),
      );
      const name = "Runner docker (adopted runner 77)";
      assert.deepEqual(lines, [
        `${name}: description: GitLab has "theirs", the program wants "mine"`,
        `${name}: maintenanceNote: GitLab has [secret], the program wants [secret]`,
        `${name}: tagList: GitLab has ["old"], the program wants ["new"]`,
        `${name}: maximumTimeout: GitLab has (not set), the program wants 3600`,
      ]);
    }
    const settled = await change(made, args);
    const { description, tagList, maximumTimeout, token } = gitlab.runners.get(77);
    assert.deepEqual([description, tagList, maximumTimeout, token], ["mine", ["new"], 3600, theirs.token]);
    assert.deepEqual(
      await printedBy(async () => assert.deepEqual(await differs(settled, args), { changes: false })),
      [],
    );
  });

  it("is no change to preview where program and GitLab agree", async () => {
    const args = { ...GROUP, adopt: adopt(), tagList: ["old"], description: "theirs", maintenanceNote: "by hand" };
    const made = await make(args);
    assert.deepEqual(await differs(made, args), { changes: false });
    assert.deepEqual(await differs(made, { ...args, description: "other" }), { changes: true });
  });

  it("acts at creation only: a later change or removal of adopt is no change, whether the owner was told or not", async () => {
    const rest = { ...GROUP, tagList: ["old"], description: "theirs", maintenanceNote: "by hand" };
    const made = await make({ ...rest, adopt: adopt() });
    const owner = { groupId: gitlab.groupId };
    assert.deepEqual(await differs(made, rest), { changes: false });
    assert.deepEqual(await differs(made, { ...rest, adopt: { runnerId: 1, token: "glrt-other" } }), { changes: false });
    const told = await make({ ...rest, ...owner, adopt: adopt() });
    assert.deepEqual(await differs(told, { ...rest, ...owner }), { changes: false });
    const created = await make({ ...GROUP, ...owner });
    assert.deepEqual(await differs(created, { ...GROUP, ...owner, adopt: adopt() }), { changes: false });
  });

  it("has a token that no refresh gives back among the inputs: the program may have dropped adopt, and its mark as a secret", async () => {
    const made = await make({ ...GROUP, adopt: adopt() });
    const { props, inputs } = await refresh(made);
    assert.ok(!JSON.stringify(inputs).includes(theirs.token), JSON.stringify(inputs));
    assert.deepEqual(props, made.outs);
  });

  it("never replaces for an owner that was not told; one that is declared later must be the runner's", async () => {
    const rest = { ...GROUP, tagList: ["old"], description: "theirs", maintenanceNote: "by hand" };
    const made = await make({ ...rest, adopt: adopt() });
    const told = { ...rest, groupId: gitlab.groupId };
    assert.deepEqual(await differs(made, told), { changes: true });
    assert.deepEqual(await differs(await change(made, told), told), { changes: false });
    const other = gitlab.createGroup({ path: "other", name: "Other" });
    const { message } = await failureOf(change(made, { ...rest, groupId: other.id }));
    assert.match(message, /^groupId: is not a group of runner 77; GitLab tells \d+: declare that one/);
  });

  it("is refused, with nothing in state, where type or owner are not those that GitLab tells", async () => {
    const other = gitlab.createGroup({ path: "other", name: "Other" });
    const wrong: [object, RegExp][] = [
      [{ runnerType: "instance_type" }, /^runnerType: is not that of runner 77, which is a runner of group_type/],
      [{ ...GROUP, groupId: other.id }, /^groupId: is not a group of runner 77/],
      [
        { runnerType: "project_type", projectId: gitlab.projectId },
        /^runnerType: is not that of runner 77, which is a runner of group_type/,
      ],
    ];
    for (const [args, message] of wrong) {
      const error = await failureOf(make({ ...args, adopt: adopt() }));
      assert.match(error.message, message);
      assert.ok(!("properties" in error), "it must not come into state");
    }
    assert.equal(changes().length, 0);
  });

  it("is refused where the token is another runner's, unknown, or expired; the token is not told", async () => {
    const other = addRunner({ description: "other" });
    const dead = addRunner({ tokenExpiresAt: new Date(gitlab.clock.now().getTime() - 1000) });
    const wrong: [number, string, RegExp][] = [
      [77, other.token, /^adopt\.token: is (the token of runner 78, not of runner 77|not the token of runner 77)/],
      [
        77,
        "glrt-canary-unknown",
        /^adopt\.token: (POST .* 403: .*does not know this runner authentication token|is not)/,
      ],
      [dead.id, dead.token, /^adopt\.token: POST .* 403: .*has expired/],
      [4711, theirs.token, /^adopt\.runnerId: GET \/api\/v4\/runners\/4711 .*404/],
    ];
    for (const [runnerId, token, message] of wrong) {
      const error = await failureOf(make({ ...GROUP, adopt: { runnerId, token } }));
      assert.match(error.message, message);
      assert.ok(!error.message.includes(token) && !("properties" in error));
    }
    assert.deepEqual([other.managers, theirs.managers], [[], []]);
  });

  it("leaves no runner manager where it had to verify, also one that a stopped run left, and says that it did", async () => {
    const manager = { method: "DELETE", path: "/api/v4/runners/managers" } as const;
    gitlab.faults.add({ ...manager, kind: "reply", status: 403, body: { message: "403 Forbidden" } });
    const args = { ...GROUP, identity: "docker", adopt: adopt() };
    const graphql = { method: "POST", path: "/api/graphql", count: "all" } as const;
    gitlab.faults.add({ ...graphql, kind: "reply", status: 404, body: { error: "404 Not Found" } });
    const lines = await printedBy(() => make(args));
    assert.match(lines.join("\n"), /warning: the runner manager pulumi_\w+, made to verify .* could not be removed/);
    assert.match(lines.join("\n"), /checked by POST \/runners\/verify, which sets the runner's time of contact/);
    assert.equal(gitlab.runners.get(77).managers.length, 1);
    await make(args);
    assert.deepEqual(gitlab.runners.get(77).managers, []);
    const verified = gitlab.requests.list(({ path }) => path === "/api/v4/runners/verify");
    const systemIds = verified.map(({ body }) => String((body as Properties).system_id));
    assert.ok(systemIds.length === 2 && systemIds.every((id) => /^pulumi_[0-9a-f]{16}$/.test(id)), systemIds.join());
  });

  it("is deleted with the stack as one that was created here", async () => {
    await destroy(await make({ ...GROUP, adopt: adopt() }));
    assert.equal(gitlab.runners.size, 0);
  });

  it("is not deleted by a forced replacement that takes over the same runner first", async () => {
    const args = { ...GROUP, adopt: adopt() };
    const old = await make(args);
    const fresh = await make(args);
    const lines = await printedBy(() => destroy(old));
    assert.equal(gitlab.runners.size, 1);
    assert.match(lines.join("\n"), /left in GitLab, since another creation has taken it over/);
    await destroy(fresh as Made);
    assert.equal(gitlab.runners.size, 0);
  });

  it("is checked before anything is sent", async () => {
    assert.deepEqual(await refusals({ ...GROUP, adopt: { runnerId: "a/b", token: "canary token" } }), [
      "adopt.runnerId: must be GitLab's number of it, not a path (pulumi-gitlab's `id` output is right)",
      "adopt.token: must not be empty or hold blanks",
    ]);
    assert.match((await refusals({ ...GROUP, adopt: 5 })).join(), /^adopt: must be { runnerId, token }/);
    const initialTokenExpiresAt = "2030-01-01T00:00:00Z";
    assert.match(
      (await refusals({ ...GROUP, adopt: adopt(), initialTokenExpiresAt })).join(),
      /^initialTokenExpiresAt: counts at creation/,
    );
    assert.match((await refusals({ adopt: adopt() })).join(), /^runnerType: is missing/);
    assert.match((await refusals(GROUP)).join(), /^groupId: is missing/);
    assert.equal(gitlab.requests.count(), 0);
  });
});

describe("a token beside the beginning that GitLab shows of it", () => {
  const rows: [string, string, string][] = [
    ["glrt-abcdefgh12", "abcdefgh", "yes"],
    ["glrt-abcdefgh12", "abcdefgh1", "yes"],
    ["glrt-t1_abcdefgh12", "abcdefgh", "yes"],
    ["glrt-t1_abcdefgh12", "t1_abcdef", "yes"],
    ["acme-glrt-abcdefgh12", "abcdefgh", "yes"],
    ["glrtr-abcdefgh12", "abcdefgh", "yes"],
    ["abcdefgh12", "abcdefgh", "yes"],
    ["glrt-abcdefgh12", "abcdefgx", "no"],
    ["glrt-abcdefgh12", "bcdefgh1", "no"],
    ["glrt-abcdefgh12", "abc", "perhaps"],
  ];
  for (const [token, shortSha, match] of rows) {
    it(`${token}, ${shortSha}: ${match}`, () => assert.equal(matchToken(token, shortSha), match));
  }

  it("proves nothing where the beginning is the route, which all runners of one place have", () => {
    const payload = Buffer.from("o:1\np:5\nt:3random0123456789").toString("base64url");
    const token = `glrt-${payload}.01.1a0abcdef`;
    assert.equal(matchToken(token, payload.slice(0, 8)), "perhaps");
    assert.equal(matchToken(token, "AAAAAAAA"), "no");
    const random = Buffer.from("\x01\xfe random bytes first").toString("base64url");
    assert.equal(matchToken(`glrt-${random}.01.1a0abcdef`, random.slice(0, 8)), "yes");
  });
});
