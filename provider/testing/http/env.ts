import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { RequestBody } from "./body.js";
import type { RequestRecord } from "./requestLog.js";

/** What the parts of the server leave for each other on a request. */
export interface Env {
  Bindings: HttpBindings;
  /** There is no record yet when the body itself could not be read. */
  Variables: { body: RequestBody; record?: RequestRecord };
}

export type ServerContext = Context<Env>;
