import assert from "node:assert/strict";
import * as lifecycle from "../../provider/lifecycle/runner.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import { change, checked, differs, make, type Properties, printedBy, refresh } from "../support/runners.js";

const INSTANCE = { runnerType: "instance_type" };

const ALL = {
  description: "all",
  maintenanceNote: "note",
  paused: true,
  locked: true,
  accessLevel: "ref_protected",
  runUntagged: false,
  tagList: ["b", "a"],
  maximumTimeout: 3600,
};

describe("Runner", () => {
  let gitlab: StandInGitLab;

  beforeEach(async () => {
    gitlab = await makeGitLab({ runnerIdStart: 77 });
    useGitLab(gitlab);
  });

  const inGitLab = (id = 77) => gitlab.runners.find(id);
  const writes = () => gitlab.requests.list(({ method }) => method !== "GET");

  describe("create", () => {
    it("makes a runner of each type with its owner, and returns GitLab's id as text", async () => {
      const owners = [
        INSTANCE,
        { runnerType: "group_type", groupId: gitlab.groupId },
        { runnerType: "project_type", projectId: String(gitlab.projectId) },
      ];
      for (const [index, args] of owners.entries()) {
        const { id, outs } = await make(args);
        assert.equal(id, String(77 + index));
        assert.equal(inGitLab(77 + index)?.runnerType, args.runnerType);
        assert.deepEqual([outs.runnerId, outs.url, outs.token], [77 + index, gitlab.url, inGitLab(77 + index)?.token]);
        assert.match(String(outs.tokenObtainedAt), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      }
    });

    it("sends every attribute, and none that is not declared", async () => {
      await make({ ...INSTANCE, ...ALL });
      const { description, maintenanceNote, paused, locked, accessLevel, runUntagged, tagList, maximumTimeout } =
        inGitLab() ?? assert.fail();
      assert.deepEqual(
        { description, maintenanceNote, paused, locked, accessLevel, runUntagged, tagList, maximumTimeout },
        { ...ALL, tagList: ["a", "b"] },
      );
      await make(INSTANCE);
      assert.deepEqual(writes()[1]?.body, { runner_type: "instance_type" });
    });

    it("passes the first token's times on", async () => {
      const initialTokenExpiresAt = new Date(gitlab.clock.now().getTime() + 24 * 3600_000).toISOString();
      const { outs } = await make({ ...INSTANCE, initialTokenExpiresAt, tokenRotationDeadline: initialTokenExpiresAt });
      assert.equal(new Date(String(outs.tokenExpiresAt)).getTime(), new Date(initialTokenExpiresAt).getTime());
    });

    it("says so where GitLab did not take the first token's time", async () => {
      const initialTokenExpiresAt = new Date(gitlab.clock.now().getTime() + 24 * 3600_000).toISOString();
      assert.deepEqual(await printedBy(() => make({ ...INSTANCE, initialTokenExpiresAt })), []);
      for (const settings of [{ version: "18.9.2-ee" }, { version: "18.11.0", enterprise: false }]) {
        Object.assign(gitlab.settings, settings);
        const printed = await printedBy(() => make({ ...INSTANCE, initialTokenExpiresAt }));
        assert.equal(printed.length, 1, printed.join("\n"));
        assert.match(printed[0] ?? "", /initialTokenExpiresAt was not taken: the token of runner \d+ never expires\./);
      }
    });

    it("keeps id and token when the runner cannot be read back", async () => {
      gitlab.faults.add({
        method: "GET",
        path: "/api/v4/runners/*",
        count: "all",
        kind: "reply",
        status: 403,
        body: { message: "403 Forbidden" },
      });
      const error = (await failureOf(make(INSTANCE))) as Error & {
        id: string;
        properties: Properties;
        reasons: string[];
      };
      assert.equal(error.id, "77");
      assert.equal(error.properties.token, inGitLab()?.token);
      assert.match(
        error.reasons.join(),
        /runner 77 was created and is kept in state, but could not be read back: GET .*403/,
      );
      gitlab.faults.clear();
      const half = { id: error.id, outs: error.properties };
      assert.deepEqual(await differs(half, INSTANCE), { changes: true });
      assert.deepEqual(await differs({ id: "77", outs: (await refresh(half)).props }, INSTANCE), { changes: true });
      const whole = await change(half, INSTANCE);
      assert.deepEqual(await differs(whole, INSTANCE), { changes: false });
      assert.equal(whole.outs.token, inGitLab()?.token);
    });

    it("says that a runner may exist when the answer is lost, and does not try again", async () => {
      gitlab.faults.add({ method: "POST", path: "/api/v4/user/runners", when: "after", kind: "cut" });
      const error = await failureOf(make(INSTANCE));
      assert.match(error.message, /POST \/api\/v4\/user\/runners .* failed: .*may have created the runner/);
      assert.equal(gitlab.runners.all().length, 1);
    });
  });

  describe("diff", () => {
    it("finds nothing when nothing changed, whatever the order of tags", async () => {
      const made = await make({ ...INSTANCE, tagList: ["b", "a", "b "] });
      assert.deepEqual(await differs(made, { ...INSTANCE, tagList: ["a", "b"] }), { changes: false });
    });

    it("replaces only for type and owner", async () => {
      const made = await make({ runnerType: "group_type", groupId: gitlab.groupId, ...ALL });
      const project = { runnerType: "project_type", projectId: gitlab.projectId };
      assert.deepEqual(await differs(made, { ...ALL, ...project }), {
        changes: true,
        replaces: ["runnerType", "groupId", "projectId"],
      });
      for (const name of Object.keys(ALL)) {
        const { [name]: _, ...rest } = { ...ALL } as Properties;
        const without = { runnerType: "group_type", groupId: gitlab.groupId, ...rest };
        if (name !== "tagList") assert.deepEqual(await differs(made, without), { changes: true }, name);
      }
    });

    it("does not care for a later change or a past value of the first token's times", async () => {
      const made = await make(INSTANCE);
      const late = { initialTokenExpiresAt: "2020-01-01T00:00:00Z", tokenRotationDeadline: "2019-01-01T00:00:00Z" };
      assert.deepEqual(await differs(made, { ...INSTANCE, ...late }), { changes: false });
    });

    it("takes what is not known yet for a change", async () => {
      const made = await make({ ...INSTANCE, description: "a" });
      const description = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
      assert.deepEqual(await differs(made, { ...INSTANCE, description }), { changes: true });
    });
  });

  describe("update", () => {
    it("changes each attribute in place, and sends only what changed", async () => {
      const bare = await make({ ...INSTANCE, tagList: ["x"] });
      for (const [name, value] of Object.entries(ALL)) {
        const made = await change(bare, { ...INSTANCE, tagList: ["x"], [name]: value });
        const body = writes().at(-1)?.body as Properties;
        assert.deepEqual([Object.keys(body).length, made.outs.token, made.id], [1, bare.outs.token, "77"], name);
        assert.deepEqual(Object.values(body), [name === "tagList" ? ["a", "b"] : value]);
        await change(made, { ...INSTANCE, tagList: ["x"] });
      }
    });

    it("returns a removed argument to GitLab's default", async () => {
      const made = await make({ ...INSTANCE, ...ALL });
      await change(made, INSTANCE);
      const { description, maintenanceNote, paused, locked, accessLevel, runUntagged, tagList, maximumTimeout } =
        inGitLab() ?? assert.fail();
      assert.deepEqual(
        { description, maintenanceNote, paused, locked, accessLevel, runUntagged, tagList, maximumTimeout },
        {
          description: "",
          maintenanceNote: "",
          paused: false,
          locked: false,
          accessLevel: "not_protected",
          runUntagged: true,
          tagList: [],
          maximumTimeout: null,
        },
      );
    });

    it("leaves a setting alone that somebody else changed since, and still finds it as drift", async () => {
      const made = await make({ ...INSTANCE, description: "a" });
      gitlab.runners.update(77, { paused: true });
      const changed = await change(made, { ...INSTANCE, description: "b" });
      assert.equal(inGitLab()?.paused, true);
      assert.deepEqual((await refresh(changed)).inputs.drift, { paused: true });
    });

    it("of a runner that somebody deleted says what finds that out", async () => {
      const made = await make(INSTANCE);
      gitlab.runners.remove(77);
      assert.match(
        (await failureOf(change(made, { ...INSTANCE, paused: true }))).message,
        /^PUT .*answered 404: 404 Runner Not Found\. Somebody deleted the runner in GitLab: run "pulumi up --refresh"/,
      );
    });
  });

  describe("read", () => {
    it("returns the same when nothing changed, so that a refresh shows nothing", async () => {
      const args = { ...INSTANCE, ...ALL };
      const made = await make(args);
      const { props, inputs } = await refresh(made);
      assert.deepEqual(props, made.outs);
      assert.deepEqual(inputs, await checked(args));
    });

    it("shows what drifted under its argument, and under drift where none is declared", async () => {
      const made = await make({ ...INSTANCE, description: "mine", tagList: ["a"] });
      gitlab.runners.update(77, { description: "theirs", tagList: ["z", "a"], paused: true });
      const seen = await refresh(made);
      assert.deepEqual(seen.inputs, {
        ...(await checked({ ...INSTANCE, description: "theirs", tagList: ["a", "z"] })),
        drift: { paused: true },
      });
      assert.deepEqual(seen.props.applied, made.outs.applied, "read must not change what was applied");
      assert.deepEqual(
        await differs({ id: "77", outs: seen.props }, { ...INSTANCE, description: "mine", tagList: ["a"] }),
        { changes: true },
      );
    });

    it("lets drift heal by an update, and go when it went by itself", async () => {
      const args = { ...INSTANCE, description: "mine" };
      const made = await make(args);
      gitlab.runners.update(77, { description: "theirs", paused: true });
      const drifted = { id: "77", outs: (await refresh(made)).props };
      const healed = await change(drifted, args);
      assert.deepEqual([inGitLab()?.description, inGitLab()?.paused], ["mine", false]);
      assert.deepEqual(healed.outs, made.outs);
      gitlab.runners.update(77, { paused: true });
      const again = { id: "77", outs: (await refresh(healed)).props };
      gitlab.runners.update(77, { paused: false });
      assert.deepEqual((await refresh(again)).props, made.outs);
    });

    it("takes the runner for gone only on GitLab's own 404", async () => {
      const made = await make(INSTANCE);
      for (const body of [{ error: "404 Not Found" }, "<html></html>"]) {
        gitlab.faults.add({ method: "GET", path: "/api/v4/runners/77", kind: "reply", status: 404, body });
        assert.match((await failureOf(refresh(made))).message, /not how GitLab says that a record is gone/);
      }
      for (const status of [401, 403]) {
        gitlab.faults.add({
          method: "GET",
          path: "/api/v4/runners/77",
          kind: "reply",
          status,
          body: { message: String(status) },
        });
        await failureOf(refresh(made));
      }
      gitlab.runners.remove(77);
      assert.equal((await refresh(made)).id, "");
    });

    it("sends no write", async () => {
      const made = await make(INSTANCE);
      const before = writes().length;
      await refresh(made);
      assert.equal(writes().length, before);
    });
  });

  describe("delete", () => {
    it("deletes the runner, and is content when it is gone", async () => {
      const { id, outs } = await make(INSTANCE);
      await lifecycle.delete(id, outs);
      assert.equal(inGitLab(), undefined);
      await lifecycle.delete(id, outs);
    });

    it("fails when GitLab does not let us", async () => {
      const { id, outs } = await make(INSTANCE);
      gitlab.faults.add({
        method: "DELETE",
        path: "/api/v4/runners/77",
        kind: "reply",
        status: 403,
        body: { message: "403 Forbidden - No access granted" },
      });
      assert.match(
        (await failureOf(lifecycle.delete(id, outs))).message,
        /^DELETE \/api\/v4\/runners\/77 .*No access granted/,
      );
    });
  });

  describe("another GitLab with the same runner id", () => {
    it("is never read, updated or deleted in its place: both addresses are told", async () => {
      const made = await make(INSTANCE);
      const other = await makeGitLab({ runnerIdStart: 77 });
      useGitLab(other);
      const colleague = await make({ ...INSTANCE, description: "a colleague's" });
      const arrived = other.requests.count();
      const args = { ...INSTANCE, description: "changed" };
      const acts = [refresh(made), change(made, args), differs(made, args), lifecycle.delete(made.id, made.outs)];
      for (const act of acts) {
        const { message } = await failureOf(act);
        assert.ok(message.includes(gitlab.url) && message.includes(other.url), message);
      }
      assert.equal(other.requests.count(), arrived);
      assert.equal(other.runners.get(77)?.description, "a colleague's");
      assert.equal((await refresh(colleague)).id, "77");
    });

    it("is the same one when movedFrom says so; an update then stores the new address", async () => {
      const made = await make(INSTANCE);
      const moved = { ...made, outs: { ...made.outs, url: "https://old.example.com" } };
      await lifecycle.configure({
        config: { get: (key) => (key === "gitlab-runner:movedFrom" ? '["https://old.example.com/"]' : undefined) },
      });
      try {
        assert.equal((await refresh(moved)).id, "77");
        assert.deepEqual(await differs(moved, INSTANCE), { changes: true });
        assert.equal((await change(moved, INSTANCE)).outs.url, gitlab.url);
      } finally {
        await lifecycle.configure({ config: { get: () => undefined } });
      }
    });
  });
});
