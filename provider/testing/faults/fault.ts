import type { RequestPattern } from "../http/pathPattern.js";

/** A reply as a fault sees it. */
export interface FaultReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Which requests a fault hits, and when. */
export interface FaultTarget extends RequestPattern {
  /** The first request that it hits, counted among those that fit. @default 1 */
  nth?: number;
  /** How many requests it hits from there on. @default 1, and `all` with a probability */
  count?: number | "all";
  /** Hits each request only with this chance, from 0 to 1: 0.05 is one in twenty. @default 1 */
  probability?: number;
  /** Which requests the chance hits: the same seed hits the same ones, counted among those that fit. @default 1 */
  seed?: number;
  /**
   * `before`: the request is not handled. `after`: it takes effect, and the fault replaces the answer.
   * @default "before"
   */
  when?: "before" | "after";
  /** Milliseconds to wait, at that same time. @default 0 */
  delayMs?: number;
}

/** What happens to a request that is hit. */
export type FaultEffect =
  /** 429 of the application: JSON with a nested message. Without `retryAfter` the header is missing. */
  | { kind: "rateLimit"; retryAfter?: number }
  /** 429 of Rack::Attack: the text `Retry later` with the RateLimit headers. Retry-After leads to the next full hour. */
  | { kind: "throttle"; retryAfter?: number }
  /** 500, as JSON. */
  | { kind: "serverError" }
  /** 502 with the HTML page of a proxy. */
  | { kind: "badGateway" }
  /** 503 of the Maintenance Mode. */
  | { kind: "maintenance" }
  /** 503 of GraphQL, where the database ended a query that took too long. */
  | { kind: "queryTimeout" }
  /** 409, as JSON. */
  | { kind: "conflict" }
  /** A redirect to another address. */
  | { kind: "redirect"; location: string; status?: number }
  /** Any reply: a text is sent as it is, anything else as JSON. */
  | { kind: "reply"; status: number; body?: unknown; headers?: Record<string, string> }
  /** Just `delayMs`; then the request is handled as ever. */
  | { kind: "delay" }
  /** The connection is cut without an answer. */
  | { kind: "cut" }
  /** The real answer, but only its first bytes (half of them unless said), then the connection is cut. */
  | { kind: "truncate"; bytes?: number }
  /** The real answer under another Content-Type. */
  | { kind: "contentType"; contentType: string }
  /** The real answer without its last character, as a whole. */
  | { kind: "malformedJson" }
  /** The real answer with another body: JSON is given parsed; what comes back is sent (a text as it is). */
  | { kind: "mangle"; change: (body: unknown, reply: FaultReply) => unknown };

/** What to give to `faults.add`. */
export type FaultSpec = FaultTarget & FaultEffect;

/** A fault that was added. */
export interface Fault {
  readonly id: number;
  readonly spec: FaultSpec;
  /** How many requests fitted so far. */
  readonly seen: number;
  /** How many of them it hit. */
  readonly hits: number;
}
