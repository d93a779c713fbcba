import { isDeepStrictEqual } from "node:util";
import { GitLabRunnerError } from "../../errors.js";
import { PartialFailure } from "../method.js";
import { isGone } from "./leaving.js";
import type { ConfigTomlInputs } from "./spec.js";
import { type ConfigTomlState, inputsOf } from "./state.js";

/** Arguments that count when something happens, and are in no file. */
const MANNERS = ["onUnreachable", "unregisterManagers", "waitForContact"] as const;

/** State with the new ones, where nothing else has changed: so they can be changed for a host that is down. */
export function changeManners(state: ConfigTomlState, inputs: ConfigTomlInputs): ConfigTomlState | undefined {
  const former = inputsOf(state);
  const hasChanged = MANNERS.some((name) => !isDeepStrictEqual(former[name], inputs[name]));
  const isAll = isDeepStrictEqual(withoutManners(former), withoutManners(inputs));
  const isDone = state.drift === undefined && state.awaited === undefined;
  return hasChanged && isAll && isDone ? adopt(state, inputs) : undefined;
}

function withoutManners(inputs: ConfigTomlInputs): object {
  const { onUnreachable, unregisterManagers, waitForContact, ...rest } = inputs;
  return rest;
}

function adopt(state: ConfigTomlState, inputs: ConfigTomlInputs): ConfigTomlState {
  const next = { ...state };
  for (const name of MANNERS) Object.assign(next, { [name]: inputs[name] });
  return next;
}

/**
 * The error of an update that did not reach its host. That the host may be forgotten is kept in state all the same: it
 * counts when the resource is removed from the program, which is what comes next.
 */
export function keepChoice(
  error: unknown,
  { id, state, inputs }: { id: string; state: ConfigTomlState; inputs: ConfigTomlInputs },
): unknown {
  const isNew = inputs.onUnreachable !== state.onUnreachable;
  if (!(error instanceof GitLabRunnerError) || !isNew || !isGone(error, state)) return error;
  return new PartialFailure(id, { ...state, onUnreachable: inputs.onUnreachable }, error.message);
}
