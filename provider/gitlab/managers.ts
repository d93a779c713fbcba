import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "./client.js";
import type { FleetManager } from "./fleet.js";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const manager = z.object({
  system_id: z.string(),
  ip_address: text,
  platform: text,
  architecture: text,
  status: z.string(),
});

/** All machines that use a runner's token. @see https://docs.gitlab.com/api/runners/#list-runners-managers */
export async function listManagers(client: GitLabClient, id: number): Promise<FleetManager[]> {
  const needs = { scope: "manage_runner or read_api", role: "a Maintainer of the runner's group or project" };
  const call = { verb: "GET", path: `/runners/${id}/managers`, needs } as const;
  const reply = z.array(manager).safeParse(await client.send(call));
  if (reply.success)
    return reply.data.map(({ system_id, ip_address, ...rest }) => ({
      systemId: system_id,
      ipAddress: ip_address,
      ...rest,
    }));
  const found = { verb: "GET", path: `/api/v4${call.path}`, address: client.connection.address };
  const words = "with a body that does not describe runner managers";
  throw new GitLabCallError({ ...found, words, advice: "Is the address that of a GitLab 16.0 or later?" });
}
