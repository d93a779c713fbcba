import type { OwnSettings } from "./flags.js";

/** A request that a command of `gitlab-runner` sends to the GitLab of an entry, without what it tells of itself. */
export interface RunnerRequest {
  method: "POST" | "DELETE";
  /** From the address on. */
  path: string;
  body: Readonly<Record<string, string | number | boolean>>;
}

/** Tells a token of the present workflow, which belongs to a runner that exists, from all others. */
export function isRunnerToken(token: string): boolean {
  return token.startsWith("glrt-");
}

export function verifyRequest(token: string, systemId: string): RunnerRequest {
  return { method: "POST", path: "/api/v4/runners/verify", body: { token, system_id: systemId } };
}

/** Removes the runner manager where the token belongs to a runner that outlives it, else the runner. */
export function unregisterRequest(token: string, systemId: string): RunnerRequest {
  if (!isRunnerToken(token)) return { method: "DELETE", path: "/api/v4/runners", body: { token } };
  return { method: "DELETE", path: "/api/v4/runners/managers", body: { token, system_id: systemId } };
}

/** Makes a runner by a registration token. What is empty is not sent. */
export function registerRequest(token: string, description: string, own: OwnSettings): RunnerRequest {
  const optional = {
    description,
    maintenance_note: own.maintenanceNote,
    tag_list: own.tagList,
    access_level: own.accessLevel,
    maximum_timeout: Number(own.maximumTimeout),
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== "" && value !== 0));
  const { runUntagged: run_untagged, locked, paused } = own;
  return { method: "POST", path: "/api/v4/runners", body: { ...given, run_untagged, locked, paused, token } };
}

/** A new token: with a personal access token by the runner's number, else by the old token. */
export function resetTokenRequest(entry: { id: bigint; token: string }, hasAccessToken: boolean): RunnerRequest {
  const path = "/api/v4/runners/reset_authentication_token";
  if (!hasAccessToken) return { method: "POST", path, body: { token: entry.token } };
  return { method: "POST", path: `/api/v4/runners/${entry.id}/reset_authentication_token`, body: {} };
}
