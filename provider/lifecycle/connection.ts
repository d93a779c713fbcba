import type { GitLabClient } from "../gitlab/client.js";
import { findSettings, requireSameAddress, type Settings } from "./settings.js";

let client: GitLabClient | undefined;

/** The client of the configured GitLab; one for the process, so that its connections are kept. */
export async function connect(settings: Settings = findSettings()): Promise<GitLabClient> {
  const known = client?.connection;
  if (client && known?.address === settings.address && known.token === settings.token) return client;
  const { GitLabClient } = await import("../gitlab/client.js");
  client = new GitLabClient({ address: settings.address, token: settings.token });
  return client;
}

/** The client for a record that state knows; refuses when the configured GitLab is another one. */
export async function connectTo(address: string | undefined, id: string): Promise<GitLabClient> {
  const settings = findSettings();
  requireSameAddress(address, id, settings);
  return connect(settings);
}
