import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launchSshServer } from "../support/sshd.js";
import { CutProxy } from "../system/cutProxy.js";
import { deliver, OLD, tryCut } from "../system/sshCut.js";
import { makeDice } from "./dice.js";
import type { BenchOptions, Figures } from "./main.js";

const TRIALS = 200;

/** Deliveries over SSH whose connection is cut at places that are drawn by lot: which file is on the host then. */
export async function benchCut({ seed }: BenchOptions): Promise<Figures> {
  const server = await launchSshServer();
  const proxy = await CutProxy.start(server.port);
  try {
    const knownHosts = join(server.folder, "all");
    writeFileSync(knownHosts, `* ${readFileSync(`${server.hostKey}.pub`, "utf8")}`);
    const file = join(server.folder, "etc/config.toml");
    const scene = { proxy, file, target: { ...server.target, knownHosts } };
    writeFileSync(file, OLD);
    await deliver(scene);
    const whole = { ...proxy.passed };
    const found = { old: 0, new: 0, half: 0 };
    const draw = makeDice(seed);
    for (let trial = 0; trial < TRIALS; trial++) {
      const way = draw() < 0.5 ? "up" : "down";
      found[await tryCut(scene, { way, bytes: 1 + Math.floor(draw() * (whole[way] - 1)) })]++;
    }
    return { trials: TRIALS, seed, halfWritten: found.half, oldFile: found.old, newFile: found.new };
  } finally {
    proxy.stop();
    await server.stop();
  }
}
