import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Host } from "../delivery/host.js";
import { nameTarget } from "../delivery/target.js";
import { describeProblem, GitLabRunnerError, type Problem } from "../errors.js";
import { fingerprint } from "../secrets.js";
import { settleItems } from "./configToml/items.js";
import type { ConfigTomlInputs, Rendered } from "./configToml/spec.js";
import type { ConfigTomlState } from "./configToml/state.js";
import { requireLivingEngine } from "./engine.js";
import { asMethod, failChecks, isCheckedAlready, PartialFailure, type Properties, withoutProvider } from "./method.js";
import { notify } from "./notice.js";
import { isReporting, report } from "./report.js";
import { claimSelfRotation, withoutHolders } from "./runner/selfRotation.js";
import { type ConfigSource, keepConfig } from "./settings.js";

/** State of any age, in the form of this version. */
function readState(properties: Properties): ConfigTomlState {
  return withoutProvider(properties) as unknown as ConfigTomlState;
}

export async function configure({ config }: { config: ConfigSource }): Promise<void> {
  keepConfig(config);
}

export const check = asMethod(async (olds: Properties, news: Properties) => {
  const { drift, secretVersions, ...told } = withoutProvider(news);
  const conflicts = claimSelfRotation(told);
  const given = withoutHolders(told);
  if (conflicts.length === 0 && isCheckedAlready(olds, given)) return { inputs: olds, failures: [] };
  const { checkConfigTomlInputs } = await import("./configToml/inputs.js");
  const { countSecrets } = await import("./secretVersions.js");
  const problems = [...checkConfigTomlInputs(given), ...conflicts];
  const failures = failChecks(problems.length > 0 ? problems : await lint(given as ConfigTomlInputs));
  if (failures.length > 0) return { inputs: given, failures };
  return { inputs: { ...given, secretVersions: countSecrets(olds, given) }, failures };
});

/** What would keep GitLab Runner from loading the file. Other findings are shown, each once in a process: the engine checks more than once. */
async function lint(inputs: ConfigTomlInputs): Promise<Problem[]> {
  const { lintInputs } = await import("./configToml/lint.js");
  const { problems, warnings } = lintInputs(inputs);
  for (const warning of warnings) {
    const line = `ConfigToml ${inputs.path ?? (inputs.target ? "config.toml" : "(content)")}${nameTarget(inputs.target)}: ${describeProblem(warning)}`;
    if (!warned.has(line)) console.warn(line);
    warned.add(line);
  }
  return problems;
}

const warned = new Set<string>();

export const diff = asMethod(async (_id: string, olds: Properties, news: Properties) => {
  const { inputsOf } = await import("./configToml/state.js");
  const state = readState(olds);
  const inputs = settleItems(state, withoutProvider(news) as ConfigTomlInputs);
  const { findMoves } = await import("./configToml/place.js");
  const moves = findMoves(state, inputs);
  if (moves.length > 0) return { changes: true, replaces: moves };
  const former = keepStackName(inputsOf(state), inputs);
  return { changes: state.drift !== undefined || !isDeepStrictEqual(former, inputs) };
});

/** A stack that was renamed is the same stack: its new name goes along with the next change. */
function keepStackName(former: ConfigTomlInputs, { stack }: Properties): Properties {
  const name = (stack as ConfigTomlInputs["stack"])?.name;
  return former.stack && name !== undefined ? { ...former, stack: { ...former.stack, name } } : former;
}

export const create = asMethod(async (properties: Properties) => {
  const inputs = withoutProvider(properties) as ConfigTomlInputs;
  const id = randomBytes(8).toString("hex");
  const outs = await deliver({ id, inputs, fingerprintKey: randomBytes(16).toString("hex") });
  return { id, outs };
});

export const update = asMethod(async (id: string, olds: Properties, news: Properties) => {
  const state = readState(olds);
  const inputs = withoutProvider(news) as ConfigTomlInputs;
  const { changeManners, keepChoice } = await import("./configToml/manners.js");
  const changed = changeManners(state, inputs);
  if (changed) return { outs: changed };
  try {
    return { outs: await deliver({ id, inputs, fingerprintKey: state.fingerprintKey, state }) };
  } catch (error) {
    throw keepChoice(error, { id, state, inputs });
  }
});

interface Delivery {
  id: string;
  inputs: ConfigTomlInputs;
  fingerprintKey: string;
  /** What we delivered before, in an update. */
  state?: ConfigTomlState;
}

async function deliver({ id, inputs, fingerprintKey, state }: Delivery): Promise<ConfigTomlState> {
  const { render, writeText } = await import("./configToml/spec.js");
  const { viewApplied } = await import("./configToml/state.js");
  const { findHost, isContent, locate } = await import("./configToml/place.js");
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
  return inputs.waitForContact ? waitForContact(id, outs) : outs;
}

