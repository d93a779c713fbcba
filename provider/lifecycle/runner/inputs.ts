import { z } from "zod";
import { parseDuration } from "../../config/duration.js";
import type { Problem } from "../../errors.js";
import { findProblems, isUnknown } from "../check.js";
import type { Properties } from "../method.js";
import { checkFlow, findFlow } from "./flow.js";

const LONGEST_TEXT = 1024;
const LONGEST_OLD_NOTE = 255;
const MOST_TAGS = 50;
const LONGEST_TAG = 255;
const SHORTEST_TIMEOUT = 600;
/** GitLab's database and its GraphQL have 32 bits for it. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** GitLab counts characters, not UTF-16 units. */
function text(longest: number) {
  const error = `is longer than ${longest} characters, GitLab's limit: shorten it`;
  return z.string({ error: "must be text" }).refine((value) => [...value].length <= longest, { error });
}

const flag = z.boolean({ error: "must be true or false" });

const time = z.iso.datetime({ offset: true, error: "must be a time such as 2026-01-31T12:00:00Z" });

/** Pulumi's GitLab provider gives ids as text. */
function isRecordId(value: unknown): boolean {
  const isOne = typeof value === "number" || (typeof value === "string" && /^[1-9]\d*$/.test(value));
  return isOne && Number.isSafeInteger(Number(value)) && Number(value) > 0;
}

const recordId = z.custom<number | string>((value) => isRecordId(value), {
  error: "must be GitLab's number of it, not a path (pulumi-gitlab's `id` output is right)",
});

const tag = z
  .string({ error: "must be text" })
  .refine((value) => value.trim() !== "", { error: "must not be blank: remove it" })
  .refine((value) => !value.includes(","), {
    error: "must not hold a comma, at which GitLab would split it: write two tags",
  })
  .refine((value) => [...value].length <= LONGEST_TAG, {
    error: `is longer than ${LONGEST_TAG} characters, GitLab's limit`,
  });

const TYPES = ["instance_type", "group_type", "project_type"] as const;

const NEED_OF_TYPE = 'must be "instance_type", "group_type" or "project_type"';

const token = z.string({ error: "must be text" }).regex(/^\S+$/, { error: "must not be empty or hold blanks" });

const duration = z.custom<string>((value) => typeof value === "string" && (parseDuration(value) ?? -1n) >= 0n, {
  error: 'must be a duration with units, such as "72h", "90m" or "1h30m"',
});

const onTimeout = z.enum(["stop", "continue"], { error: 'must be "stop" or "continue"' });

const NEED_OF_ROTATION = "must be { beforeExpiry, triggers }, each of them optional";
const NEED_OF_DRAIN = "must be { timeout, onTimeout }, each of them optional";

const shape = z.strictObject({
  runnerType: z.enum(TYPES, { error: NEED_OF_TYPE }).optional(),
  groupId: recordId.optional(),
  projectId: recordId.optional(),
  sharedProjectIds: z.array(recordId, { error: "must be a list of GitLab's numbers of projects" }).optional(),
  description: text(LONGEST_TEXT).optional(),
  maintenanceNote: text(LONGEST_TEXT).optional(),
  paused: flag.optional(),
  locked: flag.optional(),
  accessLevel: z
    .enum(["not_protected", "ref_protected"], { error: 'must be "not_protected" or "ref_protected"' })
    .optional(),
  runUntagged: flag.optional(),
  tagList: z
    .array(tag, { error: "must be a list of tags" })
    .refine((tags) => new Set(tags).size <= MOST_TAGS, {
      error: `has more than ${MOST_TAGS} tags, GitLab's limit: remove some`,
    })
    .optional(),
  maximumTimeout: z
    .int({ error: "must be a whole number of seconds" })
    .min(SHORTEST_TIMEOUT, { error: `must be at least ${SHORTEST_TIMEOUT} seconds (10 minutes), GitLab's floor` })
    .max(LONGEST_TIMEOUT, { error: `must be at most ${LONGEST_TIMEOUT} seconds: leave it out for no limit` })
    .optional(),
  initialTokenExpiresAt: time.optional(),
  tokenRotationDeadline: time.optional(),
  adopt: z
    .strictObject(
      { runnerId: recordId, token, tokenObtainedAt: time.optional(), tokenExpiresAt: time.optional() },
      { error: "must be { runnerId, token }: an existing runner" },
    )
    .optional(),
  authenticationToken: token.optional(),
  registrationToken: token.optional(),
  rotation: z
    .strictObject({ beforeExpiry: duration.optional(), triggers: z.unknown().optional() }, { error: NEED_OF_ROTATION })
    .optional(),
  selfRotation: flag.optional(),
  drain: z
    .strictObject({ timeout: duration.optional(), onTimeout: onTimeout.optional() }, { error: NEED_OF_DRAIN })
    .optional(),
  marker: flag.optional(),
  identity: z.string().optional(),
  stackId: z.string().optional(),
  secretPaths: z.array(z.string()).optional(),
});

/** An existing runner, and its authentication token as proof. */
export type Adoption = z.infer<typeof shape>["adopt"] & object;

/** Arguments of a Runner, checked. */
export type RunnerInputs = Omit<z.infer<typeof shape>, "sharedProjectIds"> & {
  /** The address at which it is or will be; added by `check`, so that a preview knows it. */
  url?: string;
  /** Numbers, once checked. */
  sharedProjectIds?: number[];
};

/** All that is wrong with a Runner's arguments; none of it needs GitLab. `olds` were accepted before. */
export function checkRunnerInputs(inputs: Properties, olds: Properties = {}): Problem[] {
  const isNew = Object.keys(olds).length === 0;
  return [...findProblems(shape, inputs), ...checkScope(inputs, olds, OTHER_WAYS), ...checkRules(inputs, isNew)];
}

