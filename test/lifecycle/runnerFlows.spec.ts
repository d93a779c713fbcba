import assert from "node:assert/strict";
import * as lifecycle from "../../provider/lifecycle/runner.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import {
  change,
  checked,
  destroy,
  differs,
  make,
  type Properties,
  printedBy,
  refresh,
  refusals,
} from "../support/runners.js";

/** The settings that `gitlab-runner register` reserves for the runner's maker. */
const SEVEN = {
  locked: false,
  accessLevel: "ref_protected",
  runUntagged: false,
  maximumTimeout: 3600,
  paused: true,
  tagList: ["docker", "aws"],
  maintenanceNote: "note",
};

describe("the ways to a Runner", () => {
  let gitlab: StandInGitLab;

  beforeEach(async () => {
    gitlab = await makeGitLab({ runnerIdStart: 77 });
    useGitLab(gitlab);
  });

  const writes = () => gitlab.requests.list(({ method }) => method !== "GET");
  const bodies = (path: string) =>
    gitlab.requests.list((request) => request.path === path).map(({ body }) => body as Properties);
  const registration = () => ({ registrationToken: gitlab.settings.registrationToken });
  const elsewhere = () => gitlab.createRunner({ runnerType: "instance_type", description: "theirs", tagList: ["x"] });

  describe("authenticationToken", () => {
    it("row 4: takes any runner authentication token made elsewhere, whatever its form", async () => {
      const forms = ["glrt-abcdefghij0123456789", "glrt-t1_abcdefghij0123456789", "acme-glrt-xyz", "glrtr-old", "bare"];
      for (const token of forms) {
        const runner = gitlab.createRunner({ runnerType: "instance_type", token });
        const { id, outs } = await make({ authenticationToken: token });
        assert.deepEqual([id, outs.runnerId, outs.token, outs.url], [String(runner.id), runner.id, token, gitlab.url]);
      }
    });

    it("verifies with a system id of the stack's own, leaves no manager, and changes nothing of the runner", async () => {
      const runner = elsewhere();
      const { managers, contactedAt, ...before } = structuredClone({ ...runner });
      await make({ authenticationToken: runner.token, identity: "docker" });
      const { managers: after, contactedAt: _, ...rest } = structuredClone({ ...gitlab.runners.get(runner.id) });
      assert.deepEqual([rest, after], [before, []]);
      assert.match(String(bodies("/api/v4/runners/verify")[0]?.system_id), /^pulumi_[0-9a-f]{16}$/);
      assert.deepEqual(
        writes().map(({ method, path }) => `${method} ${path}`),
        ["POST /api/v4/runners/verify", "DELETE /api/v4/runners/managers"],
      );
    });

    it("row 11: serves any number of resources; destroying one leaves the runner and the machines of others", async () => {
      const runner = elsewhere();
      const one = await make({ authenticationToken: runner.token, identity: "one" });
      const two = await make({ authenticationToken: runner.token, identity: "two" });
      const info = { token: runner.token, system_id: "s_aaaaaaaaaaaa" };
      await fetch(`${gitlab.url}/api/v4/runners/verify`, { method: "POST", body: new URLSearchParams(info) });
      await destroy(one);
      await destroy(two);
      const { token, managers } = gitlab.runners.get(runner.id);
      assert.deepEqual([token, managers.map(({ systemId }) => systemId)], [runner.token, ["s_aaaaaaaaaaaa"]]);
    });

    it("is content on destroy when runner or token are gone", async () => {
      const runner = elsewhere();
      const made = await make({ authenticationToken: runner.token, identity: "docker" });
      gitlab.runners.remove(runner.id);
      await destroy(made);
    });

    it("has no change while nothing changed, and reads the runner as there, gone, or hidden", async () => {
      const runner = elsewhere();
      const args = { authenticationToken: runner.token, identity: "docker" };
      const made = await make(args);
      assert.deepEqual(await differs(made, args), { changes: false });
      assert.deepEqual((await refresh(made)).props, made.outs);
      const get = { method: "GET", path: `/api/v4/runners/${runner.id}` } as const;
      const hidden = { message: "403 Forbidden - No access granted" };
      gitlab.faults.add({ ...get, kind: "reply", status: 403, body: hidden });
      assert.equal((await refresh(made)).id, made.id, "GitLab says 403 of a runner that is there");
      gitlab.faults.add({ ...get, kind: "reply", status: 403, body: { error: "insufficient_scope", scope: "api" } });
      assert.match((await failureOf(refresh(made))).message, /insufficient_scope/);
      gitlab.runners.remove(runner.id);
      assert.equal((await refresh(made)).id, "");
    });

    it("is among no inputs that a refresh gives back: the program may have given it another name, unmarked as a secret", async () => {
      const { token } = elsewhere();
      for (const args of [{ authenticationToken: token }, { registrationToken: token }, registration()]) {
        const { inputs } = await refresh(await make(args));
        assert.ok(
          !Object.values(args).some((secret) => JSON.stringify(inputs).includes(secret)),
          JSON.stringify(inputs),
        );
      }
    });

    it("counts as the same secret after a refresh", async () => {
      const args = { authenticationToken: elsewhere().token, secretPaths: ["authenticationToken"] };
      const made = await make(args);
      const { inputs } = await refresh(made);
      const { inputs: next } = await lifecycle.check(inputs, args);
      assert.deepEqual((next as Properties).secretVersions, { authenticationToken: 1 });
    });

    it("takes another token of the same runner in place, and refuses that of another runner", async () => {
      const runner = elsewhere();
      const made = await make({ authenticationToken: runner.token });
      gitlab.runners.update(runner.id, { token: "glrt-after-reset" });
      assert.deepEqual(await differs(made, { authenticationToken: "glrt-after-reset" }), { changes: true });
      const changed = await change(made, { authenticationToken: "glrt-after-reset" });
      assert.deepEqual([changed.outs.token, changed.outs.runnerId], ["glrt-after-reset", runner.id]);
      const other = elsewhere();
      const { message } = await failureOf(change(made, { authenticationToken: other.token }));
      assert.match(
        message,
        /^authenticationToken: is the token of runner 78, and this resource is runner 77\..*--replace/,
      );
      assert.ok(!message.includes(other.token));
    });

    it("names a token that GitLab does not know, and tells it not", async () => {
      const { message } = await failureOf(make({ authenticationToken: "glrt-canary-unknown" }));
      assert.match(
        message,
        /^authenticationToken: POST \/api\/v4\/runners\/verify .* 403: .*does not know this runner authentication token: .*https:\/\/docs\.gitlab\.com/,
      );
      assert.ok(!message.includes("canary"));
    });

    it("rows 9 and 21: refuses each setting that it cannot carry, by name", async () => {
      const refused = {
        ...SEVEN,
        description: "x",
        runnerType: "instance_type",
        groupId: 1,
        projectId: 1,
        sharedProjectIds: [2],
        initialTokenExpiresAt: "2030-01-01T00:00:00Z",
        tokenRotationDeadline: "2030-01-01T00:00:00Z",
        rotation: { triggers: 1 },
        drain: {},
        marker: false,
      };
      for (const [name, value] of Object.entries(refused)) {
        const reasons = await refusals({ authenticationToken: "glrt-x", [name]: value });
        assert.ok(
          reasons.some((reason) => reason.startsWith(`${name}: cannot be set with a runner authentication token`)),
          `${name}: ${reasons.join("\n")}`,
        );
      }
      const all = await refusals({ authenticationToken: "glrt-x", ...SEVEN });
      assert.equal(all.length, 7, "all at once");
      assert.equal(writes().length, 0);
    });
  });

  describe("registrationToken", () => {
    it("row 14: creates the runner, with a warning that this way is deprecated", async () => {
      const args = { ...registration(), identity: "docker", description: "old" };
      const lines = await printedBy(async () => {
        const { id, outs } = await make(args);
        assert.deepEqual([id, outs.token], ["77", gitlab.runners.get(77).token]);
      });
      assert.match(
        lines.join("\n"),
        /^Runner docker: warning: registrationToken is deprecated .*https:\/\/docs\.gitlab\.com\/ci\/runners\/new_creation_workflow\//m,
      );
      assert.ok(!lines.join("\n").includes(gitlab.settings.registrationToken));
      assert.equal(gitlab.runners.get(77).registrationType, "registration_token");
    });

    it("belongs to whom the token says: instance, group or project", async () => {
      const { registrationToken: group } = gitlab.groups.get(gitlab.groupId);
      const { registrationToken: project } = gitlab.projects.get(gitlab.projectId);
      for (const registrationToken of [gitlab.settings.registrationToken, group, project]) {
        await make({ registrationToken });
      }
      assert.deepEqual(
        gitlab.runners.all().map(({ runnerType, groupId, projectIds }) => [runnerType, groupId, projectIds]),
        [
          ["instance_type", null, []],
          ["group_type", gitlab.groupId, []],
          ["project_type", null, [gitlab.projectId]],
        ],
      );
    });

    it("row 15: takes 255 characters of a note and refuses 256 before any request; 1,024 and 1,025 otherwise", async () => {
      await make({ ...registration(), maintenanceNote: "é".repeat(255) });
      assert.equal(gitlab.runners.get(77).maintenanceNote, "é".repeat(255));
      assert.match(
        (await refusals({ ...registration(), maintenanceNote: "é".repeat(256) })).join(),
        /^maintenanceNote: is longer than 255 characters, the limit with registrationToken/,
      );
      assert.deepEqual(await refusals({ runnerType: "instance_type", maintenanceNote: "é".repeat(1024) }), []);
      assert.equal((await refusals({ runnerType: "instance_type", maintenanceNote: "é".repeat(1025) })).length, 1);
      assert.equal(writes().length, 1);
    });

    it("row 16: sends the tags as one text with commas", async () => {
      await make({ ...registration(), tagList: ["docker", "aws"] });
      assert.equal(bodies("/api/v4/runners")[0]?.tag_list, "aws,docker");
      assert.deepEqual(gitlab.runners.get(77).tagList, ["aws", "docker"]);
    });

    it("row 17: sends runUntagged; without tags it is true, also where false is given, and says so", async () => {
      const rows: [Properties, boolean][] = [
        [{ tagList: ["a"], runUntagged: true }, true],
        [{ tagList: ["a"], runUntagged: false }, false],
        [{ tagList: ["a"] }, false],
        [{}, true],
        [{ runUntagged: false }, true],
      ];
      const lines = await printedBy(async () => {
        for (const [args] of rows) await make({ ...registration(), ...args });
      });
      const sent = bodies("/api/v4/runners").map(({ run_untagged }) => run_untagged);
      assert.deepEqual(
        sent,
        rows.map(([, wanted]) => wanted),
      );
      assert.equal(lines.filter((line) => /runUntagged: false counts as true/.test(line)).length, 1);
    });

    it("row 18: sends locked, true unless it is given", async () => {
      await make({ ...registration() });
      await make({ ...registration(), locked: false });
      assert.deepEqual(
        bodies("/api/v4/runners").map(({ locked }) => locked),
        [true, false],
      );
    });

    it("row 19: sends the access level where one is given, and refuses one that GitLab does not have", async () => {
      await make({ ...registration() });
      await make({ ...registration(), accessLevel: "ref_protected" });
      await make({ ...registration(), accessLevel: "not_protected" });
      const sent = bodies("/api/v4/runners").map((body) => body.access_level);
      assert.deepEqual(sent, [undefined, "ref_protected", "not_protected"]);
      assert.match(
        (await refusals({ ...registration(), accessLevel: "all" })).join(),
        /^accessLevel: must be "not_protected"/,
      );
    });

    it("sends all its other parameters, and manages them later as those of any runner", async () => {
      const args = { ...registration(), ...SEVEN, description: "old" };
      const made = await make(args);
      const { token, ...body } = bodies("/api/v4/runners")[0] ?? {};
      assert.equal(token, gitlab.settings.registrationToken);
      assert.deepEqual(body, {
        description: "old",
        maintenance_note: "note",
        paused: true,
        locked: false,
        access_level: "ref_protected",
        run_untagged: false,
        tag_list: "aws,docker",
        maximum_timeout: 3600,
      });
      assert.deepEqual(await differs(made, args), { changes: false });
      assert.deepEqual((await refresh(made)).props, made.outs);
      const changed = await change(made, { ...args, paused: false });
      assert.equal(gitlab.runners.get(77).paused, false);
      await destroy(changed);
      assert.equal(gitlab.runners.size, 0);
    });

    it("counts at creation only: another token, or none but the type that it gave, is no replacement", async () => {
      const args = { ...registration(), locked: false, description: "old" };
      const made = await make(args);
      assert.deepEqual(await differs(made, { ...args, registrationToken: "GR1348941other" }), { changes: false });
      const present = { runnerType: "instance_type", description: "old" };
      assert.deepEqual(await differs(made, present), { changes: true });
      const moved = await change(made, present);
      assert.deepEqual(await differs(moved, present), { changes: false });
      const { message } = await failureOf(
        change(made, { ...present, runnerType: "group_type", groupId: gitlab.groupId }),
      );
      assert.match(message, /^runnerType: is not that of runner 77, which is a runner of instance_type/);
    });

    it("refuses what it cannot carry, and more than one way at once", async () => {
      const place = { runnerType: "group_type", groupId: 5, projectId: 6, sharedProjectIds: [7] };
      const scope = await refusals({ ...registration(), ...place });
      assert.deepEqual(
        scope.map((reason) => reason.split(": ")[0]),
        Object.keys(place),
      );
      const first = { initialTokenExpiresAt: "2030-01-01T00:00:00Z", tokenRotationDeadline: "2030-01-01T00:00:00Z" };
      assert.equal((await refusals({ ...registration(), ...first })).length, 2);
      assert.deepEqual(
        await refusals({
          ...registration(),
          authenticationToken: "glrt-x",
          adopt: { runnerId: 1, token: "glrt-x" },
          runnerType: "instance_type",
        }),
        [
          "authenticationToken: goes not with adopt: give one of the two",
          "registrationToken: goes not with adopt: give one of the two",
        ],
      );
      assert.match((await refusals({ registrationToken: "" })).join(), /^registrationToken: must not be empty/);
      assert.equal(writes().length, 0);
    });

    it("rows 20 and 21: an authentication token here is the legacy-compatible process: settings are ignored, never sent", async () => {
      const runner = elsewhere();
      const args = { ...SEVEN, description: "mine", registrationToken: runner.token, identity: "docker" };
      const lines = await printedBy(async () => {
        const made = await make(args);
        assert.deepEqual([made.id, made.outs.token], [String(runner.id), runner.token]);
        assert.deepEqual(await differs(made, args), { changes: false });
        await destroy(made);
      });
      const warning = lines.find((line) => line.includes("holds a runner authentication token")) ?? "";
      assert.match(warning, /^Runner docker: warning: .*give it as authenticationToken/);
      for (const name of Object.keys(SEVEN)) assert.ok(warning.includes(name), `${name} not in ${warning}`);
      assert.ok(!lines.join().includes(runner.token));
      assert.equal(bodies("/api/v4/runners").length, 0, "no registration");
      for (const { body } of writes()) {
        assert.deepEqual(Object.keys(body as Properties).sort(), ["system_id", "token"]);
      }
      const { description, tagList, paused } = gitlab.runners.get(runner.id);
      assert.deepEqual([description, tagList, paused], ["theirs", ["x"], false]);
      // What is ignored need not even be right.
      assert.deepEqual(await refusals({ registrationToken: runner.token, accessLevel: "all", tagList: [] }), []);
      const acme = gitlab.createRunner({ runnerType: "instance_type", token: "acme-glrt-abc" });
      assert.equal((await make({ registrationToken: acme.token, paused: true })).id, String(acme.id));
    });

    it("is not judged while it is not known", async () => {
      const registrationToken = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
      assert.deepEqual(await refusals({ ...SEVEN, registrationToken }), []);
      const made = await make({ authenticationToken: elsewhere().token });
      assert.ok(!("replaces" in (await differs(made, { registrationToken }))));
    });
  });

  describe("what GitLab refuses", () => {
    it("rows 35 and 37: 403 names a changed or wrong token, what to ask an administrator, and the link", async () => {
      const { message } = await failureOf(make({ registrationToken: "GR1348941canary" }));
      assert.match(message, /POST \/api\/v4\/runners .* 403: 403 Forbidden - invalid token supplied/);
      for (const words of [
        "mistyped, reset since",
        "Ask an administrator to check that the token is valid",
        "permitted for the instance, the group and the project",
        "https://docs.gitlab.com/administration/settings/continuous_integration/#restrict-runner-registration-by-all-members-in-a-group",
      ]) {
        assert.ok(message.includes(words), `${words} not in ${message}`);
      }
      assert.ok(!message.includes("canary"));
    });

    it("rows 36 and 37: 410 names the instance's, the group's and the project's switch, whom to ask, and the links", async () => {
      gitlab.settings.allowRunnerRegistrationToken = false;
      const { message } = await failureOf(make(registration()));
      assert.match(message, /POST \/api\/v4\/runners .* 410: 410 Gone - runner registration disallowed/);
      for (const words of [
        "by an administrator for the whole instance (Admin > Settings > CI/CD > Runners",
        "by an Owner of the top-level group, for the group and all its projects (Settings > CI/CD > Runners)",
        "https://docs.gitlab.com/administration/settings/continuous_integration/#allow-runner-registrations-tokens",
        "https://docs.gitlab.com/ci/runners/runners_scope/#enable-use-of-runner-registration-tokens-in-projects-and-groups",
        "give runnerType",
      ]) {
        assert.ok(message.includes(words), `${words} not in ${message}`);
      }
    });

    it("a 403 of the present workflow names role and switches; a missing scope is another thing", async () => {
      const user = gitlab.createUser({ username: "dev" });
      const token = (scopes: string[]) => gitlab.createToken({ userId: user.id, scopes }).token;
      useGitLab({ url: gitlab.url, token: token(["api"]) });
      const { message } = await failureOf(make({ runnerType: "group_type", groupId: gitlab.groupId }));
      assert.match(
        message,
        /403 Forbidden.* an Owner of the group, or an administrator, may do this, unless an administrator restricts it\. Ask one to allow it for the instance \(Admin > .*#restrict-runner-registration-by-all-users-in-an-instance\) and for this group or project \(.*#restrict-runner-registration-by-all-members-in-a-group\)/,
      );
      const ofInstance = await failureOf(make({ runnerType: "instance_type" }));
      assert.match(
        ofInstance.message,
        /403 Forbidden.*: only an administrator may create runners of the instance, .* scope admin_mode .*Ask one .*https:/,
      );
      useGitLab({ url: gitlab.url, token: token(["read_api"]) });
      const error = await failureOf(make({ runnerType: "instance_type", identity: "docker" }));
      assert.match(error.message, /^Runner docker: POST .* was not sent\. The token lacks the scope create_runner/);
    });
  });

  it("replace, not change, between a runner of ours and one that was made elsewhere; the runner is not lost by it", async () => {
    const ours = await make({ runnerType: "instance_type" });
    const token = String(ours.outs.token);
    assert.deepEqual(await differs(ours, { authenticationToken: token }), {
      changes: true,
      replaces: ["authenticationToken"],
    });
    const used = await make({ authenticationToken: token });
    await destroy(ours);
    assert.equal(gitlab.runners.get(77).token, token, "it is in use");
    assert.deepEqual((await differs(used, { runnerType: "instance_type" })) as object, {
      changes: true,
      replaces: ["authenticationToken"],
    });
  });

  it("keep the inputs of an ordinary runner as they are", async () => {
    assert.deepEqual(await checked({ runnerType: "instance_type" }), { runnerType: "instance_type", url: gitlab.url });
  });
});
