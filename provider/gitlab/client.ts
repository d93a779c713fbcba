import { setTimeout as wait } from "node:timers/promises";
import axios, { type AxiosInstance, type AxiosResponse, isAxiosError } from "axios";
import { type Call, type Connection, pathOf, verbOf } from "./call.js";
import { type Failure, FailureReader } from "./failure.js";
import { Pace, paceOf } from "./pace.js";
import { readScopes, requireScope, SELF } from "./preflight.js";
import type { Environment } from "./proxy.js";
import { planRetry } from "./retry.js";
import { makeDirectTransport, openTransport, type Transport } from "./transport.js";

export type { Call, Connection } from "./call.js";

/** What a client is built on. */
export interface Wiring {
  transport: Transport;
  pace: Pace;
  /** Called before each request that changes something, but for an undo; what it throws ends the call, and nothing is sent. */
  beforeWrite?: () => Promise<void>;
  /** Milliseconds of silence after which an answer is given up. @default 30000 */
  timeout?: number;
}

/** A successful answer. */
export interface Answer {
  body: unknown;
  headers: Record<string, unknown>;
}

const TIMEOUT = 30_000;

/** An answer that drips in for longer than this many times the timeout is given up, too. */
const PATIENCE = 2;

/** GitLab's REST API: sends, retries what may be repeated, and turns every failure into a `GitLabCallError`. */
export class GitLabClient {
  readonly #http: AxiosInstance;
  readonly #wiring: Wiring;
  readonly #failures: FailureReader;
  #scopes: Promise<readonly string[] | undefined> | undefined;
  #writes = 0;

  constructor(
    readonly connection: Connection,
    wiring: Partial<Wiring> = {},
  ) {
    const { transport = makeDirectTransport(), pace = new Pace(connection.address) } = wiring;
    const { via, ...agents } = transport;
    this.#wiring = { ...wiring, transport, pace };
    this.#failures = new FailureReader(connection, via);
    this.#http = axios.create({
      ...agents,
      headers: { ...authorize(connection), Accept: "application/json" },
      // A redirect would carry the token to another host.
      maxRedirects: 0,
      timeout: wiring.timeout ?? TIMEOUT,
      transformResponse: parseBody,
      validateStatus: () => true,
    });
  }

  /** Goes up with each request that may change something, when it leaves and when it ends: what was read before is old. */
  get writes(): number {
    return this.#writes;
  }

  /** The body of a successful answer, parsed. */
  async send(call: Call): Promise<unknown> {
    return (await this.request(call)).body;
  }

  /**
   * A successful answer. A refusal for the rate of requests counts as no attempt while GitLab carries out others of ours:
   * then the turn of this one comes.
   */
  async request(call: Call): Promise<Answer> {
    if (verbOf(call) !== "GET" && call.needs.scope) requireScope(call, await this.#findScopes(), this.connection);
    const { pace } = this.#wiring;
    for (let attempt = 1; ; attempt++) {
      const { progress } = pace;
      const outcome = await this.#attempt(call);
      if ("body" in outcome) return outcome;
      if (outcome.status === 429 && pace.progress > progress) attempt = 0;
      const isLast = outcome.status !== 429 && attempt >= (call.attempts ?? Number.POSITIVE_INFINITY);
      const pause = isLast ? undefined : planRetry({ verb: verbOf(call), ...outcome }, Math.max(1, attempt));
      if (pause === undefined) throw outcome.error;
      if (outcome.status === 429) pace.hold(pause, outcome.headers);
      else await wait(pause);
    }
  }

  /** Asked once, before the first write. What goes wrong here does not stop the write: GitLab has the last word. */
  #findScopes(): Promise<readonly string[] | undefined> {
    this.#scopes ??= this.#attempt(SELF).then((outcome) => ("body" in outcome ? readScopes(outcome.body) : undefined));
    return this.#scopes;
  }

  async #attempt(call: Call): Promise<Answer | Failure> {
    const { pace, beforeWrite } = this.#wiring;
    await pace.turn();
    if (verbOf(call) !== "GET" && !call.isUndo) await beforeWrite?.();
    let reply: AxiosResponse<unknown>;
    try {
      reply = await this.#exchange(call);
    } catch (error) {
      if (!isAxiosError(error)) throw error;
      return this.#failures.readNetwork(call, error);
    }
    if (reply.status !== 429) pace.note(reply.headers as Record<string, unknown>);
    return this.#judge(call, reply);
  }

  async #exchange(call: Call): Promise<AxiosResponse<unknown>> {
    const signal = AbortSignal.timeout((this.#wiring.timeout ?? TIMEOUT) * PATIENCE);
    const url = this.connection.address + pathOf(call);
    const isWrite = verbOf(call) !== "GET";
    if (isWrite) this.#writes++;
    try {
      return await this.#http.request({ method: call.verb, url, params: call.query, data: call.body, signal });
    } finally {
      if (isWrite) this.#writes++;
    }
  }

  #judge(call: Call, reply: AxiosResponse<unknown>): Answer | Failure {
    if (reply.status < 200 || reply.status >= 300) return this.#failures.readRefusal(call, reply);
    // Whatever type it claims: a creation's token is shown once.
    const isJson = typeof reply.data === "object" && reply.data !== null;
    if (reply.status !== 204 && !isJson) return this.#failures.readForeign(call, reply);
    return { body: reply.data, headers: reply.headers as Record<string, unknown> };
  }
}

function authorize({ token }: Connection): Record<string, string> {
  return token === "" ? {} : { Authorization: `Bearer ${token}` };
}

/** What the process around a client brings along. */
export interface Surroundings {
  environment: Environment;
  tell: (line: string) => void;
  beforeWrite?: () => Promise<void>;
}

/**
 * A client that trusts whom the connection says, goes by the proxy that the environment names, and keeps the pace of this
 * process.
 * @throws InvalidInputError when a file or a proxy variable cannot be used
 */
export async function openClient(
  connection: Connection,
  { environment, tell, beforeWrite }: Surroundings,
): Promise<GitLabClient> {
  const transport = await openTransport(connection.address, connection.tls, environment);
  return new GitLabClient(connection, { transport, pace: paceOf(connection.address, tell), beforeWrite });
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
