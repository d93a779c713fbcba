import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "./client.js";

/** Attributes of a runner that can be set at creation and changed later, by GitLab's names. */
export interface RunnerAttributes {
  description: string;
  maintenance_note: string;
  paused: boolean;
  locked: boolean;
  access_level: "not_protected" | "ref_protected";
  run_untagged: boolean;
  tag_list: string[];
  maximum_timeout: number | null;
}

/** What only a creation can say. */
export interface RunnerScope {
  runner_type: "instance_type" | "group_type" | "project_type";
  group_id?: number;
  project_id?: number;
  token_expires_at?: string;
  token_rotation_deadline?: string;
}

const createReply = z.object({ id: z.int(), token: z.string().min(1), token_expires_at: z.string().nullish() });

const record = z.object({ id: z.int() });

const runnerReply = z.object({
  id: z.int(),
  description: z.string().nullish(),
  maintenance_note: z.string().nullish(),
  paused: z.boolean(),
  locked: z.boolean().nullish(),
  access_level: z.string(),
  run_untagged: z.boolean(),
  tag_list: z.array(z.string()),
  maximum_timeout: z.int().nullish(),
  runner_type: z.string().nullish(),
  groups: z.array(record).nullish(),
  projects: z.array(record).nullish(),
});

export type CreateReply = z.infer<typeof createReply>;
export type RunnerReply = z.infer<typeof runnerReply>;

/** The rights that the endpoints under `/runners/:id` want. */
const MANAGE = {
  scope: "manage_runner",
  role: "an Owner of the runner's group, or a Maintainer of its project",
};

const CREATOR = {
  instance_type: "an administrator",
  group_type: "an Owner of the group",
  project_type: "a Maintainer of the project",
};

/** GitLab shows a token once, so a runner whose creation was not answered is of no use to anybody. */
const LOST_CREATION =
  "GitLab may have created the runner all the same: look for one that was never contacted, and delete it, before you try again";

/**
 * Creates a runner by GitLab's present workflow.
 * @see https://docs.gitlab.com/api/users/#create-a-runner-linked-to-a-user
 */
export async function createRunner(
  client: GitLabClient,
  request: RunnerScope & Partial<RunnerAttributes>,
  secrets?: readonly string[],
): Promise<CreateReply> {
  const needs = { scope: "create_runner", role: CREATOR[request.runner_type] };
  const call = { verb: "POST", path: "/user/runners", ifUncertain: LOST_CREATION } as const;
  const reply = createReply.safeParse(await client.send({ ...call, body: request, needs, secrets }));
  if (reply.success) return reply.data;
  throw misread(client, { ...call, advice: LOST_CREATION, mayHaveHappened: true });
}

/** Which runner is meant, and what no error may repeat of it. */
export interface RunnerReference {
  id: string;
  secrets: readonly string[];
}

/** All attributes of one runner. @see https://docs.gitlab.com/api/runners/#get-runners-details */
export async function getRunner(client: GitLabClient, { id, secrets }: RunnerReference): Promise<RunnerReply> {
  const needs = { ...MANAGE, scope: "manage_runner or read_api" };
  return readRunner(client, "GET", await client.send({ verb: "GET", path: `/runners/${id}`, needs, secrets }));
}

/** Changes the given attributes and no other. @see https://docs.gitlab.com/api/runners/#update-runners-details */
export async function updateRunner(
  client: GitLabClient,
  { id, secrets }: RunnerReference,
  changes: Partial<RunnerAttributes>,
): Promise<RunnerReply> {
  const body = await client.send({ verb: "PUT", path: `/runners/${id}`, body: changes, needs: MANAGE, secrets });
  return readRunner(client, "PUT", body);
}

/** Deletes the runner, for all its machines. Its token dies. @see https://docs.gitlab.com/api/runners/#delete-a-runner */
export async function deleteRunner(client: GitLabClient, { id, secrets }: RunnerReference): Promise<void> {
  await client.send({ verb: "DELETE", path: `/runners/${id}`, needs: MANAGE, secrets });
}

function readRunner(client: GitLabClient, verb: string, body: unknown): RunnerReply {
  const reply = runnerReply.safeParse(body);
  if (reply.success) return reply.data;
  throw misread(client, { verb, path: "/runners/:id", advice: "Is the address that of a GitLab 16.0 or later?" });
}

function misread(
  client: GitLabClient,
  found: { verb: string; path: string; advice: string; mayHaveHappened?: boolean },
) {
  const { address } = client.connection;
  const words = "with a body that does not describe a runner";
  return new GitLabCallError({ ...found, path: `/api/v4${found.path}`, address, status: undefined, words });
}
