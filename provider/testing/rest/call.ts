import type { Params } from "../http/params.js";
import type { Reply } from "../http/reply.js";
import type { Caller } from "../world/access.js";
import type { TokenRecord } from "../world/records.js";
import type { World } from "../world/world.js";

/** A request to the API, as a handler sees it. */
export interface Call {
  readonly world: World;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** From the query, the body and the path together. */
  readonly params: Params;
  readonly ipAddress: string | null;
  header(name: string): string | undefined;
}

/** A request by a user, whose token is good and has the scope. */
export interface UserCall extends Call {
  readonly caller: Caller;
  readonly token: TokenRecord;
}

/** One endpoint. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api/v4`. */
  readonly path: string;
  readonly answer: (call: Call) => Reply;
}
