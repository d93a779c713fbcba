import { GitLabCallError } from "../errors.js";
import { connectTo } from "./connection.js";
import { asMethod, failChecks, isCheckedAlready, type Properties, stateOf, withoutProvider } from "./method.js";
import { notify } from "./notice.js";
import { isReporting, report } from "./report.js";
import * as attributes from "./runner/attributes.js";
import { needsUpdate } from "./runner/changes.js";
import { adjustToFlow } from "./runner/flow.js";
import { remember } from "./runner/held.js";
import type { RunnerInputs } from "./runner/inputs.js";
import { nameOf } from "./runner/reference.js";
import { findReplacements } from "./runner/scope.js";
import * as runnerState from "./runner/state.js";
import { type ConfigSource, findSettings, keepConfig, requireSameAddress, trySettings } from "./settings.js";

type RunnerState = runnerState.RunnerState;

/** State of any age, in the form of this version. */
function readState(properties: Properties): RunnerState {
  return stateOf(properties, 1) as unknown as RunnerState;
}

export async function configure({ config }: { config: ConfigSource }): Promise<void> {
  keepConfig(config);
}

/** No request is sent here: the address comes from the settings. */
export const check = asMethod(async (olds: Properties, news: Properties) => {
  const { drift, url, secretVersions, ...rest } = withoutProvider(news);
  const { settings, problems } = trySettings();
  const { inputs: given, warnings } = adjustToFlow(attributes.withoutMissing(rest));
  const inputs = { ...attributes.normalizeRunnerInputs(given), url: settings?.address };
  if (problems.length === 0 && isCheckedAlready(olds, inputs)) return { inputs: olds };
  const { checkRunnerInputs } = await import("./runner/inputs.js");
  const { countSecrets } = await import("./secretVersions.js");
  const failures = failChecks([...problems, ...checkRunnerInputs(given, olds)]);
  if (failures.length > 0) return { inputs: news, failures };
  for (const warning of warnings) notify(`${nameOf(given)}: warning: ${warning}`);
  return { inputs: given.secretPaths ? { ...inputs, secretVersions: countSecrets(olds, inputs) } : inputs };
});

export const diff = asMethod(async (id: string, olds: Properties, news: Properties) => {
  const state = readState(olds);
  const inputs = news as unknown as RunnerInputs;
  remember(state);
  const replaces = findReplacements(state, inputs);
  if (replaces.length > 0) return { changes: true, replaces };
  requireSameAddress(state.url, id, findSettings());
  return { changes: await needsUpdate(state, inputs) };
});

export const create = asMethod(async (properties: Properties) => {
  const { bringIn } = await import("./runner/creation.js");
  const { requireOneForm } = await import("./runner/otherForm.js");
  const inputs = withoutProvider(properties) as unknown as RunnerInputs;
  await requireOneForm([inputs]);
  const outs = await bringIn(inputs);
  return { id: String(outs.runnerId), outs };
});

export const read = asMethod(async (id: string, properties: Properties = {}) => {
  const state = readState(properties);
  try {
    return await readRunner(id, state);
  } catch (error) {
    if (error instanceof GitLabCallError && error.call.isGone) {
      report({ ...describeResource(id, state), result: "gone" });
      return { id: "", props: {} };
    }
    if (!isReporting()) throw error;
    report({ ...describeResource(id, state), result: "unknown", reason: (error as Error).message });
    return { id, props: state, inputs: runnerState.observedInputs(state) };
  }
});

function describeResource(id: string, { url, identity }: RunnerState) {
  return { type: "Runner", id, url, identity };
}

async function readRunner(id: string, state: RunnerState) {
  const { observeRunner } = await import("./runner/observation.js");
  const client = await connectTo(state.url, id);
  remember(state);
  const { seen, finding } = await observeRunner(client, state);
  report({ ...describeResource(id, state), ...finding });
  return { id, props: seen, inputs: runnerState.observedInputs(seen) };
}

export const update = asMethod(async (id: string, olds: Properties, news: Properties) => {
  const state = readState(olds);
  const client = await connectTo(state.url, id);
  const inputs = withoutProvider(news) as unknown as RunnerInputs;
  if (state.isElsewhere) {
    const { changeToken } = await import("./runner/use.js");
    return { outs: await changeToken(client, state, inputs) };
  }
  const { changeRunner } = await import("./runner/update.js");
  return { outs: await changeRunner(client, state, inputs) };
});

const remove = asMethod(async (id: string, properties: Properties) => {
  const state = readState(properties);
  const client = await connectTo(state.url, id);
  const { leaveRunner } = await import("./runner/use.js");
  if (state.isElsewhere) return leaveRunner(client, state);
  const { deleteOwn } = await import("./runner/deletion.js");
  return deleteOwn(client, state);
});

export { remove as delete };
