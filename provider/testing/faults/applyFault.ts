import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { toResponse } from "../http/reply.js";
import { cannedReply } from "./cannedReplies.js";
import type { FaultSpec } from "./fault.js";

/** What a fault needs of the request that it hits. */
export interface FaultScene {
  /** Handles the request as if there were no fault. */
  readonly handle: () => Promise<Response>;
  /** The connection's own side of the answer. */
  readonly outgoing: ServerResponse;
  readonly now: Date;
  /** Ends all waiting, when the server closes. */
  readonly closing: AbortSignal;
}

/** Answers a request under a fault. Null: the connection was cut without a status. */
export async function applyFault(fault: FaultSpec, scene: FaultScene): Promise<Response | null> {
  if (fault.when !== "after") await pause(fault, scene);
  if (scene.closing.aborted) return cut(scene);
  const replaces = fault.kind === "cut" || cannedReply(fault, scene.now) !== null;
  const real = replaces && fault.when !== "after" ? null : await scene.handle();
  if (fault.when === "after") await pause(fault, scene);
  if (fault.kind === "cut" || scene.closing.aborted) return cut(scene);
  const canned = cannedReply(fault, scene.now);
  if (canned !== null) return toResponse(canned);
  return real && spoil(fault, real, scene);
}

async function spoil(fault: FaultSpec, real: Response, scene: FaultScene): Promise<Response | null> {
  switch (fault.kind) {
    case "truncate":
      return truncate(real, scene, fault.bytes);
    case "contentType":
      return rewrite(real, await real.text(), { "Content-Type": fault.contentType });
    case "malformedJson":
      return rewrite(real, (await real.text()).slice(0, -1));
    case "mangle": {
      const reply = { status: real.status, headers: Object.fromEntries(real.headers) };
      const body = fault.change(await parsedBody(real), reply);
      return rewrite(real, typeof body === "string" ? body : JSON.stringify(body));
    }
    default:
      return real;
  }
}

function rewrite(real: Response, body: string, headers: Record<string, string> = {}): Response {
  const changed = new Headers(real.headers);
  for (const [name, value] of Object.entries(headers)) changed.set(name, value);
  changed.delete("content-length");
  return new Response(body === "" ? null : body, { status: real.status, headers: changed });
}

async function parsedBody(real: Response): Promise<unknown> {
  const text = await real.text();
  const isJson = real.headers.get("content-type")?.startsWith("application/json") ?? false;
  return isJson ? (JSON.parse(text) as unknown) : text;
}

// The length tells of the whole body, so a client that looks notices that the rest is missing.
async function truncate(real: Response, scene: FaultScene, bytes?: number): Promise<Response> {
  const body = Buffer.from(await real.arrayBuffer());
  const part = body.subarray(0, bytes ?? Math.floor(body.length / 2));
  const headers = { ...Object.fromEntries(real.headers), "Content-Length": String(body.length) };
  scene.outgoing.writeHead(real.status, headers);
  scene.outgoing.write(part, () => scene.outgoing.destroy());
  return new Response(null, { status: real.status, headers: RESPONSE_ALREADY_SENT.headers });
}

function cut(scene: FaultScene): null {
  scene.outgoing.destroy();
  return null;
}

async function pause(fault: FaultSpec, scene: FaultScene): Promise<void> {
  if (fault.delayMs === undefined) return;
  await wait(fault.delayMs, undefined, { signal: scene.closing }).catch(() => {});
}
