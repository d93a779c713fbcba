import {
  type ConfigFile,
  describeEntry,
  findsRunnerOf,
  identifyEntry,
  matchEntries,
  readConfigFile,
} from "../../config/file.js";
import { type Host, lastGoodOf } from "../../delivery/host.js";
import { GitLabRunnerError, TomlSyntaxError } from "../../errors.js";
import { changeFile } from "./changeFile.js";
import { type Owner, readOwners, writeOwners } from "./owners.js";
import { type ConfigTomlInputs, listCredentials } from "./spec.js";
import { makeShield } from "./state.js";

/** Who wants to replace or remove a file, and by what right. */
export interface Claim {
  path: string;
  /** The ConfigToml's own id, which its files name as their owner. */
  id: string;
  /** Inputs, present and former, whose entries are ours. */
  known: readonly ConfigTomlInputs[];
  /** `replaceExisting`: what is not ours may go, after a copy of it was kept. */
  mayReplace: boolean;
  /** We wrote the file before, so another owner's name in it means that it was taken over. */
  isUpdate?: boolean;
}

/** Thrown when a file holds what is not ours to replace or remove. It was left as it is. */
export class ForeignFileError extends GitLabRunnerError {}

/** What is to be in a file. */
export interface Content {
  text: string;
  /** The text to write over a file that is otherwise, with what of that is newer than ours. */
  settle?: (present: string) => Promise<string>;
}

/**
 * Puts the text in place of the file, if the file is ours: it is missing, or all its entries are declared here.
 * An equal file is not touched. Resolves with what the file now holds.
 */
export async function replaceFile(host: Host, claim: Claim, content: Content): Promise<string> {
  let wanted = content.text;
  await changeFile(host, claim.path, async ({ file, present: existing }) => {
    if (existing === content.text) return true;
    const owners = await readOwners(host, file);
    const objection = existing === undefined ? undefined : findObjection(existing, { claim, owners });
    if (objection) await overrule(host, claim, `it was not replaced: ${describe(objection)}`);
    wanted = existing === undefined || !content.settle ? content.text : await content.settle(existing);
    if (wanted === existing) return true;
    if (!(await host.swap(claim.path, existing, wanted))) return false;
    await writeOwners(host, file, []);
    return true;
  });
  return wanted;
}

/** Removes the file, if it is ours. One that another ConfigToml has taken over is left to that. */
export async function removeFile(host: Host, claim: Claim): Promise<void> {
  if ((await host.read(claim.path)) === undefined) {
    await host.remove(lastGoodOf(claim.path));
    return;
  }
  await changeFile(host, claim.path, async ({ file, present: existing }) => {
    if (existing === undefined || isTakenOver(existing, claim)) return true;
    const owners = await readOwners(host, file);
    const objection = findObjection(existing, { claim, owners });
    if (objection) await overrule(host, claim, `it was not removed: ${describe(objection)}`);
    await host.remove(claim.path);
    await host.remove(lastGoodOf(file));
    await writeOwners(host, file, []);
    return true;
  });
}

function readOrExplain(text: string): ConfigFile | string {
  try {
    return readConfigFile(text);
  } catch (error) {
    if (!(error instanceof TomlSyntaxError)) throw error;
    return `it is not valid TOML (${error.message}), so whose entries it holds cannot be told`;
  }
}

/** Who wants the file, and who has entries in it, by the record beside it. */
interface Dispute {
  claim: Claim;
  owners: ReadonlyMap<string, Owner>;
}

/** Why a file is not ours; with the entries of others, where it is for these. */
interface Objection {
  reason: string;
  entries?: string;
  /** Another ConfigToml wrote them. */
  isOthers?: boolean;
}

function describe({ reason, entries, isOthers }: Objection): string {
  const found = entries === undefined ? reason : `${reason}:\n${entries}`;
  return isOthers ? `${found}\n  ${RENAMED}` : found;
}

/** Undefined when the file is ours. */
function findObjection(text: string, { claim, owners }: Dispute): Objection | undefined {
  const file = readOrExplain(text);
  if (typeof file === "string") return { reason: file };
  if (claim.isUpdate && file.owner !== undefined && file.owner !== claim.id) {
    return { reason: `another ConfigToml (${file.owner}) has written it since` };
  }
  const isKnown = findsRunnerOf(claim.known.flatMap(listCredentials));
  const foreign = file.entries.flatMap((entry) => {
    const owner = owners.get(identifyEntry(entry));
    const stack = owner && owner.resource !== claim.id ? `, of the stack ${owner.stackName} (${owner.stack})` : "";
    return isKnown(entry) && stack === "" ? [] : [`    ${describeEntry(entry)}${stack}`];
  });
  if (foreign.length === 0) return undefined;
  const lines = claim.known.reduce((text, inputs) => makeShield("", inputs).redact(text), foreign.join("\n"));
  const isOthers = file.owner !== undefined && file.owner !== claim.id;
  const writer = isOthers ? `another ConfigToml (${file.owner}) wrote it, and ` : "";
  return { reason: `${writer}it holds entries that are not declared here`, entries: lines, isOthers };
}

/** Why the next update would refuse to write over the file as it is now, and what to do first; undefined where it would not. */
export function foreseeRefusal(id: string, inputs: ConfigTomlInputs, text: string): string | undefined {
  if (inputs.ownership === "entries") {
    const file = readOrExplain(text);
    if (typeof file === "string") return '"pulumi up" leaves the file as it is until it is valid TOML: mend it first';
    return hasSecondEntry(file, inputs)
      ? '"pulumi up" leaves the second entry of a declared runner as it is: take it out of the file first'
      : undefined;
  }
  if (inputs.replaceExisting) return undefined;
  const claim = { path: inputs.path ?? "", id, known: [inputs], mayReplace: false, isUpdate: true };
  const objection = findObjection(text, { claim, owners: new Map() });
  return objection && `"pulumi up" does not replace the file: ${objection.reason}. ${CHOICES}`;
}

function hasSecondEntry({ entries }: ConfigFile, inputs: ConfigTomlInputs): boolean {
  const known = listCredentials(inputs);
  const [isKnown, first] = [findsRunnerOf(known), new Set(matchEntries(known, entries).values())];
  return entries.some((entry, place) => !first.has(place) && isKnown(entry));
}

/** Whether another ConfigToml has written the file since: it is that one's now. */
export function isTakenOver(text: string, { id }: Claim): boolean {
  const file = readOrExplain(text);
  return typeof file !== "string" && file.owner !== undefined && file.owner !== id;
}

async function overrule(host: Host, { path, mayReplace }: Claim, objection: string): Promise<void> {
  if (mayReplace) {
    await host.keepCopy(path);
    return;
  }
  throw new ForeignFileError(
    `path: ${path}${host.where} is not this ConfigToml's alone, so ${objection}\n  ${CHOICES}`,
  );
}

const RENAMED =
  'Is that one this ConfigToml under a former name? Then give it the resource option aliases: [{ name: "FORMER NAME" }]';

const CHOICES =
  "Choose one: declare those runners here, too; give this ConfigToml another path; remove the foreign part by hand; " +
  'share the file by ownership: "entries"; set replaceExisting: true, which keeps a copy of the file beside it';
