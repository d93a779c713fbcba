/** Steps from a whole value to a part of it: names of members, numbers of items. */
export type Path = readonly (string | number)[];

/** A path as it is written in messages and drift: `runners.docker.docker.services[0].name`, `sysctls["a.b"]`. */
export function formatPath(path: Path): string {
  return path.map((step, index) => formatStep(step, index === 0)).join("");
}

function formatStep(step: string | number, isFirst: boolean): string {
  if (typeof step === "number") return `[${step}]`;
  if (!/^[\w+-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
  return isFirst ? step : `.${step}`;
}

/** The steps of a written path; a text that is none, such as a place in a file that has no argument, is one step. */
export function parsePath(text: string): Path {
  const steps: (string | number)[] = [];
  let end = 0;
  for (const [step, name, index, quoted] of text.matchAll(STEP)) {
    // Between the steps nothing else may stand, and a name has a dot before it but at the start.
    if (name !== undefined && step.startsWith(".") !== end > 0) break;
    end += step.length;
    steps.push(name ?? (index === undefined ? (JSON.parse(quoted ?? '""') as string) : Number(index)));
  }
  return end === text.length && end > 0 ? steps : [text];
}

const STEP = /\.?([\w+-]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy;

/** The part of a value at a path; undefined where there is none. */
export function getAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

/** The value with the part at a path exchanged, or removed where `part` is undefined; the given value stays as it is. */
export function setAt(value: unknown, path: Path, part: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return part;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object | undefined) };
  const members = copy as Record<string | number, unknown>;
  const inner = setAt(members[step], rest, part);
  if (inner === undefined) delete members[step];
  else members[step] = inner;
  return copy;
}
