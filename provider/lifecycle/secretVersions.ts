import { isDeepStrictEqual } from "node:util";
import { formatPath, type Path } from "../path.js";
import { holdsUnknown } from "./check.js";
import type { Properties } from "./method.js";

/** Path of a secret argument -> how many values it has had. */
export type SecretVersions = Record<string, number>;

/**
 * The engine shows an old and a new secret both as `[secret]`, and so a change of one as no change. So each secret
 * argument is counted in an input of its own: `runners.docker.runner.token: 1 => 2` is what a preview then shows.
 */
export function countSecrets(olds: Properties, news: Properties): SecretVersions {
  const former = new Map(listSecrets(olds));
  const counts = (olds.secretVersions ?? {}) as SecretVersions;
  const next = listSecrets(news).map(
    ([name, value]) => [name, countOne(counts[name], former.get(name), value)] as const,
  );
  return Object.fromEntries(next);
}

/**
 * A value that is not known yet does not count as another one: the line of the secret itself says that it is unknown. Nor
 * does one after a refresh, which leaves out the tokens by which a runner came.
 */
function countOne(count: number | undefined, former: unknown, value: unknown): number {
  if (count === undefined) return 1;
  return former === undefined || holdsUnknown(value) || isDeepStrictEqual(former, value) ? count : count + 1;
}

/** The secrets among a resource's inputs, each by its path. */
function listSecrets(inputs: Properties): [string, unknown][] {
  const secretPaths = new Set(inputs.secretPaths as string[] | undefined);
  const found = Object.entries((inputs.secretItems ?? {}) as Properties);
  const visit = (value: unknown, path: Path): void => {
    const name = formatPath(path);
    if (secretPaths.has(name) || isToken(path)) found.push([name, value]);
    else if (isMap(value)) for (const [key, member] of Object.entries(value)) visit(member, [...path, key]);
  };
  for (const [key, value] of Object.entries(inputs)) if (key !== "secretItems") visit(value, [key]);
  return found;
}

function isToken(path: Path): boolean {
  return path.length === 4 && path[0] === "runners" && path[2] === "runner" && path[3] === "token";
}

function isMap(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
