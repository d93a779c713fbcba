import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "../gitlab/client.js";
import { connectTo } from "./connection.js";
import { asMethod, failChecks, isCheckedAlready, type Properties, withoutProvider } from "./method.js";
import { notify } from "./notice.js";
import { type Difference, type Finding, isReporting, report } from "./report.js";
import * as attributes from "./runner/attributes.js";
import { adjustToFlow } from "./runner/flow.js";
import { remember } from "./runner/held.js";
import type { RunnerInputs } from "./runner/inputs.js";
import { needsMark } from "./runner/mark.js";
import { findUnshared } from "./runner/projects.js";
import { describeRunner, nameOf, refer } from "./runner/reference.js";
import { findRotation } from "./runner/rotation.js";
import { findReplacements, isScopeChange } from "./runner/scope.js";
import * as runnerState from "./runner/state.js";
import { declaredToken } from "./runner/use.js";
import { type ConfigSource, findSettings, keepConfig, requireSameAddress, trySettings } from "./settings.js";

type RunnerState = runnerState.RunnerState;

/** Arguments whose change is a change of the runner; others count at create only. */
const CHANGEABLE = [...attributes.ATTRIBUTES, "url", "sharedProjectIds", "rotation", "selfRotation", "drain"] as const;

/** State of any age, in the form of this version. */
function readState(properties: Properties): RunnerState {
  return withoutProvider(properties) as unknown as RunnerState;
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
  const isChanged =
    CHANGEABLE.some((key) => !attributes.isEqual(state[key], inputs[key])) || isOtherwiseSecret(state, inputs);
  if (state.isElsewhere) return { changes: isChanged || declaredToken(inputs).token !== state.token };
  const isDue = tellRotation(state, inputs);
  const isPending = state.adoption === "pending" && (await tellPending(state, inputs));
  const isUnread = state.drift !== undefined || state.applied === undefined;
  return {
    changes: isChanged || isDue || isPending || isUnread || isScopeChange(state, inputs) || needsMark(state, inputs),
  };
});

/** What may be shown of an attribute changes with it being a secret; of other arguments nothing is ever shown. */
function isOtherwiseSecret(state: RunnerState, inputs: RunnerInputs): boolean {
  const list = ({ secretPaths = [] }: RunnerInputs) =>
    attributes.ATTRIBUTES.filter((name) => secretPaths.includes(name));
  return !attributes.isEqual(list(state), list(inputs));
}

/** The engine compares arguments only: why a token is rotated is a line of ours. */
function tellRotation(state: RunnerState, inputs: RunnerInputs): boolean {
  const { reason, warning } = findRotation(state, inputs);
  if (reason) notify(`${describeRunner(state)}: its token will be reset: ${reason}`);
  if (warning) notify(`${describeRunner(state)}: warning: ${warning}`);
  return reason !== undefined;
}

async function tellPending(state: RunnerState, inputs: RunnerInputs): Promise<boolean> {
  const { describePending, findPending } = await import("./runner/adoption.js");
  const pending = findPending(state, inputs);
  for (const line of describePending(state, pending)) notify(line);
  return pending.length > 0;
}

export const create = asMethod(async (properties: Properties) => {
  const { bringIn } = await import("./runner/creation.js");
  const outs = await bringIn(withoutProvider(properties) as unknown as RunnerInputs);
  remember(outs);
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
  const { getRunner } = await import("../gitlab/runners.js");
  const client = await connectTo(state.url, id);
  remember(state);
  if (state.isElsewhere) return readElsewhere(client, id, state);
  const reply = await getRunner(client, refer(id, state));
  const observed = runnerState.showReply(client, state, reply);
  const hasNote = typeof reply.maintenance_note === "string";
  const inAttributes = state.applied ? runnerState.findDifferences(state.applied, observed, hasNote) : [];
  const differences = [...inAttributes, ...findUnshared(state, reply)];
  const seen = runnerState.addObservation(state, differences);
  report({ ...describeResource(id, state), ...judge(state, differences), notices: listDue(state) });
  return { id, props: seen, inputs: runnerState.observedInputs(seen) };
}

function judge(
  { applied }: RunnerState,
  differences: Difference[],
): Pick<Finding, "result" | "differences" | "reason"> {
  if (applied) return { result: differences.length > 0 ? "drifted" : "clean", differences };
  return { result: "unknown", reason: 'its creation was not finished: run "pulumi up", then look again' };
}

/** A token that is due for rotation is no drift: the next update rotates it. */
function listDue(state: RunnerState): string[] {
  const { reason, warning } = findRotation(state, state);
  return [...(reason ? [`its token will be reset by the next update: ${reason}`] : []), ...(warning ? [warning] : [])];
}

/** Of a runner that was made elsewhere it only counts whether it is still there; to be refused its details is a yes. */
async function readElsewhere(client: GitLabClient, id: string, state: RunnerState) {
  const { hasRunner } = await import("../gitlab/runners.js");
  await hasRunner(client, refer(id, state));
  report({ ...describeResource(id, state), result: "clean", differences: [] });
  return { id, props: state, inputs: runnerState.observedInputs(state) };
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
