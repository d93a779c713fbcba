import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { RemoteHost } from "../../provider/delivery/ssh/remoteHost.js";
import type { SshTarget } from "../../provider/delivery/target.js";
import { NO_TRIAL } from "../../provider/delivery/trial.js";
import type { CutProxy } from "./cutProxy.js";

export const OLD = `concurrent = 1\n${"# old\n".repeat(500)}`;
export const NEW = `concurrent = 2\n${"# new!\n".repeat(500)}`;

/** What a delivery is tried on. */
export interface CutScene {
  proxy: CutProxy;
  /** Through the proxy. */
  target: SshTarget;
  file: string;
}

/** One delivery as ConfigToml does it, by a connection of its own. */
export function deliver({ target, file, proxy }: CutScene): Promise<boolean> {
  const host = reach({ ...target, port: proxy.port });
  return host.exclusively(file, async () => host.swap(file, await host.read(file), NEW));
}

function reach(target: SshTarget): RemoteHost {
  return new RemoteHost(target, { trial: NO_TRIAL });
}

/** Cuts one delivery, and tells which file is then on the host. */
export async function tryCut(
  scene: CutScene,
  limit: { way: "up" | "down"; bytes: number },
): Promise<"old" | "new" | "half"> {
  const { proxy, file } = scene;
  writeFileSync(file, OLD);
  proxy.cutAfter(limit);
  const message = await deliver(scene).then(
    () => "",
    (error: Error) => error.message,
  );
  proxy.cutNow();
  proxy.cutAfter();
  // Over SFTP nothing of ours runs on the host: who comes next tidies up.
  if (scene.target.transfer === "sftp") await reach(scene.target).exclusively(file, async () => {});
  await untilTidy(file);
  const text = readFileSync(file, "utf8");
  assert.ok(message !== "" || text === NEW, "it said that all went well, and did not deliver");
  if (message !== "")
    assert.match(
      message,
      /^target\.ssh: \S+ (was cut off|ended the connection|starts no program|speaks no|has no SFTP)/,
    );
  return text === OLD ? "old" : text === NEW ? "new" : "half";
}

/** Cuts deliveries all along what the last one sent, and then what it received; tells which files came of it. */
export async function tryCutsOfLast(scene: CutScene): Promise<Set<string>> {
  const { up, down } = scene.proxy.passed;
  scene.proxy.cutNow();
  const seen = new Set<string>();
  for (const [way, bytes] of [
    ["up", up],
    ["down", down],
  ] as const) {
    for (let step = 1; step <= 15; step++)
      seen.add(await tryCut(scene, { way, bytes: Math.floor((bytes * step) / 16) }));
  }
  return seen;
}

/** What stays: the file, and the one that it replaced. */
const WHOLE = ["config.toml", ".config.toml.pulumi-last-good"];

/** The host tidies up by itself when its input ends. */
export async function untilTidy(file: string): Promise<void> {
  const folder = join(file, "..");
  const end = performance.now() + 20_000;
  while (readdirSync(folder).some((name) => !WHOLE.includes(name))) {
    assert.ok(performance.now() < end, `left beside the file: ${readdirSync(folder).join(", ")}`);
    await setTimeout(10);
  }
  assert.ok(existsSync(file));
}
