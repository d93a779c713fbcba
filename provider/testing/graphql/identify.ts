import { findToken, hasCredential, isUsable, toCaller } from "../rest/authenticate.js";
import type { Call } from "../rest/call.js";
import type { Asker } from "./engine.js";
import { refuseGraphQL } from "./refusal.js";

/** Who asks, and whether the token may write. Without a token one may ask too, for what is public. */
export function identify(call: Call): Pick<Asker, "caller" | "mayWrite"> {
  if (!hasCredential(call)) return { caller: null, mayWrite: false };
  const { world } = call;
  const token = findToken(call);
  const user = token && world.users.find(token.userId);
  const opens = token?.scopes.some((scope) => scope === "api" || scope === "read_api");
  // A token that is expired, or that lacks the scope, is as good as an unknown one here.
  if (token === undefined || user === undefined || !opens || !isUsable(world, token)) {
    throw refuseGraphQL(401, "Invalid token");
  }
  if (user.state === "blocked") throw refuseGraphQL(403, "API not accessible for user");
  token.lastUsedAt = world.clock.now();
  return { caller: toCaller(world, user, token), mayWrite: token.scopes.includes("api") };
}
