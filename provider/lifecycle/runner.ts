import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "../gitlab/client.js";
import type { CreateReply, RunnerReference, RunnerReply } from "../gitlab/runners.js";
import { formatSeconds, now } from "./clock.js";
import { connect, connectTo } from "./connection.js";
import { asMethod, failChecks, isCheckedAlready, PartialFailure, type Properties, withoutProvider } from "./method.js";
import { type Difference, type Finding, isReporting, report } from "./report.js";
import * as attributes from "./runnerAttributes.js";
import type { RunnerInputs } from "./runnerInputs.js";
import { nameArguments } from "./runnerRefusal.js";
import * as runnerState from "./runnerState.js";
import { type ConfigSource, findSettings, keepConfig, requireSameAddress, trySettings } from "./settings.js";

type RunnerState = runnerState.RunnerState;

/** What identifies a runner in GitLab and cannot be changed there. */
const IDENTITY = ["runnerType", "groupId", "projectId"] as const;

/** Arguments whose change is a change of the runner; the two token times count at create only. */
const CHANGEABLE = [...attributes.ATTRIBUTES, "url", "secretPaths"] as const;

/** State of any age, in the form of this version. */
function readState(properties: Properties): RunnerState {
  return withoutProvider(properties) as unknown as RunnerState;
}

export async function configure({ config }: { config: ConfigSource }): Promise<void> {
  keepConfig(config);
}

/** No request is sent here: the address comes from the settings. */
export const check = asMethod(async (olds: Properties, news: Properties) => {
  const { drift, url, secretVersions, ...given } = withoutProvider(news);
  const { settings, problems } = trySettings();
  const inputs = { ...attributes.normalizeRunnerInputs(given), url: settings?.address };
  if (problems.length === 0 && isCheckedAlready(olds, inputs)) return { inputs: olds };
  const { checkRunnerInputs } = await import("./runnerInputs.js");
  const { countSecrets } = await import("./secretVersions.js");
  const failures = failChecks([...problems, ...checkRunnerInputs(given, { isNew: isNew(olds) })]);
  if (failures.length > 0) return { inputs: news, failures };
  return { inputs: given.secretPaths ? { ...inputs, secretVersions: countSecrets(olds, inputs) } : inputs };
});

/** For a creation, a replacement too, the engine knows no former inputs. */
function isNew(olds: Properties | undefined): boolean {
  return Object.keys(withoutProvider(olds ?? {})).length === 0;
}

export const diff = asMethod(async (id: string, olds: Properties, news: Properties) => {
  const state = readState(olds);
  const inputs = news as unknown as RunnerInputs;
  const replaces = IDENTITY.filter((key) => !attributes.isEqual(state[key], inputs[key]));
  if (replaces.length > 0) return { changes: true, replaces };
  requireSameAddress(state.url, id, findSettings());
  const isChanged = CHANGEABLE.some((key) => !attributes.isEqual(state[key], inputs[key]));
  return { changes: isChanged || state.drift !== undefined || state.applied === undefined };
});

export const create = asMethod(async (properties: Properties) => {
  const { createRunner } = await import("../gitlab/runners.js");
  const inputs = withoutProvider(properties) as unknown as RunnerInputs;
  const client = await connect();
  const request = attributes.toCreateRequest(inputs);
  const reply = await nameArguments(createRunner(client, request, listDeclaredSecrets(inputs)));
  const state = describeCreated(inputs, client.connection.address, reply);
  return { id: String(reply.id), outs: await addApplied(client, state) };
});

/** The declared secrets, by the paths that the resource class found. */
function listDeclaredSecrets(inputs: RunnerInputs): string[] {
  const values = (inputs.secretPaths ?? []).map((path) => inputs[path as attributes.Attribute]);
  return values.flat().filter((value): value is string => typeof value === "string");
}

function refer(id: string, state: RunnerState): RunnerReference {
  return { id, secrets: [state.token, ...listDeclaredSecrets(state)] };
}

