import assert from "node:assert/strict";
import { findRunner } from "../../provider/lifecycle/lookups.js";
import { addMarker, markerFor, readMarker, stripMarkers } from "../../provider/lifecycle/runner/marker.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import { change, destroy, differs, type Made, make, type Properties, printedBy, refresh } from "../support/runners.js";

const STACK = "0123456789abcdef0123456789abcdef";
const OTHER_STACK = "fedcba9876543210fedcba9876543210";
const ARGS = { runnerType: "instance_type", stackId: STACK, identity: "docker" };
const MARK = /^\[pulumi-gitlab-runner 0123456789abcdef\/docker#[0-9a-f]{12}\]$/;

describe("a creation that survives", () => {
  let gitlab: StandInGitLab;

  beforeEach(async () => {
    gitlab = await makeGitLab({ runnerIdStart: 77 });
    useGitLab(gitlab);
  });

  const POST = { method: "POST", path: "/api/v4/user/runners" } as const;
  const posts = () => gitlab.requests.count(({ method, path }) => method === "POST" && path === POST.path);
  const lists = () =>
    gitlab.requests.count(({ method, path }) => method === "GET" && path.startsWith("/api/v4/runners/all"));
  const noteOf = (id = 77) => gitlab.runners.get(id).maintenanceNote ?? "";

  /** As a run leaves it that is killed after GitLab's answer and before the state is written. */
  async function lose(args: Properties = ARGS): Promise<Made> {
    const origin = await makeGitLab({ runnerIdStart: 77 });
    useGitLab(origin);
    const made = await make(args);
    // Another process knows nothing of what this one made; here another address stands for that.
    const copy = await makeGitLab({ runnerIdStart: 77 });
    const { id: _, ...runner } = origin.runners.get(77);
    copy.createRunner({ ...runner, creatorId: copy.userId });
    gitlab = copy;
    useGitLab(gitlab);
    return { ...made, outs: { ...made.outs, url: gitlab.url } };
  }

  describe("the mark", () => {
    it("stands below the note, and is never shown: neither by read nor as drift", async () => {
      const args = { ...ARGS, maintenanceNote: "by us" };
      const made = await make(args);
      assert.match(noteOf(), /^by us\n\n\[pulumi-gitlab-runner 0123456789abcdef\/docker#[0-9a-f]{12}\]$/);
      const seen = await refresh(made);
      assert.deepEqual([seen.props, seen.inputs.maintenanceNote], [made.outs, "by us"]);
      assert.deepEqual(await differs(made, args), { changes: false });
    });

    it("is no part of the note for getRunner", async () => {
      await make({ ...ARGS, maintenanceNote: "by us" });
      const { maintenanceNote } = await findRunner({ runnerId: 77 }, { get: () => undefined });
      assert.equal(maintenanceNote, "by us");
    });

    it("stays when other settings change, and goes with the note when that does", async () => {
      const made = await make(ARGS);
      assert.match(noteOf(), MARK);
      const [, generation] = /#([0-9a-f]+)\]/.exec(noteOf()) ?? [];
      const paused = await change(made, { ...ARGS, paused: true });
      assert.match(noteOf(), MARK);
      await change(paused, { ...ARGS, paused: true, maintenanceNote: "new" });
      assert.equal(noteOf(), `new\n\n[pulumi-gitlab-runner 0123456789abcdef/docker#${generation}]`);
    });

    it("lets a note that somebody changed in GitLab drift, with or without the mark in it", async () => {
      const made = await make({ ...ARGS, maintenanceNote: "ours" });
      gitlab.runners.update(77, { maintenanceNote: `theirs\r\n${noteOf().slice(6)}` });
      assert.equal((await refresh(made)).inputs.maintenanceNote, "theirs");
      gitlab.runners.update(77, { maintenanceNote: "theirs alone" });
      assert.equal((await refresh(made)).inputs.maintenanceNote, "theirs alone");
    });

    it("is left out with a warning where it does not fit, at 1,024 characters and at 255 with a registration token", async () => {
      const longest = markerText().length + 2;
      const rows: [Properties, number][] = [
        [ARGS, 1024],
        [{ stackId: STACK, identity: "docker", registrationToken: gitlab.settings.registrationToken }, 255],
      ];
      for (const [args, limit] of rows) {
        const fits = { ...args, maintenanceNote: "x".repeat(limit - longest) };
        const quiet = await printedBy(async () => assert.equal(noteOf(Number((await make(fits)).id)).length, limit));
        assert.ok(!quiet.join().includes("no room"));
        const full = { ...args, maintenanceNote: "x".repeat(limit - longest + 1) };
        const lines = await printedBy(async () => {
          assert.equal(noteOf(Number((await make(full)).id)), full.maintenanceNote);
        });
        assert.match(lines.join("\n"), /Runner docker: warning: maintenanceNote leaves no room for the mark/);
      }
    });

    it("is not made where the program switched it off, and goes when it does later", async () => {
      const off = { runnerType: "instance_type", identity: "docker", marker: false };
      await make(off);
      assert.equal(noteOf(), "");
      assert.equal(lists(), 0);
      const made = await make(ARGS);
      assert.match(noteOf(78), MARK);
      assert.deepEqual(await differs(made, off), { changes: true });
      const without = await change(made, off);
      assert.equal(noteOf(78), "");
      assert.deepEqual(await differs(without, off), { changes: false });
      assert.deepEqual(await differs(without, { ...off, identity: "renamed" }), { changes: false });
    });

    it("comes when it is switched on later, also over another stack's in the note of an adopted runner, which is then ours", async () => {
      const { id: runnerId, outs } = await make({ ...ARGS, stackId: OTHER_STACK });
      const adopted = { runnerType: "instance_type", adopt: { runnerId, token: outs.token }, identity: "docker" };
      const off = { ...adopted, marker: false, paused: true };
      const made = await change(await make(off), off);
      const on = { ...adopted, stackId: STACK, paused: true };
      assert.deepEqual(await differs(made, on), { changes: true });
      const marked = await change(made, on);
      assert.match(noteOf(), MARK);
      assert.deepEqual(await differs(marked, on), { changes: false });
      await destroy(marked);
      assert.equal(gitlab.runners.size, 0);
    });

    it("is written anew when the resource or the stack has another name, beside what the note says by then", async () => {
      const made = await make(ARGS);
      gitlab.runners.update(77, { maintenanceNote: `theirs\n\n${noteOf()}` });
      const renamed = { ...ARGS, identity: "my:Component$docker" };
      assert.deepEqual(await differs(made, renamed), { changes: true });
      const changed = await change(made, renamed);
      assert.match(
        noteOf(),
        /^theirs\n\n\[pulumi-gitlab-runner 0123456789abcdef\/my%3AComponent%24docker#[0-9a-f]{12}\]$/,
      );
      assert.deepEqual(await differs(changed, renamed), { changes: false });
      assert.deepEqual(await differs(changed, { ...renamed, stackId: OTHER_STACK }), { changes: true });
    });

    it("is no change for state from before there were marks", async () => {
      const { outs, id } = await make({ runnerType: "instance_type" });
      const { generation, ...old } = outs;
      assert.deepEqual(await differs({ id, outs: old }, ARGS), { changes: false });
      await destroy(await change({ id, outs: old }, { ...ARGS, description: "new" }));
      assert.equal(gitlab.runners.size, 0);
    });

    it("comes into the note of an adopted runner with its first update", async () => {
      const { id: runnerId, token } = gitlab.createRunner({ runnerType: "instance_type", maintenanceNote: "theirs" });
      const args = { ...ARGS, adopt: { runnerId, token }, maintenanceNote: "theirs", paused: true };
      const made = await make(args);
      assert.equal(noteOf(), "theirs");
      const settled = await change(made, args);
      assert.match(noteOf(), /^theirs\n\n\[pulumi-gitlab-runner /);
      assert.deepEqual(await differs(settled, args), { changes: false });
      await destroy(settled);
      assert.equal(gitlab.runners.size, 0);
    });

    const markerText = () => {
      const marker = markerFor(ARGS, "abcdef012345") ?? assert.fail();
      return addMarker({}, marker) ?? assert.fail();
    };

    it("is read back whatever the name, wherever it stands in the note", () => {
      for (const identity of ["docker", "a b]#[c/d", "ünï\n", "x".repeat(200)]) {
        const marker = markerFor({ stackId: STACK, identity }, "abcdef012345") ?? assert.fail();
        for (const maintenanceNote of [undefined, "", "note", "two\nlines\n", "[pulumi-gitlab-runner x]"]) {
          const marked = addMarker({ maintenanceNote }, marker) ?? assert.fail();
          assert.deepEqual(readMarker(marked), marker);
          assert.equal(stripMarkers(marked), maintenanceNote ?? "");
          assert.equal(stripMarkers(`${marked} more`), `${maintenanceNote ?? ""} more`);
        }
      }
      assert.equal(readMarker("no mark"), undefined);
      assert.equal(readMarker(null), undefined);
    });
  });

  describe("an answer that does not come", () => {
    const effects = [
      { when: "after", kind: "cut" },
      { when: "after", kind: "serverError" },
      { when: "after", kind: "badGateway" },
      { kind: "truncate" },
      { kind: "malformedJson" },
      { kind: "mangle", change: () => ({}) },
    ] as const;
    for (const effect of effects) {
      it(`finds the runner that was made all the same, without a second one: ${effect.kind}`, async () => {
        gitlab.faults.add({ ...POST, ...effect } as never);
        const lines = await printedBy(async () => {
          const { id, outs } = await make({ ...ARGS, tagList: ["a"] });
          assert.deepEqual([id, outs.token], ["77", gitlab.runners.get(77).token]);
          assert.deepEqual(outs.applied, { tagList: ["a"] });
          assert.deepEqual(await differs({ id, outs }, { ...ARGS, tagList: ["a"] }), { changes: false });
        });
        assert.deepEqual([gitlab.runners.size, posts()], [1, 1]);
        assert.match(lines.join("\n"), /Runner docker \(runner 77\): found in GitLab, .*taken over, with a new token/);
      });
    }

    for (const kind of ["cut", "serverError", "badGateway"] as const) {
      it(`sends the creation again once GitLab has told that nothing was made: ${kind}`, async () => {
        gitlab.faults.add({ ...POST, kind, count: 2 });
        const { id } = await make(ARGS);
        assert.deepEqual([id, gitlab.runners.size, posts()], ["77", 1, 3]);
      });
    }

    it("resets again when the answer of the reset is lost, too", async () => {
      gitlab.faults.add({ ...POST, when: "after", kind: "cut" });
      const reset = { method: "POST", path: "/api/v4/runners/77/reset_authentication_token" } as const;
      gitlab.faults.add({ ...reset, when: "after", kind: "cut", count: 2 });
      const { outs } = await make(ARGS);
      assert.equal(outs.token, gitlab.runners.get(77).token);
    });

    it("gives up in the end, and the next run finds what there is", async function () {
      this.timeout(30_000);
      gitlab.faults.add({ ...POST, kind: "serverError", count: "all" });
      const { message } = await failureOf(make(ARGS));
      assert.match(message, /run "pulumi up" again, which looks for it by the mark in its note/);
      gitlab.faults.clear();
      gitlab.faults.add({ ...POST, when: "after", kind: "cut" });
      gitlab.faults.add({ method: "GET", path: "/api/v4/runners/all", kind: "reply", status: 403, nth: 2, body: {} });
      await failureOf(make(ARGS));
      assert.equal(gitlab.runners.size, 1);
      gitlab.faults.clear();
      const { id, outs } = await make(ARGS);
      assert.deepEqual([id, outs.token, gitlab.runners.size], ["77", gitlab.runners.get(77).token, 1]);
    });

    it("is told, and looked for again the next time, where a gateway shows a page to the look for the runner", async () => {
      gitlab.faults.add({ ...POST, when: "after", kind: "cut" });
      const page = { kind: "reply", status: 403, body: "<html>Not from here</html>" } as const;
      gitlab.faults.add({ method: "GET", path: "/api/v4/runners/all", nth: 2, ...page });
      const { message } = await failureOf(make(ARGS));
      assert.match(
        message,
        /^POST .* may have created the runner all the same.*answered 403: Not from here.*"pulumi up"/,
      );
      const { id } = await make(ARGS);
      assert.deepEqual([id, gitlab.runners.size], ["77", 1]);
    });

    it("is looked for before another one is made: where a gateway shows a page instead, nothing is sent", async () => {
      await lose();
      for (const status of [403, 404]) {
        const page = { kind: "reply", status, body: "<html>Not from here</html>" } as const;
        gitlab.faults.add({ method: "GET", path: "/api/v4/runners/all", ...page });
        assert.match((await failureOf(make(ARGS))).message, /answered 40[34]: Not from here\. This is not/);
        assert.equal(posts(), 0);
      }
      assert.equal((await make(ARGS)).id, "77");
    });

    it("of many resources at once is found for each of them; GitLab is asked once before, and once after each loss", async () => {
      gitlab.faults.add({ ...POST, when: "after", kind: "cut", nth: 3 });
      gitlab.faults.add({ ...POST, when: "after", kind: "serverError", nth: 7 });
      const made = await Promise.all(
        Array.from({ length: 20 }, (_, index) => make({ ...ARGS, identity: `runner-${index}` })),
      );
      const tokens = made.map(({ id, outs }) => outs.token === gitlab.runners.get(Number(id)).token);
      assert.ok(tokens.every(Boolean));
      assert.deepEqual(
        [new Set(made.map(({ id }) => id)).size, gitlab.runners.size, posts(), lists()],
        [20, 20, 20, 3],
      );
    });

    it("is found in a group, in a project, and after a registration token", async () => {
      const owners = [
        { runnerType: "group_type", groupId: gitlab.groupId },
        { runnerType: "project_type", projectId: gitlab.projectId },
      ];
      for (const [index, owner] of owners.entries()) {
        gitlab.faults.add({ ...POST, when: "after", kind: "cut" });
        const { id } = await make({ ...ARGS, ...owner });
        assert.deepEqual([id, gitlab.runners.size], [String(77 + index), index + 1]);
      }
      gitlab.faults.add({ method: "POST", path: "/api/v4/runners", when: "after", kind: "cut" });
      const { registrationToken } = gitlab.settings;
      const { id, outs } = await make({ stackId: STACK, identity: "old", registrationToken });
      assert.deepEqual([id, outs.token, gitlab.runners.size], ["79", gitlab.runners.get(79).token, 3]);
    });

    it("is not looked for without the right to list: that is said, and the creation goes on as it can", async () => {
      const { token } = gitlab.createToken({ userId: gitlab.userId, scopes: ["create_runner", "manage_runner"] });
      useGitLab({ url: gitlab.url, token });
      const lines = await printedBy(async () => {
        await make(ARGS);
        await make({ ...ARGS, identity: "second" });
      });
      const warnings = lines.filter((line) => line.includes("not safe against a crash"));
      assert.equal(warnings.length, 1, lines.join("\n"));
      assert.match(warnings[0] ?? "", /lacks the scope read_api/);
      gitlab.faults.add({ ...POST, when: "after", kind: "cut" });
      const { message } = await failureOf(make({ ...ARGS, identity: "third" }));
      assert.match(message, /may have created the runner all the same/);
      assert.equal(posts(), 3, "no blind repetition");
    });
  });

  describe("a run that was killed", () => {
    it("is followed by one that takes its runner over, with a new generation and a new token", async () => {
      const lost = await lose();
      const before = noteOf();
      const { id, outs } = await make({ ...ARGS, description: "changed since" });
      assert.deepEqual([id, gitlab.runners.size, posts()], ["77", 1, 0]);
      assert.notEqual(outs.token, lost.outs.token);
      assert.equal(outs.token, gitlab.runners.get(77).token);
      assert.match(noteOf(), MARK);
      assert.notEqual(noteOf(), before);
      assert.equal(gitlab.runners.get(77).description, "changed since");
    });

    it("is told where the time of the first token does not hold for the new one", async () => {
      await lose();
      const initialTokenExpiresAt = new Date(gitlab.clock.now().getTime() + 3600_000).toISOString();
      const lines = await printedBy(() => make({ ...ARGS, initialTokenExpiresAt }));
      assert.match(
        lines.join(),
        /taken over, with a new token, to which initialTokenExpiresAt does not apply any more/,
      );
    });

    it("and whose runner may get no new token any more: the error says which one to delete", async () => {
      await lose();
      const body = { error: "Token rotation deadline has passed" };
      gitlab.faults.add({ path: "/runners/77/reset_authentication_token", kind: "reply", status: 403, body });
      assert.match(
        (await failureOf(make(ARGS))).message,
        /deadline has passed\. Runner 77 was made by an earlier creation of this resource, .*: delete it in GitLab/,
      );
    });

    it("works by REST alone, too", async () => {
      await lose();
      const reply = { kind: "reply", status: 404, body: { error: "404 Not Found" }, count: "all" } as const;
      gitlab.faults.add({ method: "POST", path: "/api/graphql", ...reply });
      assert.deepEqual([(await make(ARGS)).id, gitlab.runners.size], ["77", 1]);
    });

    it("is not mixed up with another resource, another stack, or what carries no mark", async () => {
      await lose();
      gitlab.createRunner({ runnerType: "instance_type", creatorId: gitlab.userId });
      const ids = [];
      for (const args of [
        { ...ARGS, identity: "other" },
        { ...ARGS, stackId: OTHER_STACK },
      ]) {
        ids.push((await make(args)).id);
      }
      assert.deepEqual(ids, ["79", "80"]);
    });

    it("leaves nothing to take over where the runner is in use, another user's, or of another owner: an error names id and adopt", async () => {
      const contacted = () => gitlab.runners.update(77, { contactedAt: gitlab.clock.now() });
      const colleague = () => {
        gitlab.runners.update(77, { creatorId: gitlab.createUser({ username: "colleague" }).id });
      };
      const rows: [() => void, RegExp][] = [
        [contacted, /a machine has used it \(last contact /],
        [colleague, /another user made it/],
      ];
      for (const [act, reason] of rows) {
        await lose();
        act();
        const { token, maintenanceNote } = gitlab.runners.get(77);
        const { message } = await failureOf(make(ARGS));
        assert.match(message, /^Runner docker: runner 77 carries the mark of this resource/);
        assert.match(message, reason);
        assert.match(message, /adopt: \{ runnerId: 77, token \}/);
        const after = gitlab.runners.get(77);
        assert.deepEqual([after.token, after.maintenanceNote, gitlab.runners.size], [token, maintenanceNote, 1]);
      }
    });
  });

  describe("deleting", () => {
    it("leaves a runner whose mark carries another generation: a forced replacement took it over", async () => {
      const old = await lose();
      const fresh = await make(ARGS);
      assert.equal(fresh.id, old.id);
      const lines = await printedBy(() => destroy(old));
      assert.match(
        lines.join("\n"),
        /Runner docker \(runner 77\): left in GitLab, since another creation has taken it over/,
      );
      assert.equal(gitlab.runners.size, 1);
      await destroy(fresh);
      assert.equal(gitlab.runners.size, 0);
    });

    it("is ours again after a refresh, with a new token: a forced replacement took it over, and was killed", async () => {
      const old = await make(ARGS);
      gitlab.runners.update(77, {
        maintenanceNote: noteOf().replace(/#[0-9a-f]{12}/, "#000000000000"),
        token: "glrt-new",
      });
      const { props } = await refresh(old);
      assert.match(String((props.drift as Properties).token), /^reset by another creation of this resource/);
      const found = { id: old.id, outs: props };
      assert.deepEqual((await refresh(found)).props.isTokenLost, true);
      assert.equal((await differs(found, ARGS)).changes, true);
      const mended = await change(found, ARGS);
      assert.equal(mended.outs.token, gitlab.runners.get(77).token);
      assert.notEqual(mended.outs.token, "glrt-new");
      assert.equal((await differs(mended, ARGS)).changes, false);
      assert.deepEqual((await refresh(mended)).props, mended.outs);
      await destroy(mended);
      assert.equal(gitlab.runners.size, 0);
    });

    it("does not take over by a refresh what another resource has", async () => {
      const old = await make(ARGS);
      gitlab.runners.update(77, { maintenanceNote: noteOf().replace(/\/[^/#]+#[0-9a-f]{12}/, "/other#000000000000") });
      assert.deepEqual((await refresh(old)).props.isTokenLost, undefined);
    });

    it("leaves it also in a later process, which knows of that by the mark alone", async () => {
      const old = await make(ARGS);
      gitlab.runners.update(77, { maintenanceNote: noteOf().replace(/#[0-9a-f]{12}/, "#000000000000") });
      await destroy(old);
      assert.equal(gitlab.runners.size, 1);
    });

    it("goes by id and address where somebody removed the mark, and is content when the runner is gone", async () => {
      const made = await make(ARGS);
      gitlab.runners.update(77, { maintenanceNote: "" });
      await destroy(made);
      assert.equal(gitlab.runners.size, 0);
      await destroy(made);
    });
  });
});
