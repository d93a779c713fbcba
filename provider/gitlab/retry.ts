/** What came of one attempt, as far as the decision to try again needs it. */
export interface Attempt {
  verb: string;
  status?: number;
  /** Node's code of a network failure. */
  code?: string;
  headers: Record<string, unknown>;
}

export const MOST_ATTEMPTS = 5;

/** Longer than this we do not sit: the error then says how long GitLab wants us to stay away. */
const LONGEST_WAIT = 120_000;

/** The request reached nobody: sending it again cannot do anything twice. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** A POST is not repeated after these: GitLab, or a proxy before it, may have carried it out. */
const PASSING = new Set([429, 500, 502, 503, 504]);

/** Milliseconds to wait before the next attempt; undefined when there is to be none. */
export function planRetry(attempt: Attempt, attemptNumber: number): number | undefined {
  if (attemptNumber >= MOST_ATTEMPTS || !mayRepeat(attempt)) return undefined;
  const wait = readDelay(attempt.headers) ?? 250 * 2 ** attemptNumber * (0.75 + Math.random() / 2);
  return wait <= LONGEST_WAIT ? wait : undefined;
}

function mayRepeat({ verb, status, code }: Attempt): boolean {
  if (status === undefined) return verb !== "POST" || NEVER_SENT.has(code ?? "");
  return status === 429 || (verb !== "POST" && PASSING.has(status));
}

/** `Retry-After` in seconds or as a date, else GitLab's own `RateLimit-Reset` (Unix time). */
function readDelay(headers: Record<string, unknown>): number | undefined {
  const after = headers["retry-after"];
  if (typeof after === "string" && /^\d+$/.test(after)) return Number(after) * 1000;
  if (typeof after === "string" && !Number.isNaN(Date.parse(after))) return Math.max(0, Date.parse(after) - Date.now());
  const reset = Number(headers["ratelimit-reset"]);
  return reset > 0 ? Math.max(0, reset * 1000 - Date.now()) : undefined;
}
