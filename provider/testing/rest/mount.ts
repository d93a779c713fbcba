import type { Hono } from "hono";
import type { RequestBody } from "../http/body.js";
import type { Env, ServerContext } from "../http/env.js";
import { type Reply, toResponse } from "../http/reply.js";
import type { World } from "../world/world.js";
import type { Route } from "./call.js";
import { checkThrottle, checkWritable } from "./outages.js";
import { badParameters, Refusal } from "./refusal.js";
import { routes } from "./routes.js";
import { toCall } from "./toCall.js";

const PREFIX = "/api/v4";

const malformedBody =
  "\nProblem:\n  message body does not match declared format\nResolution:\n  when specifying application/json as content-type, you must pass valid application/json in the request's 'body' ";

/** Puts the REST API into the server. */
export function mountRest(app: Hono<Env>, world: World): void {
  for (const route of routes) {
    app.on(route.method, PREFIX + route.path, (c) => respond(c, world, route));
  }
  // Only after all endpoints, so that a path that fits two of them is refused last.
  for (const [path, methods] of methodsByPath()) {
    const allow = methods.join(", ");
    const reply: Reply = { status: 405, headers: { Allow: allow }, body: { error: "405 Not Allowed" } };
    app.all(PREFIX + path, () => toResponse(reply));
  }
  app.all("/api/*", () => toResponse({ status: 404, body: { error: "404 Not Found" } }));
}

function respond(c: ServerContext, world: World, route: Route): Response {
  const call = toCall(c, world);
  const limits = checkThrottle(call);
  checkWritable(call);
  checkBody(c.get("body"), c.req.header("content-type"));
  const reply = route.answer(call);
  return toResponse({ ...reply, headers: { ...limits, ...reply.headers } });
}

function checkBody(body: RequestBody, contentType = ""): void {
  if (body.problem === "malformed") throw badParameters([malformedBody]);
  if (body.problem === null) return;
  const error = `The provided content-type '${contentType.split(";", 1)[0]}' is not supported.`;
  throw new Refusal({ status: 415, body: { error } });
}

function methodsByPath(): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const reading = route.method === "GET" ? ["GET", "HEAD"] : [route.method];
    methods.set(route.path, [...(methods.get(route.path) ?? []), ...reading]);
  }
  return methods;
}
