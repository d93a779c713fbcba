import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { PartialFailure } from "../../provider/lifecycle/method.js";
import type { RunnerRecord, StandInGitLab } from "../../provider/testing/index.js";
import { change, destroy, differs, type Made, make, type Properties, refresh } from "../support/configTomls.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { Machine, runClock, systemIdOf } from "../support/machine.js";
import { failureOf } from "../support/reject.js";
import { printedBy } from "../support/runners.js";

/** Nobody listens there. */
const DOWN = {
  ssh: { host: "127.0.0.1", port: 1, user: "deploy", password: "none", hostKey: `SHA256:${"A".repeat(43)}` },
};

describe("A host that does not answer", () => {
  let gitlab: StandInGitLab;
  let machine: Machine;
  let runner: RunnerRecord;
  let made: Made;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    useGitLab(gitlab);
    machine = new Machine(makeFolder(), systemIdOf(1));
    runner = gitlab.createRunner({ runnerType: "instance_type" });
    made = await make(declare({ target: undefined }));
    await machine.contact();
    made = { ...made, outs: { ...made.outs, target: DOWN } };
  });

  const declare = (settings: Properties = {}) => ({
    path: machine.file,
    target: DOWN,
    concurrent: 2,
    unregisterManagers: true,
    runners: { web: { runner: { url: gitlab.url, id: runner.id, token: { value: runner.token } }, executor: "shell" } },
    ...settings,
  });
  const managers = () => gitlab.runners.get(runner.id).managers.map(({ systemId }) => systemId);

  it("is unknown to a refresh, which goes on, and due for an update, which fails by its name", async () => {
    let seen: Awaited<ReturnType<typeof refresh>> | undefined;
    const lines = await printedBy(async () => {
      seen = await refresh(made);
    });
    assert.match(
      lines.join(),
      /^ConfigToml .* on deploy@127\.0\.0\.1:1: unknown, since it cannot be read: target\.ssh: .* refuses/,
    );
    const { props = {}, inputs = {} } = seen ?? {};
    assert.deepEqual([props.drift, inputs.drift], [{ file: "unknown: it could not be read" }, props.drift]);
    const unknown = { id: made.id, outs: props };
    assert.equal(await differs(unknown, declare()), true, "it is not clean");
    assert.match((await failureOf(change(unknown, declare()))).message, /127\.0\.0\.1:1 refuses connections/);
    // The same machine, which answers again.
    const back = { id: made.id, outs: { ...props, target: undefined } };
    assert.equal((await refresh(back)).props.drift, undefined, "once it answers, nothing is left of it");
  });

  it("keeps its resource when that is destroyed, and says what to do where it is gone for good", async () => {
    const { message } = await failureOf(destroy(made));
    assert.match(
      message,
      /refuses connections .* gone for good: declare it again with onUnreachable: "forget", run "pulumi up"/,
    );
    assert.deepEqual([managers(), existsSync(machine.file)], [[systemIdOf(1)], true]);
  });

  it("may be forgotten, which can be said while it is down: its managers go, its file is left, and that is told", async () => {
    const forgetting = await change(made, declare({ onUnreachable: "forget" }));
    const lines = await printedBy(() => destroy(forgetting));
    assert.deepEqual([managers(), existsSync(machine.file), gitlab.runners.size], [[], true, 1]);
    assert.match(lines.join(), /warning: the host is forgotten .* its file left where it is: target\.ssh: .* refuses/);
    assert.ok(!lines.join().includes(runner.token));
  });

  it("may be forgotten with its volume of Docker, too: nothing is known of the file but that it is there", async () => {
    const target = { ...DOWN, docker: { volume: "runner-config" } };
    const { path, ...inVolume } = made.outs as Properties;
    made = { ...made, outs: { ...inVolume, target } };
    const { path: _, ...declared } = declare({ target });
    assert.match((await failureOf(destroy(made))).message, /refuses connections/);
    assert.deepEqual(managers(), [systemIdOf(1)]);
    const forgetting = await change(made, { ...declared, onUnreachable: "forget" });
    const lines = await printedBy(() => destroy(forgetting));
    assert.deepEqual([managers(), gitlab.runners.size], [[], 1]);
    assert.match(lines.join(), /ConfigToml .*warning: the host is forgotten .* refuses connections/);
    assert.ok(!lines.join().includes(runner.token));
  });

  it("may be forgotten also when other changes did not reach it", async () => {
    const failure = await failureOf(change(made, declare({ onUnreachable: "forget", concurrent: 9 })));
    assert.ok(failure instanceof PartialFailure, String(failure));
    assert.deepEqual([failure.properties.onUnreachable, failure.properties.concurrent], ["forget", 2]);
    await destroy({ id: made.id, outs: failure.properties });
    assert.deepEqual(managers(), []);
  });

  it("may be forgotten by the word of what takes its place, or of what would move back to it", async () => {
    const other = { ssh: { ...DOWN.ssh, port: 2 } };
    const { message } = await failureOf(destroy(made));
    assert.match(message, /another address has taken its place, declare the old one with onUnreachable: "forget"/);
    assert.equal(await differs(made, declare({ target: other })), true);
    await failureOf(destroy(made));
    assert.deepEqual(managers(), [systemIdOf(1)], "nobody has said that it may be");
    assert.equal(await differs(made, declare({ target: other, onUnreachable: "forget" })), true);
    await destroy(made);
    assert.deepEqual(managers(), []);

    // It was replaced by a run that did not say so, and is still to be deleted; what took its place has another id.
    await machine.contact();
    const left = { ...made, id: "0123456789abcdef" };
    const successor = { id: "fedcba9876543210", outs: { ...made.outs, target: other, path: "/etc/other.toml" } };
    assert.equal(await differs(successor, declare({ onUnreachable: "forget" })), true);
    await destroy(left);
    assert.deepEqual(managers(), []);
  });

  it("is told to stay in GitLab's list where its system id was never seen", async () => {
    const { systemId, ...outs } = { ...made.outs, onUnreachable: "forget" } as Properties;
    const lines = await printedBy(() => destroy({ id: made.id, outs }));
    assert.equal(systemId, systemIdOf(1));
    assert.match(lines.join(), /GitLab still lists the machine, and calls it stale after 7 days/);
    assert.deepEqual(managers(), [systemIdOf(1)]);
  });

  it("is not taken for gone where it answers otherwise, or where only its jump host is down", async () => {
    const ssh = { ...DOWN.ssh, host: "behind.example.com", proxyJump: DOWN.ssh };
    const outs = { ...made.outs, onUnreachable: "forget", target: { ssh } };
    assert.match((await failureOf(destroy({ id: made.id, outs }))).message, /deploy@127\.0\.0\.1:1 refuses/);
    assert.deepEqual(managers(), [systemIdOf(1)]);
    const here = { ...made.outs, onUnreachable: "forget", target: undefined };
    await runClock(lifecycle.delete(made.id, here));
    assert.equal(existsSync(machine.file), false, "a host that answers is left as always");
  });
});
