import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "./client.js";
import type { RunnerReference } from "./runners.js";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const managers = z.array(
  z.object({
    system_id: z.string(),
    status: z.string(),
    ip_address: text,
    platform: text,
    architecture: text,
    contacted_at: text,
  }),
);

/** A machine that uses a runner's token, as GitLab knows it. */
export interface Manager {
  systemId: string;
  ipAddress?: string;
  platform?: string;
  architecture?: string;
  /** `online`, `offline`, `stale` or `never_contacted`. */
  status: string;
  /** Undefined when it never was. */
  contactedAt?: Date;
}

/** The machines of a runner, and what GitLab's own clock said meanwhile. */
export interface Managers {
  managers: Manager[];
  /** In whole seconds; this machine's clock where a proxy has taken GitLab's time away. */
  time: Date;
}

const NEEDS = {
  scope: "manage_runner or read_api",
  role: "an Owner of the runner's group, or a Maintainer of its project",
};

/** All managers of a runner. @see https://docs.gitlab.com/api/runners/#list-all-runners-managers */
export async function listManagers(client: GitLabClient, { id, ...about }: RunnerReference): Promise<Managers> {
  const path = `/runners/${id}/managers`;
  const { body, headers } = await client.request({ verb: "GET", path, needs: NEEDS, ...about });
  const reply = managers.safeParse(body);
  if (!reply.success) throw misread(client, path);
  const time = new Date(String(headers.date));
  return { managers: reply.data.map(toManager), time: Number.isNaN(time.getTime()) ? new Date() : time };
}

function toManager({ system_id, ip_address, contacted_at, ...rest }: z.infer<typeof managers>[number]): Manager {
  return {
    systemId: system_id,
    ipAddress: ip_address,
    ...rest,
    contactedAt: contacted_at === undefined ? undefined : new Date(contacted_at),
  };
}

function misread(client: GitLabClient, path: string): GitLabCallError {
  const { address } = client.connection;
  const words = "with a body that does not list runner managers";
  const advice = "Is the address that of a GitLab 16.0 or later?";
  return new GitLabCallError({ verb: "GET", path: `/api/v4${path}`, address, words, advice });
}
