import type { Caller } from "../world/access.js";
import type { TokenRecord, UserRecord } from "../world/records.js";
import { has } from "../world/version.js";
import type { World } from "../world/world.js";
import { isWithin } from "./boundaries.js";
import type { Call, Route, UserCall } from "./call.js";
import { type Gate, isInScope, isPermitted } from "./gates.js";
import { forbidden, Refusal, unauthorized } from "./refusal.js";

/** An endpoint for users: asks for a good token with a fitting scope before it answers. */
export function userRoute(
  method: Route["method"],
  path: string,
  options: { gate: Gate; answer: (call: UserCall) => ReturnType<Route["answer"]> },
): Route {
  return { method, path, answer: (call) => options.answer(authenticate(call, options.gate)) };
}

/** The token that a request carries, whether it works or not. */
export function findToken(call: Call): TokenRecord | undefined {
  const secret = readSecret(call);
  return secret === null ? undefined : call.world.tokens.first((token) => token.token === secret);
}

/** Whether a request carries any token at all. */
export function hasCredential(call: Call): boolean {
  return readSecret(call) !== null;
}

/** Whether a token works at the moment. */
export function isUsable(world: World, token: TokenRecord): boolean {
  return !token.revoked && !isExpired(world, token);
}

function authenticate(call: Call, gate: Gate): UserCall {
  const token = findToken(call);
  const user = token && call.world.users.find(token.userId);
  if (token === undefined || user === undefined) throw unauthorized();
  checkToken(call, token, gate);
  if (user.state === "blocked") throw forbidden("Your account has been blocked.");
  token.lastUsedAt = call.world.clock.now();
  return { ...call, token, caller: toCaller(call.world, user, token) };
}

function readSecret(call: Call): string | null {
  const privateToken = call.query.get("private_token") || call.header("private-token");
  if (privateToken) return privateToken;
  return /^Bearer\s+(\S+)$/i.exec(call.header("authorization") ?? "")?.[1] ?? null;
}

function checkToken(call: Call, token: TokenRecord, gate: Gate): void {
  if (isExpired(call.world, token)) {
    throw invalidToken("Token is expired. You can either do re-authorization or token refresh.");
  }
  if (token.revoked) throw invalidToken("Token was revoked. You have to re-authorize from the user.");
  if (gate.opens === "any") return;
  if (token.permissions !== null && has(call.world, "fineGrainedTokens")) {
    if (!isPermitted(gate, token.permissions) || !isWithin(call, token)) throw insufficientPermissions(gate);
  } else if (!isInScope(gate, token.scopes, call.method)) throw insufficientScope(gate);
}

function isExpired(world: World, token: TokenRecord): boolean {
  return token.expiresAt !== null && token.expiresAt <= world.clock.now();
}

/** The user behind a token, with the powers that it has by this token. */
export function toCaller(world: World, user: UserRecord, token: TokenRecord): Caller {
  const powers = !world.settings.adminMode || token.scopes.includes("admin_mode");
  return { user, admin: user.admin && powers, auditor: user.auditor };
}

function invalidToken(description: string): Refusal {
  const challenge = `Bearer realm="Protected by OAuth 2.0", error="invalid_token", error_description="${description}"`;
  const body = { error: "invalid_token", error_description: description };
  return new Refusal({ status: 401, headers: { "WWW-Authenticate": challenge }, body });
}

function insufficientScope(gate: Gate): Refusal {
  const description = "The request requires higher privileges than provided by the access token.";
  const scope = gate.names.join(" ");
  return new Refusal({ status: 403, body: { error: "insufficient_scope", error_description: description, scope } });
}

function insufficientPermissions(gate: Gate): Refusal {
  const description = `Access denied: This operation requires a fine-grained personal access token with the following permissions: [${gate.permission}].`;
  return new Refusal({ status: 403, body: { error: "insufficient_granular_scope", error_description: description } });
}
