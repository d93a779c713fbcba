import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launchSshServer } from "../support/sshd.js";
import { CutProxy } from "../system/cutProxy.js";
import { type CutScene, deliver, OLD, tryCut } from "../system/sshCut.js";
import { makeDice } from "./dice.js";
import type { BenchOptions, Figures } from "./main.js";

const TRIALS = 200;

/** A way that files go, on a host of its own. */
interface Way {
  scene: CutScene;
  /** The bytes of a delivery that is not cut. */
  whole: { up: number; down: number };
  stop(): Promise<void>;
}

/** Deliveries over SSH whose connection is cut at places that are drawn by lot: which file is on the host then. */
export async function benchCut({ seed, trials = TRIALS }: BenchOptions): Promise<Figures> {
  const ways = [await startWay("exec"), await startWay("sftp")] as const;
  try {
    const found = { old: 0, new: 0, half: 0 };
    const draw = makeDice(seed);
    for (let trial = 0; trial < trials; trial++) {
      const { scene, whole } = ways[trial % 2 === 0 ? 0 : 1];
      const way = draw() < 0.5 ? "up" : "down";
      found[await tryCut(scene, { way, bytes: 1 + Math.floor(draw() * (whole[way] - 1)) })]++;
    }
    return { trials, seed, halfWritten: found.half, oldFile: found.old, newFile: found.new };
  } finally {
    for (const { stop } of ways) await stop();
  }
}

async function startWay(transfer: "exec" | "sftp"): Promise<Way> {
  const server = await launchSshServer({ config: ["Subsystem sftp internal-sftp"] });
  const proxy = await CutProxy.start(server.port);
  const knownHosts = join(server.folder, "all");
  writeFileSync(knownHosts, `* ${readFileSync(`${server.hostKey}.pub`, "utf8")}`);
  const file = join(server.folder, "etc/config.toml");
  const scene = { proxy, file, target: { ...server.target, knownHosts, transfer } };
  writeFileSync(file, OLD);
  await deliver(scene);
  const whole = { ...proxy.passed };
  const stop = async () => {
    proxy.stop();
    await server.stop();
  };
  return { scene, whole, stop };
}
