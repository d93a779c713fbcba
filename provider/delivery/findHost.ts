import type { Host } from "./host.js";
import type { Target } from "./target.js";
import { NO_TRIAL } from "./trial.js";

/**
 * The machine that a target names; without one, this machine.
 * @param scrub makes what commands print there fit to be shown; see `Trial`
 */
export async function findHost(target: Target | undefined, scrub = NO_TRIAL.scrub): Promise<Host> {
  const { ssh, local, docker, check, hook } = target ?? {};
  const site = { volume: docker?.volume, trial: { check, hook, scrub } };
  if (ssh === undefined) return new (await import("./local.js")).LocalHost({ ...site, timeout: local?.timeout });
  const { RemoteHost } = await import("./ssh/remoteHost.js");
  return new RemoteHost(ssh, site);
}
