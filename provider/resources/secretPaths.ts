import * as pulumi from "@pulumi/pulumi";
import { formatPath, type Path } from "../path.js";

/**
 * Where secrets lie among the arguments, but for those that `isKnown`. Provider methods see plain values only, so the
 * program tells them what must not be shown: paths, never values. `undefined` when there is none.
 */
export function listSecretPaths(
  args: object,
  isKnown: (path: Path) => boolean = () => false,
): pulumi.Output<string[] | undefined> | undefined {
  if (!holdsOutput(args)) return undefined;
  const found = collect(args, []).then((paths) => {
    const names = paths.filter((path) => !isKnown(path)).map(formatPath);
    return names.length > 0 ? [...new Set(names)].sort() : undefined;
  });
  return pulumi.output(found);
}

/** Only an output, or the promise of one, can be a secret. Most resources have none, and one property less. */
function holdsOutput(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return pulumi.Output.isInstance(value) || value instanceof Promise || Object.values(value).some(holdsOutput);
}

async function collect(value: unknown, path: Path): Promise<Path[]> {
  if (pulumi.Output.isInstance(value)) return (await pulumi.isSecret(value)) ? [path] : [];
  if (value instanceof Promise) return collect(await value, path);
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) return [];
  // A list is one setting: when one of its items is a secret, the engine hides all of it.
  const isList = Array.isArray(value);
  const inner = Object.entries(value).map(([key, item]) => collect(item, isList ? path : [...path, key]));
  return (await Promise.all(inner)).flat();
}
