import { z } from "zod";
import { GitLabCallError, isRefusal } from "../errors.js";
import { advise } from "./adviseInstead.js";
import type { GitLabClient } from "./client.js";
import type { RunnerReference } from "./runners.js";

/** What GitLab tells to whoever holds a runner authentication token. */
const tokenReply = z.object({ id: z.int(), token: z.string().min(1), token_expires_at: z.string().nullish() });

export type TokenReply = z.infer<typeof tokenReply>;

/** One machine that uses a runner authentication token. */
export interface Machine {
  token: string;
  /** Tells machines with the same token apart. */
  systemId: string;
}

const UNKNOWN_TOKEN =
  "GitLab does not know this runner authentication token: it was mistyped, was reset since, has expired, its runner was " +
  "deleted, or it belongs to another GitLab. Get a living one: https://docs.gitlab.com/security/tokens/#runner-authentication-tokens";

const HOLDER = { scope: "", role: "whoever holds the runner's authentication token" };

/** That GitLab does not know the token. A read-only instance answers 403 as well, whatever the token is, in other words. */
export function isUnknownToken(error: unknown): error is GitLabCallError {
  return isRefusal(error, 403) && /^403 Forbidden\b/.test(error.call.words);
}

/**
 * Asks whose token this is. It is a write: GitLab makes a runner manager for the machine, and sets the runner's time of
 * contact.
 * @see https://docs.gitlab.com/api/runners/#verify-authentication-for-a-registered-runner
 */
export async function verifyToken(client: GitLabClient, { token, systemId }: Machine): Promise<TokenReply> {
  const body = { token, system_id: systemId };
  const call = { verb: "POST", path: "/runners/verify", body, needs: HOLDER, secrets: [token] } as const;
  try {
    return readToken(client, call.path, await client.send(call));
  } catch (error) {
    if (!isUnknownToken(error)) throw error;
    throw new GitLabCallError({ ...error.call, advice: UNKNOWN_TOKEN });
  }
}

/**
 * Removes a machine's runner manager, and nothing else of the runner.
 * @see https://docs.gitlab.com/api/runners/#delete-a-runner-manager
 */
export async function deleteManager(client: GitLabClient, { token, systemId }: Machine): Promise<void> {
  const body = { token, system_id: systemId };
  await client.send({ verb: "DELETE", path: "/runners/managers", body, needs: HOLDER, secrets: [token] });
}

const RESET_ADVICE = {
  403:
    "The token's user may not change this runner (that needs an Owner of its group, or a Maintainer of its project), or the " +
    "time in which its token may be rotated is over (tokenRotationDeadline): then only a new runner gets a new token",
};

const LOST_RESET = "The token may have been reset all the same: then the old one is dead, and nobody has the new one";

/** What a reset's answer has; the runner's id it has not. */
const resetReply = z.object({ token: z.string().min(1), token_expires_at: z.string().nullish() });

export type ResetReply = z.infer<typeof resetReply>;

/**
 * Gives the runner a new token. The old one is dead at once, for all machines.
 * @see https://docs.gitlab.com/api/runners/#reset-runners-authentication-token-by-using-the-runner-id
 */
export async function resetToken(client: GitLabClient, { id, ...about }: RunnerReference): Promise<ResetReply> {
  const needs = { scope: "manage_runner", role: "an Owner of the runner's group, or a Maintainer of its project" };
  const path = `/runners/${id}/reset_authentication_token`;
  const call = { verb: "POST", path, needs, ...about, ifUncertain: LOST_RESET } as const;
  const reply = resetReply.safeParse(await advise(client.send(call), RESET_ADVICE));
  if (reply.success) return reply.data;
  throw misread(client, path);
}

export function readToken(client: GitLabClient, path: string, answer: unknown): TokenReply {
  const reply = tokenReply.safeParse(answer);
  if (reply.success) return reply.data;
  throw misread(client, path);
}

function misread(client: GitLabClient, path: string): GitLabCallError {
  return new GitLabCallError({
    verb: "POST",
    path: `/api/v4${path}`,
    address: client.connection.address,
    words: "with a body that does not name a runner and its token",
    advice: "Is the address that of a GitLab 16.0 or later?",
    mayHaveHappened: true,
  });
}
