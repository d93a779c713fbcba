import * as pulumi from "@pulumi/pulumi";
import { referTo } from "../lifecycle/secretItems.js";
import { formatPath, type Path } from "../path.js";

/**
 * The arguments with every secret that lies in a list moved to `secretItems`: the engine would hide the whole list, and
 * with it every ordinary change. See `lifecycle/secretItems`.
 */
export function moveSecretItems<T extends object>(
  args: T,
): T & { secretItems?: Record<string, pulumi.Input<unknown>> } {
  const secretItems: Record<string, pulumi.Input<unknown>> = {};
  const moved = move(args, { path: [], isInList: false, secretItems }) as T;
  return Object.keys(secretItems).length > 0 ? { ...moved, secretItems } : moved;
}

interface Place {
  path: Path;
  isInList: boolean;
  secretItems: Record<string, pulumi.Input<unknown>>;
}

function move(value: unknown, place: Place): unknown {
  if (pulumi.Output.isInstance(value)) return place.isInList ? moveOutput(value, place) : value;
  if (typeof value !== "object" || value === null || value instanceof Promise) return value;
  if (Array.isArray(value)) return value.map((item, index) => move(item, inside(place, index, true)));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, move(item, inside(place, key, false))]));
}

function inside(place: Place, step: string | number, isInList: boolean): Place {
  return { ...place, path: [...place.path, step], isInList: place.isInList || isInList };
}

/** Whether an output is a secret is known later only: so both places get an output, and one of them stays empty. */
function moveOutput(output: pulumi.Output<unknown>, { path, secretItems }: Place): pulumi.Output<unknown> {
  const name = formatPath(path);
  const isSecret = pulumi.isSecret(output);
  secretItems[name] = pulumi.output(isSecret.then((secret) => (secret ? output : undefined)));
  return pulumi.output(isSecret.then((secret) => (secret ? referTo(name) : output)));
}
