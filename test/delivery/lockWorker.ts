import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { localHost } from "../../provider/delivery/local.js";
import { replace } from "../../provider/delivery/localFile.js";
import { withLock } from "../support/lock.js";

// A process that the specs start: `count FILE ROUNDS` adds to a number, `hold FILE` says "held" and keeps the lock, and
// `replace FILE` says "placed" and is never through with that.

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

async function replaceHalfWay(file: string): Promise<void> {
  const settle = () => new Promise<void>(() => process.send?.("placed"));
  await localHost.exclusively(file, () => replace(file, "half-way", { keepsLast: true, settle }));
}

const [act = "", file = "", rounds] = process.argv.slice(2);
const work = act === "count" ? count(file, Number(rounds)) : act === "hold" ? hold(file) : replaceHalfWay(file);
work.then(
  () => act === "count" && process.disconnect(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
