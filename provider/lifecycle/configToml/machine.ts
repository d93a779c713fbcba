import { dirname, join } from "node:path";
import { normalizeAddress } from "../../address.js";
import type { Host } from "../../delivery/host.js";
import { DeliveryError } from "../../delivery/host.js";
import type { GitLabCallError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import { connect } from "../connection.js";
import { trySettings } from "../settings.js";

/** Beside its config.toml GitLab Runner keeps what tells its machine from others that use the same token. */
const SYSTEM_ID_FILE = ".runner_system_id";

/** As GitLab Runner makes it, and takes it. */
const SYSTEM_ID = /^[sr]_[0-9a-zA-Z]{12}$/;

/** The machine's own system id; undefined where GitLab Runner has not run yet, or keeps it elsewhere. */
export async function readSystemId(host: Host, path: string): Promise<string | undefined> {
  try {
    const id = (await host.read(join(dirname(path), SYSTEM_ID_FILE)))?.trim();
    return id !== undefined && SYSTEM_ID.test(id) ? id : undefined;
  } catch (error) {
    if (error instanceof DeliveryError) return undefined;
    throw error;
  }
}

/** The GitLab of an entry, if that is the configured one: another one must never get its user's token. */
export async function connectToEntry(url: string): Promise<GitLabClient | undefined> {
  const { settings } = trySettings();
  const address = normalizeAddress(url);
  if (!settings || typeof address !== "string") return undefined;
  return [settings.address, ...settings.movedFrom].includes(address) ? connect(settings) : undefined;
}

/** What became of a call, without GitLab's own words: they are not known to hold no secret of other resources. */
export function describeFailure({ call }: GitLabCallError): string {
  const { verb, path, status } = call;
  return `${verb} ${path} ${status === undefined ? "was not answered" : `answered ${status}`}`;
}
