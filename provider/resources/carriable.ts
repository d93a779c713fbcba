import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../errors.js";
import { formatPath, type Path } from "../path.js";
import { isDeferred } from "./deferred.js";

const BIG_INT = "must be a number, or text where it is beyond 2^53: Pulumi knows no BigInt";
const LOST_NAMES = ["__proto__", "toString"];
const LOST_NAME = "is a name that Pulumi cannot carry: choose another one";

/**
 * Arguments that Pulumi cannot carry to the engine: it would lose what is called `__proto__` and turn a BigInt into an empty
 * table, without a word, and fails without a place where something is called `toString`.
 */
export function findUncarriable(value: unknown, path: Path = []): Problem[] {
  if (typeof value === "bigint") return [{ path: formatPath(path), message: BIG_INT }];
  if (typeof value !== "object" || value === null || isAlive(value)) return [];
  if (Array.isArray(value)) return value.flatMap((member, index) => findUncarriable(member, [...path, index]));
  return Object.entries(value).flatMap(([key, member]) => {
    const place = [...path, key];
    return LOST_NAMES.includes(key)
      ? [{ path: formatPath(place), message: LOST_NAME }]
      : findUncarriable(member, place);
  });
}

function isAlive(value: object): boolean {
  return isDeferred(value) || pulumi.Resource.isInstance(value);
}
