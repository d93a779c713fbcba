import { maintenanceReply, readOnlyMessage } from "../http/outageReplies.js";
import {
  rateLimitHeaders,
  retryLaterReply,
  secondsToReset,
  type ThrottleState,
  throttledReply,
} from "../http/rateLimitReplies.js";
import { findRunnerByToken } from "../world/runnerTokens.js";
import type { Throttle } from "../world/settings.js";
import { has } from "../world/version.js";
import { findToken, isUsable } from "./authenticate.js";
import type { Call } from "./call.js";
import { Refusal, refuse } from "./refusal.js";

/** Counts a request against the limits per user and address. Gives the headers that tell of it; refuses above. */
export function checkThrottle(call: Call): Record<string, string> {
  checkAddress(call, call.world.settings.addressThrottle, "all");
  const state = countRequest(call);
  if (state === null) return {};
  if (state.observed > state.limit) throw new Refusal(throttledReply(state));
  return has(call.world, "limitHeadersAlways") ? rateLimitHeaders(state) : {};
}

/** Counts a request against a limit per address that is met before GitLab itself; refuses above. */
export function checkAddress(call: Call, throttle: Throttle | null, what: string): void {
  const state = countFor(call, throttle, { name: "", key: `${what} from ${call.ipAddress}` });
  if (state !== null && state.observed > state.limit) throw new Refusal(retryLaterReply(secondsToReset(state)));
}

/** Refuses what writes while the instance only reads. */
export function checkWritable(call: Call): void {
  if (call.method === "GET" || call.method === "HEAD" || call.method === "OPTIONS") return;
  if (call.world.settings.maintenanceMode) throw new Refusal(maintenanceReply);
  if (call.world.settings.readOnly) {
    throw refuse(403, readOnlyMessage);
  }
}

function countRequest(call: Call): ThrottleState | null {
  const { authenticatedThrottle, unauthenticatedThrottle } = call.world.settings;
  const token = findToken(call);
  if (token && isUsable(call.world, token)) {
    return countFor(call, authenticatedThrottle, { name: "throttle_authenticated_api", key: `user ${token.userId}` });
  }
  // A runner that shows its own good token is no stranger; one with a wrong token is.
  if (findRunnerByToken(call.world, String(call.params.token ?? ""))) return null;
  const key = `address ${call.ipAddress}`;
  return countFor(call, unauthenticatedThrottle, { name: "throttle_unauthenticated_api", key });
}

function countFor(call: Call, throttle: Throttle | null, who: { name: string; key: string }): ThrottleState | null {
  if (throttle === null) return null;
  const { requests: limit, periodSeconds } = throttle;
  const observed = call.world.counters.count(who.key, periodSeconds);
  return { name: who.name, limit, periodSeconds, observed, now: call.world.clock.now() };
}
