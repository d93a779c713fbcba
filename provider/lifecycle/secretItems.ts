import { formatPath, type Path } from "../path.js";

/**
 * One secret in a list would make Pulumi show the whole property as `[secret]`. So the resource class moves a secret
 * list item into the map `secretItems`, under its path, and leaves a reference in the list.
 */
export type SecretItems = Record<string, unknown>;

const REFERENCE = "secretItems: ";

/** What stands in a list for an item that was moved. */
export function referTo(path: string): string {
  return REFERENCE + path;
}

/** The value with each reference exchanged for the item that it stands for. */
export function restoreItems(value: unknown, items: SecretItems | undefined): unknown {
  if (!items) return value;
  const byReference = new Map(Object.entries(items).map(([path, item]) => [referTo(path), item]));
  return restore(value, byReference);
}

function restore(value: unknown, items: ReadonlyMap<unknown, unknown>): unknown {
  if (items.has(value)) return items.get(value);
  if (Array.isArray(value)) return value.map((item) => restore(item, items));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, restore(member, items)]));
}

/** References to items that are not there, by their places: a list was kept as it was (`ignoreChanges`), its items were not. */
export function findLostItems(value: unknown, items: SecretItems | undefined, path: Path = []): string[] {
  if (typeof value === "string" && value.startsWith(REFERENCE)) {
    const name = formatPath(path);
    return value !== referTo(name) || (items && name in items) ? [] : [name];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    findLostItems(member, items, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
