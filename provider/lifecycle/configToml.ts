import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { describeProblem, GitLabRunnerError, type Problem } from "../errors.js";
import { isContent, nameFile } from "./configToml/fileName.js";
import { settleItems } from "./configToml/items.js";
import type { ConfigTomlInputs } from "./configToml/spec.js";
import type { ConfigTomlState } from "./configToml/state.js";
import { requireLivingEngine } from "./engine.js";
import { asMethod, failChecks, isCheckedAlready, type Properties, stateOf, withoutProvider } from "./method.js";
import { notify } from "./notice.js";
import { isReporting, report } from "./report.js";
import { claimSelfRotation, withoutHolders } from "./runner/selfRotation.js";
import { type ConfigSource, keepConfig } from "./settings.js";

/** State of any age, in the form of this version. */
function readState(properties: Properties): ConfigTomlState {
  return stateOf(properties, 1) as unknown as ConfigTomlState;
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
    const line = `ConfigToml ${nameFile(inputs)}: ${describeProblem(warning)}`;
    if (!warned.has(line)) console.warn(line);
    warned.add(line);
  }
  return problems;
}

const warned = new Set<string>();

export const diff = asMethod(async (id: string, olds: Properties, news: Properties) => {
  const { inputsOf } = await import("./configToml/state.js");
  const state = readState(olds);
  const inputs = settleItems(state, withoutProvider(news) as ConfigTomlInputs);
  const { findMoves, noteMove } = await import("./configToml/place.js");
  const moves = findMoves(state, inputs);
  if (moves.length > 0) noteMove(id, inputs);
  if (moves.length > 0) return { changes: true, replaces: moves };
  const former = keepStackName(inputsOf(state), inputs);
  const isDone = state.drift === undefined && state.awaited === undefined;
  return { changes: !isDone || !isDeepStrictEqual(former, inputs) };
});

/** A stack that was renamed is the same stack: its new name goes along with the next change. */
function keepStackName(former: ConfigTomlInputs, { stack }: Properties): Properties {
  const name = (stack as ConfigTomlInputs["stack"])?.name;
  return former.stack && name !== undefined ? { ...former, stack: { ...former.stack, name } } : former;
}

export const create = asMethod(async (properties: Properties) => {
  const inputs = withoutProvider(properties) as ConfigTomlInputs;
  const id = randomBytes(8).toString("hex");
  const { deliver } = await import("./configToml/delivery.js");
  const outs = await deliver({ id, inputs, fingerprintKey: randomBytes(16).toString("hex") });
  return { id, outs };
});

export const update = asMethod(async (id: string, olds: Properties, news: Properties) => {
  const state = readState(olds);
  const inputs = withoutProvider(news) as ConfigTomlInputs;
  const { changeManners, keepChoice } = await import("./configToml/manners.js");
  const changed = changeManners(state, inputs);
  if (changed) return { outs: changed };
  const { deliver } = await import("./configToml/delivery.js");
  try {
    return { outs: await deliver({ id, inputs, fingerprintKey: state.fingerprintKey, state }) };
  } catch (error) {
    throw keepChoice(error, { id, state, inputs });
  }
});

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
    notify(`ConfigToml ${nameFile(state)}: unknown, since it cannot be read: ${error.message}`);
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
  const differences = isContent(state) ? [] : findDifferences(state, text);
  const seen = { ...addObservation(state, differences), ...(systemId === undefined ? {} : { systemId }) };
  if (isReporting()) {
    const { addLines } = await import("./configToml/lines.js");
    const { showZeros } = await import("./configToml/zeros.js");
    const placed = addLines(state, text, showZeros(state, text, differences));
    const told = placed.map(({ path, place, ...values }) => ({ path: nameSetting(path), ...values }));
    const { foreseeRefusal } = await import("./configToml/takeover.js");
    const refusal = told.length > 0 ? foreseeRefusal(id, state, text) : undefined;
    const notices = refusal === undefined ? [] : [refusal];
    report({ type: "ConfigToml", id, result: told.length > 0 ? "drifted" : "clean", differences: told, notices });
  }
  return { id, props: seen, inputs: observedInputs(seen, differences) };
}

async function lookAt(state: ConfigTomlState): Promise<{ text?: string; systemId?: string }> {
  const { findHost, locateIfThere } = await import("./configToml/place.js");
  if (isContent(state)) return { text: state.content };
  const { readSystemId } = await import("./configToml/systemId.js");
  const host = await findHost(state);
  const path = await locateIfThere(host, state);
  const text = path === undefined ? undefined : await host.read(path);
  return { text, systemId: text === undefined || path === undefined ? undefined : await readSystemId(host, path) };
}

const remove = asMethod(async (id: string, properties: Properties) => {
  const former = readState(properties);
  if (isContent(former)) return;
  const { withNote } = await import("./configToml/place.js");
  const { adviseForgetting } = await import("./configToml/leaving.js");
  const state = withNote(id, former);
  try {
    await takeFrom(id, state);
  } catch (error) {
    throw adviseForgetting(error, state);
  }
});

async function takeFrom(id: string, state: ConfigTomlState): Promise<void> {
  const { findHost, findLeft } = await import("./configToml/place.js");
  const host = await findHost(state);
  const path = await findLeft(host, state);
  if (path === undefined) return;
  await requireLivingEngine();
  const { leaveHost } = await import("./configToml/leaving.js");
  await leaveHost({ host, id, path, state });
}

export { remove as delete };
