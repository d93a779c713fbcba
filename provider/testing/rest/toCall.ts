import type { ServerContext } from "../http/env.js";
import { nestPairs } from "../http/params.js";
import type { World } from "../world/world.js";
import type { Call } from "./call.js";

/** A request as the API sees it. */
export function toCall(c: ServerContext, world: World): Call {
  const url = new URL(c.req.url);
  return {
    world,
    method: c.req.method,
    path: url.pathname,
    query: url.searchParams,
    params: { ...nestPairs(url.searchParams), ...c.get("body").params, ...c.req.param() },
    ipAddress: c.env.incoming.socket.remoteAddress ?? null,
    header: (name) => c.req.header(name),
  };
}
