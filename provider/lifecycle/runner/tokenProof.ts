import { createHash, randomBytes } from "node:crypto";
import { GitLabCallError, InvalidInputError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import type { TokenReply } from "../../gitlab/runnerTokens.js";
import type { TokenTraits } from "../../gitlab/tokenTraits.js";
import { now } from "../clock.js";
import { notify } from "../notice.js";

/** Shorter than this, a common beginning proves nothing. */
const SHORTEST = 8;

/**
 * Whether a token begins, behind its prefix, as GitLab says that the runner's does. `perhaps` where the shown part of a
 * routable token is its route, which is the same for all runners of one place.
 * @see https://docs.gitlab.com/security/tokens/#token-prefixes
 */
export function matchToken(token: string, shortSha: string): "yes" | "no" | "perhaps" {
  if (shortSha.length < SHORTEST) return "perhaps";
  const behind = listBeginnings(token).find((text) => text.startsWith(shortSha));
  if (behind === undefined) return "no";
  return /\.01\.[0-9a-z]{9}$/.test(token) && isRoute(shortSha) ? "perhaps" : "yes";
}

/** The token from each place at which its own part may begin: `glrt-`, `glrt-t1_`, `<prefix>-glrt-`, or nothing at all. */
function listBeginnings(token: string): string[] {
  const [prefix = ""] = /^.*?glrtr?-/.exec(token) ?? [];
  const kind = /^t[123]_/.exec(token.slice(prefix.length))?.[0] ?? "";
  return [token, token.slice(prefix.length), token.slice(prefix.length + kind.length)];
}

/** `o:1\np:2` and the like, in base64url. */
function isRoute(shortSha: string): boolean {
  const text = Buffer.from(shortSha.slice(0, SHORTEST), "base64url").toString("latin1");
  return /^([a-z]:[0-9a-z]+\n)*[a-z](:[0-9a-z]*)?\n?$/.test(text);
}

/**
 * A system id that no gitlab-runner makes (theirs begin with `s_` or `r_`). The same seed gives the same one, so that a
 * manager which a stopped run left is found and removed by the next one.
 */
export function makeSystemId(seed: string | undefined): string {
  if (seed === undefined) return `pulumi_${randomBytes(8).toString("hex")}`;
  return `pulumi_${createHash("sha256").update(seed).digest("hex").slice(0, 16)}`;
}

/** A token that somebody declared. */
export interface Declared {
  token: string;
  /** The argument that holds it. */
  path: string;
  /** Of the system id. */
  seed: string | undefined;
}

/** Whose token it is, by asking GitLab with it; the runner manager which that makes is removed again. */
export async function verifyDeclared(client: GitLabClient, { token, path, seed }: Declared): Promise<TokenReply> {
  const { deleteManager, verifyToken } = await import("../../gitlab/runnerTokens.js");
  const machine = { token, systemId: makeSystemId(seed) };
  const reply = await nameArgument(path, verifyToken(client, machine));
  try {
    await deleteManager(client, machine);
  } catch (error) {
    if (!(error instanceof GitLabCallError)) throw error;
    if (!error.call.isGone) notify(describeLeftover(reply.id, machine.systemId, error));
  }
  return reply;
}

function describeLeftover(id: number, systemId: string, error: GitLabCallError): string {
  return `warning: the runner manager ${systemId}, made to verify the token of runner ${id}, could not be removed: ${error.message}`;
}

/** Puts the argument in front of GitLab's refusal. */
export async function nameArgument<T>(path: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof GitLabCallError) error.message = `${path}: ${error.message}`;
    throw error;
  }
}

/** A token proven to be of the runner; with its expiry, and whether that took a `POST /runners/verify`. */
export interface Proof {
  expiresAt: string | null;
  isVerified: boolean;
}

/**
 * Proves that the token is that runner's: by how GitLab says that it begins, or by GitLab's search for it; else by asking
 * with it.
 * @throws InvalidInputError when it is another runner's; GitLabCallError when GitLab does not know it
 */
export async function proveToken(client: GitLabClient, id: string, declared: Declared): Promise<Proof> {
  const { getTokenTraits } = await import("../../gitlab/tokenTraits.js");
  const traits = await getTokenTraits(client, { id, secrets: [declared.token] });
  const match = traits ? matchToken(declared.token, traits.shortSha) : "perhaps";
  if (match === "no") throw refuse(declared.path, `is not the token of runner ${id}: its beginning differs`);
  if (
    traits &&
    isLiving(traits) &&
    (match === "yes" || (await isFound(client, id, { traits, token: declared.token })))
  ) {
    return { expiresAt: traits.expiresAt, isVerified: false };
  }
  const reply = await verifyDeclared(client, declared);
  if (String(reply.id) !== id) throw refuse(declared.path, `is the token of runner ${reply.id}, not of runner ${id}`);
  return { expiresAt: reply.token_expires_at ?? null, isVerified: true };
}

/** An expired token is for GitLab to refuse. */
function isLiving({ expiresAt }: TokenTraits): boolean {
  return expiresAt === null || Date.parse(expiresAt) > now().getTime();
}

async function isFound(
  client: GitLabClient,
  id: string,
  { traits, token }: { traits: TokenTraits; token: string },
): Promise<boolean> {
  const { isFoundByToken } = await import("../../gitlab/tokenTraits.js");
  return traits.place !== undefined && isFoundByToken(client, { id, token, place: traits.place });
}

function refuse(path: string, message: string): InvalidInputError {
  const advice = "look it up in that runner's config.toml, or reset it in GitLab, which cuts off its machines";
  return new InvalidInputError([{ path, message: `${message}: ${advice}` }]);
}