/** What must not get lost from the moment at which GitLab has answered: id and token. */
function describeCreated(inputs: RunnerInputs, url: string, reply: CreateReply): RunnerState {
  return {
    ...inputs,
    schemaVersion: 1,
    url,
    runnerId: reply.id,
    token: reply.token,
    tokenExpiresAt: reply.token_expires_at ?? null,
    tokenObtainedAt: formatSeconds(now()),
  };
}

/** GitLab's answer to a creation shows no attributes, so they are asked for. */
async function addApplied(client: GitLabClient, state: RunnerState): Promise<RunnerState> {
  const { getRunner } = await import("../gitlab/runners.js");
  const id = String(state.runnerId);
  try {
    const reply = await getRunner(client, refer(id, state));
    return { ...state, applied: showReply(client, state, reply) };
  } catch (error) {
    if (!(error instanceof GitLabCallError)) throw error;
    const reason = `runner ${id} was created and is kept in state, but could not be read back: ${error.message}`;
    throw new PartialFailure(id, { ...state }, `${reason}. Run "pulumi up" again`);
  }
}

function showReply(client: GitLabClient, state: RunnerState, reply: RunnerReply): runnerState.Applied {
  const shield = runnerState.shieldOf(state, client.connection.token, ...listDeclaredSecrets(state));
  return runnerState.showAttributes(state, shield, attributes.fromReply(reply));
}

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

function describeResource(id: string, { url }: RunnerState) {
  return { type: "Runner", id, url };
}

async function readRunner(id: string, state: RunnerState) {
  const { getRunner } = await import("../gitlab/runners.js");
  const client = await connectTo(state.url, id);
  const reply = await getRunner(client, refer(id, state));
  const observed = showReply(client, state, reply);
  const hasNote = typeof reply.maintenance_note === "string";
  const differences = state.applied ? runnerState.findDifferences(state.applied, observed, hasNote) : [];
  const seen = runnerState.addObservation(state, differences);
  report({ ...describeResource(id, state), ...judge(state, differences) });
  return { id, props: seen, inputs: runnerState.observedInputs(seen) };
}

function judge(
  { applied }: RunnerState,
  differences: Difference[],
): Pick<Finding, "result" | "differences" | "reason"> {
  if (applied) return { result: differences.length > 0 ? "drifted" : "clean", differences };
  return { result: "unknown", reason: 'its creation was not finished: run "pulumi up", then look again' };
}

export const update = asMethod(async (id: string, olds: Properties, news: Properties) => {
  const state = readState(olds);
  const client = await connectTo(state.url, id);
  const inputs = withoutProvider(news) as unknown as RunnerInputs;
  const next: RunnerState = { ...inputs, ...runnerState.pickComputed(state), url: client.connection.address };
  const changes = runnerState.findChanges(state, next);
  const reply = await sendChanges(client, refer(id, next), changes);
  return { outs: { ...next, applied: runnerState.mergeApplied(next, changes, showReply(client, next, reply)) } };
});

async function sendChanges(
  client: GitLabClient,
  runner: RunnerReference,
  changes: Partial<attributes.Attributes>,
): Promise<RunnerReply> {
  const { getRunner, updateRunner } = await import("../gitlab/runners.js");
  if (Object.keys(changes).length === 0) return getRunner(client, runner);
  return nameArguments(updateRunner(client, runner, attributes.toKeys(changes)));
}

/** Before this the id was proven to be ours: it comes from state, and state's address is the configured one. */
const remove = asMethod(async (id: string, properties: Properties) => {
  const { deleteRunner } = await import("../gitlab/runners.js");
  const state = readState(properties);
  const client = await connectTo(state.url, id);
  try {
    await deleteRunner(client, refer(id, state));
  } catch (error) {
    if (!(error instanceof GitLabCallError && error.call.isGone)) throw error;
  }
});

export { remove as delete };
