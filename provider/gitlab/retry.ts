import { PROXY_REFUSED } from "./transport.js";

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
export const LONGEST_WAIT = 300_000;

/** The request reached nobody: sending it again cannot do anything twice. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Neither was the request sent, nor will the next one be: somebody has to change something. */
const HOPELESS = /^(ERR_SSL_|ERR_TLS_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HPE_)/;

/** What happened to a request, as the table below names it. */
type Outcome = "notSent" | "notLetThrough" | "refusedForRate" | "deferred" | "failedThere" | "unanswered" | "refused";

/**
 * Which requests may be sent again after what. A POST may not where GitLab, or a proxy before it, may have carried it
 * out: it would make a second runner.
 */
const MAY_REPEAT: Record<Outcome, readonly string[]> = {
  notSent: ["GET", "PUT", "DELETE", "POST"],
  refusedForRate: ["GET", "PUT", "DELETE", "POST"],
  deferred: ["GET", "PUT", "DELETE"],
  failedThere: ["GET", "PUT", "DELETE"],
  unanswered: ["GET", "PUT", "DELETE"],
  notLetThrough: [],
  refused: [],
};

/** These ask to come again: nothing was done. */
const DEFERRED = new Set([408, 409, 425]);

/** These will be the same next time. */
const FOR_GOOD = new Set([501, 505]);

function nameOutcome({ status, code = "" }: Attempt): Outcome {
  if (status !== undefined) return nameStatus(status);
  if (NEVER_SENT.has(code)) return "notSent";
  return code === PROXY_REFUSED || HOPELESS.test(code) ? "notLetThrough" : "unanswered";
}

function nameStatus(status: number): Outcome {
  if (status === 429) return "refusedForRate";
  if (DEFERRED.has(status)) return "deferred";
  return status >= 500 && !FOR_GOOD.has(status) ? "failedThere" : "refused";
}

/** Whether GitLab may have carried out a request that failed this way. */
export function mayHaveHappened(attempt: Attempt): boolean {
  return attempt.verb !== "GET" && ["failedThere", "unanswered"].includes(nameOutcome(attempt));
}

/** Milliseconds to wait before the next attempt; undefined when there is to be none. */
export function planRetry(attempt: Attempt, attemptNumber: number): number | undefined {
  if (attemptNumber >= MOST_ATTEMPTS || !MAY_REPEAT[nameOutcome(attempt)].includes(attempt.verb)) return undefined;
  const wait = readDelay(attempt.headers) ?? 250 * 2 ** attemptNumber * (0.75 + Math.random() / 2);
  return wait <= LONGEST_WAIT ? wait : undefined;
}

/**
 * Milliseconds that GitLab wants us to stay away: `Retry-After` in seconds or as a date, else its own
 * `RateLimit-ResetTime` (a date) or `RateLimit-Reset` (Unix).
 */
export function readDelay(headers: Record<string, unknown>): number | undefined {
  const after = headers["retry-after"];
  if (typeof after === "string" && /^\d+$/.test(after)) return Number(after) * 1000;
  const date = [after, headers["ratelimit-resettime"]].map(parseDate).find((time) => time !== undefined);
  return date === undefined ? readReset(headers) : untilThen(date, headers);
}

/** Milliseconds until the limit counts from zero again, as `RateLimit-Reset` tells. */
export function readReset(headers: Record<string, unknown>): number | undefined {
  const reset = Number(headers["ratelimit-reset"]);
  return reset > 0 ? untilThen(reset * 1000, headers) : undefined;
}

/** By GitLab's clock where it tells it: ours may go wrong. */
function untilThen(time: number, headers: Record<string, unknown>): number {
  return Math.max(0, time - (parseDate(headers.date) ?? Date.now()));
}

function parseDate(text: unknown): number | undefined {
  const time = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
