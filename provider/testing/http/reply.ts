/** An answer before it becomes bytes. A text is sent as it is, anything else as JSON; undefined is an empty body. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Turns a reply into what the HTTP server sends. */
export function toResponse(reply: Reply): Response {
  const headers = new Headers(reply.headers);
  if (reply.body === undefined) return new Response(null, { status: reply.status, headers });
  const isText = typeof reply.body === "string";
  if (!headers.has("content-type")) headers.set("content-type", isText ? "text/plain" : "application/json");
  const body = isText ? String(reply.body) : JSON.stringify(reply.body);
  return new Response(hasNoBody(reply.status) ? null : body, { status: reply.status, headers });
}

function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}
