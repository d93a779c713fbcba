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

/** Whether a token opens a gate by its scopes. */
export function isInScope({ opens }: Gate, scopes: readonly string[], method: string): boolean {
  const reading = method === "GET" || method === "HEAD";
  return scopes.some((scope) => scope === "api" || (reading && scope === "read_api") || opens.includes(scope));
}

/** Whether a fine-grained token opens a gate by its permissions. */
export function isPermitted({ permission }: Gate, permissions: readonly string[]): boolean {
  return permission !== null && permissions.includes(permission);
}
