import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Host } from "../delivery/host.js";
import { nameTarget } from "../delivery/target.js";
import { describeProblem, GitLabRunnerError, type Problem } from "../errors.js";
import { fingerprint } from "../secrets.js";
import type { ConfigTomlInputs, Rendered } from "./configToml/spec.js";
import type { ConfigTomlState } from "./configToml/state.js";
import { requireLivingEngine } from "./engine.js";
import { asMethod, failChecks, isCheckedAlready, type Properties, withoutProvider } from "./method.js";
import { isReporting, report } from "./report.js";
import { claimSelfRotation, keepNewerTokens } from "./runner/selfRotation.js";
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
  const inputs = withoutProvider(news);
  const { findMoves } = await import("./configToml/place.js");
  const moves = findMoves(state, inputs as ConfigTomlInputs);
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
  const { findHost, isContent, locate } = await import("./configToml/place.js");
  const host = await findHost(inputs);
  const isOutput = isContent(inputs);
  const location = isOutput ? undefined : await locate(host, { ...inputs, location: state?.location });
  const rendered = await keepNewerTokens(host, { ...inputs, path: location }, render(inputs));
  const text = writeText(id, rendered);
  if (location !== undefined) await deliverFile(location, { id, text, rendered, inputs, state, host });
  return {
    ...inputs,
    schemaVersion: 1,
    fingerprintKey,
    fingerprint: fingerprint(fingerprintKey, text),
    content: isOutput ? text : undefined,
    location,
    applied: viewApplied(fingerprintKey, inputs, rendered),
  };
}

interface FileDelivery {
  id: string;
  text: string;
  rendered: Rendered;
  inputs: ConfigTomlInputs;
  state?: ConfigTomlState;
  host: Host;
}

async function deliverFile(path: string, { id, text, rendered, inputs, state, host }: FileDelivery): Promise<void> {
  const { ownership, stack, replaceExisting } = inputs;
  await requireLivingEngine();
  if (ownership === "entries" && stack) {
    const { putEntries } = await import("./configToml/sharedFile.js");
    await putEntries(host, { path, id, stack, wanted: { inputs, rendered }, former: state });
    return;
  }
  const { replaceFile } = await import("./configToml/takeover.js");
  const known = state ? [inputs, state] : [inputs];
  const claim = { path, id, known, mayReplace: replaceExisting === true, isUpdate: state !== undefined };
  await replaceFile(host, claim, text);
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
  const { isContent } = await import("./configToml/place.js");
  const text = isContent(state) ? state.content : await readThere(state);
  if (text === undefined) {
    report({ type: "ConfigToml", id, result: "gone" });
    return { id: "", props: {} };
  }
  const differences = isContent(state) ? [] : findDifferences(state, text);
  const seen = addObservation(state, differences);
  const told = differences.map(({ path, ...values }) => ({ path: nameSetting(path), ...values }));
  report({ type: "ConfigToml", id, result: told.length > 0 ? "drifted" : "clean", differences: told });
  return { id, props: seen, inputs: observedInputs(seen, differences) };
}

async function readThere(state: ConfigTomlState): Promise<string | undefined> {
  const { findHost, locateIfThere } = await import("./configToml/place.js");
  const host = await findHost(state);
  const path = await locateIfThere(host, state);
  return path === undefined ? undefined : host.read(path);
}

const remove = asMethod(async (id: string, properties: Properties) => {
  const state = readState(properties);
  const { findHost, isContent, locateIfThere } = await import("./configToml/place.js");
  if (isContent(state)) return;
  const { replaceExisting, ownership, stack } = state;
  const host = await findHost(state);
  const path = await locateIfThere(host, state);
  if (path === undefined) return;
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
