import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "./client.js";
import type { RunnerReference } from "./runners.js";

const manager = z.object({
  system_id: z.string(),
  status: z.string().nullish(),
  contacted_at: z.string().nullish(),
});

/** A machine that uses a runner's token, as GitLab knows it. */
export type ManagerReply = z.infer<typeof manager>;

/**
 * The machines that use the runner's token, or did.
 * @see https://docs.gitlab.com/api/runners/#list-all-runners-managers
 */
export async function listManagers(client: GitLabClient, { id, ...about }: RunnerReference): Promise<ManagerReply[]> {
  const needs = {
    scope: "manage_runner or read_api",
    role: "an Owner of the runner's group, or a Maintainer of its project",
  };
  const call = { verb: "GET", path: `/runners/${id}/managers`, needs, ...about } as const;
  const reply = z.array(manager).safeParse(await client.send(call));
  if (reply.success) return reply.data;
  const found = { verb: "GET", path: `/api/v4${call.path}`, address: client.connection.address };
  const words = "with a body that does not describe runner managers";
  throw new GitLabCallError({ ...found, words, advice: "Is the address that of a GitLab 16.4 or later?" });
}
