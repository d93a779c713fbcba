import type { AxiosError, AxiosResponse } from "axios";
import { GitLabCallError } from "../errors.js";
import { redactTokens, SecretFinder } from "../secrets.js";
import { adviseOn, adviseOnNetwork, adviseOnProxy, readWords } from "./advice.js";
import { type Call, type Connection, pathOf, verbOf } from "./call.js";
import { mayHaveHappened, readDelay } from "./retry.js";

/** A failed attempt: what the decision on the next one needs, and the error if there is none. */
export interface Failure {
  status?: number;
  code?: string;
  headers: Record<string, unknown>;
  error: GitLabCallError;
}

type Found = Pick<GitLabCallError["call"], "words" | "advice"> & Partial<GitLabCallError["call"]>;

const FOREIGN = "This is not GitLab's API: check the address, or the proxy or login page before it";

/** Turns what came instead of a usable answer into an error of ours. Nothing of axios' goes on: its errors carry the token. */
export class FailureReader {
  /** @param via the variable that names the proxy, if there is one */
  constructor(
    readonly connection: Connection,
    readonly via?: string,
  ) {}

  /** No complete answer came. */
  readNetwork(call: Call, { code = "", message }: AxiosError): Failure {
    const attempt = { verb: verbOf(call), code, headers: {} };
    const isLate = /^(ECONNABORTED|ETIMEDOUT|ERR_CANCELED)$/.test(code);
    const words = isLate ? "no answer came in time" : message || code;
    const found = { words, isLate, advice: adviseOnNetwork(code, this.via), mayHaveHappened: mayHaveHappened(attempt) };
    return { code, headers: {}, error: this.fail(call, found) };
  }

  /** A status that is no success. */
  readRefusal(call: Call, reply: AxiosResponse<unknown>): Failure {
    const { status, data } = reply;
    const headers = reply.headers as Record<string, unknown>;
    if (status >= 300 && status < 400) return { status, headers, error: this.#failOnRedirect(call, reply) };
    if (status === 404 && !isRecordGone(data)) return { status, headers, error: this.#failOnWrongPlace(call, reply) };
    const words = readWords(status, data);
    const uncertain = mayHaveHappened({ verb: verbOf(call), status, headers });
    const isForeign = isForeignRefusal(reply);
    const advice = isForeign
      ? this.#adviseOnForeign(status)
      : adviseOn({ status, words, delay: readDelay(headers) }, call.needs);
    const found = { status, words, advice, isForeign, isGone: status === 404 };
    return { status, headers, error: this.fail(call, { ...found, mayHaveHappened: uncertain }) };
  }

  #adviseOnForeign(status: number): string {
    return status === 407 ? adviseOnProxy(this.via) : FOREIGN;
  }

  /** A success whose body is none of GitLab's API. */
  readForeign(call: Call, { status, headers, data }: AxiosResponse<unknown>): Failure {
    const type = String(headers["content-type"] ?? "no content type");
    const isWrite = verbOf(call) !== "GET";
    if (type.includes("json")) {
      const advice = "The answer was cut off on its way: try again; if it stays, look at the proxy before GitLab";
      const words = `no whole answer came (status ${status}, the JSON ends too early)`;
      // As if no answer had come, so that it is asked for again.
      return { headers: {}, error: this.fail(call, { words, advice, mayHaveHappened: isWrite }) };
    }
    const words = `with ${type} instead of JSON: ${readWords(status, data)}`;
    return {
      status,
      headers: {},
      error: this.fail(call, { status, words, advice: FOREIGN, isForeign: true, mayHaveHappened: isWrite }),
    };
  }

  #failOnRedirect(call: Call, { status, headers }: AxiosResponse<unknown>): GitLabCallError {
    const target = String(headers.location ?? "nowhere").split(/[?#]/)[0];
    const advice = `Redirects are not followed, since they would carry the token along: set the address to where GitLab really is`;
    return this.fail(call, { status, words: `it redirects to ${target}`, advice, isForeign: true });
  }

  #failOnWrongPlace(call: Call, { status, data }: AxiosResponse<unknown>): GitLabCallError {
    const words = readWords(status, data);
    const advice = "This is not how GitLab says that a record is gone: the address may be wrong, or a proxy answered";
    return this.fail(call, { status, words, advice, isForeign: true });
  }

  /** The error of a call, without any secret. */
  fail(call: Call, found: Found): GitLabCallError {
    const { address, token } = this.connection;
    const words = shorten(redactTokens(new SecretFinder([token, ...(call.secrets ?? [])]).redact(found.words)));
    const path = new URL(address + pathOf(call)).pathname;
    const advice = (found.mayHaveHappened && call.ifUncertain) || found.advice;
    return new GitLabCallError({ verb: call.verb, path, address, ...found, words, advice });
  }
}

/** GitLab's API refuses in JSON, but for its rate and where it is down. */
function isForeignRefusal({ status, data }: AxiosResponse<unknown>): boolean {
  const isJson = typeof data === "object" && data !== null;
  return status === 407 || (!isJson && status < 500 && status !== 429);
}

/** `404 Runner Not Found`, `404 Not found`: a gateway before GitLab may have a `message`, too, with other words. */
function isRecordGone(body: unknown): boolean {
  return (
    typeof body === "object" && body !== null && "message" in body && /^404 .*not found$/i.test(String(body.message))
  );
}

function shorten(words: string): string {
  const line = words.replace(/\s+/g, " ").trim();
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
