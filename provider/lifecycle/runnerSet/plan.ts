import { isUnknown } from "../check.js";
import { remember } from "../runner/held.js";
import type { RunnerState } from "../runner/state.js";
import { itemInputs, itemStates, type RunnerSetInputs, type RunnerSetState } from "./state.js";

/** What an update of a set has to do, item by item. */
export interface Plan {
  /** Names of items without a runner. */
  create: string[];
  change: Map<string, RunnerState>;
  /** Items that are not declared any more. */
  remove: Map<string, RunnerState>;
  keep: Map<string, RunnerState>;
}

/** Compares state with the arguments; no request is sent. `tell` hears what the engine cannot show of an item. */
export async function planSet(
  state: RunnerSetState | undefined,
  inputs: RunnerSetInputs,
  tell: (line: string) => void = () => {},
): Promise<Plan> {
  const { needsUpdate } = await import("../runner/changes.js");
  const states = itemStates(state);
  for (const item of states.values()) remember(item);
  const plan: Plan = { create: [], change: new Map(), remove: new Map(), keep: new Map() };
  for (const name of Object.keys(inputs.items)) {
    const item = states.get(name);
    if (item === undefined) plan.create.push(name);
    else if (isUnknown(inputs.items[name])) plan.change.set(name, item);
    else plan[(await needsUpdate(item, itemInputs(inputs, name), tell)) ? "change" : "keep"].set(name, item);
  }
  for (const [name, item] of states) if (!Object.hasOwn(inputs.items, name)) plan.remove.set(name, item);
  return plan;
}

export function isEmpty({ create, change, remove }: Plan): boolean {
  return create.length + change.size + remove.size === 0;
}

/** So many names make a line; of more, only how many they are. */
const MOST_NAMES = 20;

/** The plan in words, for a preview: `to change: web, db`. */
export function describePlan({ create, change, remove }: Plan): string {
  const parts = [describePart("to create", create), describePart("to change", [...change.keys()])];
  return [...parts, describePart("to delete", [...remove.keys()])].filter((part) => part !== "").join("; ");
}

function describePart(what: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return `${names.length} ${what}: ${names.slice(0, MOST_NAMES).join(", ")}${more}`;
}
