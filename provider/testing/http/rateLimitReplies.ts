import type { Reply } from "./reply.js";

/** What Rack::Attack knows when it counts a request. */
export interface ThrottleState {
  name: string;
  limit: number;
  periodSeconds: number;
  observed: number;
  now: Date;
}

/** 429 of the application's own limits. GitLab before 18.5 sends no Retry-After. */
export function applicationLimitReply(retryAfter?: number): Reply {
  const text = "This endpoint has been requested too many times. Try again later.";
  const headers: Record<string, string> = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
  return { status: 429, headers, body: { message: { error: text } } };
}

/** 429 of Rack::Attack: a plain text. */
export function throttledReply(state: ThrottleState, retryAfter = secondsToReset(state)): Reply {
  const reply = retryLaterReply(retryAfter);
  return { ...reply, headers: { ...rateLimitHeaders(state), ...reply.headers } };
}

/** 429 of a limit that no other header tells of. */
export function retryLaterReply(retryAfter: number): Reply {
  const headers = { "Retry-After": String(retryAfter), "Content-Type": "text/plain" };
  return { status: 429, headers, body: "Retry later\n" };
}

/** The headers that tell how much of a limit is used. */
export function rateLimitHeaders(state: ThrottleState): Record<string, string> {
  const reset = new Date(resetTime(state));
  return {
    "RateLimit-Name": state.name,
    // The limit is told per minute, whatever the period is.
    "RateLimit-Limit": String(Math.ceil((state.limit * 60) / state.periodSeconds)),
    "RateLimit-Observed": String(state.observed),
    "RateLimit-Remaining": String(Math.max(0, state.limit - state.observed)),
    "RateLimit-Reset": String(reset.getTime() / 1000),
    "RateLimit-ResetTime": reset.toUTCString(),
  };
}

/** Whole seconds until a period ends. */
export function secondsToReset(state: ThrottleState): number {
  return Math.ceil((resetTime(state) - state.now.getTime()) / 1000);
}

// Periods lie on a grid of the clock, as Rack::Attack's do.
function resetTime(state: ThrottleState): number {
  const period = state.periodSeconds * 1000;
  return (Math.floor(state.now.getTime() / period) + 1) * period;
}
