import assert from "node:assert/strict";
import { chownSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../provider/delivery/host.js";
import { pinSystemId } from "../../provider/lifecycle/configToml/systemId.js";
import type { RunnerRecord, StandInGitLab } from "../../provider/testing/index.js";
import { change, destroy, differs, type Made, make, type Properties, refresh } from "../support/configTomls.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { Machine, runClock, systemIdOf, until } from "../support/machine.js";
import { failureOf } from "../support/reject.js";
import { printedBy } from "../support/runners.js";

describe("A machine's runner managers", () => {
  let gitlab: StandInGitLab;
  let machine: Machine;
  let runners: RunnerRecord[];

  beforeEach(async () => {
    gitlab = await makeGitLab();
    useGitLab(gitlab);
    machine = new Machine(makeFolder(), systemIdOf(1));
    runners = [1, 2].map(() => gitlab.createRunner({ runnerType: "instance_type" }));
  });

  const entry = ({ id, token }: RunnerRecord, url = gitlab.url) => ({
    runner: { url, id, token: { value: token } },
    executor: "shell",
  });
  const declare = (settings: Properties = {}, used = runners) => ({
    path: machine.file,
    concurrent: 3,
    unregisterManagers: true,
    runners: Object.fromEntries(used.map((runner) => [`r${runner.id}`, entry(runner)])),
    ...settings,
  });
  const onDisk = () => readFileSync(machine.file, "utf8");
  const managers = () => gitlab.runners.all().map((runner) => runner.managers.map(({ systemId }) => systemId));
  const removals = () => gitlab.requests.list(({ method }) => method === "DELETE");
  const [OURS, OTHER] = [systemIdOf(1), systemIdOf(2)];

  /** Delivered, and in contact; another machine uses the same runners. */
  async function start(settings: Properties = {}): Promise<Made> {
    const made = await make(declare(settings));
    await machine.contact();
    const other = new Machine(makeFolder(), OTHER);
    writeFileSync(other.file, onDisk());
    await other.contact();
    assert.deepEqual(managers(), [
      [OURS, OTHER],
      [OURS, OTHER],
    ]);
    return made;
  }

  it("are known by the system id beside the file, which a refresh finds once GitLab Runner has run", async () => {
    const [file, systemId] = [join(makeFolder(), "config.toml"), systemIdOf(3)];
    const made = await make(declare({ path: file }));
    assert.equal(made.outs.systemId, undefined);
    writeFileSync(join(file, "../.runner_system_id"), systemId);
    const { props } = await refresh(made);
    assert.equal(props.systemId, systemId);
    assert.equal(await differs({ ...made, outs: props }, declare({ path: file })), false, "it is no change");
    assert.equal((await make(declare())).outs.systemId, OURS);
  });

  it("are removed with an entry, once its GitLab Runner has seen that it is gone, and no others", async () => {
    const made = await start();
    const update = change(made, declare({}, runners.slice(0, 1)));
    await until(() => !onDisk().includes(`id = ${runners[1]?.id}`));
    assert.deepEqual([removals(), managers()[1]], [[], [OURS, OTHER]]);
    await runClock(update);
    assert.deepEqual(managers(), [[OURS, OTHER], [OTHER]]);
    assert.deepEqual(
      removals().map(({ path, body }) => [path, (body as Properties).system_id]),
      [["/api/v4/runners/managers", OURS]],
    );
  });

  it("are removed with the file; GitLab Runner first sees one without entries, since without a file it would go on", async () => {
    const made = await start();
    const deletion = destroy(made);
    await until(() => !onDisk().includes("[[runners]]"));
    assert.deepEqual(removals(), []);
    await runClock(deletion);
    assert.deepEqual([existsSync(machine.file), gitlab.runners.size], [false, 2]);
    assert.deepEqual(managers(), [[OTHER], [OTHER]]);
  });

  it("are removed with our entries of a file that others write, too", async () => {
    const theirs = gitlab.createRunner({ runnerType: "instance_type" });
    writeFileSync(machine.file, `[[runners]]\nurl = "${gitlab.url}"\nid = ${theirs.id}\ntoken = "${theirs.token}"\n`);
    const made = await make(declare({ ownership: "entries", stack: { id: "s", name: "dev" } }));
    await machine.contact();
    await runClock(destroy(made));
    assert.deepEqual(managers(), [[], [], [OURS]]);
    assert.match(
      onDisk(),
      new RegExp(`\\[\\[runners\\]\\]\\nurl = "${gitlab.url}"\\nid = ${theirs.id}\\ntoken = ".*"\\n$`),
    );
  });

  it("stay without the argument, and where another ConfigToml has taken the file over", async () => {
    const made = await start();
    await destroy({ ...made, outs: { ...made.outs, unregisterManagers: false } });
    assert.deepEqual(removals(), []);
    await make(declare());
    await runClock(destroy(made));
    assert.deepEqual([removals(), existsSync(machine.file)], [[], true]);
  });

  it("are removed by the token that the file has, where GitLab Runner has rotated it by itself", async () => {
    const rotating = { ...entry(runners[0] as RunnerRecord), executor: "shell" };
    Object.assign(rotating.runner, { selfRotation: true });
    const made = await make(declare({ runners: { r1: rotating } }));
    gitlab.runners.update(1, { token: "glrt-rotated-by-itself" });
    writeFileSync(machine.file, onDisk().replace(/token = ".*"/, 'token = "glrt-rotated-by-itself"'));
    await machine.contact();
    await runClock(destroy(made));
    assert.deepEqual(managers(), [[], []]);
  });

  it("are no obstacle when GitLab knows them, the token or the runner no more; that is said", async () => {
    const made = await start();
    gitlab.runners.update(1, { token: "glrt-reset-by-somebody" });
    gitlab.runners.get(2).managers = [];
    const lines = await printedBy(() => runClock(destroy(made)));
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.match(
      lines[0] ?? "",
      /manager s_000000000001 of runner 1 was not removed: GitLab does not know the runner's token/,
    );
    assert.ok(!lines.join().includes(runners[1]?.token ?? "?"));
    assert.equal(existsSync(machine.file), false);
  });

  const failures = [
    [400, { error: "no" }],
    [403, { message: "You cannot perform write operations on a read-only instance" }],
  ] as const;
  for (const [status, body] of failures) {
    it(`are removed by the next try when GitLab failed at first (${status}); nothing is lost meanwhile`, async () => {
      const made = await start();
      gitlab.faults.add({ method: "DELETE", kind: "reply", status, body, count: 1 });
      const failure = failureOf(destroy(made));
      const { message } = await runClock(failure);
      assert.match(message, new RegExp(`DELETE /api/v4/runners/managers .* answered ${status}`));
      assert.ok(existsSync(machine.file), "the file without entries says whose it is");
      await runClock(destroy(made));
      assert.deepEqual([managers(), existsSync(machine.file)], [[[OTHER], [OTHER]], false]);
    });
  }

  it("of another GitLab are removed there, without our token", async () => {
    const elsewhere = await makeGitLab();
    const foreign = elsewhere.createRunner({ runnerType: "instance_type" });
    const made = await make(declare({ runners: { foreign: entry(foreign, elsewhere.url) } }));
    await machine.contact();
    await runClock(destroy(made));
    assert.deepEqual(elsewhere.runners.get(foreign.id).managers, []);
    const [removal] = elsewhere.requests.list(({ method }) => method === "DELETE");
    assert.equal(removal?.headers.authorization, undefined);
  });

  describe("and a pinned system id", () => {
    const idFile = () => join(machine.folder, ".runner_system_id");

    it("is written before the file, and kept in state as it was declared", async () => {
      const path = join(makeFolder(), "sub/config.toml");
      const made = await make(declare({ path, systemId: "s_abcdefabcdef" }));
      const file = join(path, "../.runner_system_id");
      assert.deepEqual([readFileSync(file, "utf8"), statSync(file).mode & 0o777], ["s_abcdefabcdef", 0o600]);
      assert.equal(made.outs.systemId, "s_abcdefabcdef");
      assert.equal(await differs(made, declare({ path, systemId: "s_abcdefabcdef" })), false);
      const moved = await change(made, declare({ path, systemId: "r_ABCDEFabcdef" }));
      assert.equal(readFileSync(file, "utf8"), "r_ABCDEFabcdef", "what we pinned ourselves may go");
      assert.equal(await differs(moved, declare({ path })), true);
      assert.equal((await change(moved, declare({ path }))).outs.systemId, "r_ABCDEFabcdef", "it stays there");
    });

    it("has the owner and the mode of the config.toml, also where that is another's than its folder", async () => {
      const folder = join(makeFolder(), "sub");
      const path = join(folder, "config.toml");
      const facts = (file: string) => {
        const { uid, gid, mode } = statSync(file);
        return [uid, gid, (mode & 0o777).toString(8)];
      };
      let made = await make(declare({ path }));
      // Only root can give files away; anybody else's have one owner anyway.
      if (process.getuid?.() === 0) chownSync(path, 64_001, 64_002);
      made = await change(made, declare({ path, systemId: "s_abcdefabcdef", concurrent: 3 }));
      const expected = facts(path);
      assert.equal(expected[2], "600");
      assert.deepEqual(facts(join(folder, ".runner_system_id")), expected);
    });

    it("lies beside the file on Windows, too, whatever system Pulumi runs on", async () => {
      const asked: string[] = [];
      const note = async (path: string) => void asked.push(path);
      const host = { where: "", read: note, write: note } as unknown as Host;
      const path = "C:\\GitLab-Runner\\config.toml";
      await pinSystemId(host, { path, wanted: "s_abcdefabcdef", mayReplace: false });
      assert.deepEqual(asked, Array(2).fill("C:\\GitLab-Runner\\.runner_system_id"));
    });

    it("does not take the place of the machine's own, unless that is allowed; then a copy is kept", async () => {
      const { message } = await failureOf(make(declare({ systemId: "s_abcdefabcdef" })));
      assert.match(
        message,
        /^systemId: .*\.runner_system_id holds another one \(s_000000000001\).*nothing was written/,
      );
      assert.deepEqual([readFileSync(idFile(), "utf8"), existsSync(machine.file)], [OURS, false]);
      await make(declare({ systemId: "s_abcdefabcdef", replaceExisting: true }));
      assert.equal(readFileSync(idFile(), "utf8"), "s_abcdefabcdef");
      assert.equal(readdirSync(machine.folder).filter((name) => name.endsWith(".bak")).length, 1);
    });

    it("is written where GitLab Runner would take what is there for none", async () => {
      writeFileSync(idFile(), "half an id");
      assert.equal((await make(declare({ systemId: OTHER }))).outs.systemId, OTHER);
    });
  });
});
