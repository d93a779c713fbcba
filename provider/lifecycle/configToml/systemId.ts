import { besideOf, DeliveryError, type Host } from "../../delivery/host.js";
import { GitLabRunnerError } from "../../errors.js";

/** What GitLab Runner takes for a system id; it puts one of its own in the place of anything else. */
export const SYSTEM_ID = /^[sr]_[0-9a-zA-Z]{12}$/;

/** GitLab Runner looks beside the path that it is given, also where that is a link. */
function fileBeside(path: string): string {
  return besideOf(path, () => ".runner_system_id");
}

/** By what GitLab tells this machine from others with the same token; undefined while GitLab Runner has not run there. */
export async function readSystemId(host: Host, path: string): Promise<string | undefined> {
  try {
    const text = (await host.read(fileBeside(path)))?.trim() ?? "";
    return SYSTEM_ID.test(text) ? text : undefined;
  } catch (error) {
    // GitLab Runner's own file may be for its own user only: then the id is not known.
    if (error instanceof DeliveryError) return undefined;
    throw error;
  }
}

/** A declared system id, and by what right it may take the place of another one. */
export interface Pin {
  path: string;
  wanted: string;
  /** What this very ConfigToml pinned before. */
  former?: string;
  /** `replaceExisting`: another id may go, after a copy of it was kept. */
  mayReplace: boolean;
}

/** Thrown when a machine has another system id than the declared one. It was left as it is. */
export class ForeignSystemIdError extends GitLabRunnerError {}

/** Lets the machine have the declared system id. One that we did not put there is somebody's identity in GitLab. */
export async function pinSystemId(host: Host, { path, wanted, former, mayReplace }: Pin): Promise<void> {
  const file = fileBeside(path);
  const found = (await host.read(file))?.trim() ?? "";
  if (found === wanted) return;
  if (SYSTEM_ID.test(found) && found !== former) {
    if (!mayReplace) throw new ForeignSystemIdError(describeForeign(file + host.where, found));
    await host.keepCopy(file);
  }
  await host.write(file, wanted, path);
}

function describeForeign(file: string, found: string): string {
  return (
    `systemId: ${file} holds another one (${found}), under which GitLab may know this machine, so nothing was written. ` +
    "Choose one: declare that one; remove the file, where the machine is a clone of another; or set replaceExisting: true, " +
    "which keeps a copy beside it. GitLab Runner takes a new one at its next start"
  );
}
