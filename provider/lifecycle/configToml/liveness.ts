import { setTimeout as wait } from "node:timers/promises";
import type { Host } from "../../delivery/host.js";
import { GitLabCallError, InvalidInputError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import { connectForRunner } from "../connection.js";
import { readSystemId } from "./systemId.js";

/** Which of two tokens of a runner GitLab takes, which is at most one; or why that is not known. */
export type Verdict = { living: "file" | "program" | "none" } | { unknown: string };

/** One runner in one file, and the two tokens that it may have. */
export interface Doubt {
  url: string;
  id: number;
  tokens: { file: string; program: string };
  /** Which one is expected to live: one answer then tells of both. */
  first: "file" | "program";
}

/** Whoever shares the file waits meanwhile. */
const PATIENCE = 20_000;

/**
 * Asks GitLab with the tokens, as the machine itself would: asking is a write, which notes a contact of the runner manager
 * of that system id. So it is done with the machine's own one, or not at all.
 */
export async function findLiving(host: Host, path: string, doubt: Doubt): Promise<Verdict> {
  const systemId = await readSystemId(host, path);
  if (systemId === undefined) return { unknown: "there is no .runner_system_id beside the file, so nobody was asked" };
  try {
    return await inTime(compareTokens(await connectForRunner(doubt.url), systemId, doubt));
  } catch (error) {
    if (error instanceof GitLabCallError) return { unknown: describeFailure(error) };
    if (error instanceof InvalidInputError) return { unknown: "its GitLab cannot be asked as the settings are" };
    throw error;
  }
}

/** What became of a call, without GitLab's own words: they are not known to hold no secret of other resources. */
export function describeFailure({ call: { verb, path, status } }: GitLabCallError): string {
  return `${verb} ${path} ${status === undefined ? "was not answered" : `answered ${status}`}`;
}

async function inTime(verdict: Promise<Verdict>): Promise<Verdict> {
  const enough = new AbortController();
  const late = wait<Verdict>(PATIENCE, { unknown: "GitLab did not answer in time" }, { signal: enough.signal });
  late.catch(() => undefined);
  verdict.catch(() => undefined);
  try {
    return await Promise.race([verdict, late]);
  } finally {
    enough.abort();
  }
}

async function compareTokens(client: GitLabClient, systemId: string, { id, tokens, first }: Doubt): Promise<Verdict> {
  const isLiving = (which: "file" | "program") => takes(client, { token: tokens[which], systemId }, id);
  const second = first === "file" ? "program" : "file";
  for (const which of [first, second] as const) if (await isLiving(which)) return { living: which };
  return { living: "none" };
}

/** Whether GitLab takes the token for this very runner. */
async function takes(client: GitLabClient, machine: { token: string; systemId: string }, id: number): Promise<boolean> {
  const { isUnknownToken, verifyToken } = await import("../../gitlab/runnerTokens.js");
  try {
    return (await verifyToken(client, machine)).id === id;
  } catch (error) {
    if (isUnknownToken(error)) return false;
    throw error;
  }
}
