import type { Hono } from "hono";
import type { Core } from "../core.js";
import { readBody } from "../http/body.js";
import type { Env, ServerContext } from "../http/env.js";
import { isParams, nestPairs, type Params } from "../http/params.js";
import { type Reply, toResponse } from "../http/reply.js";
import { badParameters, Refusal } from "../rest/refusal.js";
import { CONTROL_PREFIX } from "./prefix.js";
import { controlRoutes } from "./routes.js";

/** What a route of the control door gets. */
export interface ControlCall {
  readonly params: Params;
  readonly query: Params;
  readonly id: number;
}

/** Puts the control door into the server. Nothing under it is logged, and no fault hits it. */
export function mountControl(app: Hono<Env>, core: Core): void {
  for (const route of controlRoutes(core)) {
    app.on(route.method, CONTROL_PREFIX + route.path, (c) => respond(c, route.answer));
  }
  const unknown = { error: `No such route; GET ${CONTROL_PREFIX} lists them` };
  app.all(`${CONTROL_PREFIX}/*`, () => toResponse({ status: 404, body: unknown }));
}

async function respond(c: ServerContext, answer: (call: ControlCall) => Reply | Promise<Reply>): Promise<Response> {
  try {
    const body = await readBody(c.req.raw);
    if (body.problem !== null || (body.value !== null && !isParams(body.value))) {
      throw badParameters(["the body must be a JSON object"]);
    }
    const query = nestPairs(new URL(c.req.url).searchParams);
    return toResponse(await answer({ params: body.params, query, id: Number(c.req.param("id")) }));
  } catch (error) {
    if (error instanceof Refusal) return toResponse(error.reply);
    return toResponse({ status: 500, body: { error: error instanceof Error ? error.message : String(error) } });
  }
}
