import { identify } from "../../config/file.js";
import type { Host } from "../../delivery/host.js";
import { GitLabCallError, InvalidInputError, type Problem } from "../../errors.js";
import type { Manager } from "../../gitlab/managers.js";
import { formatPath } from "../../path.js";
import { connect } from "../connection.js";
import { notify } from "../notice.js";
import { rotatesItself } from "../runner/selfRotation.js";
import { isAddressOf, trySettings } from "../settings.js";
import { describeFailure } from "./liveness.js";
import type { ConfigTomlInputs, EntryInputs } from "./spec.js";
import { readSystemId } from "./systemId.js";

/** What GitLab itself, or this package, makes where no machine is: for who verifies a token without being one. */
const NO_MACHINE = /^(<legacy>|pulumi_.*)$/;

/** A ConfigToml whose entries are about to come to a host. */
export interface Arrival {
  path: string;
  inputs: ConfigTomlInputs;
  /** What was there before. */
  former?: ConfigTomlInputs;
}

/**
 * That no other machine is at work with a token that GitLab Runner is to rotate by itself: what stands in other stacks,
 * or was written by hand, is seen by GitLab alone, which knows each machine that was in contact.
 * @throws InvalidInputError that names the machines. Nothing was written
 */
export async function refuseOtherMachines(host: Host, { path, inputs, former }: Arrival): Promise<void> {
  const before = new Set(listRotating(former).map(([, { runner }]) => identify(runner.url, runner.id)));
  const fresh = listRotating(inputs).filter(([, { runner }]) => !before.has(identify(runner.url, runner.id)));
  if (fresh.length === 0) return;
  const own = inputs.systemId ?? (await readSystemId(host, path));
  const found = await Promise.all(
    fresh.map(async ([key, entry]): Promise<Problem[]> => {
      const others = await findOthers(entry, own);
      const place = formatPath(["runners", key, "runner"]);
      if (Array.isArray(others)) return others.length > 0 ? [{ path: place, message: explain(others) }] : [];
      notify(
        `ConfigToml ${path}${host.where}: ${place}: whether another machine uses its token is not known: ${others.unknown}`,
      );
      return [];
    }),
  );
  if (found.flat().length > 0) throw new InvalidInputError(found.flat());
}

function listRotating(inputs: ConfigTomlInputs | undefined): [string, EntryInputs][] {
  return Object.entries(inputs?.runners ?? {}).filter(([, entry]) => rotatesItself(entry));
}

/** The other machines at work, as far as that can be told. One alone may be this very host under another folder. */
async function findOthers({ runner }: EntryInputs, own: string | undefined): Promise<Manager[] | { unknown: string }> {
  const { listManagers } = await import("../../gitlab/managers.js");
  try {
    const { settings } = trySettings();
    if (!settings || !isAddressOf(settings, runner.url))
      return { unknown: "its GitLab is not the configured one, and was not asked" };
    const { managers } = await listManagers(await connect(settings), {
      id: String(runner.id),
      secrets: [runner.token.value],
    });
    const isAtWork = ({ systemId, status }: Manager) => status === "online" && !NO_MACHINE.test(systemId);
    const atWork = managers.filter(isAtWork);
    const others = atWork.filter(({ systemId }) => systemId !== own);
    if (own !== undefined || others.length !== 1) return others;
    return { unknown: `there is no .runner_system_id beside the file, and ${others[0]?.systemId} may be this host` };
  } catch (error) {
    if (error instanceof GitLabCallError) return { unknown: describeFailure(error) };
    throw error;
  }
}

function explain(others: readonly Manager[]): string {
  const names = others.map(
    ({ systemId, contactedAt }) => `${systemId} (last contact ${contactedAt?.toISOString() ?? "unknown"})`,
  );
  return (
    `rotates its own token (selfRotation), and other machines use that token: ${names.join(", ")}. As soon as one of them ` +
    "rotates it, it is dead for the others, so nothing was written. Keep it on one machine, or leave the rotation to " +
    "Pulumi; a machine that is no more counts until GitLab shows it as offline, 2 hours after its last contact"
  );
}
