import type { Hono } from "hono";
import type { Env, ServerContext } from "../http/env.js";
import { type Reply, toResponse } from "../http/reply.js";
import { checkThrottle } from "../rest/outages.js";
import { toCall } from "../rest/toCall.js";
import type { World } from "../world/world.js";
import { identify } from "./identify.js";
import { MAX_QUERY_SIZE } from "./limits.js";
import { refuseGraphQL } from "./refusal.js";
import { readRequest } from "./request.js";

const PATH = "/api/graphql";

/** Puts the GraphQL API into the server. */
export function mountGraphQL(app: Hono<Env>, world: World): void {
  app.on(["GET", "POST"], PATH, (c) => respond(c, world));
}

async function respond(c: ServerContext, world: World): Promise<Response> {
  const call = toCall(c, world);
  const limits = checkThrottle(call);
  const reply = await answerSafely(c, call);
  return toResponse({ ...reply, headers: { ...limits, ...reply.headers } });
}

async function answerSafely(c: ServerContext, call: ReturnType<typeof toCall>): Promise<Reply> {
  // Most programs never ask GraphQL, and the library takes its time to load.
  const { answer, isMutation } = await import("./engine.js");
  const asker = { world: call.world, ...identify(call) };
  const { queries, isBatch } = readRequest(call, c.get("body"));
  const size = queries.reduce((sum, query) => sum + query.text.length, 0);
  if (size > MAX_QUERY_SIZE) throw refuseGraphQL(422, "Query too large");
  if (call.method === "GET" && queries.some(isMutation)) {
    throw refuseGraphQL(422, "Mutations are forbidden in GET requests");
  }
  const results = queries.map((query) => answer(query, asker));
  return { status: 200, body: isBatch ? results : results[0] };
}
