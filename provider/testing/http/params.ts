/** Parameters of a request, by name. */
export type Params = Record<string, unknown>;

/** Reads names and values as Rack does: `tags[]=a` makes a list, `info[name]=b` an object, the last of doubles wins. */
export function nestPairs(pairs: Iterable<readonly [string, string]>): Params {
  const params: Params = {};
  for (const [name, value] of pairs) place(params, splitName(name), value);
  return params;
}

/** True for what JSON calls an object. */
export function isParams(value: unknown): value is Params {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function splitName(name: string): string[] {
  const root = /^[^[]+/.exec(name)?.[0] ?? name;
  const nested = name.slice(root.length).matchAll(/\[([^\]]*)\]/g);
  return [root, ...Array.from(nested, (match) => match[1] ?? "")];
}

function place(params: Params, path: readonly string[], value: string): void {
  const [key = "", ...rest] = path;
  if (key === "__proto__") return;
  if (rest.length === 0) params[key] = value;
  else if (rest[0] === "") params[key] = [...listOf(params[key]), value];
  else {
    const inner: Params = isParams(params[key]) ? params[key] : {};
    params[key] = inner;
    place(inner, rest, value);
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
