/** Those of the same key together, in the order in which they come; `Map.groupBy` is not in Node 20. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const like = groups.get(key);
    if (like) like.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
