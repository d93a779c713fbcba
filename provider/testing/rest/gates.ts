import type { TokenRecord } from "../world/records.js";

/** Which tokens may use an endpoint. */
export interface Gate {
  /** Scopes that open it, besides `api` always and `read_api` for reading; `any` lets every token in. */
  readonly opens: readonly string[] | "any";
  /** The scopes that the refusal names: all that are registered for this class of endpoints, also useless ones. */
  readonly names: readonly string[];
  /** What a fine-grained token needs. */
  readonly permission: string | null;
}

const runnerScopes = ["manage_runner", "api", "read_api"];

/** Endpoints under `/runners/:id`. */
export function oneRunner(permission: string): Gate {
  return { opens: ["manage_runner"], names: runnerScopes, permission };
}

/** All other endpoints about runners, also those of projects and groups: `manage_runner` is named, and does not open. */
export function manyRunners(permission: string): Gate {
  return { opens: [], names: runnerScopes, permission };
}

/** Endpoints that only `api` opens, and `read_api` for reading. */
export function general(permission: string): Gate {
  return { opens: [], names: ["api", "read_api"], permission };
}

/** `POST /user/runners`. */
export const runnerCreation: Gate = {
  opens: ["create_runner"],
  names: ["create_runner", "api", "read_api"],
  permission: "create_runner",
};

/** `GET /version` and `GET /metadata`. */
export const metadata: Gate = {
  opens: ["read_user"],
  names: ["read_user", "api", "read_api"],
  permission: "read_metadata",
};

/** `GET /user`. */
export const ownUser: Gate = { ...metadata, permission: "read_user" };

/** What administrators do with users. */
export function userAdministration(permission: string): Gate {
  return { opens: [], names: ["read_user", "api", "read_api"], permission };
}

/** What a token may ask about itself. */
export const ownToken: Gate = { opens: "any", names: [], permission: null };

/** Whether a token opens a gate. */
export function isOpenTo(gate: Gate, token: TokenRecord, method: string): boolean {
  if (gate.opens === "any") return true;
  if (token.permissions !== null) return gate.permission !== null && token.permissions.includes(gate.permission);
  const reading = method === "GET" || method === "HEAD";
  const opening = ["api", ...(reading ? ["read_api"] : []), ...gate.opens];
  return token.scopes.some((scope) => opening.includes(scope));
}
