import { parseDuration } from "../../config/duration.js";
import { holdsUnknown } from "../check.js";
import { formatSeconds, now } from "../clock.js";
import { isEqual } from "./attributes.js";
import type { RunnerInputs } from "./inputs.js";
import type { RunnerState } from "./state.js";
import { declaredToken } from "./use.js";

/** So long before its end a token is reset where the program names no time. */
const BEFORE_EXPIRY = "72h";

/** Whether the token is to be reset now, and why; or what the user should know instead. */
export interface Rotation {
  reason?: string;
  warning?: string;
}

/** No request is sent for this: GitLab told the time of expiry with the token, and does not tell it again. */
export function findRotation(state: RunnerState, inputs: RunnerInputs): Rotation {
  if (state.isElsewhere) return warnOfEnd(state, inputs);
  if (state.isTokenLost)
    return { reason: "the answer to its last reset is lost, so the token that we know may be dead" };
  if (isTriggered(state, inputs)) return { reason: "rotation.triggers changed" };
  const { tokenExpiresAt } = state;
  if (tokenExpiresAt && state.selfRotation && !inputs.selfRotation && !isPastDeadline(state, inputs)) {
    return { reason: "selfRotation is no more, and GitLab Runner may have made the token that we know a dead one" };
  }
  if (!tokenExpiresAt || inputs.selfRotation || now().getTime() < findDueTime(state, inputs)) return {};
  const expiry = describeExpiry(tokenExpiresAt);
  if (!isPastDeadline(state, inputs)) return { reason: expiry };
  const advice = "give the resource another name, which makes another runner, with a new token";
  return { warning: `${expiry}, and since tokenRotationDeadline its token cannot be reset any more: ${advice}` };
}

/** A token that was made elsewhere is not ours to reset, and its file keeps GitLab Runner from it, too. */
function warnOfEnd(state: RunnerState, inputs: RunnerInputs): Rotation {
  const isSame = declaredToken(inputs).token === state.token;
  if (!state.tokenExpiresAt || inputs.selfRotation || !isSame || now().getTime() < findDueTime(state, inputs))
    return {};
  const advice = "reset it where the runner was made, and give the new one; or take the runner over by adopt";
  return {
    warning: `${describeExpiry(state.tokenExpiresAt)}, and a token that was made elsewhere is not rotated here: ${advice}`,
  };
}

function describeExpiry(expiresAt: string): string {
  return `it ${Date.parse(expiresAt) <= now().getTime() ? "expired" : "expires"} at ${expiresAt}`;
}

/** The first triggers are no change of them; a value that is not known yet may be one. */
function isTriggered({ rotation: former }: RunnerState, { rotation }: RunnerInputs): boolean {
  if (former?.triggers === undefined || rotation?.triggers === undefined) return false;
  return holdsUnknown(rotation.triggers) || !isEqual(former.triggers, rotation.triggers);
}

/**
 * From when on the token is to be reset. A token that a reset gave lives as long as the next one will, and a program that
 * names no time meant none: then not before half of its life is over, or each update would reset it.
 */
function findDueTime(state: RunnerState, { rotation }: RunnerInputs): number {
  const [start, end] = [Date.parse(state.tokenObtainedAt), Date.parse(String(state.tokenExpiresAt))];
  const before = Number((parseDuration(rotation?.beforeExpiry ?? BEFORE_EXPIRY) ?? 0n) / 1_000_000n);
  const isCapped = rotation?.beforeExpiry === undefined || (state.rotations ?? 0) > 0;
  return isCapped ? Math.max(end - before, start + (end - start) / 2) : end - before;
}

/** It counts for the first token only. One that is equal to the expiry is over from the start: GitLab takes it for no rotation. */
function isPastDeadline({ rotations, tokenExpiresAt }: RunnerState, { tokenRotationDeadline }: RunnerInputs): boolean {
  if (rotations !== undefined || tokenRotationDeadline === undefined) return false;
  const deadline = Date.parse(tokenRotationDeadline);
  return deadline <= now().getTime() || deadline === Date.parse(String(tokenExpiresAt));
}

/** State with the token that a reset gave. */
export function withToken(state: RunnerState, reply: { token: string; token_expires_at?: string | null }): RunnerState {
  const { isTokenLost, ...rest } = state;
  const times = { tokenExpiresAt: reply.token_expires_at ?? null, tokenObtainedAt: formatSeconds(now()) };
  return { ...rest, token: reply.token, ...times, rotations: (state.rotations ?? 0) + 1 };
}
