import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { withLock } from "../support/lock.js";

// A process that the specs start: `count FILE ROUNDS` adds to a number, `hold FILE` says "held" and keeps the lock.

async function count(file: string, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await withLock(file, async () => {
      const before = Number(readFileSync(file, "utf8"));
      await setTimeout(1);
      writeFileSync(file, String(before + 1));
    });
  }
}

async function hold(file: string): Promise<void> {
  await withLock(file, async () => {
    process.send?.("held");
    await new Promise((resolve) => process.once("message", resolve));
  });
  process.disconnect();
}

const [act = "", file = "", rounds] = process.argv.slice(2);
const work = act === "count" ? count(file, Number(rounds)) : hold(file);
work.then(
  () => act === "count" && process.disconnect(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
