import { randomBytes } from "node:crypto";
import { isUnknown } from "./check.js";
import { connect, connectTo } from "./connection.js";
import { asMethod, failChecks, isCheckedAlready, type Properties, stateOf, withoutProvider } from "./method.js";
import { notify } from "./notice.js";
import { isEqual } from "./runner/attributes.js";
import { remember } from "./runner/held.js";
import { placeInSet } from "./runner/reference.js";
import { findRotation } from "./runner/rotation.js";
import { noteKept } from "./runnerSet/kept.js";
import { describePlan, isEmpty, type Plan, planSet } from "./runnerSet/plan.js";
import {
  itemInputs,
  itemStates,
  listIds,
  type RunnerSetInputs,
  type RunnerSetState,
  SCOPE,
} from "./runnerSet/state.js";
import { type ConfigSource, findSettings, keepConfig, requireSameAddress, trySettings } from "./settings.js";

/** State of any age, in the form of this version. */
function readState(properties: Properties): RunnerSetState {
  return stateOf(properties, 1) as unknown as RunnerSetState;
}

export async function configure({ config }: { config: ConfigSource }): Promise<void> {
  keepConfig(config);
}

/** No request is sent here: the address comes from the settings. */
export const check = asMethod(async (olds: Properties, news: Properties) => {
  const { checkSetInputs, normalizeSetInputs } = await import("./runnerSet/inputs.js");
  const { drift, url, secretVersions, isBySize, ...rest } = withoutProvider(news);
  const { settings, problems } = trySettings();
  // As it was at creation: what the program says of it later is no change.
  const given = normalizeSetInputs({ ...rest, isBySize: Object.keys(olds).length > 0 ? olds.isBySize : isBySize });
  const inputs = { ...given, url: settings?.address };
  if (problems.length === 0 && isCheckedAlready(olds, inputs)) return { inputs: olds };
  const { countSecrets } = await import("./secretVersions.js");
  const failures = failChecks([...problems, ...checkSetInputs(given, olds)]);
  if (failures.length > 0) return { inputs: news, failures };
  return { inputs: given.secretPaths ? { ...inputs, secretVersions: countSecrets(olds, inputs) } : inputs };
});

export const diff = asMethod(async (_id: string, olds: Properties, news: Properties) => {
  const state = readState(olds);
  const inputs = news as unknown as RunnerSetInputs;
  const replaces = SCOPE.filter((key) => !isEqual(state[key], inputs[key]));
  for (const item of itemStates(state).values()) remember(item);
  if (replaces.length > 0) return { changes: true, replaces };
  requireSameAddress(state.url, listIds(state), findSettings());
  if (isUnknown(inputs.items)) return { changes: true };
  const plan = await planSet(state, inputs, notify);
  noteTokens(plan, inputs);
  if (!isEmpty(plan)) notify(`RunnerSet ${inputs.identity ?? ""}: ${describePlan(plan)}`);
  return { changes: !isEmpty(plan) };
});

function noteTokens({ keep, change }: Plan, inputs: RunnerSetInputs): void {
  for (const [name, item] of [...keep, ...change]) {
    if (inputs.identity === undefined || isUnknown(inputs.items[name])) continue;
    const { reason } = findRotation(item, itemInputs(inputs, name));
    if (reason === undefined) noteKept(placeInSet(inputs.identity, name), item);
  }
}

export const create = asMethod(async (properties: Properties) => {
  const { applySet } = await import("./runnerSet/application.js");
  const inputs = withoutProvider(properties) as unknown as RunnerSetInputs;
  const id = randomBytes(8).toString("hex");
  return { id, outs: await applySet(await connect(), { id, inputs }) };
});

export const read = asMethod(async (id: string, properties: Properties = {}) => {
  const { observeSet } = await import("./runnerSet/observation.js");
  const { observedSetInputs } = await import("./runnerSet/state.js");
  const seen = await observeSet(readState(properties));
  return { id, props: seen, inputs: observedSetInputs(seen) };
});

export const update = asMethod(async (id: string, olds: Properties, news: Properties) => {
  const { applySet } = await import("./runnerSet/application.js");
  const state = readState(olds);
  const client = await connectTo(state.url, listIds(state));
  return { outs: await applySet(client, { id, inputs: withoutProvider(news) as unknown as RunnerSetInputs, state }) };
});

const remove = asMethod(async (_id: string, properties: Properties) => {
  const { deleteItems } = await import("./runnerSet/application.js");
  const state = readState(properties);
  const client = await connectTo(state.url, listIds(state));
  await deleteItems(client, `RunnerSet ${state.identity ?? ""}`, itemStates(state));
});

export { remove as delete };
