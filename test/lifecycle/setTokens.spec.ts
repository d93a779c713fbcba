import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { PartialFailure } from "../../provider/lifecycle/method.js";
import type { RunnerRecord, StandInGitLab } from "../../provider/testing/index.js";
import { change, checked, destroy, differs, make, type Properties, refresh, refusals } from "../support/configTomls.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { runClock } from "../support/machine.js";
import { failureOf } from "../support/reject.js";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("A file with items of sets", () => {
  let gitlab: StandInGitLab;
  let path: string;
  let one: RunnerRecord;
  let two: RunnerRecord;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    useGitLab(gitlab);
    path = join(makeFolder(), "config.toml");
    one = gitlab.createRunner({ runnerType: "instance_type" });
    two = gitlab.createRunner({ runnerType: "instance_type" });
  });

  const entry = (name: string) => ({ runner: { url: gitlab.url, item: `fleet.${name}` }, executor: "shell" });
  const told = ({ id, token }: RunnerRecord) => ({ id, value: token, obtainedAt: "2026-01-01T00:00:00Z" });
  const declare = (settings: Properties = {}): Properties => ({
    path,
    concurrent: 2,
    runners: { one: entry("one"), two: entry("two") },
    setTokens: { one: told(one), two: told(two) },
    ...settings,
  });
  const text = () => readFileSync(path, "utf8");

  /** The same in the form of 0.4.0. */
  const declareEach = () => {
    const withToken = (name: string, runner: RunnerRecord) => {
      const { id, ...token } = told(runner);
      return { ...entry(name), runner: { ...entry(name).runner, id, token } };
    };
    return { path, concurrent: 2, runners: { one: withToken("one", one), two: withToken("two", two) } };
  };

  it("has them with number and token, which lie in state in `setTokens` alone", async () => {
    const { outs } = await make(declare());
    for (const { id, token } of [one, two]) assert.match(text(), new RegExp(`id = ${id}\n[^[]*token = "${token}"`));
    const { setTokens, schemaVersion, ...open } = outs;
    assert.deepEqual(Object.keys(setTokens as object), ["one", "two"]);
    assert.equal(schemaVersion, 2);
    assert.ok([one, two].every(({ token }) => !JSON.stringify(open).includes(token)));
    assert.deepEqual((open.runners as Properties).one, {
      ...entry("one"),
      runner: { ...entry("one").runner, id: one.id },
    });
  });

  it("is in state no otherwise after a refresh, and not changed by the same program", async () => {
    const made = await make(declare());
    const { props, inputs } = await refresh(made);
    assert.deepEqual(props, made.outs);
    assert.deepEqual(inputs, await checked(declare()));
    assert.equal(await differs(made, declare()), false);
    // As Pulumi does it: what was checked before is compared with state.
    assert.deepEqual(await checked(declare(), inputs), inputs);
  });

  it("counts a token from its second value on", async () => {
    const before = await checked(declare());
    assert.deepEqual(before.secretVersions, {});
    const next = { setTokens: { one: told(one), two: { ...told(two), value: "glrt-another-0000" } } };
    const after = await checked(declare(next), before);
    assert.deepEqual(after.secretVersions, { "runners.two.runner.token": 2 });
    assert.deepEqual((await checked(declare(), after)).secretVersions, { "runners.two.runner.token": 3 });
    const unknown = await checked(declare({ setTokens: UNKNOWN }), after);
    assert.deepEqual(unknown.secretVersions, { "runners.two.runner.token": 2 });
    assert.equal(unknown.setTokens, UNKNOWN);
  });

  it("gets another token, and loses an entry with its token", async () => {
    const made = await make(declare());
    const token = gitlab.createRunner({ runnerType: "instance_type" }).token;
    const next = declare({
      setTokens: { one: { ...told(one), value: token, obtainedAt: "2026-02-01T00:00:00Z" }, two: told(two) },
    });
    assert.equal(await differs(made, next), true);
    const changed = await change(made, next);
    assert.ok(text().includes(token));
    const less = declare({ runners: { two: entry("two") }, setTokens: { two: told(two) } });
    const { outs } = await change(changed, less);
    assert.ok(!text().includes(token));
    assert.deepEqual(Object.keys(outs.setTokens as object), ["two"]);
    await destroy({ id: made.id, outs });
  });

  it("shows a token on disk that is not ours as a fingerprint in its entry, and mends it", async () => {
    const made = await make(declare());
    writeFileSync(path, text().replace(two.token, "glrt-foreign-token-00"));
    const { props, inputs } = await refresh(made);
    const { runner } = (inputs.runners as Record<string, { runner: Properties }>).two ?? assert.fail();
    assert.match(String(runner.token), /^hmac-sha256:/);
    assert.deepEqual(Object.keys(inputs.setTokens as object), ["one"]);
    assert.ok(!JSON.stringify([props, inputs]).includes("glrt-foreign-token-00"));
    const seen = { id: made.id, outs: props };
    assert.equal((await lifecycle.diff(made.id, props, await checked(declare(), inputs))).changes, true);
    await change(seen, declare());
    assert.ok(text().includes(two.token));
  });

  it("is the same where a release before wrote its state, and is in the new form after the next change", async () => {
    const made = await make(declareEach());
    const { id } = made;
    const { setTokens, ...outs }: Properties = { ...made.outs, schemaVersion: 1 };
    // What 0.4.0 left: nothing gathered, and each token counted.
    const { setTokens: _, ...former } = await checked(declareEach());
    const secretVersions = { "runners.one.runner.token": 1, "runners.two.runner.token": 1 };
    const old = { id, outs: { ...outs, ...declareEach(), secretVersions } };
    const olds = { ...former, ...declareEach(), secretVersions };
    const inputs = await checked(declare(), olds);
    assert.equal((await lifecycle.diff(id, old.outs, inputs)).changes, false);
    assert.deepEqual((await refresh(old)).inputs.setTokens, inputs.setTokens);
    const changed = await lifecycle.update(id, old.outs, await checked(declare({ concurrent: 3 }), olds));
    assert.deepEqual(Object.keys((changed.outs as unknown as Properties).setTokens as object), ["one", "two"]);
  });

  it("is judged by its entries, each by its own name", async () => {
    assert.deepEqual(await refusals(declare({ setTokens: UNKNOWN })), []);
    assert.match((await refusals(declare({ setTokens: { one: told(one), two: told(one) } }))).join(), /same runner/);
    const [reason] = await refusals(declare({ setTokens: { one: told(one) } }));
    assert.match(String(reason), /^runners\.two\.runner\.id: is missing/);
  });

  it("keeps its form where a later step fails", async () => {
    const settings = { waitForContact: { timeout: "5s" } };
    const failure = await failureOf(runClock(make(declare(settings))));
    assert.ok(failure instanceof PartialFailure, String(failure));
    assert.deepEqual(Object.keys(failure.properties.setTokens as object), ["one", "two"]);
    const { setTokens, ...open } = failure.properties;
    assert.ok([one, two].every(({ token }) => !JSON.stringify(open).includes(token)));
  });
});
