import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../errors.js";
import { formatPath, type Path } from "../path.js";

/** Pulumi would turn a BigInt into an empty table, without a word. */
export function findBigInts(args: object): Problem[] {
  return collect(args, []).map((path): Problem => {
    return {
      path: formatPath(path),
      message: "must be a number, or text where it is beyond 2^53: Pulumi knows no BigInt",
    };
  });
}

function collect(value: unknown, path: Path): Path[] {
  if (typeof value === "bigint") return [path];
  if (typeof value !== "object" || value === null || isAlive(value)) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, member]) => collect(member, [...path, isList ? Number(key) : key]));
}

function isAlive(value: object): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise || pulumi.Resource.isInstance(value);
}
