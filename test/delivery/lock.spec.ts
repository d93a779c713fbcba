import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describeSelf, type Holder, isProvablyDead, parseHolder } from "../../provider/delivery/lockHolder.js";
import { makeFolder } from "../support/folder.js";
import { withLock } from "../support/lock.js";
import { ended, hear, startProcess } from "../support/process.js";
import { failureOf } from "../support/reject.js";

const WORKER = join(__dirname, "lockWorker.js");

describe("a lock between processes", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = makeFolder();
    file = join(folder, "config.toml");
  });

  /** A lock as a process would have left it. */
  const leave = (holder: Partial<Holder> | string, name = "1-abc.json") => {
    const lock = join(folder, ".config.toml.pulumi-lock");
    mkdirSync(lock, { recursive: true });
    writeFileSync(
      join(lock, name),
      typeof holder === "string" ? holder : JSON.stringify({ ...describeSelf(), ...holder }),
    );
  };
  /** The number of a process that is gone. */
  const findGone = () => Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));

  it("lets four processes count to 200 without losing one, and leaves nothing beside the file", async () => {
    writeFileSync(file, "0");
    const children = Array.from({ length: 4 }, () => startProcess(WORKER, "count", file, "50"));
    assert.deepEqual(await Promise.all(children.map(ended)), [0, 0, 0, 0]);
    assert.equal(readFileSync(file, "utf8"), "200");
    assert.deepEqual(readdirSync(folder), ["config.toml"]);
  }).timeout(60_000);

  it("is taken over from a holder that was killed, by one of many who wait for it", async () => {
    writeFileSync(file, "0");
    const holder = startProcess(WORKER, "hold", file);
    assert.equal(await hear(holder), "held");
    const children = Array.from({ length: 3 }, () => startProcess(WORKER, "count", file, "5"));
    holder.kill("SIGKILL");
    assert.deepEqual(await Promise.all(children.map(ended)), [0, 0, 0]);
    assert.deepEqual([readFileSync(file, "utf8"), readdirSync(folder)], ["15", ["config.toml"]]);
  }).timeout(60_000);

  it("says who holds it since when and what to do, where that one does not end", async () => {
    const holder = startProcess(WORKER, "hold", file);
    await hear(holder);
    const error = await failureOf(withLock(file, async () => "in", { timeoutMs: 100 }));
    assert.match(
      error.message,
      new RegExp(
        `^path: ${file} is being changed by process ${holder.pid} on ${hostname()} since \\d{4}-.*Z; waited 0\\.1 s\\. ` +
          `Nothing was written\\. Run again when .* remove the folder ${folder}/\\.config\\.toml\\.pulumi-lock first$`,
      ),
    );
    holder.send("go on");
    assert.equal(await ended(holder), 0);
    assert.equal(await withLock(file, async () => "in"), "in");
    assert.deepEqual(readdirSync(folder), []);
  });

  it("is given back when the work fails", async () => {
    const work = withLock(file, () => Promise.reject(new Error("no")));
    assert.equal((await failureOf(work)).message, "no");
    assert.equal(await withLock(file, async () => 1), 1);
  });

  it("is broken where the same number belongs to another process now", async () => {
    leave({ started: "1" });
    assert.equal(await withLock(file, async () => 1, { timeoutMs: 1000 }), 1);
  });

  it("is never broken where nothing proves that its holder is dead", async () => {
    const holders: (Partial<Holder> | string)[] = [
      {},
      { host: "elsewhere", pid: findGone() },
      { machine: "another", pid: findGone() },
      { pidSpace: "pid:[1]", pid: findGone() },
      "",
      '{"pid": 1}',
    ];
    for (const holder of holders) {
      leave(holder);
      assert.match((await failureOf(withLock(file, async () => 1, { timeoutMs: 50 }))).message, /is being changed by/);
      assert.deepEqual(readdirSync(join(folder, ".config.toml.pulumi-lock")), ["1-abc.json"]);
    }
  });

  it("is broken after a restart of the machine", () => {
    const self = { ...describeSelf(), machine: "m", boot: "b" };
    assert.equal(isProvablyDead({ ...self, boot: "earlier" }, self), true);
    assert.equal(isProvablyDead({ ...self, boot: "earlier", machine: "n" }, self), false);
    assert.equal(isProvablyDead({ ...self, machine: "", boot: "earlier" }, { ...self, machine: "" }), false);
    assert.deepEqual(parseHolder(JSON.stringify(self)), self);
  });

  it("sweeps what a process left that was killed while it waited, and nothing else", async () => {
    const names = [
      ".config.toml.pulumi-lock.9-a.json",
      ".config.toml.pulumi-lock.9-b.json",
      ".config.toml.pulumi-locker",
    ];
    for (const name of names) mkdirSync(join(folder, name));
    const dead = JSON.stringify({ ...describeSelf(), pid: findGone() });
    writeFileSync(join(folder, names[0] ?? "", "9-a.json"), dead);
    await withLock(file, async () => {});
    assert.deepEqual(readdirSync(folder), [".config.toml.pulumi-locker"]);
  });

  it("passes on that the folder cannot be written, and leaves nothing", async () => {
    const error = (await failureOf(withLock("/proc/config.toml", async () => 1))) as NodeJS.ErrnoException;
    assert.match(String(error.code), /^E(NOENT|ACCES|PERM)$/);
  });
});
