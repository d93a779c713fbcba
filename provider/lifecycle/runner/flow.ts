import type { Problem } from "../../errors.js";
import { isUnknown } from "../check.js";
import type { Properties } from "../method.js";
import { ATTRIBUTES } from "./attributes.js";

/**
 * How a runner comes into the stack: created by us, created with a registration token, taken over, or only used by its
 * authentication token.
 */
export type Flow = "create" | "register" | "adopt" | "use";

const SOURCES = ["adopt", "authenticationToken", "registrationToken"] as const;

/**
 * Whether an argument holds the token by which a runner came. A program may drop or exchange it without an update; then
 * state's inputs mark it as a secret no more, and a refresh that gave it back would put it into state in plain text.
 */
export function isSource(argument: string): boolean {
  return (SOURCES as readonly string[]).includes(argument);
}

/** GitLab's prefix of authentication tokens, with an instance's own one before it. `glrtr-` is another one. */
export function isAuthenticationToken(text: unknown): boolean {
  return typeof text === "string" && /^([\w.-]+-)?glrt-/.test(text);
}

/** Whether the legacy-compatible process is meant: an authentication token where a registration token is expected. */
export function isCompatible({ registrationToken }: Properties): boolean {
  return isAuthenticationToken(registrationToken);
}

export function findFlow(inputs: Properties): Flow {
  if (inputs.adopt !== undefined) return "adopt";
  if (inputs.authenticationToken !== undefined || isCompatible(inputs)) return "use";
  return inputs.registrationToken === undefined ? "create" : "register";
}

const SCOPE = ["runnerType", "groupId", "projectId", "sharedProjectIds"];
const FIRST_TOKEN = ["initialTokenExpiresAt", "tokenRotationDeadline"];

/** What else only the owner of a runner can ask for. */
const OWNERS_ONLY = ["rotation", "drain", "marker"];

/** The arguments that a flow cannot carry, and why. */
const REFUSED: Record<Flow, readonly (readonly [names: readonly string[], reason: string])[]> = {
  create: [],
  adopt: [[FIRST_TOKEN, "counts at creation, and adopt creates nothing: remove it"]],
  register: [
    [SCOPE, "cannot be set with registrationToken, which decides by itself whose runner it is: remove it"],
    [FIRST_TOKEN, "cannot be set with registrationToken: GitLab takes it with the present workflow only. Remove it"],
  ],
  use: [
    [
      [...SCOPE, ...FIRST_TOKEN, ...ATTRIBUTES, ...OWNERS_ONLY],
      "cannot be set with a runner authentication token: that runner was made elsewhere, and is set up there. Remove it, " +
        "or take the runner over by adopt: { runnerId, token }",
    ],
  ],
};

/** Settings that `gitlab-runner register` ignores when an authentication token is given as registration token. */
export const IGNORED = [
  "locked",
  "accessLevel",
  "runUntagged",
  "maximumTimeout",
  "paused",
  "tagList",
  "maintenanceNote",
] as const;

/** More than one way at once, and arguments that the way cannot carry. */
export function checkFlow(inputs: Properties): Problem[] {
  const given = SOURCES.filter((name) => isGiven(inputs, name));
  const second = given.slice(1).map((path) => ({ path, message: `goes not with ${given[0]}: give one of the two` }));
  // Ways that exclude each other need not be told what either of them could carry.
  if (second.length > 0 || isUnknown(inputs.registrationToken)) return second;
  const refused = REFUSED[findFlow(inputs)].flatMap(([names, message]) => names.map((path) => ({ path, message })));
  return refused.filter(({ path }) => isGiven(inputs, path));
}

function isGiven(inputs: Properties, name: string): boolean {
  return inputs[name] !== undefined && inputs[name] !== null;
}

/** The inputs as the flow takes them, and what the user should know of that. */
export interface Adjusted {
  inputs: Properties;
  warnings: string[];
}

const DEPRECATED =
  "registrationToken is deprecated by GitLab and may be switched off there: create runners without it, by runnerType " +
  "(https://docs.gitlab.com/ci/runners/new_creation_workflow/)";

/** Applies the rules by which `gitlab-runner register` reads its settings beside a registration token. */
export function adjustToFlow(inputs: Properties): Adjusted {
  if (isCompatible(inputs)) return ignoreReserved(inputs);
  if (findFlow(inputs) !== "register" || isUnknown(inputs.registrationToken)) return { inputs, warnings: [] };
  const { locked = true, tagList, runUntagged = false } = inputs;
  const hasTags = isUnknown(tagList) || (Array.isArray(tagList) && tagList.length > 0);
  const isForced = !hasTags && inputs.runUntagged === false;
  const forced = "runUntagged: false counts as true, as in gitlab-runner register: without tags no job would be taken";
  return {
    inputs: { ...inputs, locked, runUntagged: hasTags ? runUntagged : true },
    warnings: isForced ? [DEPRECATED, forced] : [DEPRECATED],
  };
}

function ignoreReserved(inputs: Properties): Adjusted {
  const names: string[] = [...IGNORED, "description"].filter((name) => isGiven(inputs, name));
  const kept = Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name)));
  const ignored =
    names.length > 0 ? `. Ignored, since that runner was set up where it was made: ${names.join(", ")}` : "";
  const warning = `registrationToken holds a runner authentication token: give it as authenticationToken${ignored}`;
  return { inputs: kept, warnings: [warning] };
}
