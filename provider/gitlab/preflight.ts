import { z } from "zod";
import { GitLabRunnerError } from "../errors.js";
import { type Call, type Connection, pathOf } from "./call.js";

const tokenReply = z.object({ scopes: z.array(z.string()), granular: z.boolean().nullish() });

/** The one scope of a granular token, also where GitLab has no key that says so. */
const GRANULAR = "granular";

const SCOPES = "https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes";

/** Thrown before a request that GitLab would refuse, since the token lacks a scope for it. Nothing was sent. */
export class MissingScopeError extends GitLabRunnerError {}

/**
 * The scopes of a classic token by what GitLab says of it. Undefined where they do not tell what the token may do:
 * a granular token, an OAuth token, or a GitLab that gives no usable answer.
 * @see https://docs.gitlab.com/api/personal_access_tokens/#self-inform
 */
export function readScopes(body: unknown): readonly string[] | undefined {
  const reply = tokenReply.safeParse(body);
  if (!reply.success) return undefined;
  const { scopes, granular } = reply.data;
  return granular || scopes.includes(GRANULAR) ? undefined : scopes;
}

/** That the scopes open what the call needs. @throws MissingScopeError */
export function requireScope(call: Call, scopes: readonly string[] | undefined, { address }: Connection): void {
  const wanted = call.needs.scope.split(" or ").filter((scope) => scope !== "");
  if (!scopes || wanted.length === 0 || [...wanted, "api"].some((scope) => scopes.includes(scope))) return;
  const who = call.resource === undefined ? "" : `${call.resource}: `;
  const has = scopes.length === 0 ? "no scope" : `only ${scopes.join(", ")}`;
  throw new MissingScopeError(
    `${who}${call.verb} ${pathOf(call)} at ${address} was not sent. The token lacks the scope ${call.needs.scope} ` +
      `(api includes it), it has ${has}: make one that has it (${SCOPES})`,
  );
}

/** Asks what the token may do; GitLab answers that to any scope. */
export const SELF: Call = {
  verb: "GET",
  path: "/personal_access_tokens/self",
  needs: { scope: "", role: "the token's user" },
};
