import type { ConfigTomlArgs } from "./configToml.js";
import type { SshAccessArgs, TargetArgs } from "./targetArgs.js";

/** Where an SSH server listens unless a program says otherwise. */
export const DEFAULT_PORT = 22;

/** Which file a ConfigToml's is, to tell it from others'; undefined where that is not told by plain values, or there is no file. */
export function placeOf({ path, target }: Pick<ConfigTomlArgs, "path" | "target">): string | undefined {
  const { ssh, local, docker } = (target ?? {}) as TargetArgs;
  const isTold = target === undefined ? path !== undefined : (ssh ?? local ?? docker) !== undefined;
  const { user = "" } = (ssh ?? {}) as Partial<SshAccessArgs>;
  const parts = [
    // Without a path it is the user's own.
    path ?? user,
    ...(docker === undefined ? [] : [(docker as { volume: unknown }).volume]),
    ...(ssh === undefined ? [] : addressOf(ssh as SshAccessArgs)),
  ];
  return isTold && parts.every(isPlain) ? JSON.stringify(parts) : undefined;
}

/** Behind another jump host, the same address is another machine. */
function addressOf({ host, port = DEFAULT_PORT, proxyJump }: SshAccessArgs): unknown[] {
  if (typeof host !== "string") return [host];
  return [host.toLowerCase(), port, ...(proxyJump === undefined ? [] : addressOf(proxyJump as SshAccessArgs))];
}

function isPlain(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}
