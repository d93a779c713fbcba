import type { Host } from "./host.js";
import type { Target } from "./target.js";

/** The machine that a target names; without one, this machine. */
export async function findHost(target: Target | undefined): Promise<Host> {
  if (target === undefined) return (await import("./local.js")).localHost;
  const { SshHost } = await import("./ssh/sshHost.js");
  return new SshHost(target.ssh);
}
