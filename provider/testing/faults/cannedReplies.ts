import {
  badGatewayReply,
  conflictReply,
  maintenanceReply,
  queryTimeoutReply,
  serverErrorReply,
} from "../http/outageReplies.js";
import { applicationLimitReply, type ThrottleState, throttledReply } from "../http/rateLimitReplies.js";
import type { Reply } from "../http/reply.js";
import type { FaultEffect } from "./fault.js";

/** The reply that a fault gives by itself; null for faults that work on the real answer or on the connection. */
export function cannedReply(fault: FaultEffect, now: Date): Reply | null {
  switch (fault.kind) {
    case "rateLimit":
      return applicationLimitReply(fault.retryAfter);
    case "throttle":
      return throttledReply(exceededThrottle(now), fault.retryAfter);
    case "serverError":
      return serverErrorReply;
    case "badGateway":
      return badGatewayReply;
    case "maintenance":
      return maintenanceReply;
    case "queryTimeout":
      return queryTimeoutReply;
    case "conflict":
      return conflictReply;
    case "redirect":
      return redirectTo(fault.location, fault.status ?? 302);
    case "reply":
      return { status: fault.status, headers: fault.headers, body: fault.body };
    default:
      return null;
  }
}

function redirectTo(location: string, status: number): Reply {
  const body = `<html><body>You are being <a href="${location}">redirected</a>.</body></html>`;
  return { status, headers: { Location: location, "Content-Type": "text/html" }, body };
}

// GitLab's own limit per user, where it is switched on.
function exceededThrottle(now: Date): ThrottleState {
  return { name: "throttle_authenticated_api", limit: 7200, periodSeconds: 3600, observed: 7201, now };
}
