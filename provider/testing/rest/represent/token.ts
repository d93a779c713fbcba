import type { RunnerRecord, TokenRecord } from "../../world/records.js";
import { has } from "../../world/version.js";
import type { World } from "../../world/world.js";

/** The answer to a creation and to verify: just these three. */
export function showNewRunner(runner: RunnerRecord): Record<string, unknown> {
  return { id: runner.id, ...showRunnerToken(runner) };
}

/** The answer to a reset. */
export function showRunnerToken(runner: RunnerRecord): Record<string, unknown> {
  return { token: runner.token, token_expires_at: runner.tokenExpiresAt };
}

/** A personal access token without its secret. */
export function showAccessToken(world: World, token: TokenRecord): Record<string, unknown> {
  const expired = token.expiresAt !== null && token.expiresAt <= world.clock.now();
  return {
    id: token.id,
    name: token.name,
    revoked: token.revoked,
    created_at: token.createdAt,
    description: token.description,
    scopes: token.scopes,
    user_id: token.userId,
    last_used_at: token.lastUsedAt,
    active: !token.revoked && !expired,
    ...(has(world, "tokenSaysExpired") ? { expired, granular: token.permissions !== null } : {}),
    expires_at: token.expiresAt?.toISOString().slice(0, 10) ?? null,
  };
}
