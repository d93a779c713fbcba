import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import type { Problem } from "../errors.js";
import { formatPath, getAt, type Path } from "../path.js";

/** What stands, at any depth, where a value is not known during a preview. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** Whether anything in the value is not known yet. */
export function holdsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsUnknown);
  if (typeof value === "object" && value !== null) return Object.values(value).some(holdsUnknown);
  return isUnknown(value);
}

/** The value without what is not known, and the places where something was taken out. */
export function prune(value: unknown, path: Path = []): { known: unknown; gaps: Path[] } {
  if (isUnknown(value)) return { known: undefined, gaps: [path] };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => prune(item, [...path, index]));
    return { known: items.map((item) => item.known), gaps: items.flatMap((item) => item.gaps) };
  }
  if (typeof value !== "object" || value === null) return { known: value ?? undefined, gaps: [] };
  const members = Object.entries(value).map(([key, item]) => [key, prune(item, [...path, key])] as const);
  const known = members.filter(([, member]) => member.known !== undefined).map(([key, member]) => [key, member.known]);
  return { known: Object.fromEntries(known), gaps: members.flatMap(([, member]) => member.gaps) };
}

/**
 * All that is wrong with the shape of a value, by path; what is not known yet is not judged.
 * The messages never repeat the value: it may be a secret.
 */
export function findProblems(shape: z.ZodType, value: unknown): Problem[] {
  const { known, gaps } = prune(value);
  const result = shape.safeParse(known);
  const issues = (result.error?.issues ?? []).filter((issue) => !isJudgedTooEarly(issue, gaps));
  return [...issues.flatMap((issue) => describeIssue(issue, { shape, value: known })), ...findStrayGaps(shape, gaps)];
}

/** Arguments that there are not, of which only the value is not known yet. */
function findStrayGaps(shape: z.ZodType, gaps: readonly Path[]): Problem[] {
  return gaps.flatMap((path) => {
    const [parent, key] = [path.slice(0, -1), path.at(-1)];
    const members = objectAt(shape, parent);
    if (typeof key !== "string" || members === undefined || key in members) return [];
    return [{ path: formatPath(path), message: suggest(key, listNames(shape, parent)) }];
  });
}

type Issue = z.core.$ZodIssue;

/** A gap looks like a missing value there, and a union above it like a mismatch. */
function isJudgedTooEarly(issue: Issue, gaps: readonly Path[]): boolean {
  const path = issue.path as Path;
  return gaps.some((gap) => startsWith(path, gap) || (issue.code === "invalid_union" && startsWith(gap, path)));
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}

/** What was judged, and by which shape. */
interface Judged {
  shape: z.ZodType;
  value: unknown;
}

function describeIssue(issue: Issue, { shape, value }: Judged): Problem[] {
  const path = issue.path as Path;
  if (issue.code !== "unrecognized_keys") {
    const isMissing = getAt(value, path) === undefined;
    return [{ path: formatPath(path), message: isMissing ? `is missing: it ${issue.message}` : issue.message }];
  }
  const names = listNames(shape, path);
  return issue.keys.map((key) => ({ path: formatPath([...path, key]), message: suggest(key, names) }));
}

function suggest(key: string, names: readonly string[]): string {
  const near = closest(key, names as string[]);
  const isNear = names.length > 0 && distance(key.toLowerCase(), near.toLowerCase()) <= Math.max(2, key.length / 3);
  return `is not a known argument${isNear ? `: did you mean "${near}"?` : `; known are ${names.join(", ")}`}`;
}

/** Inputs that the resource classes add; no program gives them. */
const INTERNAL = new Set(["secretPaths", "secretItems", "item", "isBySize", "identity", "stackId", "stack"]);

/** The argument names that the shape has at a path. */
function listNames(shape: z.ZodType, path: Path): string[] {
  return Object.keys(objectAt(shape, path) ?? {}).filter((name) => !INTERNAL.has(name));
}

/** The members of the shape at a path; undefined where it has no names of its own. */
function objectAt(shape: z.ZodType, path: Path): z.ZodObject["shape"] | undefined {
  const inner = path.reduce<z.ZodType | undefined>((at, step) => at && stepInto(unwrap(at), step), shape);
  const object = inner && unwrap(inner);
  return object?.def.type === "object" ? (object as z.ZodObject).shape : undefined;
}

function unwrap(shape: z.ZodType): z.ZodType {
  const def = shape.def as { type: string; innerType?: z.ZodType; getter?: () => z.ZodType };
  if (def.innerType) return unwrap(def.innerType);
  return def.getter ? unwrap(def.getter()) : shape;
}

function stepInto(shape: z.ZodType, step: string | number): z.ZodType | undefined {
  const def = shape.def as { type: string; element?: z.ZodType; valueType?: z.ZodType };
  if (def.type === "object") return (shape as z.ZodObject).shape[step] as z.ZodType | undefined;
  return def.element ?? def.valueType;
}
