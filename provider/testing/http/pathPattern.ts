/** Which requests are meant; what is left out fits every request. */
export interface RequestPattern {
  /** As `POST`. */
  method?: string;
  /**
   * The path without its query, as `/api/v4/runners/12`; `/api/v4` may be left out. `*` stands for anything within one
   * part, `**` for anything. A regular expression is matched against the whole path.
   */
  path?: string | RegExp;
}

/** A test for requests, made once and used often. */
export type RequestTest = (request: { readonly method: string; readonly path: string }) => boolean;

const API_PREFIX = "/api/v4";

/** Turns a pattern into a test. A query in a request's path does not count. */
export function compilePattern(pattern: RequestPattern): RequestTest {
  const method = pattern.method?.toUpperCase();
  const matchesPath = compilePath(pattern.path);
  return (request) => (method === undefined || request.method === method) && matchesPath(withoutQuery(request.path));
}

function compilePath(path: string | RegExp | undefined): (path: string) => boolean {
  if (path === undefined) return () => true;
  if (path instanceof RegExp)
    return (candidate) => new RegExp(path.source, path.flags.replace(/[gy]/g, "")).test(candidate);
  const expression = new RegExp(`^(?:${API_PREFIX})?${toExpression(path)}$`);
  return (candidate) => expression.test(candidate);
}

function toExpression(path: string): string {
  return path
    .split(/(\*\*|\*)/)
    .map((part) => (part === "**" ? ".*" : part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
}

function withoutQuery(path: string): string {
  return path.split("?", 1)[0] ?? path;
}
