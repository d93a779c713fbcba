import { z } from "zod";
import { normalizeAddress } from "../../address.js";
import { NO_SELF_ROTATION } from "../../config/entry.js";
import { identify } from "../../config/file.js";
import { shapeOf } from "../../config/schema/shape.js";
import { readTemplate } from "../../config/template.js";
import { parseTime } from "../../config/value.js";
import type { Problem } from "../../errors.js";
import { formatPath } from "../../path.js";
import { findProblems, isUnknown } from "../check.js";
import type { Properties } from "../method.js";
import { findLostItems, restoreItems, type SecretItems } from "../secretItems.js";
import { checkPresence, PRESENCE } from "./presenceInputs.js";
import { checkTarget, targetShape } from "./target.js";

const time = z.custom((value) => typeof value === "string" && parseTime(value) !== undefined, {
  error: "must be a time such as 2026-01-31T12:00:00Z",
});

const token = z.strictObject(
  {
    value: z.string({ error: "must be text" }).regex(/^\S+$/, { error: "must not be empty or hold blanks" }),
    obtainedAt: time.optional(),
    expiresAt: time.optional(),
  },
  { error: "must be a runner authentication token" },
);

const address = z.string({ error: "must be text" }).superRefine((value, context) => {
  const result = normalizeAddress(value);
  if (typeof result !== "string") context.addIssue({ code: "custom", message: result.problem });
});

const runner = z.strictObject(
  {
    url: address,
    id: z.int({ error: "must be GitLab's number of the runner" }).min(1),
    token,
    selfRotation: z.boolean({ error: "must be true or false" }).optional(),
    item: z.string().optional(),
  },
  { error: "must be a Runner, or { url, id, token }" },
);

/** Of an entry, what comes from its runner and cannot be set beside it. */
const FROM_RUNNER = { url: true, id: true, token: true, tokenObtainedAt: true, tokenExpiresAt: true } as const;

const path = z
  .string({ error: "must be text" })
  .refine((value) => value.trim() !== "", { error: "must not be blank: leave it out to get the text as `content`" })
  .refine((value) => !value.startsWith("~"), {
    error: 'must not begin with "~": no shell reads it; write the folder out',
  })
  .refine((value) => !/[\\/]$/.test(value), { error: "must name the file, not its folder" });

function buildShape() {
  const entry = z.strictObject(
    {
      ...shapeOf("RunnerConfiguration").omit(FROM_RUNNER).shape,
      runner,
      template: z.string({ error: "must be the text of a configuration template" }).optional(),
    },
    { error: "must be a table of settings" },
  );
  const globals = shapeOf("GlobalConfiguration").omit({ runners: true }).shape;
  const runners = z.record(z.string().min(1), entry, { error: "must be a map: name -> { runner, executor, … }" });
  return z.strictObject({
    ...globals,
    runners,
    path: path.optional(),
    target: targetShape.optional(),
    replaceExisting: z.boolean({ error: "must be true or false" }).optional(),
    ownership: z.enum(["file", "entries"], { error: 'must be "file" or "entries"' }).optional(),
    stack: z.strictObject({ id: z.string(), name: z.string() }).optional(),
    ...PRESENCE,
    secretPaths: z.array(z.string()).optional(),
    secretItems: z.record(z.string(), z.unknown()).optional(),
  });
}

let shape: z.ZodType | undefined;

/** All that is wrong with a ConfigToml's arguments, as far as the program alone tells. */
export function checkConfigTomlInputs(inputs: Properties): Problem[] {
  shape ??= buildShape();
  const { secretItems, ...given } = inputs;
  const restored = restoreItems(given, secretItems as SecretItems | undefined) as Properties;
  const problems = nameUnmade(findProblems(shape, restored).map(nameToken), restored);
  return [
    ...problems,
    ...findLostItems(given, secretItems as SecretItems | undefined).map(describeLost),
    ...checkTarget(restored),
    ...checkConcurrent(restored),
    ...checkOwnership(restored),
    ...checkPresence(restored),
    ...checkEntries(restored),
  ];
}

function describeLost(path: string): Problem {
  const message =
    "stands for a secret, which the program does not give any more, while ignoreChanges keeps its list: ignore secretItems, " +
    "too, or neither";
  return { path, message };
}

/** The resource class puts token and times into one value; a program knows the token alone. */
function nameToken(problem: Problem): Problem {
  return { ...problem, path: problem.path.replace(/(\.runner\.token)\.value$/, "$1") };
}

/** A set that is not changed in this run, which `--target` may leave out, has no runner yet of an item that is new. */
function nameUnmade(problems: readonly Problem[], { runners }: Properties): Problem[] {
  const entries = Object.entries((runners ?? {}) as Record<string, Entry | null>).filter(isObject);
  const unmade = entries.filter(([, { runner }]) => typeof runner?.item === "string" && runner.id === undefined);
  const paths = unmade.map(([key]) => formatPath(["runners", key, "runner"]));
  const message = "is an item of a RunnerSet that has no runner yet: let the same run change the set, by --target, too";
  return [
    ...problems.filter((problem) => !paths.some((path) => problem.path.startsWith(`${path}.`))),
    ...paths.map((path) => ({ path, message })),
  ];
}

