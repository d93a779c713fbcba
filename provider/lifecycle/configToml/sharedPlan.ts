import { isEqualEntry } from "../../config/compare.js";
import { identify, identifyEntry, matchEntries, writeHeader } from "../../config/file.js";
import type { ConfigPatch } from "../../config/patch/patch.js";
import type { Table } from "../../config/value.js";
import { InvalidInputError, type Problem } from "../../errors.js";
import { formatPath } from "../../path.js";
import { type Owner, ownersFile } from "./owners.js";
import type { EntriesClaim, SharedFile } from "./sharedFile.js";
import { listCredentials } from "./spec.js";

/** What is to be done with a file that others write, too. */
export interface EntriesPlan {
  patch: ConfigPatch;
  /** The declared entries, in order of their keys. */
  declared: { key: string; entry: Table; place?: number }[];
}

/**
 * Which entries of the file are ours, and what becomes of them. Ours are those that are declared, and those that this
 * ConfigToml delivered before, by its state; not one that the record of owners gives to somebody else.
 * @throws InvalidInputError that names each declared entry of somebody else, and whose it is
 */
export function planEntries(shared: SharedFile, claim: EntriesClaim): EntriesPlan {
  const { config } = shared;
  const rendered = claim.wanted?.rendered;
  const keys = [...(rendered?.entries ?? [])];
  const pairs = matchEntries(
    keys.map(([, entry]) => entry),
    config.entries,
  );
  const declared = keys.map(([key, entry], index) => ({ key, entry, place: pairs.get(index) }));
  refuseOthers(shared, claim, declared);
  const replaced = new Map<number, Table>();
  for (const { entry, place } of declared) {
    if (place !== undefined && !isAsWanted(shared, place, entry)) replaced.set(place, entry);
  }
  const added = declared.filter(({ place }) => place === undefined).map(({ entry }) => entry);
  const removed = findRemoved(shared, claim, new Set(pairs.values()));
  return { declared, patch: { replaced, added, removed, globals: rendered?.globals ?? {} } };
}

function isAsWanted({ config }: SharedFile, place: number, entry: Table): boolean {
  const present = config.entries[place];
  // A value that the Runner refuses is not in what was read.
  const isRefused = config.problems.some(({ path }) => path.startsWith(`runners[${place}]`));
  return present !== undefined && !isRefused && isEqualEntry(present, entry);
}

type Declared = EntriesPlan["declared"];

function refuseOthers(shared: SharedFile, claim: EntriesClaim, declared: Declared): void {
  if (isTakenOver(shared, claim)) {
    if (!claim.wanted) return;
    throw new InvalidInputError([{ path: "path", message: describeWholeOwner(shared.config.owner ?? "", claim) }]);
  }
  const former = new Set(listCredentials(claim.former).map(identifyEntry));
  const problems = declared.flatMap(({ key, entry, place }): Problem[] => {
    const owner = place === undefined ? undefined : shared.owners.get(identifyEntry(entry));
    if (!owner || isOurs(owner, claim)) return [];
    const isOtherStack = !isOurStack(owner, claim);
    // Within a stack an entry may move from one ConfigToml to another, and a replacement takes over from its predecessor.
    if (!isOtherStack && !former.has(identifyEntry(entry))) return [];
    const path = formatPath(["runners", key, "runner"]);
    return [{ path, message: isOtherStack ? describeStack(owner, claim) : describeResource(owner, claim) }];
  });
  if (problems.length > 0) throw new InvalidInputError(problems);
}

function isOurs(owner: Owner, claim: EntriesClaim): boolean {
  return isOurStack(owner, claim) && owner.resource === claim.id;
}

/** A stack whose identity was destroyed by itself gets a new one: what it delivered before carries the former. */
function isOurStack({ stack }: Owner, claim: EntriesClaim): boolean {
  return stack === claim.stack.id || stack === claim.former?.stack?.id;
}

/** Our file as a whole was taken over by a ConfigToml that owns all of it. */
function isTakenOver({ config }: SharedFile, { id }: EntriesClaim): boolean {
  return config.owner !== undefined && config.owner !== id;
}

function describeWholeOwner(owner: string, { path }: EntriesClaim): string {
  return (
    `${path} is owned as a whole by another ConfigToml (${owner}), so nothing was written: give that one ` +
    `ownership: "entries", too, or this one another path; if there is no such ConfigToml any more, remove the comment that names it`
  );
}

function describeStack({ url, id, stack, stackName }: Owner, { path }: EntriesClaim): string {
  return (
    `its entry (url ${url}, id ${id}) in ${path} belongs to the stack ${stackName} (${stack}), so nothing was written: ` +
    `declare it in one of the two stacks only; if that stack is no more, remove the entry from ${ownersFile(path)}`
  );
}

function describeResource({ url, id, resource }: Owner, { path }: EntriesClaim): string {
  return (
    `its entry (url ${url}, id ${id}) in ${path} was taken over by another ConfigToml of this stack (${resource}), ` +
    "so nothing was written: declare it in one of the two only"
  );
}

/** Entries that we delivered and that are declared no more, with the text before them that came with them. */
function findRemoved(shared: SharedFile, claim: EntriesClaim, kept: ReadonlySet<number>): Map<number, string> {
  const removed = new Map<number, string>();
  if (isTakenOver(shared, claim)) return removed;
  const former = listCredentials(claim.former);
  for (const [index, place] of matchEntries(former, shared.config.entries)) {
    const owner = shared.owners.get(identifyEntry(former[index] ?? {}));
    if (!kept.has(place) && (!owner || isOurs(owner, claim))) removed.set(place, owner?.gap ?? "");
  }
  return removed;
}

/** The record of owners after the change. A claim counts as long as its entry is in the file. */
export function listOwners(
  { config, owners }: SharedFile,
  claim: EntriesClaim,
  { plan, gaps }: { plan: EntriesPlan; gaps: readonly string[] },
): Owner[] {
  const present = new Set(config.entries.map(identifyEntry));
  const next = [...gaps];
  const ours = plan.declared.map(({ entry, place }): [string, Owner] => {
    const { url, id } = entry as { url: string; id: bigint };
    const gap = place === undefined ? (next.shift() ?? "") : (owners.get(identifyEntry(entry))?.gap ?? "");
    const owner = { url, id: Number(id), stack: claim.stack.id, stackName: claim.stack.name, resource: claim.id, gap };
    return [identify(url, id), owner];
  });
  const others = [...owners].filter(([key, owner]) => present.has(key) && !isOurs(owner, claim));
  return [...new Map([...others, ...ours]).values()];
}

/** A file that this ConfigToml wrote as its own begins with our comment, which is true no more. */
export function withoutHeader(text: string, id: string): string {
  const header = writeHeader(id);
  return text.startsWith(header) ? text.slice(header.length) : text;
}
