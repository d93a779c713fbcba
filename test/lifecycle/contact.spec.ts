import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PartialFailure } from "../../provider/lifecycle/method.js";
import type { RunnerRecord, StandInGitLab } from "../../provider/testing/index.js";
import { change, differs, make, type Properties, refresh, refusals } from "../support/configTomls.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { Machine, runClock, systemIdOf } from "../support/machine.js";
import { failureOf } from "../support/reject.js";

describe("Waiting for a machine's contact", () => {
  let gitlab: StandInGitLab;
  let machine: Machine;
  let runner: RunnerRecord;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    useGitLab(gitlab);
    machine = new Machine(makeFolder(), systemIdOf(1));
    runner = gitlab.createRunner({ runnerType: "instance_type" });
  });

  const declare = (settings: Properties = {}) => ({
    path: machine.file,
    concurrent: 2,
    waitForContact: { timeout: "30s" },
    runners: { web: { runner: { url: gitlab.url, id: runner.id, token: { value: runner.token } }, executor: "shell" } },
    ...settings,
  });
  const looks = () => gitlab.requests.list(({ path }) => path.endsWith("/managers"));
  const failed = async (work: Promise<unknown>) => {
    const failure = await failureOf(runClock(work));
    assert.ok(failure instanceof PartialFailure, String(failure));
    return failure;
  };

  it("ends with the first contact after the write, by GitLab's own clock", async () => {
    gitlab.clock.advance({ days: -400 });
    let isDone = false;
    const work = runClock(make(declare({ waitForContact: { timeout: "1h" } }))).then((made) => {
      isDone = true;
      return made;
    });
    await lookedAt(2);
    // In the very second of the write: it may have come before.
    gitlab.clock.stop(String(looks()[1]?.time.toISOString()).replace(/\.\d+Z$/, ".999Z"));
    await machine.contact();
    await lookedAt(4);
    assert.equal(isDone, false);
    gitlab.clock.advance({ seconds: 1 });
    await machine.contact();
    const { outs } = await work;
    assert.equal(outs.systemId, systemIdOf(1));
  });

  /** Waits until GitLab was asked so often. */
  async function lookedAt(times: number): Promise<void> {
    while (looks().filter(({ status }) => status === 200).length < times) await new Promise(setImmediate);
  }

  it("asks for GitLab Runner's own system id again, which it makes when it starts", async () => {
    rmSync(join(machine.folder, ".runner_system_id"));
    const work = runClock(make(declare({ waitForContact: { timeout: "1h" } })));
    await lookedAt(3);
    gitlab.clock.advance({ seconds: 5 });
    await new Machine(machine.folder, systemIdOf(7)).contact();
    assert.equal((await work).outs.systemId, systemIdOf(7));
  });

  it("gives up in time, says what was seen last, keeps the file and its state, and waits again at the next update", async () => {
    await make(declare({ waitForContact: undefined }));
    await machine.contact();
    const seen = gitlab.runners.get(runner.id).managers[0]?.contactedAt?.toISOString() ?? "?";
    gitlab.clock.advance({ hours: 1 });
    const { id, properties, message } = await failed(make(declare()));
    assert.match(
      message,
      /^waitForContact: .*config\.toml was delivered, but in 30s GitLab has not seen the machine since \(its system id is s_000000000001\):/,
    );
    assert.ok(message.includes(`runners.web (runner ${runner.id}): last seen ${seen}; wanted is one from 20`), message);
    assert.match(readFileSync(machine.file, "utf8"), /id = 1/);
    const made = { id, outs: properties };
    assert.equal(await differs(made, declare()), true, "it is not done");
    await failed(change(made, declare()));
    gitlab.clock.advance({ seconds: 2 });
    await machine.contact();
    const seenAgain = { id, outs: (await refresh(made)).props };
    assert.equal(await differs(seenAgain, declare()), true, "nobody has looked for the machine");
    gitlab.clock.advance({ minutes: 1 });
    const { outs } = await change(seenAgain, declare());
    assert.equal(
      await differs({ id, outs }, declare()),
      false,
      "a contact after the write counts, whenever it is looked for",
    );
    assert.deepEqual((await refresh({ id, outs })).props, outs);
  });

  it("counts from the write on, too, where something else ended the wait", async () => {
    const forbidden = { kind: "reply", status: 403, body: { message: "403 Forbidden" } } as const;
    // The first look comes before the write, the second one after it.
    gitlab.faults.add({ path: `/api/v4/runners/${runner.id}/managers`, nth: 3, ...forbidden });
    const { id, properties, message } = await failed(make(declare()));
    assert.match(message, /managers .* answered 403/);
    gitlab.clock.advance({ seconds: 2 });
    await machine.contact();
    gitlab.clock.advance({ minutes: 1 });
    const { outs } = await change({ id, outs: properties }, declare());
    assert.equal(await differs({ id, outs }, declare()), false);
  });

  it("counts from the next write on, where the next update writes; and no more where the program does not ask for it", async () => {
    const { id, properties } = await failed(make(declare()));
    gitlab.clock.advance({ seconds: 2 });
    await machine.contact();
    gitlab.clock.advance({ seconds: 2 });
    const made = { id, outs: properties };
    const again = await failed(change(made, declare({ concurrent: 3 })));
    assert.match(again.message, /last seen 20/);
    const { outs } = await change(
      { id, outs: again.properties },
      declare({ waitForContact: undefined, concurrent: 3 }),
    );
    assert.equal(await differs({ id, outs }, declare({ waitForContact: undefined, concurrent: 3 })), false);
    assert.equal(outs.awaited, undefined);
  });

  it("tells a machine that GitLab never saw from others, and one without a system id", async () => {
    const nobody = await failed(make(declare()));
    assert.match(nobody.message, /runner 1\): no machine was ever seen/);
    await new Machine(makeFolder(), systemIdOf(2)).contact().catch(() => undefined);
    rmSync(join(machine.folder, ".runner_system_id"));
    assert.match((await failed(make(declare()))).message, /no \.runner_system_id lies beside it/);
  });

  it("refuses before anything is written where GitLab does not let the managers be read", async () => {
    const user = gitlab.createUser({ username: "nobody" });
    runner = gitlab.createRunner({ runnerType: "project_type", projectIds: [gitlab.projectId] });
    useGitLab({ url: gitlab.url, token: gitlab.createToken({ userId: user.id, scopes: ["api"] }).token });
    const { message } = await failureOf(make(declare()));
    assert.match(message, /GET \/api\/v4\/runners\/2\/managers .* answered 403/);
    assert.throws(() => readFileSync(machine.file));
  });

  it("is refused without a path, of another GitLab, and with a timeout that is none; all at once", async () => {
    const web = { runner: { url: "https://other.example.com", id: 5, token: { value: "glrt-x" } }, executor: "shell" };
    const bad = {
      waitForContact: { timeout: "soon" },
      systemId: "build-1",
      onUnreachable: "forget",
      unregisterManagers: true,
    };
    const reasons = await refusals({ concurrent: 2, runners: { web }, ...bad });
    assert.deepEqual(reasons.map((reason) => reason.split(":")[0]).sort(), [
      "onUnreachable",
      "runners.web.runner",
      "systemId",
      "systemId",
      "unregisterManagers",
      "waitForContact",
      "waitForContact.timeout",
    ]);
    assert.ok(!reasons.join().includes("soon") && !reasons.join().includes("build-1"));
  });
});
