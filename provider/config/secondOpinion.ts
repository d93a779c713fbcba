import { isDeepStrictEqual } from "node:util";
import type { JsonMap } from "@iarna/toml";
import { parseToml } from "./toml.js";
import { DateTime, isTable, type Value } from "./value.js";

/**
 * Reads a text that we are about to deliver with another parser than our own, and compares. A config.toml that is read
 * otherwise than it was meant stops a whole host; so a disagreement is an error before anything is written.
 */
export function confirmText(text: string): void {
  const { parse } = require("@iarna/toml") as { parse(text: string): JsonMap };
  const ours = simplify(parseToml(text));
  const theirs = simplifyTheirs(parse(text));
  if (!isDeepStrictEqual(ours, theirs)) {
    throw new Error(
      "pulumi-gitlab-runner rendered a config.toml that two parsers read differently: please report this",
    );
  }
}

/** Numbers of both kinds as one, and times as instants: the other parser tells no integer from a float. */
function simplify(value: Value): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof DateTime) return new Date(value.text).getTime();
  if (Array.isArray(value)) return value.map(simplify);
  return isTable(value) ? mapMembers(value, simplify) : value;
}

function simplifyTheirs(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map(simplifyTheirs);
  return typeof value === "object" && value !== null
    ? mapMembers(value as Record<string, unknown>, simplifyTheirs)
    : value;
}

function mapMembers<T>(members: Record<string, T>, convert: (value: T) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, convert(value)]));
}
