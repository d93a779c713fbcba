import { type ConfigFile, readConfigFile } from "../../config/file.js";
import { keepExtras } from "../../config/load.js";
import { patchConfig, UnpatchableError } from "../../config/patch/patch.js";
import { type Host, lastGoodOf } from "../../delivery/host.js";
import { GitLabRunnerError, TomlSyntaxError } from "../../errors.js";
import { changeFile } from "./changeFile.js";
import type { Settle } from "./fileTokens.js";
import { type Owner, ownersFile, readOwners, writeOwners } from "./owners.js";
import { listOwners, planEntries, withoutHeader } from "./sharedPlan.js";
import type { ConfigTomlInputs, Rendered, StackName } from "./spec.js";

/** A ConfigToml with `ownership: "entries"`, and what it wants of its file. */
export interface EntriesClaim {
  path: string;
  /** The ConfigToml's own id. */
  id: string;
  stack: StackName;
  /** Absent when it is to be removed. */
  wanted?: { inputs: ConfigTomlInputs; rendered: Rendered };
  /** What it delivered before. */
  former?: ConfigTomlInputs;
}

type WantedEntries = EntriesClaim & Required<Pick<EntriesClaim, "wanted">>;

/** The file as it is at this moment. */
export interface SharedFile {
  text: string;
  config: ConfigFile;
  owners: ReadonlyMap<string, Owner>;
}

/** Thrown when a file that others write, too, cannot be changed. It was left as it is. */
export class SharedFileError extends GitLabRunnerError {}

/**
 * Puts our entries and declared settings into the file, which is made where it is missing; the rest stays byte for byte.
 * Resolves with the entries as they were put: of a token in the file that is newer than ours, `settle` says so.
 */
export async function putEntries(host: Host, claim: WantedEntries, settle: Settle): Promise<Rendered> {
  let { rendered } = claim.wanted;
  await changeFile(host, claim.path, async ({ file, present }) => {
    const shared = await readShared(host, { file, path: claim.path, text: present ?? "" });
    // What is not ours is refused before GitLab is asked for anything.
    planEntries(shared, claim);
    rendered = await settle(shared.text);
    const { text, owners } = patch(shared, { claim: { ...claim, wanted: { ...claim.wanted, rendered } }, host });
    // The record first: a claim without an entry does no harm, an entry without a claim could be taken by another stack.
    await writeOwners(host, file, owners);
    return text === present || host.swap(claim.path, present, text);
  });
  return rendered;
}

/** Takes our entries out of the file. The file stays, and so do global settings: others may have come to rely on them. */
export async function removeEntries(host: Host, claim: EntriesClaim): Promise<void> {
  const isGone = async (path: string) => (await host.read(path)) === undefined;
  if ((await isGone(claim.path)) && (await isGone(ownersFile(claim.path)))) return;
  await changeFile(host, claim.path, async ({ file, present }) => {
    const { text, owners } = patch(await readShared(host, { file, path: claim.path, text: present ?? "" }), {
      claim,
      host,
    });
    if (present !== undefined && text !== present && !(await host.swap(claim.path, present, text))) return false;
    await writeOwners(host, file, owners);
    // It holds the tokens that were just taken out.
    await host.remove(lastGoodOf(file));
    return true;
  });
}

async function readShared(
  host: Host,
  { file, path, text }: { file: string; path: string; text: string },
): Promise<SharedFile> {
  try {
    const config = readConfigFile(text);
    keepExtras(config.extras);
    return { text, config, owners: await readOwners(host, file) };
  } catch (error) {
    if (error instanceof TomlSyntaxError)
      throw refuse(`${path}${host.where}`, `it is not valid TOML (${error.message}): mend it first`);
    throw error;
  }
}

function patch(
  shared: SharedFile,
  { claim, host }: { claim: EntriesClaim; host: Host },
): { text: string; owners: Owner[] } {
  const plan = planEntries(shared, claim);
  try {
    const { text, gaps } = patchConfig(withoutHeader(shared.text, claim.id), plan.patch);
    return { text, owners: listOwners(shared, claim, { plan, gaps }) };
  } catch (error) {
    if (error instanceof UnpatchableError) throw refuse(`${claim.path}${host.where}`, error.message);
    throw error;
  }
}

function refuse(path: string, reason: string): SharedFileError {
  return new SharedFileError(`path: ${path} was left as it is: ${reason}`);
}
