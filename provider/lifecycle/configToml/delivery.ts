import type { Host } from "../../delivery/host.js";
import { GitLabRunnerError } from "../../errors.js";
import { fingerprint } from "../../secrets.js";
import { requireLivingEngine } from "../engine.js";
import { PartialFailure } from "../method.js";
import type { Awaited } from "./contact.js";
import { isContent } from "./fileName.js";
import { settleTokens } from "./fileTokens.js";
import { findHost, locate } from "./place.js";
import { finishVisit, prepareVisit } from "./presence.js";
import { type ConfigTomlInputs, type Rendered, render, writeText } from "./spec.js";
import { type ConfigTomlState, viewApplied } from "./state.js";

interface Delivery {
  id: string;
  inputs: ConfigTomlInputs;
  fingerprintKey: string;
  /** What we delivered before, in an update. */
  state?: ConfigTomlState;
}

/** Renders the file and delivers it, or hands its text on; what is kept of it in state. */
export async function deliver({ id, inputs, fingerprintKey, state }: Delivery): Promise<ConfigTomlState> {
  const host = await findHost(inputs);
  const isOutput = isContent(inputs);
  const location = isOutput ? undefined : await locate(host, { ...inputs, location: state?.location });
  const rendered = render(inputs);
  const text = writeText(id, rendered);
  const delivery = { id, text, rendered, inputs, state, host };
  const delivered = location === undefined ? { text } : await visit(location, delivery);
  const outs: ConfigTomlState = {
    ...inputs,
    systemId: delivered.systemId,
    pinnedSystemId: inputs.systemId,
    schemaVersion: 1,
    fingerprintKey,
    fingerprint: fingerprint(fingerprintKey, delivered.text),
    content: isOutput ? text : undefined,
    location,
    applied: viewApplied(fingerprintKey, inputs, rendered),
  };
  return inputs.waitForContact ? waitForContact(id, outs, state) : outs;
}

/** Delivers the file, and does what is to be done about the machine before and after. */
async function visit(path: string, delivery: FileDelivery): Promise<{ text: string; systemId?: string }> {
  const { inputs, state, host } = delivery;
  const place = { host, path, inputs, state };
  const departure = await prepareVisit(place);
  const text = await deliverFile(path, delivery);
  return { text, systemId: await finishVisit(place, departure) };
}

/** The file is there, whatever comes of this: so state has it also where the machine is not seen. */
async function waitForContact(id: string, outs: ConfigTomlState, former?: ConfigTomlState): Promise<ConfigTomlState> {
  const { location: path, waitForContact: args } = outs;
  if (path === undefined || !args) return outs;
  const { ContactError, waitForContact: wait } = await import("./contact.js");
  const awaited = findAwaited(outs, former);
  try {
    const systemId = await wait({ host: await findHost(outs), path, inputs: outs, args, awaited });
    return { ...outs, systemId };
  } catch (error) {
    if (!(error instanceof GitLabRunnerError)) throw error;
    const left = error instanceof ContactError ? error.awaited : awaited;
    throw new PartialFailure(id, { ...outs, awaited: left }, error.message);
  }
}

/** A file that was delivered by an earlier run, as it is, is waited for since then. */
function findAwaited(outs: ConfigTomlState, former: ConfigTomlState | undefined): Awaited {
  const { awaited, fingerprint, drift } = former ?? {};
  const isSame = fingerprint === outs.fingerprint && drift === undefined;
  const isKnown = awaited?.runners.every((key) => key in outs.runners);
  return awaited && isSame && isKnown ? awaited : { runners: Object.keys(outs.runners) };
}

interface FileDelivery {
  id: string;
  text: string;
  rendered: Rendered;
  inputs: ConfigTomlInputs;
  state?: ConfigTomlState;
  host: Host;
}

/** Resolves with the text of what was delivered: a token in the file may have been kept. */
async function deliverFile(path: string, { id, text, rendered, inputs, state, host }: FileDelivery): Promise<string> {
  const { ownership, stack, replaceExisting } = inputs;
  await requireLivingEngine();
  const settle = settleTokens(host, path, { inputs, rendered, former: state });
  if (ownership === "entries" && stack) {
    const { putEntries } = await import("./sharedFile.js");
    const settled = await putEntries(host, { path, id, stack, wanted: { inputs, rendered }, former: state }, settle);
    return writeText(id, settled);
  }
  const { replaceFile } = await import("./takeover.js");
  const known = state ? [inputs, state] : [inputs];
  const claim = { path, id, known, mayReplace: replaceExisting === true, isUpdate: state !== undefined };
  return replaceFile(host, claim, { text, settle: async (present) => writeText(id, await settle(present)) });
}
