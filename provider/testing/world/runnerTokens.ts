import type { RunnerRecord, RunnerType } from "./records.js";
import { makeRoutableToken, randomText } from "./secrets.js";
import type { RunnerTokenForm } from "./settings.js";
import { has } from "./version.js";
import type { World } from "./world.js";

/** What a runner's token tells of its runner. */
export type TokenOwner = Pick<
  RunnerRecord,
  "runnerType" | "groupId" | "projectIds" | "creatorId" | "registrationType" | "token"
>;

const SHORT_SHA_LENGTH = 8;
const typeNumbers: Record<RunnerType, number> = { instance_type: 1, group_type: 2, project_type: 3 };

/** The next authentication token for a runner: a planted one, or one in the form that is set. */
export function nextRunnerToken(world: World, owner: TokenOwner): string {
  return world.nextTokens.shift() ?? makeRunnerToken(world, owner);
}

/** The runner whose token this is and works now; an expired token is as good as none. */
export function findRunnerByToken(world: World, token: string): RunnerRecord | undefined {
  if (token === "") return undefined;
  const runner = world.runners.first((candidate) => candidate.token === token);
  return runner && !isExpired(world, runner) ? runner : undefined;
}

/** The part of a token that may be shown, to tell runners apart by: the first characters after its fixed beginning. */
export function shortSha(world: World, runner: Pick<RunnerRecord, "token" | "runnerType">): string {
  const brand = brandOf(world);
  const bare = runner.token.startsWith(brand) ? runner.token.slice(brand.length) : runner.token;
  const fixed = new RegExp(`^(glrtr?-)?(t${typeNumbers[runner.runnerType]}_)?`);
  return bare.replace(fixed, "").slice(0, SHORT_SHA_LENGTH);
}

function isExpired(world: World, runner: RunnerRecord): boolean {
  return runner.tokenExpiresAt !== null && runner.tokenExpiresAt <= world.clock.now();
}

function makeRunnerToken(world: World, owner: TokenOwner): string {
  const form = world.settings.runnerTokenForm ?? formByVersion(world);
  const prefix = prefixFor(world, owner);
  if (form === "routable") return makeRoutableToken(prefix, route(owner));
  return `${prefix}${form === "typed" ? `t${typeNumbers[owner.runnerType]}_` : ""}${randomText(20)}`;
}

function formByVersion(world: World): RunnerTokenForm {
  if (has(world, "routableToken")) return "routable";
  return has(world, "typedToken") ? "typed" : "plain";
}

// Tokens from registration tokens had no prefix at first, and then not even the instance's own.
function prefixFor(world: World, { registrationType }: TokenOwner): string {
  if (registrationType === "authenticated_user") return `${brandOf(world)}glrt-`;
  return has(world, "registeredTokenPrefix") ? `${brandOf(world)}glrtr-` : "";
}

function brandOf(world: World): string {
  const { instanceTokenPrefix } = world.settings;
  return instanceTokenPrefix === "" || !has(world, "instanceTokenPrefix") ? "" : `${instanceTokenPrefix}-`;
}

function route(owner: TokenOwner): Record<string, number> {
  const parts: Record<string, number> = { o: 1 };
  if (owner.groupId !== null) parts.g = owner.groupId;
  if (owner.projectIds[0] !== undefined) parts.p = owner.projectIds[0];
  if (owner.creatorId !== null) parts.u = owner.creatorId;
  return { ...parts, t: typeNumbers[owner.runnerType] };
}
