import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Host } from "../delivery/host.js";
import { identifyTarget, nameTarget, type Target } from "../delivery/target.js";
import { describeProblem, GitLabRunnerError, type Problem } from "../errors.js";
import { fingerprint } from "../secrets.js";
import type { ConfigTomlInputs, Rendered } from "./configToml/spec.js";
import type { ConfigTomlState } from "./configToml/state.js";
import { requireLivingEngine } from "./engine.js";
import { asMethod, failChecks, isCheckedAlready, type Properties, withoutProvider } from "./method.js";
import { isReporting, report } from "./report.js";
import { claimSelfRotation } from "./runner/selfRotation.js";
import { type ConfigSource, keepConfig } from "./settings.js";

/** State of any age, in the form of this version. */
function readState(properties: Properties): ConfigTomlState {
  return withoutProvider(properties) as unknown as ConfigTomlState;
}

export async function configure({ config }: { config: ConfigSource }): Promise<void> {
  keepConfig(config);
}

export const check = asMethod(async (olds: Properties, news: Properties) => {
  const { drift, secretVersions, ...given } = withoutProvider(news);
  const conflicts = claimSelfRotation(given);
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
    const line = `ConfigToml ${inputs.path ?? "(content)"}${nameTarget(inputs.target)}: ${describeProblem(warning)}`;
    if (!warned.has(line)) console.warn(line);
    warned.add(line);
  }
  return problems;
}

const warned = new Set<string>();

export const diff = asMethod(async (_id: string, olds: Properties, news: Properties) => {
  const { inputsOf } = await import("./configToml/state.js");
  const state = readState(olds);
  const inputs = withoutProvider(news);
  const moves = findMoves(state, inputs as ConfigTomlInputs);
  if (moves.length > 0) return { changes: true, replaces: moves };
  const former = keepStackName(inputsOf(state), inputs);
  return { changes: state.drift !== undefined || !isDeepStrictEqual(former, inputs) };
});

/** What makes it another file. A target that is not known yet may be another host. */
function findMoves(state: ConfigTomlState, { path, target }: ConfigTomlInputs): string[] {
  const isUnknownTarget = typeof target === "string" || typeof target?.ssh === "string";
  const isElsewhere = isUnknownTarget || identifyTarget(state.target) !== identifyTarget(target);
  return [...(state.path === path ? [] : ["path"]), ...(isElsewhere ? ["target"] : [])];
}

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
  return { outs: await deliver({ id, inputs, fingerprintKey: state.fingerprintKey, state }) };
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
  const rendered = render(inputs);
  const text = writeText(id, rendered);
  const { path } = inputs;
  const delivered = path === undefined ? text : await deliverFile(path, { id, text, rendered, inputs, state });
  return {
    ...inputs,
    schemaVersion: 1,
    fingerprintKey,
    fingerprint: fingerprint(fingerprintKey, delivered),
    content: path === undefined ? text : undefined,
    applied: viewApplied(fingerprintKey, inputs, rendered),
  };
}

interface FileDelivery {
  id: string;
  text: string;
  rendered: Rendered;
  inputs: ConfigTomlInputs;
  state?: ConfigTomlState;
}

/** Resolves with the text of what was delivered: a token in the file may have been kept. */
async function deliverFile(path: string, { id, text, rendered, inputs, state }: FileDelivery): Promise<string> {
  const { ownership, stack, replaceExisting } = inputs;
  const host = await findHost(inputs.target);
  await requireLivingEngine();
  const former = state;
  await (await import("./configToml/otherMachines.js")).refuseOtherMachines(host, { path, inputs, former });
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

async function findHost(target: Target | undefined): Promise<Host> {
  return (await import("../delivery/findHost.js")).findHost(target);
}

export const read = asMethod(async (id: string, properties: Properties = {}) => {
  const state = readState(properties);
  const { observedInputs } = await import("./configToml/state.js");
  try {
    return await readFile(id, state);
  } catch (error) {
    if (!isReporting() || !(error instanceof GitLabRunnerError)) throw error;
    report({ type: "ConfigToml", id, result: "unknown", reason: error.message });
    return { id, props: state, inputs: observedInputs(state, []) };
  }
});

async function readFile(id: string, state: ConfigTomlState) {
  const { addObservation, findDifferences, nameSetting, observedInputs } = await import("./configToml/state.js");
  const text = state.path === undefined ? state.content : await (await findHost(state.target)).read(state.path);
  if (text === undefined) {
    report({ type: "ConfigToml", id, result: "gone" });
    return { id: "", props: {} };
  }
  const differences = state.path === undefined ? [] : findDifferences(state, text);
  const seen = addObservation(state, differences);
  const told = differences.map(({ path, ...values }) => ({ path: nameSetting(path), ...values }));
  report({ type: "ConfigToml", id, result: told.length > 0 ? "drifted" : "clean", differences: told });
  return { id, props: seen, inputs: observedInputs(seen, differences) };
}

const remove = asMethod(async (id: string, properties: Properties) => {
  const state = readState(properties);
  if (state.path === undefined) return;
  const { path, replaceExisting, ownership, stack } = state;
  const host = await findHost(state.target);
  await requireLivingEngine();
  if (ownership === "entries" && stack) {
    const { removeEntries } = await import("./configToml/sharedFile.js");
    await removeEntries(host, { path, id, stack, former: state });
    return;
  }
  const { removeFile } = await import("./configToml/takeover.js");
  await removeFile(host, { path, id, known: [state], mayReplace: replaceExisting === true });
});

export { remove as delete };
