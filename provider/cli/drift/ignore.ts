import type { Problem } from "../../errors.js";

/**
 * A pattern of `--ignore`, for `RESOURCE.PATH` as the text report names them: `docker.description`, `*.maintenanceNote`,
 * `host.runners.*.limit`. `*` is any characters but a dot of the path, `**` any at all, `?` one; all else stands for itself.
 */
export interface Ignore {
  pattern: string;
  matches(resource: string, path: string): boolean;
}

/** Signs of other kinds of patterns: whoever writes them means more than we would do. */
const FOREIGN = /[{}()!|\\^$]|\*{3,}/;

export function parseIgnore(pattern: string): Ignore | Problem {
  const problem = findFault(pattern);
  if (problem) return { path: "--ignore", message: problem };
  const source = pattern.replace(/\*\*|[\s\S]/g, (sign) => SIGNS[sign] ?? sign.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${source}$`, "su");
  const matches = (resource: string, path: string) =>
    expression.test(`${resource.replaceAll(".", DOT_IN_NAME)}.${path}`);
  return { pattern, matches };
}

/** In a resource's name - `ci.example.com`, or `set.docker` of a set - a dot is a character, and parts nothing. No pattern has this one. */
const DOT_IN_NAME = "\u0001";

const SIGNS: Readonly<Record<string, string>> = { "**": ".*", "*": "[^.]*", "?": ".", ".": `[.${DOT_IN_NAME}]` };

function findFault(pattern: string): string | undefined {
  const form = "RESOURCE.PATH, with * for any characters but a dot of the path, ** for any at all, ? for one";
  if (FOREIGN.test(pattern)) return `has a sign of another kind of pattern: write ${form}`;
  if (/\p{Cc}/u.test(pattern)) return "holds a control character: use ? in its place";
  if (pattern !== "**" && !/^.+\..+$/s.test(pattern) && !pattern.startsWith("**")) return `is no ${form}`;
  return undefined;
}
