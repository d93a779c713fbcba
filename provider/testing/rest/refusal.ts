import type { Reply } from "../http/reply.js";

/** Thrown where a request ends with an error reply. */
export class Refusal extends Error {
  constructor(readonly reply: Reply) {
    super(`answered with ${reply.status}`);
    this.name = "Refusal";
  }
}

/** A refusal with a `message`, as most are. */
export function refuse(status: number, message: unknown): Refusal {
  return new Refusal({ status, body: { message } });
}

/** 400 of a rule about the request as a whole. */
export function badRequest(reason: string): Refusal {
  return refuse(400, `400 Bad request - ${reason}`);
}

/** 400 of parameters that are missing or not of their type. */
export function badParameters(texts: readonly string[]): Refusal {
  return new Refusal({ status: 400, body: { error: texts.join(", ") } });
}

/** 401 without a token, or with one that GitLab does not know. */
export function unauthorized(): Refusal {
  return refuse(401, "401 Unauthorized");
}

/** 403 for want of a role. */
export function forbidden(reason?: string): Refusal {
  return refuse(403, reason === undefined ? "403 Forbidden" : `403 Forbidden - ${reason}`);
}

/** 404 of a thing, not of a route. */
export function notFound(thing: string): Refusal {
  return refuse(404, `404 ${thing} Not Found`);
}

/** The 500 that GitLab really answers in some cases. */
export function crash(): Refusal {
  return refuse(500, "500 Internal Server Error");
}
