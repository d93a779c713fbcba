import { notify } from "../notice.js";
import * as attributes from "./attributes.js";
import type { RunnerInputs } from "./inputs.js";
import { needsMark } from "./mark.js";
import { describeRunner } from "./reference.js";
import { findRotation } from "./rotation.js";
import { isScopeChange } from "./scope.js";
import type { RunnerState } from "./state.js";
import { declaredToken } from "./use.js";

/** Arguments whose change is a change of the runner; others count at create only. */
const CHANGEABLE = [...attributes.ATTRIBUTES, "url", "sharedProjectIds", "rotation", "selfRotation", "drain"] as const;

type Tell = typeof notify;

/** Whether an update has anything to do; what the engine cannot show of that is told. No request is sent. */
export async function needsUpdate(state: RunnerState, inputs: RunnerInputs, tell = notify): Promise<boolean> {
  const isChanged =
    CHANGEABLE.some((key) => !attributes.isEqual(state[key], inputs[key])) || isOtherwiseSecret(state, inputs);
  const isDue = tellRotation(state, inputs, tell);
  if (state.isElsewhere) return isChanged || declaredToken(inputs).token !== state.token;
  const isPending = state.adoption === "pending" && (await tellPending(state, inputs, tell));
  const isUnread = state.drift !== undefined || state.applied === undefined;
  return isChanged || isDue || isPending || isUnread || isScopeChange(state, inputs) || needsMark(state, inputs);
}

/** What may be shown of an attribute changes with it being a secret; of other arguments nothing is ever shown. */
function isOtherwiseSecret(state: RunnerState, inputs: RunnerInputs): boolean {
  const list = ({ secretPaths = [] }: RunnerInputs) =>
    attributes.ATTRIBUTES.filter((name) => secretPaths.includes(name));
  return !attributes.isEqual(list(state), list(inputs));
}

/** The engine compares arguments only: why a token is rotated is a line of ours. */
function tellRotation(state: RunnerState, inputs: RunnerInputs, tell: Tell): boolean {
  const { reason, warning } = findRotation(state, inputs);
  if (reason) tell(`${describeRunner(state)}: its token will be reset: ${reason}`);
  if (warning) tell(`${describeRunner(state)}: warning: ${warning}`);
  return reason !== undefined;
}

async function tellPending(state: RunnerState, inputs: RunnerInputs, tell: Tell): Promise<boolean> {
  const { describePending, findPending } = await import("./adoption.js");
  const pending = findPending(state, inputs);
  for (const line of describePending(state, pending)) tell(line);
  return pending.length > 0;
}
