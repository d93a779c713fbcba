import type { Reply } from "../../http/reply.js";
import { has } from "../../world/version.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { metadata, ownToken } from "../gates.js";
import { badRequest } from "../refusal.js";
import { showAccessToken } from "../represent/token.js";

/** What a client asks before it begins. */
export const preflightRoutes: Route[] = [
  userRoute("GET", "/version", { gate: metadata, answer: getMetadata }),
  userRoute("GET", "/metadata", { gate: metadata, answer: getMetadata }),
  userRoute("GET", "/personal_access_tokens/self", { gate: ownToken, answer: getOwnToken }),
];

function getMetadata(call: UserCall): Reply {
  const { version, revision, enterprise } = call.world.settings;
  const proxy = has(call.world, "proxyUrlInMetadata") ? { externalK8sProxyUrl: null } : {};
  const kas = { enabled: false, externalUrl: null, ...proxy, version: null };
  return { status: 200, body: { version, revision, kas, enterprise } };
}

function getOwnToken(call: UserCall): Reply {
  if (call.token.kind === "oauth") {
    throw badRequest("This endpoint requires token type to be a personal access token");
  }
  const shown = showAccessToken(call.world, call.token);
  return { status: 200, body: { ...shown, last_used_ips: call.ipAddress ? [call.ipAddress] : [] } };
}