function checkConcurrent({ concurrent }: Properties): Problem[] {
  if (typeof concurrent !== "number" || concurrent >= 1) return [];
  return [{ path: "concurrent", message: "must be at least 1: gitlab-runner does not start with less" }];
}

function checkOwnership({ ownership, path, replaceExisting, stack }: Properties): Problem[] {
  if (ownership !== "entries") return [];
  const problems: Problem[] = [];
  if (path === undefined) {
    problems.push({ path: "path", message: 'is missing: with ownership "entries" there must be a file to share' });
  }
  if (replaceExisting === true) {
    const message = 'does not go with ownership "entries", which never replaces what others wrote: leave it out';
    problems.push({ path: "replaceExisting", message });
  }
  if (stack === undefined) {
    problems.push({ path: "stack", message: "is missing: the resource class ConfigToml sets it" });
  }
  return problems;
}

interface Entry {
  executor?: unknown;
  template?: unknown;
  featureFlags?: unknown;
  runner?: { url?: unknown; id?: unknown; token?: unknown; selfRotation?: unknown; item?: unknown };
}

function checkEntries({ runners }: Properties): Problem[] {
  if (typeof runners !== "object" || runners === null || Array.isArray(runners)) return [];
  const all = Object.entries(runners as Record<string, Entry | null>);
  const entries = all.filter(isObject);
  return [
    ...all.flatMap(([key, entry]) => (entry === null ? [describeNothing(key)] : [])),
    ...entries.flatMap(([key, entry]) => checkTemplate(key, entry)),
    ...entries.flatMap(([key, entry]) => checkTokenOwner(key, entry)),
    ...checkIdentities(entries),
  ];
}

/** Elsewhere null is as good as left out; a name without an entry is more likely a slip. */
function describeNothing(key: string): Problem {
  return {
    path: formatPath(["runners", key]),
    message: "must be a table of settings: leave the name out for no entry",
  };
}

function isObject(pair: [string, Entry | null]): pair is [string, Entry] {
  return typeof pair[1] === "object" && pair[1] !== null;
}

function checkTemplate(key: string, { template, executor }: Entry): Problem[] {
  if (isUnknown(template) || isUnknown(executor)) return [];
  const read = typeof template === "string" ? readTemplate(template) : undefined;
  const path = formatPath(["runners", key, "template"]);
  const problems = (read?.problems ?? []).map((problem) => describeTemplateProblem(path, problem));
  if (problems.length === 0 && !executor && !read?.entry.executor) {
    const message = 'is missing: name one, such as "docker" or "shell", here or in the template';
    problems.push({ path: formatPath(["runners", key, "executor"]), message });
  }
  return problems;
}

function describeTemplateProblem(path: string, problem: Problem): Problem {
  return { path, message: problem.path === "" ? problem.message : `its ${problem.path} ${problem.message}` };
}

/** A token that expires is rotated by one owner: the flag that a program sets itself must not say otherwise. */
function checkTokenOwner(key: string, { runner, featureFlags, template }: Entry): Problem[] {
  const isExpiring = typeof (runner?.token as { expiresAt?: unknown } | undefined)?.expiresAt === "string";
  if (!isExpiring) return [];
  const isSelf = runner?.selfRotation ?? false;
  const declared = readFlag(featureFlags);
  const inTemplate = typeof template === "string" ? readFlag(readTemplate(template).entry.feature_flags) : undefined;
  // As in any merge with a template, false counts as not set.
  const isFromTemplate = declared !== true && inTemplate !== undefined;
  if ((isFromTemplate ? inTemplate : declared) !== isSelf) return [];
  const place = isFromTemplate ? ["template"] : ["featureFlags", NO_SELF_ROTATION];
  const start = isFromTemplate ? `its feature_flags.${NO_SELF_ROTATION} ` : "";
  return [{ path: formatPath(["runners", key, ...place]), message: start + (isSelf ? NO_OWNER : TWO_OWNERS) }];
}

const NO_OWNER =
  "is true, but selfRotation leaves this token to GitLab Runner: nobody would renew it before it expires. Remove one of the two";

const TWO_OWNERS =
  "is false, but this token is rotated by Pulumi, and GitLab Runner would do it, too: each would make the other's a dead one. " +
  "Remove it, or set selfRotation of the Runner";

function readFlag(flags: unknown): unknown {
  return (flags as Record<string, unknown> | null | undefined)?.[NO_SELF_ROTATION];
}

/** Entries are found again in the file by url and id, so these must tell them apart. */
function checkIdentities(entries: [string, Entry][]): Problem[] {
  const firstKeys = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [key, { runner }] of entries) {
    if (typeof runner?.url !== "string" || typeof runner.id !== "number" || isUnknown(runner.url)) continue;
    const identity = identify(runner.url, runner.id);
    const first = firstKeys.get(identity);
    const message = `is the same runner as in ${formatPath(["runners", first ?? ""])}: one entry per runner and file`;
    if (first !== undefined) problems.push({ path: formatPath(["runners", key, "runner"]), message });
    else firstKeys.set(identity, key);
  }
  return problems;
}
