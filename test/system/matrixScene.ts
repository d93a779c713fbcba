import type { StandInGitLab } from "../../provider/testing/index.js";
import { openGitLab, read } from "../testing/support.js";

/** The scopes of §1.2, and one that stands for "any". */
export const scopes = ["api", "read_api", "create_runner", "manage_runner", "read_user", "read_repository"] as const;

type Membership = Omit<Parameters<StandInGitLab["addMember"]>[0], "userId">;
type Places = { group: number; web: number; api: number };

const members: Record<string, (places: Places) => Membership> = {
  "group-owner": ({ group }) => ({ groupId: group, role: "owner" }),
  "group-maintainer": ({ group }) => ({ groupId: group, role: "maintainer" }),
  "group-security-manager": ({ group }) => ({ groupId: group, role: "security_manager" }),
  "group-developer": ({ group }) => ({ groupId: group, role: "developer" }),
  "group-reporter": ({ group }) => ({ groupId: group, role: "reporter" }),
  "group-guest": ({ group }) => ({ groupId: group, role: "guest" }),
  custom: ({ group }) => ({ groupId: group, role: "guest", adminRunners: true }),
  "web-maintainer": ({ web }) => ({ projectId: web, role: "maintainer" }),
  "web-developer": ({ web }) => ({ projectId: web, role: "developer" }),
  "web-reporter": ({ web }) => ({ projectId: web, role: "reporter" }),
  "api-maintainer": ({ api }) => ({ projectId: api, role: "maintainer" }),
};

/** Who asks: an administrator, an auditor, members of the group or of one project, and a user of nothing. */
export const roles: readonly string[] = ["administrator", "auditor", "user", ...Object.keys(members)];

/** A private group with the projects `web` and `api`, runners of every kind, and a user for each role. */
export interface Scene {
  /** Sends one request, to runners that are made anew for it. */
  send(
    row: { request: string; parameters: string },
    asker: { role: string; scope: string | null },
  ): Promise<{ status: number; text: string }>;
}

/** Builds the scene. */
export async function openScene(): Promise<Scene> {
  const gitlab = await openGitLab();
  const group = gitlab.createGroup({ path: "acme" }).id;
  const web = gitlab.createProject({ path: "web", groupId: group }).id;
  const api = gitlab.createProject({ path: "api", groupId: group }).id;
  const places = { group, web, api };
  const tokens = makeTokens(gitlab, places);
  return {
    send: async ({ request, parameters }, { role, scope }) => {
      const values = { ...places, ...makeRunners(gitlab, places) };
      const fill = (text: string) => text.replace(/\{([^}]+)\}/g, (_, name: string) => lookUp(values, name));
      const token = scope === null ? null : tokens.get(`${role} ${scope}`);
      if (token === undefined) throw new Error(`The scene has no ${role} with ${scope}`);
      const answer = await sendForm(gitlab, { request: fill(request), parameters: fill(parameters), token });
      for (const runner of gitlab.runners.all()) gitlab.runners.remove(runner.id);
      return answer;
    },
  };
}

function makeTokens(gitlab: StandInGitLab, places: Places): Map<string, string> {
  const tokens = new Map<string, string>();
  for (const role of roles) {
    const special = { admin: role === "administrator", auditor: role === "auditor" };
    const userId = gitlab.createUser({ username: role, ...special }).id;
    const membership = members[role]?.(places);
    if (membership) gitlab.addMember({ userId, ...membership });
    for (const scope of scopes) tokens.set(`${role} ${scope}`, gitlab.createToken({ userId, scopes: [scope] }).token);
  }
  return tokens;
}

function makeRunners(gitlab: StandInGitLab, { group, web, api }: Places): Record<string, string | number> {
  const project = { runnerType: "project_type" } as const;
  const own = gitlab.createRunner({ ...project, projectIds: [web] });
  const expired = gitlab.createRunner({ runnerType: "instance_type", tokenExpiresAt: new Date("2001-01-01") });
  const known = { systemId: "s_known", version: null, revision: null, platform: null, architecture: null };
  own.managers.push({
    id: 1,
    ...known,
    ipAddress: null,
    createdAt: new Date(),
    contactedAt: null,
    unsavedContact: null,
  });
  return {
    "instance-runner": gitlab.createRunner({ runnerType: "instance_type" }).id,
    "group-runner": gitlab.createRunner({ runnerType: "group_type", groupId: group }).id,
    "project-runner": own.id,
    "shared-runner": gitlab.createRunner({ ...project, projectIds: [web, api] }).id,
    "locked-runner": gitlab.createRunner({ ...project, projectIds: [web], locked: true }).id,
    "runner-token": own.token,
    "expired-token": expired.token,
    "unknown-token": "glrt-fake-unknown",
    "personal-token": gitlab.token,
    "registration-token": gitlab.settings.registrationToken,
    "group-registration-token": gitlab.groups.get(group).registrationToken,
    "project-registration-token": gitlab.projects.get(web).registrationToken,
  };
}

function lookUp(values: Record<string, string | number>, name: string): string {
  const value = values[name];
  if (value === undefined) throw new Error(`The matrix names {${name}}, which the scene lacks`);
  return String(value);
}

async function sendForm(
  gitlab: StandInGitLab,
  sending: { request: string; parameters: string; token: string | null },
): Promise<{ status: number; text: string }> {
  const [method = "", path = ""] = sending.request.split(" ");
  const headers = new Headers(sending.token === null ? {} : { "PRIVATE-TOKEN": sending.token });
  const [, name, value] = /^([\w-]+): (.*)$/.exec(sending.parameters) ?? [];
  if (name && value) headers.set(name, value);
  const form = name || sending.parameters === "" ? undefined : new URLSearchParams(sending.parameters);
  const answer = await read(await fetch(`${gitlab.url}/api/v4${path}`, { method, headers, body: form }));
  const { message, error } = answer.body;
  return { status: answer.status, text: typeof message === "string" ? message : String(error ?? "") };
}
