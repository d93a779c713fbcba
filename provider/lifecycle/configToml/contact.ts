import { parseDuration } from "../../config/duration.js";
import type { Host } from "../../delivery/host.js";
import { GitLabRunnerError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import type { Manager } from "../../gitlab/managers.js";
import { formatPath } from "../../path.js";
import { now, pause } from "../clock.js";
import { connectTo } from "../connection.js";
import type { ConfigTomlInputs, EntryInputs } from "./spec.js";
import { readSystemId } from "./systemId.js";

/** How long to wait for a machine's first contact. */
export interface ContactArgs {
  timeout?: string;
}

/** The contacts that are still to come. */
export interface Awaited {
  /** By GitLab's clock: those from here on count. Absent where GitLab was not asked since the file was written. */
  since?: string;
  /** The keys of the entries. */
  runners: string[];
}

/** Thrown when the time, or another error, ended the wait before GitLab had seen the machine. The file was delivered, and stays. */
export class ContactError extends GitLabRunnerError {
  constructor(
    message: string,
    readonly awaited: Awaited,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const DEFAULT_TIMEOUT = "5m";

/** Milliseconds between two looks, at first and at most. */
const PAUSE = { first: 500, most: 5_000 };

/** GitLab's time has whole seconds: from the next one on, a contact is later than the answer that had it. */
const SECOND = 1_000;

/** That GitLab lets the managers be read; asked before anything is written. */
export async function requireManagers({ runners }: ConfigTomlInputs): Promise<void> {
  await Promise.all(Object.entries(runners).map(([key, entry]) => look({ key, entry })));
}

/** A file that was delivered. */
export interface Delivered {
  host: Host;
  path: string;
  inputs: ConfigTomlInputs;
  args: ContactArgs;
  awaited: Awaited;
}

interface Watched {
  key: string;
  entry: EntryInputs;
  /** By GitLab's clock: contacts from here on count. Set by the first look, which comes after the write. */
  since?: Date;
  /** What was seen last. */
  managers?: Manager[];
}

/**
 * Waits until GitLab has seen this machine with each of these runners, after the file was written.
 * @returns the machine's system id
 * @throws ContactError that says what was seen last, or what else ended the wait
 */
export async function waitForContact({ host, path, inputs, args, awaited }: Delivered): Promise<string | undefined> {
  const { timeout = DEFAULT_TIMEOUT } = args;
  const end = now().getTime() + Number((parseDuration(timeout) ?? 0n) / 1_000_000n);
  const since = awaited.since === undefined ? undefined : new Date(awaited.since);
  let waiting: Watched[] = awaited.runners.map((key) => ({ key, entry: inputs.runners[key] as EntryInputs, since }));
  for (let wait = PAUSE.first; ; wait = Math.min(wait * 2, PAUSE.most)) {
    const { systemId, unseen } = await lookAtAll({ host, path }, waiting);
    if (unseen.length === 0) return systemId;
    waiting = unseen;
    const left = end - now().getTime();
    if (left <= 0) {
      const message = explain({ place: path + host.where, timeout, systemId }, waiting);
      throw new ContactError(message, describeAwaited(waiting));
    }
    await pause(Math.min(wait, left));
  }
}

async function lookAtAll({ host, path }: Pick<Delivered, "host" | "path">, waiting: readonly Watched[]) {
  try {
    const systemId = await readSystemId(host, path);
    const looked = await Promise.all(waiting.map(look));
    return { systemId, unseen: looked.filter((watched) => !isSeen(watched, systemId)) };
  } catch (cause) {
    if (!(cause instanceof GitLabRunnerError)) throw cause;
    throw new ContactError(cause.message, describeAwaited(waiting), { cause });
  }
}

async function look({ since, ...watched }: Watched): Promise<Watched> {
  const { listManagers } = await import("../../gitlab/managers.js");
  const { url, id, token } = watched.entry.runner;
  const client: GitLabClient = await connectTo(url, String(id));
  const { managers, time } = await listManagers(client, { id: String(id), secrets: [token.value] });
  return { ...watched, managers, since: since ?? new Date(time.getTime() + SECOND) };
}

function isSeen({ managers = [], since }: Watched, systemId: string | undefined): boolean {
  const found = managers.find((manager) => manager.systemId === systemId);
  return !!found?.contactedAt && !!since && found.contactedAt >= since;
}

function describeAwaited(waiting: readonly Watched[]): Awaited {
  const runners = waiting.map(({ key }) => key);
  const times = waiting.flatMap(({ since }) => since?.getTime() ?? []);
  return times.length < runners.length ? { runners } : { since: new Date(Math.max(...times)).toISOString(), runners };
}

function explain(
  { place, timeout, systemId }: { place: string; timeout: string; systemId: string | undefined },
  waiting: readonly Watched[],
): string {
  const machine = systemId === undefined ? "no .runner_system_id lies beside it" : `its system id is ${systemId}`;
  const lines = waiting.map(({ key, entry, managers = [], since }) => {
    const last = describeLast(managers, systemId);
    return `    ${formatPath(["runners", key])} (runner ${entry.runner.id}): ${last}; wanted is one from ${since?.toISOString()} on`;
  });
  return (
    `waitForContact: ${place} was delivered, but in ${timeout} GitLab has not seen the machine since (${machine}):\n` +
    `${lines.join("\n")}\n  Look whether gitlab-runner runs there, reads this file and reaches GitLab; then "pulumi up" waits again`
  );
}

function describeLast(managers: readonly Manager[], systemId: string | undefined): string {
  const found = managers.find((manager) => manager.systemId === systemId);
  if (found) return `last seen ${found.contactedAt?.toISOString() ?? "never"}`;
  const others = managers.map((manager) => manager.systemId).join(", ");
  return others === "" ? "no machine was ever seen" : `only others were seen: ${others}`;
}
