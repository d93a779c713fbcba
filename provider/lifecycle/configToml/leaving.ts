import { writeHeader } from "../../config/file.js";
import type { Host } from "../../delivery/host.js";
import { SshError } from "../../delivery/ssh/sshError.js";
import { nameHost } from "../../delivery/target.js";
import { GitLabRunnerError } from "../../errors.js";
import { notify } from "../notice.js";
import { dropManagers, findDeparture, listDeparting, removeManagers } from "./managers.js";
import { removeEntries } from "./sharedFile.js";
import type { ConfigTomlState } from "./state.js";
import { type Claim, isTakenOver, removeFile, replaceFile } from "./takeover.js";

/** What is to be taken from a machine. */
export interface Leaving {
  host: Host;
  id: string;
  path: string;
  state: ConfigTomlState;
}

/** Takes the file, or our entries of it, from the machine, and the machine's managers from GitLab where that is asked for. */
export async function leaveHost(leaving: Leaving): Promise<void> {
  const { state, host, path } = leaving;
  try {
    await (state.unregisterManagers ? leaveInTwoSteps(leaving) : takeAway(leaving));
  } catch (error) {
    if (state.onUnreachable !== "forget" || !isGone(error, state)) throw error;
    const name = `ConfigToml ${path}${host.where}`;
    const entries = state.unregisterManagers ? listDeparting(state) : [];
    await dropManagers({ name, entries, systemIds: state.systemId === undefined ? [] : [state.systemId] });
    notify(describeForgotten(name, error as Error, state));
  }
}

/** Whether nobody answers at the machine itself. A jump host that is down tells nothing of those behind it. */
export function isGone(error: unknown, { target }: ConfigTomlState): boolean {
  return (
    error instanceof SshError && error.isUnreachable && target?.ssh !== undefined && error.host === nameHost(target.ssh)
  );
}

/** Whoever takes a host out of the program that is gone for good can say so no more: the way back is told. */
export function adviseForgetting(error: unknown, state: ConfigTomlState): unknown {
  if (!isGone(error, state)) return error;
  const way =
    'declare it again with onUnreachable: "forget", run "pulumi up", which may fail for it, and remove it once more; where ' +
    'another address has taken its place, declare the old one with onUnreachable: "forget", run "pulumi up ' +
    '--continue-on-error", which fails for it, and then declare the new one again';
  return new GitLabRunnerError(`${(error as Error).message}. Where the host is gone for good: ${way}`);
}

function describeForgotten(name: string, error: Error, state: ConfigTomlState): string {
  const isListed = state.unregisterManagers !== true || state.systemId === undefined;
  const managers = isListed ? " GitLab still lists the machine, and calls it stale after 7 days." : "";
  return (
    `${name}: warning: the host is forgotten (onUnreachable: "forget"), and its file left where it is: ${error.message}.` +
    `${managers} Should the machine come back, it goes on with the tokens in that file: reset them, or clear its disk`
  );
}

/** GitLab Runner keeps its old settings when its file is gone, so it first gets to see one without our entries. */
async function leaveInTwoSteps(leaving: Leaving): Promise<void> {
  const { host, path } = leaving;
  const departure = await findDeparture(leaving);
  await emptyFile(leaving);
  await removeManagers(host, path, departure);
  await takeAway(leaving);
}

async function emptyFile(leaving: Leaving): Promise<void> {
  const { host, path, state, id } = leaving;
  if (state.ownership === "entries") return takeAway(leaving);
  const text = await host.read(path);
  if (text === undefined || isTakenOver(text, claimOf(leaving))) return;
  await replaceFile(host, { ...claimOf(leaving), isUpdate: true }, { text: `${writeHeader(id)}concurrent = 1\n` });
}

async function takeAway(leaving: Leaving): Promise<void> {
  const { host, id, path, state } = leaving;
  const { stack } = state;
  if (state.ownership === "entries" && stack) return removeEntries(host, { path, id, stack, former: state });
  return removeFile(host, claimOf(leaving));
}

function claimOf({ path, id, state }: Leaving): Claim {
  return { path, id, known: [state], mayReplace: state.replaceExisting === true };
}
