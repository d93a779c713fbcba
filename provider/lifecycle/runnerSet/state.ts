import { isDeepStrictEqual } from "node:util";
import { formatPath } from "../../path.js";
import { type Properties, toWire } from "../method.js";
import { isSource } from "../runner/flow.js";
import type { RunnerInputs } from "../runner/inputs.js";
import { identifyItem } from "../runner/reference.js";
import { inputsOf, observedInputs, type RunnerState } from "../runner/state.js";
import type { SecretVersions } from "../secretVersions.js";

/** Whose the runners of a set are. */
export const SCOPE = ["runnerType", "groupId", "projectId"] as const;

type Common = Pick<RunnerInputs, (typeof SCOPE)[number] | "marker" | "url" | "stackId" | "identity" | "secretPaths">;

/** A RunnerSet's arguments, checked. */
export interface RunnerSetInputs extends Common {
  items: Record<string, Partial<RunnerInputs>>;
  /** A fleet's size made it a set, and not its program's word. It counts at creation only. */
  isBySize?: boolean;
  secretVersions?: SecretVersions;
}

/**
 * A RunnerSet's outputs as state holds them. Its items are those that were declared last, so that what is a secret there
 * is one here.
 */
export interface RunnerSetState extends RunnerSetInputs {
  schemaVersion: 1;
  url: string;
  /** What GitLab made of each item; an item without is still to be created. */
  runners: Record<string, ItemState>;
  /** A secret. */
  tokens: Record<string, string>;
  /** Of an item that could not be brought to what was declared last, what it is instead. A secret: it may hold some. */
  former?: Record<string, RunnerInputs>;
}

/** The part of a Runner's state that was not declared, without its token; a token that never expires has no time for it. */
export type ItemState = Omit<RunnerState, keyof RunnerInputs | "schemaVersion" | "url" | "token" | "tokenExpiresAt"> & {
  tokenExpiresAt?: string;
};

const COMPUTED = new Set(["schemaVersion", "runners", "tokens", "former"]);

function without<T extends object>(value: T, names: ReadonlySet<string>): T {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name))) as T;
}

/** An item may be called `constructor`, which every object has. */
function pick<T>(items: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return items && Object.hasOwn(items, name) ? items[name] : undefined;
}

/** Of the places of secrets, those within one item, as it names them itself. */
function pickPaths(secretPaths: readonly string[], name: string): string[] {
  const place = formatPath(["items", name]);
  const inside = secretPaths.filter((path) => path.startsWith(place) && /^[.[]/.test(path.slice(place.length)));
  return inside.map((path) => path.slice(place.length).replace(/^\./, ""));
}

/** The arguments of a Runner that an item stands for. */
export function itemInputs(inputs: RunnerSetInputs, name: string): RunnerInputs {
  const { items, secretPaths = [], identity, runnerType, groupId, projectId, url, stackId } = inputs;
  const own = pickPaths(secretPaths, name);
  return {
    ...{ runnerType, groupId, projectId, url, stackId },
    ...items[name],
    ...(identity !== undefined && { identity: identifyItem(identity, name) }),
    ...(own.length > 0 && { secretPaths: own }),
  };
}

/** The Runner's state that an item stands for; undefined while it has no runner. */
export function itemState(state: RunnerSetState, name: string): RunnerState | undefined {
  const runner = pick(state.runners, name);
  const token = pick(state.tokens, name);
  if (runner === undefined || token === undefined) return undefined;
  const declared = pick(state.former, name) ?? itemInputs(state, name);
  const { tokenExpiresAt = null, ...rest } = runner;
  return { schemaVersion: 1, ...declared, url: declared.url ?? state.url, ...rest, token, tokenExpiresAt };
}

/** The items that have a runner, each as a Runner's state. */
export function itemStates(state: RunnerSetState | undefined): Map<string, RunnerState> {
  const states = new Map<string, RunnerState>();
  for (const name of Object.keys(state?.runners ?? {})) {
    const item = state && itemState(state, name);
    if (item) states.set(name, item);
  }
  return states;
}

/** State as it is with these runners, where the arguments are the declared ones. */
export function joinStates(inputs: RunnerSetInputs & { url: string }, items: ReadonlyMap<string, RunnerState>) {
  const runners: Record<string, ItemState> = {};
  const tokens: Record<string, string> = {};
  const former: Record<string, RunnerInputs> = {};
  for (const [name, item] of items) {
    const declared = inputsOf(item) as RunnerInputs;
    const { schemaVersion, url, token, tokenExpiresAt, ...rest } = item;
    runners[name] = {
      ...without(rest, new Set(Object.keys(declared))),
      ...(tokenExpiresAt !== null && { tokenExpiresAt }),
    };
    tokens[name] = token;
    const isAsDeclared =
      Object.hasOwn(inputs.items, name) && isDeepStrictEqual(toWire(declared), toWire(itemInputs(inputs, name)));
    if (!isAsDeclared) former[name] = declared;
  }
  const state: RunnerSetState = { ...inputs, schemaVersion: 1, runners, tokens };
  return Object.keys(former).length > 0 ? { ...state, former } : state;
}

/** An item that needs no update, with arguments of today: some of them count at creation only. */
export function keepItem(item: RunnerState, inputs: RunnerSetInputs, name: string): RunnerState {
  const computed = without<RunnerState>(item, new Set(Object.keys(inputsOf(item))));
  return { ...computed, ...itemInputs(inputs, name), url: inputs.url ?? item.url };
}

/** The part of state that was declared. */
export function setInputsOf(state: RunnerSetState): RunnerSetInputs {
  return without<RunnerSetInputs>(state, COMPUTED);
}

/**
 * The inputs that a refresh leaves in state: each item as it is seen; an item without a runner is left out, so that the
 * next preview adds it. What drifted outside of the declared arguments stands in `drift`, which `check` empties.
 */
export function observedSetInputs(state: RunnerSetState): Properties {
  const inputs = setInputsOf(state);
  const items: Record<string, unknown> = {};
  const drift: Record<string, unknown> = {};
  for (const name of Object.keys(inputs.items)) {
    const item = itemState(state, name);
    if (item === undefined) continue;
    // What an unfinished item is instead of the declared may be a secret that the arguments do not mark any more.
    const isUnfinished = pick(state.former, name) !== undefined;
    const seen: Properties = isUnfinished ? { ...inputs.items[name] } : observedInputs(item);
    const keys = Object.keys(inputs.items[name] ?? {}).filter((key) => !isSource(key));
    items[name] = Object.fromEntries(keys.map((key) => [key, seen[key]]));
    if (seen.drift !== undefined) drift[name] = seen.drift;
  }
  return { ...inputs, items, ...(Object.keys(drift).length > 0 && { drift }) };
}

/** The set's runners, as far as a message needs them. */
export function listIds({ runners }: RunnerSetState): string {
  const ids = Object.values(runners).map(({ runnerId }) => runnerId);
  return ids.slice(0, 3).join(", ") + (ids.length > 3 ? ", …" : "");
}
