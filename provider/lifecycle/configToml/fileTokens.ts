import { type ConfigFile, identifyEntry, readConfigFile } from "../../config/file.js";
import type { Table } from "../../config/value.js";
import type { Host } from "../../delivery/host.js";
import { TomlSyntaxError } from "../../errors.js";
import { formatPath } from "../../path.js";
import { notify } from "../notice.js";
import { rotatesItself, timeOf } from "../runner/selfRotation.js";
import { findLiving, type Verdict } from "./liveness.js";
import { type ConfigTomlInputs, listCredentials, type Rendered } from "./spec.js";

/** What is to be delivered, and what was before. */
export interface Delivered {
  inputs: ConfigTomlInputs;
  rendered: Rendered;
  former?: ConfigTomlInputs;
}

/** What is to be written over a file with the given text: never a dead token over a living one, nor an older one over a newer. */
export type Settle = (text: string) => Promise<Rendered>;

/** One entry whose token in the file is neither the declared one nor the one that we delivered before. */
interface Dispute {
  key: string;
  wanted: Table;
  found: Table;
}

/** GitLab is asked once for each token that a file turns out to hold, however often the file changes meanwhile. */
export function settleTokens(host: Host, path: string, delivered: Delivered): Settle {
  const decisions = new Map<string, Promise<boolean>>();
  const decide = (dispute: Dispute) => {
    const key = JSON.stringify([dispute.key, dispute.found.token]);
    const decision = decisions.get(key) ?? keepsFound(host, path, { ...dispute, inputs: delivered.inputs });
    decisions.set(key, decision);
    return decision;
  };
  return async (text) => {
    const { rendered } = delivered;
    const entries = new Map(rendered.entries);
    const settle = async (dispute: Dispute) => {
      const { key, wanted, found } = dispute;
      if (await decide(dispute)) entries.set(key, withTokenOf(found, wanted));
    };
    await Promise.all(listDisputes(text, delivered).map(settle));
    return { ...rendered, entries };
  };
}

function listDisputes(text: string, { rendered, former }: Delivered): Dispute[] {
  const file = tryToRead(text);
  if (!file) return [];
  const inFile = new Map([...file.entries].reverse().map((entry) => [identifyEntry(entry), entry]));
  const before = new Map(listCredentials(former).map((entry) => [identifyEntry(entry), entry.token]));
  return [...rendered.entries].flatMap(([key, wanted]) => {
    const found = inFile.get(identifyEntry(wanted));
    const isOurs = !found?.token || found.token === wanted.token || found.token === before.get(identifyEntry(wanted));
    return found && !isOurs ? [{ key, wanted, found }] : [];
  });
}

/** A file that cannot be read is for the delivery to refuse. */
function tryToRead(text: string): ConfigFile | undefined {
  try {
    return readConfigFile(text);
  } catch (error) {
    if (error instanceof TomlSyntaxError) return undefined;
    throw error;
  }
}

function withTokenOf(found: Table, { token: _, token_obtained_at: _1, token_expires_at: _2, ...wanted }: Table): Table {
  const { token, token_obtained_at, token_expires_at } = found;
  const present = Object.entries({ token, token_obtained_at, token_expires_at });
  return {
    ...wanted,
    ...Object.fromEntries(present.filter((pair): pair is [string, Table[string]] => pair[1] !== undefined)),
  };
}

async function keepsFound(
  host: Host,
  path: string,
  { key, wanted, found, inputs }: Dispute & { inputs: ConfigTomlInputs },
): Promise<boolean> {
  const isSelf = rotatesItself(inputs.runners[key]);
  const tokens = { file: found.token as string, program: wanted.token as string };
  const doubt = { url: wanted.url as string, id: Number(wanted.id), tokens };
  const verdict = await findLiving(host, path, { ...doubt, first: isSelf ? "file" : "program" });
  const judged = { verdict, isSelf, isNewer: timeOf(found) > timeOf(wanted) };
  const keeps = mustKeep(judged);
  const times = { file: timeOf(found).toISOString(), program: timeOf(wanted).toISOString() };
  notify(`ConfigToml ${path}${host.where}: ${formatPath(["runners", key])}: ${tell(judged, { keeps, times })}`);
  return keeps;
}

interface Judged {
  verdict: Verdict;
  isSelf: boolean;
  /** By the time at which each token was obtained. */
  isNewer: boolean;
}

/** Where it is not known which one lives, the newer one counts if GitLab Runner may have made it; else Pulumi's. */
function mustKeep({ verdict, isSelf, isNewer }: Judged): boolean {
  if ("living" in verdict && verdict.living !== "none") return verdict.living === "file";
  return isSelf && isNewer;
}

const MEND_OWN =
  "For a living one on both sides change rotation.triggers of its Runner (to set them for the first time resets nothing) and " +
  'run "pulumi up"; one that was made elsewhere has to be declared as it is now';

const MEND_SELF = 'For a living one leave out selfRotation and run "pulumi up", which resets it';

function tell(
  { verdict, isSelf }: Judged,
  told: { keeps: boolean; times: Record<"file" | "program", string> },
): string {
  const { keeps, times } = told;
  if ("unknown" in verdict) return `${tellByTime(isSelf, told)} (whether it lives is not known: ${verdict.unknown})`;
  const { living } = verdict;
  if (living === "program") return "the file's token is dead, and is replaced by the program's, which lives";
  const mend = isSelf ? MEND_SELF : MEND_OWN;
  if (living === "none") {
    return `warning: neither the file's token nor the program's lives; the ${keeps ? "file" : "program"}'s is written. ${mend}`;
  }
  if (isSelf) {
    return `the file's token lives and is kept: GitLab Runner got it at ${times.file}; the program's, of ${times.program}, is stale and dead`;
  }
  return `warning: the program's token is dead: somebody else reset it. The file's lives, and is kept. ${mend}`;
}

function tellByTime(
  isSelf: boolean,
  { keeps, times }: { keeps: boolean; times: Record<"file" | "program", string> },
): string {
  if (!isSelf) return "the file's token is another one, and is replaced by the program's";
  return keeps
    ? `the file's token is kept: GitLab Runner got it at ${times.file}, and the program's, of ${times.program}, is stale`
    : `the file's token, of ${times.file}, is stale, and is replaced by the program's, of ${times.program}`;
}
