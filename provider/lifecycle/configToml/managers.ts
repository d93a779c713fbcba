import { identifyEntry, readConfigFile } from "../../config/file.js";
import type { Table } from "../../config/value.js";
import type { Host } from "../../delivery/host.js";
import { isRefusal, TomlSyntaxError } from "../../errors.js";
import { pause } from "../clock.js";
import { connectForRunner } from "../connection.js";
import { notify } from "../notice.js";
import { rotatesItself } from "../runner/selfRotation.js";
import { type ConfigTomlInputs, listCredentials } from "./spec.js";
import type { ConfigTomlState } from "./state.js";
import { readSystemId } from "./systemId.js";

/** What leaves a machine: entries by what they are found by, their tokens, and under which names GitLab knows the machine. */
export interface Departure {
  /** The ConfigToml, as messages call it. */
  name: string;
  entries: Table[];
  systemIds: string[];
}

/** GitLab Runner looks at its file every 3 seconds, and then reads it. */
const RELOAD_MS = 4_000;

/** A file on a machine, and what was delivered there. */
export interface DeliveredFile {
  host: Host;
  path: string;
  state: ConfigTomlState;
}

/** The entries that were delivered to this machine and shall not stay there; looked up while they still do. */
export async function findDeparture({ host, path, state }: DeliveredFile, kept?: ConfigTomlInputs): Promise<Departure> {
  const name = `ConfigToml ${path}${host.where}`;
  const entries = listDeparting(state, kept);
  if (entries.length === 0) return { name, entries, systemIds: [] };
  const present = await readSystemId(host, path);
  const systemIds = [...new Set([present, state.systemId])].filter((id) => id !== undefined);
  const found = hasSelfRotation(state) ? await readEntries(host, path) : [];
  return { name, entries: entries.map((entry) => withLivingToken(entry, found)), systemIds };
}

export function listDeparting(state: ConfigTomlState, kept?: ConfigTomlInputs): Table[] {
  const staying = new Set(listCredentials(kept).map(identifyEntry));
  return listCredentials(state).filter((entry) => !staying.has(identifyEntry(entry)));
}

function hasSelfRotation({ runners }: ConfigTomlInputs): boolean {
  return Object.values(runners).some(rotatesItself);
}

/** GitLab Runner may have rotated the token by itself: then the file alone has the living one. */
function withLivingToken(entry: Table, found: readonly Table[]): Table {
  const there = found.find((other) => identifyEntry(other) === identifyEntry(entry));
  return there?.token ? { ...entry, token: there.token } : entry;
}

async function readEntries(host: Host, path: string): Promise<Table[]> {
  const text = await host.read(path);
  try {
    return text === undefined ? [] : readConfigFile(text).entries;
  } catch (error) {
    if (error instanceof TomlSyntaxError) return [];
    throw error;
  }
}

/**
 * Removes the machine's runner managers from GitLab, once its GitLab Runner has seen that the entries are gone: else it
 * would come back by its next request. They are ours to remove: we put the entry there, it is there no more, and the
 * system id is this machine's. The runner itself is another matter: other machines may use it.
 */
export async function removeManagers(host: Host, path: string, departure: Departure): Promise<void> {
  const left = new Set((await readEntries(host, path)).map(identifyEntry));
  // Where somebody else has taken the file over, an entry may go on living there.
  const entries = departure.entries.filter((entry) => !left.has(identifyEntry(entry)));
  if (entries.length === 0 || departure.systemIds.length === 0) return;
  await pause(RELOAD_MS);
  await dropManagers({ ...departure, entries });
}

/** The same for a machine that does not answer any more. */
export async function dropManagers({ name, entries, systemIds }: Departure): Promise<void> {
  const pairs = entries.flatMap((entry) => systemIds.map((systemId) => ({ name, entry, systemId })));
  const outcomes = await Promise.allSettled(pairs.map(dropManager));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
}

async function dropManager({ name, entry, systemId }: { name: string; entry: Table; systemId: string }): Promise<void> {
  const { deleteManager, isUnknownToken } = await import("../../gitlab/runnerTokens.js");
  const client = await connectForRunner(String(entry.url));
  try {
    await deleteManager(client, { token: String(entry.token), systemId });
  } catch (error) {
    if (isRefusal(error, 404)) return;
    // A deleted runner takes its managers with it.
    if (isUnknownToken(error)) return notify(describeDeadToken({ name, id: String(entry.id), systemId }));
    throw error;
  }
}

function describeDeadToken({ name, id, systemId }: { name: string; id: string; systemId: string }): string {
  return (
    `${name}: the manager ${systemId} of runner ${id} was not removed: GitLab does not know the runner's token any more. ` +
    "With the runner deleted it is gone, too; else it stays in GitLab's list, and is stale after 7 days"
  );
}
