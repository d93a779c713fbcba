import { normalizeAddress } from "../address.js";
import type { Connection } from "../gitlab/call.js";
import type { GitLabClient } from "../gitlab/client.js";
import { requireLivingEngine } from "./engine.js";
import { notify } from "./notice.js";
import { findSettings, isAddressOf, requireSameAddress, type Settings, trySettings } from "./settings.js";

let kept: { key: string; client: Promise<GitLabClient> } | undefined;

/** The client of the configured GitLab; one for the process, so that its connections are kept. */
export function connect(settings: Settings = findSettings()): Promise<GitLabClient> {
  const { movedFrom: _, ...connection } = settings;
  const key = JSON.stringify(connection);
  if (kept?.key !== key) kept = { key, client: open(connection) };
  return kept.client;
}

/** An attempt that failed is forgotten: the file that was missing may be there next time. */
async function open(connection: Connection): Promise<GitLabClient> {
  try {
    const { openClient } = await import("../gitlab/client.js");
    if (connection.tls?.insecure)
      notify(`${connection.address} may show any certificate (insecure): give cacertFile instead`);
    return await openClient(connection, { environment: process.env, tell: notify, beforeWrite: requireLivingEngine });
  } catch (error) {
    kept = undefined;
    throw error;
  }
}

/** The client for a record that state knows; refuses when the configured GitLab is another one. */
export async function connectTo(address: string | undefined, id: string): Promise<GitLabClient> {
  const settings = findSettings();
  requireSameAddress(address, id, settings);
  return connect(settings);
}

/**
 * A client for what a runner's own token authorizes. Where its GitLab is not the configured one, the configured token stays
 * out of it: it must not be shown to another address.
 */
export function connectForRunner(url: string): Promise<GitLabClient> {
  const { settings } = trySettings();
  if (settings && isAddressOf(settings, url)) return connect(settings);
  const address = normalizeAddress(url);
  return open({ address: typeof address === "string" ? address : url, token: "" });
}