/** What settings have to do with each other. */
function checkRules(inputs: Properties, isNew: boolean): Problem[] {
  return [
    ...checkFlow(inputs),
    ...checkTags(inputs),
    // The first token's times count at creation only: a later change of them is no error.
    ...(isNew ? checkExpiry(inputs) : []),
    ...checkNote(inputs),
    ...checkRotation(inputs),
    ...checkShared(inputs),
  ];
}

/** The arguments that a set has for all of its runners, and those that the resource classes add. */
const COMMON = {
  runnerType: true,
  groupId: true,
  projectId: true,
  marker: true,
  identity: true,
  stackId: true,
  secretPaths: true,
} as const;

const OTHER_FLOWS = { authenticationToken: true, registrationToken: true } as const;

/** See {@link COMMON}. */
export const commonShape = shape.pick(COMMON);

const itemShape = shape.omit({ ...COMMON, ...OTHER_FLOWS });

/** All that is wrong with the settings of one runner of a set; `common` is what the set says of all of them. */
export function checkItemInputs(item: Properties, common: Properties, isNew: boolean): Problem[] {
  const strays = Object.keys({ ...COMMON, ...OTHER_FLOWS }).filter((name) => item[name] !== undefined);
  const own = Object.fromEntries(Object.entries(item).filter(([name]) => !strays.includes(name)));
  return [
    ...strays.map((path) => ({ path, message: describeStray(path) })),
    ...findProblems(itemShape, own),
    ...checkRules({ ...common, ...own }, isNew),
  ];
}

function describeStray(name: string): string {
  if (name in COMMON) return "is the same for all runners of a set: give it beside items, or make another set";
  return "cannot be set in a RunnerSet, whose runners are all its own: use a Runner";
}

const OWNERS = { group_type: "groupId", project_type: "projectId" } as const;

/** A token that comes from the environment may be undefined, and then is as good as not given. */
const OTHER_WAYS = ", unless authenticationToken or registrationToken is given and not undefined";

/** Whose runner it is to be; `otherWays` is what does without. */
export function checkScope(inputs: Properties, olds: Properties, otherWays = ""): Problem[] {
  const { runnerType: type, adopt } = inputs;
  const flow = findFlow(inputs);
  if (flow !== "create" && flow !== "adopt") return [];
  if (type === undefined || type === null) {
    return [{ path: "runnerType", message: `is missing: it ${NEED_OF_TYPE}${flow === "create" ? otherWays : ""}` }];
  }
  if (!TYPES.includes(type as (typeof TYPES)[number])) return [];
  // An adopted runner's owner need not be told, and its `adopt` may go later.
  const isKnownWithout = (path: string) => olds.runnerType === type && olds[path] === undefined;
  const problems: Problem[] = [];
  for (const [owningType, path] of Object.entries(OWNERS)) {
    const isGiven = inputs[path] !== undefined && inputs[path] !== null;
    const isNeeded = owningType === type && adopt === undefined && !isKnownWithout(path);
    if (isNeeded && !isGiven) problems.push({ path, message: `is missing: a ${type} runner needs it` });
    if (owningType !== type && isGiven) {
      problems.push({ path, message: `goes with runnerType "${owningType}" only: remove it, or change runnerType` });
    }
  }
  return problems;
}

function checkTags({ runUntagged, tagList }: Properties): Problem[] {
  const hasTags = isUnknown(tagList) || (Array.isArray(tagList) && tagList.length > 0);
  if (runUntagged !== false || hasTags) return [];
  return [{ path: "tagList", message: "must not be empty with runUntagged false: the runner could run no job at all" }];
}

function checkExpiry({ initialTokenExpiresAt: expires, tokenRotationDeadline: deadline }: Properties): Problem[] {
  if (deadline === undefined || deadline === null || isUnknown(deadline) || isUnknown(expires)) return [];
  const path = "tokenRotationDeadline";
  if (!expires) return [{ path, message: "needs initialTokenExpiresAt beside it" }];
  if (!(Date.parse(String(deadline)) > Date.parse(String(expires)))) return [];
  return [{ path, message: "must not be later than initialTokenExpiresAt" }];
}

/** `gitlab-runner register`, whose way this is, says so of its `--maintenance-note`. */
function checkNote(inputs: Properties): Problem[] {
  const { maintenanceNote: note } = inputs;
  if (findFlow(inputs) !== "register" || typeof note !== "string" || [...note].length <= LONGEST_OLD_NOTE) return [];
  const message = `is longer than ${LONGEST_OLD_NOTE} characters, the limit with registrationToken: shorten it`;
  return [{ path: "maintenanceNote", message }];
}

/** Two who rotate one token make it dead for each other. */
function checkRotation({ rotation, selfRotation }: Properties): Problem[] {
  if (rotation === undefined || rotation === null || selfRotation !== true) return [];
  const message =
    "goes not with rotation: either GitLab Runner rotates the token, or Pulumi does. Remove one of the two";
  return [{ path: "selfRotation", message }];
}

function checkShared(inputs: Properties): Problem[] {
  const { runnerType, projectId, sharedProjectIds } = inputs;
  // Other flows cannot carry it at all.
  const isCarried = ["create", "adopt"].includes(findFlow(inputs));
  if (!Array.isArray(sharedProjectIds) || isUnknown(runnerType) || !isCarried) return [];
  const path = "sharedProjectIds";
  if (runnerType !== "project_type") {
    return [{ path, message: 'goes with runnerType "project_type" only: remove it, or change runnerType' }];
  }
  const isOwner = sharedProjectIds.some((id) => String(id) === String(projectId));
  return isOwner ? [{ path, message: "must not hold projectId: the owner has the runner anyway" }] : [];
}
