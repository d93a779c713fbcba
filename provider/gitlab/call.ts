import type { Needs } from "./advice.js";
import type { TlsSettings } from "./tls.js";

/** Which GitLab, and as whom. */
export interface Connection {
  /** Normalized: see `normalizeAddress`. */
  address: string;
  /** Empty where only calls are made that a runner's own token authorizes. */
  token: string;
  tls?: TlsSettings;
}

/** One request to GitLab's REST API. */
export interface Call {
  verb: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api/v4`; what begins with `/api/` lies below the address. */
  path: string;
  /** What is `undefined` is left out. */
  query?: Record<string, string | number | boolean | undefined>;
  body?: object;
  needs: Needs;
  /** What to do when the request may have been carried out although no answer tells; GET and the like need none. */
  ifUncertain?: string;
  /** Values that no error may repeat, besides the connection's token. */
  secrets?: readonly string[];
  /** Who asks, as `Runner docker`: named where the token lacks a scope. */
  resource?: string;
  /** A POST that changes nothing, as a query in GraphQL: it may be repeated like a GET. */
  isQuery?: true;
  /** It takes back what this process did, so it is sent also when nobody is left to keep what comes of it. */
  isUndo?: true;
  /** How often it is tried at most, where there is another way; a refusal for the rate of requests does not count. */
  attempts?: number;
}

/** The verb by which a call is treated. */
export function verbOf(call: Call): string {
  return call.isQuery ? "GET" : call.verb;
}

/** The call's path from the address on. */
export function pathOf({ path }: Call): string {
  return path.startsWith("/api/") ? path : `/api/v4${path}`;
}
