import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import axios, { type AxiosInstance, type AxiosResponse, isAxiosError } from "axios";
import { GitLabCallError } from "../errors.js";
import { SecretFinder } from "../secrets.js";
import { adviseOn, type Needs, readWords } from "./advice.js";
import { planRetry } from "./retry.js";

/** Which GitLab, and as whom. */
export interface Connection {
  /** Normalized: see `normalizeAddress`. */
  address: string;
  token: string;
}

/** One request to GitLab's REST API. */
export interface Call {
  verb: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `root`. */
  path: string;
  /** Of the API, below the address. @default "/api/v4" */
  root?: "/api/v4" | "/api";
  body?: object;
  needs: Needs;
  /** What to do when the request may have been carried out although no answer tells; GET and the like need none. */
  ifUncertain?: string;
  /** Values that no error may repeat, besides the connection's token. */
  secrets?: readonly string[];
}

const TIMEOUT = 30_000;

/** GitLab's REST API: sends, retries what may be repeated, and turns every failure into a `GitLabCallError`. */
export class GitLabClient {
  readonly #http: AxiosInstance;

  constructor(readonly connection: Connection) {
    this.#http = axios.create({
      baseURL: connection.address,
      headers: { Authorization: `Bearer ${connection.token}`, Accept: "application/json" },
      httpAgent: new HttpAgent({ keepAlive: true }),
      httpsAgent: new HttpsAgent({ keepAlive: true }),
      // A redirect would carry the token to another host.
      maxRedirects: 0,
      timeout: TIMEOUT,
      transformResponse: parseBody,
      validateStatus: () => true,
    });
  }

  /** The body of a successful answer, parsed. */
  async send(call: Call): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(call);
      if ("body" in outcome) return outcome.body;
      const pause = planRetry({ verb: call.verb, ...outcome }, attempt);
      if (pause === undefined) throw outcome.error;
      await wait(pause);
    }
  }

  async #attempt(call: Call): Promise<{ body: unknown } | Failure> {
    let reply: AxiosResponse<unknown>;
    try {
      reply = await this.#http.request({ method: call.verb, url: pathOf(call), data: call.body });
    } catch (error) {
      return this.#explainNetwork(call, error);
    }
    if (reply.status < 200 || reply.status >= 300) return this.#explainRefusal(call, reply);
    if (reply.status !== 204 && !isJson(reply)) return this.#explainForeign(call, reply);
    return { body: reply.data };
  }

  /** Nothing of axios' error goes on: it carries the request's headers, and so the token. */
  #explainNetwork(call: Call, error: unknown): Failure {
    if (!isAxiosError(error)) throw error;
    const code = error.code ?? "";
    const advice = "Check the address, the network and the proxy settings (HTTPS_PROXY, NO_PROXY)";
    const mayHaveHappened = call.verb !== "GET" && !/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/.test(code);
    const words = error.message || code;
    return { code, headers: {}, error: this.#fail(call, { words, advice, mayHaveHappened }) };
  }

  #explainRefusal(call: Call, reply: AxiosResponse<unknown>): Failure {
    const { status, data } = reply;
    const found = {
      status,
      words: readWords(status, data),
      advice: adviseOn(status, readWords(status, data), call.needs),
    };
    const headers = reply.headers as Record<string, unknown>;
    if (status >= 300 && status < 400) return { status: 0, headers, error: this.#failOnRedirect(call, reply) };
    if (status === 404 && !hasMessage(data)) return { status, headers, error: this.#failOnWrongPlace(call, reply) };
    const mayHaveHappened = status >= 500 && call.verb !== "GET";
    return { status, headers, error: this.#fail(call, { ...found, isGone: status === 404, mayHaveHappened }) };
  }

  #failOnRedirect(call: Call, { status, headers }: AxiosResponse<unknown>): GitLabCallError {
    const target = String(headers.location ?? "nowhere").split("?")[0];
    const advice = `Redirects are not followed, since they would carry the token along: set the address to where GitLab really is`;
    return this.#fail(call, { status, words: `it redirects to ${target}`, advice });
  }

  #failOnWrongPlace(call: Call, { status, data }: AxiosResponse<unknown>): GitLabCallError {
    const words = readWords(status, data);
    const advice = "This is not how GitLab says that a record is gone: the address may be wrong, or a proxy answered";
    return this.#fail(call, { status, words, advice });
  }

  #explainForeign(call: Call, { status, headers, data }: AxiosResponse<unknown>): Failure {
    const type = headers["content-type"] ?? "no content type";
    const words = `with ${type} instead of JSON: ${readWords(status, data)}`;
    const advice = "This is not GitLab's API: check the address, or the proxy or login page before it";
    const error = this.#fail(call, { status, words, advice, mayHaveHappened: call.verb !== "GET" });
    return { status, headers: {}, error };
  }

  #fail(call: Call, found: Pick<GitLabCallError["call"], "words" | "advice"> & Partial<GitLabCallError["call"]>) {
    const { address, token } = this.connection;
    const words = shorten(new SecretFinder([token, ...(call.secrets ?? [])]).redact(found.words));
    const path = new URL(`${address}${pathOf(call)}`).pathname;
    const advice = (found.mayHaveHappened && call.ifUncertain) || found.advice;
    return new GitLabCallError({ verb: call.verb, path, address, ...found, words, advice });
  }
}

function pathOf({ root = "/api/v4", path }: Call): string {
  return `${root}${path}`;
}

interface Failure {
  status?: number;
  code?: string;
  headers: Record<string, unknown>;
  error: GitLabCallError;
}

/** JSON where it is JSON; else the text as it came, for the error to quote. */
function parseBody(text: unknown): unknown {
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isJson({ headers, data }: AxiosResponse<unknown>): boolean {
  return String(headers["content-type"]).includes("json") && typeof data === "object";
}

function hasMessage(body: unknown): boolean {
  return typeof body === "object" && body !== null && "message" in body;
}

function shorten(words: string): string {
  const line = words.replace(/\s+/g, " ").trim();
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
