import { randomUUID } from "node:crypto";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono, type Next } from "hono";
import { mountControl } from "../control/mount.js";
import type { Core } from "../core.js";
import { applyFault } from "../faults/applyFault.js";
import { mountGraphQL } from "../graphql/mount.js";
import { mountRest } from "../rest/mount.js";
import { Refusal } from "../rest/refusal.js";
import { readBody } from "./body.js";
import type { Env, ServerContext } from "./env.js";
import { serverErrorReply } from "./outageReplies.js";
import { toResponse } from "./reply.js";

const notFoundPage =
  "<!DOCTYPE html>\n<html><head><title>The page you're looking for could not be found (404)</title></head>\n<body><h1>404: Page not found</h1></body></html>\n";

/** The whole server: the control door first, then the request log and the faults around GitLab's API. */
export function buildApp(core: Core): Hono<Env> {
  const app = new Hono<Env>({ getPath: plainPath });
  mountControl(app, core);
  app.use((c, next) => observe(c, next, core));
  mountGraphQL(app, core.world);
  mountRest(app, core.world);
  app.all("*", () => toResponse({ status: 404, headers: { "Content-Type": "text/html" }, body: notFoundPage }));
  app.onError(answerError);
  return app;
}

async function observe(c: ServerContext, next: Next, core: Core): Promise<void> {
  const { method = "GET", url = "/", headers } = c.env.incoming;
  const body = await readBody(c.req.raw);
  const record = core.requests.begin({ time: core.world.clock.now(), method, path: url, headers, body: body.value });
  c.set("body", body);
  c.set("record", record);
  const handle = async () => {
    await next();
    c.res.headers.set("X-Request-Id", randomUUID());
    c.res.headers.set("Date", core.world.clock.now().toUTCString());
    return c.res;
  };
  const fault = core.faults.hit(record);
  if (fault === null) {
    core.requests.end(record, (await handle()).status);
    return;
  }
  record.fault = fault.kind;
  const scene = { handle, outgoing: c.env.outgoing, now: core.world.clock.now(), closing: core.closing };
  const response = await applyFault(fault, scene).catch((error: Error) => answerError(error, c));
  core.requests.end(record, response?.status ?? null);
  // Hono merges a second answer into the first, unless the first is taken away.
  c.res = undefined;
  c.res = response ?? new Response(null, RESPONSE_ALREADY_SENT);
}

function answerError(error: Error, c: ServerContext): Response {
  if (error instanceof Refusal) return toResponse(error.reply);
  const record = c.get("record");
  if (record) record.error = error.stack ?? error.message;
  return toResponse(serverErrorReply);
}

// GitLab's router takes double and trailing slashes as none.
function plainPath(request: Request): string {
  const path = new URL(request.url).pathname.replace(/\/{2,}/g, "/");
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}
