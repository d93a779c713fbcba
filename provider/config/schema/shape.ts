import { z } from "zod";
import { TomlSyntaxError } from "../../errors.js";
import type { Path } from "../../path.js";
import { parseDuration } from "../duration.js";
import { describeHuge, EXTRA_TOML, findExtraProblems } from "../extraToml.js";
import { parseToml } from "../toml.js";
import { fitsInteger, parseTime } from "../value.js";
import type { Field, Kind } from "./field.js";
import { KEY_TABLE, type TypeName } from "./table.js";

const shapes = new Map<TypeName, z.ZodObject>();

/** The zod shape of the arguments for a table of config.toml, built from the key table at first use. */
export function shapeOf(type: TypeName): z.ZodObject {
  const known = shapes.get(type);
  if (known) return known;
  const members = KEY_TABLE[type].map((field) => [field.argument, shapeOfField(field).optional()] as const);
  const shape = z.strictObject(
    { ...Object.fromEntries(members), [EXTRA_TOML]: shapeOfExtra(type).optional() },
    { error: "must be a table of settings" },
  );
  shapes.set(type, shape);
  return shape;
}

function shapeOfExtra(type: TypeName): z.ZodType {
  return z.string({ error: "must be TOML text" }).superRefine((text, context) => {
    for (const message of findExtraProblems(type, text)) context.addIssue({ code: "custom", message });
  });
}

function shapeOfField(field: Field): z.ZodType {
  const { type, kind } = field;
  if (type && kind === "table") return z.lazy(() => shapeOf(type));
  if (type) return listOf(z.lazy(() => shapeOf(type)));
  const word = field.enum ? z.enum(field.enum as [string], { error: `must be ${listChoices(field.enum)}` }) : undefined;
  if (kind === "string|list<string>") {
    const item = word ?? shapeOfKind("string");
    return z.union([item, z.array(item)], {
      error: word ? `must be ${listChoices(field.enum ?? [])}, or a list of these` : "must be text or a list of texts",
    });
  }
  const list = /^list<(.+)>$/.exec(kind)?.[1] as Kind | undefined;
  return list ? listOf(word ?? shapeOfKind(list)) : (word ?? shapeOfKind(kind));
}

function listOf(item: z.ZodType): z.ZodType {
  return z.array(item, { error: "must be a list" });
}

export function listChoices(words: readonly string[]): string {
  const quoted = words.map((word) => JSON.stringify(word));
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

function shapeOfKind(kind: Kind): z.ZodType {
  const map = /^map<string,(.+)>$/.exec(kind)?.[1];
  if (map === "any") return free;
  if (map) return z.record(z.string(), shapeOfAny(map), { error: "must be a map" });
  const shape = SCALARS[kind];
  if (!shape) throw new Error(`no shape for kind ${kind}`);
  return shape;
}

function shapeOfAny(kind: string): z.ZodType {
  const list = /^list<(.+)>$/.exec(kind)?.[1];
  return list ? listOf(shapeOfKind(list as Kind)) : shapeOfKind(kind as Kind);
}

const FREE = "must be a table of settings, or the same as TOML text";

/** A free-form table: JSON, or TOML text where the kinds of numbers and times count. */
const free: z.ZodType = z.union(
  [
    z.record(z.string(), z.unknown()).superRefine((table, context) => {
      for (const issue of findUnwritable(table)) context.addIssue({ code: "custom", ...issue, path: [...issue.path] });
    }),
    z
      .string()
      .refine(isTomlTable, { error: "must be TOML text with at least one setting", abort: true })
      .superRefine((text, context) => {
        for (const message of describeHuge(parseToml(text))) context.addIssue({ code: "custom", message });
      }),
  ],
  { error: FREE },
);

const UNWRITABLE = "must hold text, numbers, true or false, lists and tables only: TOML has no null";

const ROUNDED =
  "must not be beyond 2^53, where JavaScript rounds: give the table as TOML text, where 64 bits are exact and 1e300 is a float";

const NO_NUMBER = "must be a number: give the table as TOML text where it is to be nan or inf";

interface Unwritable {
  path: Path;
  message: string;
}

function findUnwritable(value: unknown, path: Path = []): Unwritable[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => findUnwritable(item, [...path, index]));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => findUnwritable(member, [...path, key]));
  }
  if (typeof value === "number" && !Number.isFinite(value)) return [{ path, message: NO_NUMBER }];
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return [{ path, message: ROUNDED }];
  }
  return ["string", "boolean", "number"].includes(typeof value) ? [] : [{ path, message: UNWRITABLE }];
}

function isTomlTable(text: string): boolean {
  try {
    return Object.keys(parseToml(text)).length > 0;
  } catch (error) {
    if (error instanceof TomlSyntaxError) return false;
    throw error;
  }
}

function isInteger(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value);
  return typeof value === "string" && /^-?\d+$/.test(value) && fitsInteger(BigInt(value));
}

const SCALARS: Partial<Record<Kind, z.ZodType>> = {
  string: z.string({ error: "must be text" }),
  bool: z.boolean({ error: "must be true or false" }),
  int: z.custom(isInteger, { error: "must be a whole number (beyond 2^53 as text, at most 64 bits)" }),
  float: z.number({ error: "must be a number" }),
  duration: z.custom((value) => typeof value === "string" && parseDuration(value) !== undefined, {
    error: 'must be a duration with a unit, such as "90s" or "1h30m"',
  }),
  datetime: z.custom((value) => typeof value === "string" && parseTime(value) !== undefined, {
    error: "must be a time such as 2026-01-31T12:00:00Z",
  }),
};
