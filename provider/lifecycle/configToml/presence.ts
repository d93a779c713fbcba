import type { Host } from "../../delivery/host.js";
import { requireLivingEngine } from "../engine.js";
import type { Departure } from "./managers.js";
import { refuseOtherMachines } from "./otherMachines.js";
import type { ConfigTomlInputs } from "./spec.js";
import type { ConfigTomlState } from "./state.js";
import { pinSystemId, readSystemId } from "./systemId.js";

/** A delivery, and what was delivered there before. */
export interface Visit {
  host: Host;
  path: string;
  inputs: ConfigTomlInputs;
  state?: ConfigTomlState;
}

/** What GitLab and the machine must be asked before the file is written. */
export async function prepareVisit({ host, path, inputs, state }: Visit): Promise<Departure | undefined> {
  if (inputs.waitForContact) await (await import("./contact.js")).requireManagers(inputs);
  await refuseOtherMachines(host, { path, inputs, former: state });
  const mayReplace = inputs.replaceExisting === true;
  if (inputs.systemId !== undefined) {
    await requireLivingEngine();
    await pinSystemId(host, { path, wanted: inputs.systemId, former: state?.pinnedSystemId, mayReplace });
  }
  if (!inputs.unregisterManagers || !state) return undefined;
  const departing = await (await import("./managers.js")).findDeparture({ host, path, state }, inputs);
  return departing.entries.length > 0 ? departing : undefined;
}

/**
 * What is to be done about the machine once the file is there.
 * @returns what is known of its system id
 */
export async function finishVisit(
  { host, path }: Visit,
  departure: Departure | undefined,
): Promise<string | undefined> {
  if (departure) await (await import("./managers.js")).removeManagers(host, path, departure);
  return readSystemId(host, path);
}
