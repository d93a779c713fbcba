import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { script, useSandbox } from "./sandbox";

/** Holds the lock until its stdin ends. */
const holding = `
  import { withLock } from ${script("setup/lock.mjs")};
  import { watchSignals } from ${script("setup/interrupt.mjs")};
  watchSignals();
  await withLock({ folder: "lock", purpose: "is part of a test" }, async () => {
    console.log("holding");
    await new Promise((resolve) => process.stdin.once("end", resolve).resume());
  });
  console.log("gave it back");
`;

/** Adds 1 to a number in a file, 5 times, in a way that loses some when others do so at once. */
const counting = `
  import { readFileSync, writeFileSync } from "node:fs";
  import { setTimeout } from "node:timers/promises";
  import { withLock } from ${script("setup/lock.mjs")};
  for (let round = 0; round < 5; round++) {
    await withLock({ folder: "lock", purpose: "counts" }, async () => {
      const count = Number(readFileSync("count", "utf8"));
      await setTimeout(40);
      writeFileSync("count", String(count + 1));
    });
    // Lets another one in.
    await setTimeout(40);
  }
`;

describe("the lock of set-up", () => {
  const sandbox = useSandbox();

  it("lets the second process wait, which says for whom, until the first is done", async () => {
    const first = sandbox().run(holding);
    await first.says(/holding/);
    const second = sandbox().run(holding);
    await second.says(new RegExp(`waiting for process ${first.child.pid}, which is part of a test`));

    first.child.stdin?.end();
    await second.says(/holding/);
    second.child.stdin?.end();
    assert.equal((await first.ended).code, 0);
    assert.equal((await second.ended).code, 0);
    assert.ok(!existsSync(sandbox().path("lock")));
  });

  it("is taken over from an owner that was killed", async () => {
    const killed = sandbox().run(holding);
    await killed.says(/holding/);
    const waiting = sandbox().run(holding);
    await waiting.says(/waiting for process/);

    killed.child.kill("SIGKILL");
    await waiting.says(new RegExp(`process ${killed.child.pid} is gone without giving its lock back; taking over`));
    await waiting.says(/holding/);
  });

  it("is given back by an owner that is interrupted", async () => {
    const interrupted = sandbox().run(holding);
    await interrupted.says(/holding/);
    interrupted.child.kill("SIGINT");
    assert.equal((await interrupted.ended).code, 130);
    assert.ok(!existsSync(sandbox().path("lock")));
  });

  it("is taken over from a living owner that shows no sign of life", async () => {
    writeOwner(hostname());
    const run = sandbox().run(takingAfter(200));
    assert.match((await run.ended).stdout, /took it/);
  });

  it("is not taken over because a process of another machine is not found on this one", async () => {
    const dead = sandbox().run("");
    await dead.ended;
    writeOwner("another-machine", dead.child.pid);
    const run = sandbox().run(takingAfter(60_000));
    await run.says(/waiting for process \d+ on another-machine, which tests/);
  });

  it("has one owner at a time, also while many fight for the lock of a dead one", async () => {
    const dead = sandbox().run("");
    await dead.ended;
    writeOwner(hostname(), dead.child.pid);
    sandbox().write("count", "0");
    const runs = Array.from({ length: 4 }, () => sandbox().run(counting));
    for (const run of runs) assert.equal((await run.ended).code, 0, (await run.ended).stderr);
    assert.equal(readFileSync(sandbox().path("count"), "utf8"), "20");
  });

  it("leaves nothing beside it", async () => {
    mkdirSync(sandbox().path("state"));
    const run = sandbox().run(holding.replace(`"lock"`, `"state/lock"`));
    await run.says(/holding/);
    run.child.stdin?.end();
    await run.ended;
    assert.deepEqual(readdirSync(sandbox().path("state")), []);
  });

  function takingAfter(staleAfterMs: number): string {
    return `
      import { withLock } from ${script("setup/lock.mjs")};
      const lock = { folder: "lock", purpose: "takes over", staleAfterMs: ${staleAfterMs} };
      await withLock(lock, async () => console.log("took it"));
    `;
  }

  function writeOwner(host: string, pid = process.pid): void {
    sandbox().write(`lock/owner-${pid}-0000.json`, JSON.stringify({ host, purpose: "tests" }));
  }
});