/** Delivers the file, and does what is to be done about the machine before and after. */
async function visit(path: string, delivery: FileDelivery): Promise<{ text: string; systemId?: string }> {
  const { prepareVisit, finishVisit } = await import("./configToml/presence.js");
  const { inputs, state, host } = delivery;
  const place = { host, path, inputs, state };
  const departure = await prepareVisit(place);
  const text = await deliverFile(path, delivery);
  return { text, systemId: await finishVisit(place, departure) };
}

/** The file is there, whatever comes of this: so state has it also where the machine is not seen. */
async function waitForContact(id: string, outs: ConfigTomlState): Promise<ConfigTomlState> {
  const { location: path, waitForContact: args } = outs;
  if (path === undefined || !args) return outs;
  const { findHost } = await import("./configToml/place.js");
  const { waitForContact: wait } = await import("./configToml/contact.js");
  const { markPending } = await import("./configToml/state.js");
  try {
    const systemId = await wait({ host: await findHost(outs), path, inputs: outs, args });
    return { ...outs, systemId };
  } catch (error) {
    if (!(error instanceof GitLabRunnerError)) throw error;
    throw new PartialFailure(id, { ...markPending(outs, "contact", "not seen yet") }, error.message);
  }
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
  const former = state;
  const { settleTokens } = await import("./configToml/fileTokens.js");
  const settle = settleTokens(host, path, { inputs, rendered, former });
  const { writeText } = await import("./configToml/spec.js");
  if (ownership === "entries" && stack) {
    const { putEntries } = await import("./configToml/sharedFile.js");
    const settled = await putEntries(host, { path, id, stack, wanted: { inputs, rendered }, former }, settle);
    return writeText(id, settled);
  }
  const { replaceFile } = await import("./configToml/takeover.js");
  const known = state ? [inputs, state] : [inputs];
  const claim = { path, id, known, mayReplace: replaceExisting === true, isUpdate: state !== undefined };
  return replaceFile(host, claim, { text, settle: async (present) => writeText(id, await settle(present)) });
}

export const read = asMethod(async (id: string, properties: Properties = {}) => {
  const state = readState(properties);
  const { inputsOf, markPending, observedInputs } = await import("./configToml/state.js");
  try {
    return await readFile(id, state);
  } catch (error) {
    if (!(error instanceof GitLabRunnerError)) throw error;
    report({ type: "ConfigToml", id, result: "unknown", reason: error.message });
    if (isReporting()) return { id, props: state, inputs: observedInputs(state, []) };
    if (state.target === undefined) throw error;
    // Measured: an error ends the refresh for all other hosts, with --continue-on-error too. So this host is due for an
    // update, since it is not known to be clean; the error of that one is its own.
    notify(
      `ConfigToml ${state.location ?? state.path}${nameTarget(state.target)}: unknown, since it cannot be read: ${error.message}`,
    );
    const pending = markPending(state, "file", "unknown: it could not be read");
    return { id, props: pending, inputs: { ...inputsOf(state), drift: pending.drift } };
  }
});

async function readFile(id: string, state: ConfigTomlState) {
  const { addObservation, findDifferences, nameSetting, observedInputs } = await import("./configToml/state.js");
  const { text, systemId } = await lookAt(state);
  if (text === undefined) {
    report({ type: "ConfigToml", id, result: "gone" });
    return { id: "", props: {} };
  }
  const { isContent } = await import("./configToml/place.js");
  const differences = isContent(state) ? [] : findDifferences(state, text);
  const seen = { ...addObservation(state, differences), ...(systemId === undefined ? {} : { systemId }) };
  if (isReporting()) {
    const { addLines } = await import("./configToml/lines.js");
    const placed = addLines(state, text, differences);
    const told = placed.map(({ path, place, ...values }) => ({ path: nameSetting(path), ...values }));
    report({ type: "ConfigToml", id, result: told.length > 0 ? "drifted" : "clean", differences: told });
  }
  return { id, props: seen, inputs: observedInputs(seen, differences) };
}

async function lookAt(state: ConfigTomlState): Promise<{ text?: string; systemId?: string }> {
  const { findHost, isContent, locateIfThere } = await import("./configToml/place.js");
  if (isContent(state)) return { text: state.content };
  const { readSystemId } = await import("./configToml/systemId.js");
  const host = await findHost(state);
  const path = await locateIfThere(host, state);
  const text = path === undefined ? undefined : await host.read(path);
  return { text, systemId: text === undefined || path === undefined ? undefined : await readSystemId(host, path) };
}

const remove = asMethod(async (id: string, properties: Properties) => {
  const state = readState(properties);
  const { findHost, findLeft, isContent } = await import("./configToml/place.js");
  if (isContent(state)) return;
  const host = await findHost(state);
  const path = await findLeft(host, state);
  if (path === undefined) return;
  await requireLivingEngine();
  const { leaveHost } = await import("./configToml/leaving.js");
  return leaveHost({ host, id, path, state });
});

export { remove as delete };
