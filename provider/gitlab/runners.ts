import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import { advise } from "./adviseInstead.js";
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
  contacted_at: z.string().nullish(),
  created_by: record.nullish(),
  job_execution_status: z.string().nullish(),
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

const SETTINGS = "https://docs.gitlab.com/administration/settings/continuous_integration/";

function adviseOnCreation(type: RunnerScope["runner_type"]): string {
  if (type === "instance_type") {
    return (
      "The token's user lacks the right: only an administrator may create runners of the instance, where Admin Mode is on " +
      "by a token with the scope admin_mode beside it. Ask one for such a token " +
      "(https://docs.gitlab.com/administration/settings/sign_in_restrictions/#admin-mode), or create a runner of a group or project"
    );
  }
  return (
    `The token's user lacks the right, or creation is switched off: ${CREATOR[type]}, or an administrator, may do this, ` +
    "unless an administrator restricts it. Ask one to allow it for the instance (Admin > Settings > CI/CD > Runners: " +
    `${SETTINGS}#restrict-runner-registration-by-all-users-in-an-instance) and for this group or project ` +
    `(${SETTINGS}#restrict-runner-registration-by-all-members-in-a-group)`
  );
}

/** GitLab shows a token once, so a runner whose creation was not answered is of no use to anybody. */
const LOST_CREATION =
  "GitLab may have created the runner all the same: look for one that was never contacted, and delete it, before you try again";

/** What calls for a runner carry besides what they send; see `Call`. */
export interface About {
  /** What an error may not repeat. */
  secrets: readonly string[];
  /** Who asks, as `Runner docker`: named where the token lacks a scope. */
  resource?: string;
  isUndo?: true;
}

/**
 * Creates a runner by GitLab's present workflow.
 * @see https://docs.gitlab.com/api/users/#create-a-runner-linked-to-a-user
 */
export async function createRunner(
  client: GitLabClient,
  request: RunnerScope & Partial<RunnerAttributes>,
  about: About = { secrets: [] },
): Promise<CreateReply> {
  const needs = { scope: "create_runner", role: CREATOR[request.runner_type] };
  const call = { verb: "POST", path: "/user/runners", ifUncertain: LOST_CREATION } as const;
  const refused = { 403: adviseOnCreation(request.runner_type) };
  const body = await advise(client.send({ ...call, body: request, needs, ...about }), refused);
  const reply = createReply.safeParse(body);
  if (reply.success) return reply.data;
  throw misread(client, { ...call, advice: LOST_CREATION, mayHaveHappened: true });
}

/** Which runner is meant. */
export interface RunnerReference extends About {
  id: string;
}

/** Where a runner is: of the instance, or of a group or project. */
export type Place = Partial<Pick<RunnerScope, "runner_type" | "group_id" | "project_id">>;

/** Which runner, and where it is as far as that is known: its like may be read with it. */
export interface RunnerWish extends RunnerReference {
  place?: Place;
  /** Projects that it should have: only then is it told which it has. */
  projectIds?: readonly number[];
}

/** All attributes of one runner. @see https://docs.gitlab.com/api/runners/#get-runners-details */
export async function getRunner(client: GitLabClient, runner: RunnerReference): Promise<RunnerReply> {
  const { id, secrets, resource } = runner;
  const needs = { ...MANAGE, scope: "manage_runner or read_api" };
  const call = { verb: "GET", path: `/runners/${id}` } as const;
  const reply = readReply(client, "GET", await client.send({ ...call, needs, secrets, resource }));
  if (String(reply.id) === id) return reply;
  // As a cache does that takes two addresses for one: nothing would be known of the runner that was asked for.
  const advice = "Look at what stands between here and GitLab, a cache for instance, then run it again";
  throw misread(client, { ...call, words: `with the record of runner ${reply.id}`, advice });
}

/** Changes the given attributes and no other. @see https://docs.gitlab.com/api/runners/#update-runners-details */
export async function updateRunner(
  client: GitLabClient,
  { id, ...about }: RunnerReference,
  changes: Partial<RunnerAttributes>,
): Promise<RunnerReply> {
  const body = await client.send({ verb: "PUT", path: `/runners/${id}`, body: changes, needs: MANAGE, ...about });
  return readReply(client, "PUT", body);
}

/** Deletes the runner, for all its machines. Its token dies. @see https://docs.gitlab.com/api/runners/#delete-a-runner */
export async function deleteRunner(client: GitLabClient, { id, ...about }: RunnerReference): Promise<void> {
  await client.send({ verb: "DELETE", path: `/runners/${id}`, needs: MANAGE, ...about });
}

function readReply(client: GitLabClient, verb: string, body: unknown): RunnerReply {
  const reply = runnerReply.safeParse(body);
  if (reply.success) return reply.data;
  throw misread(client, { verb, path: "/runners/:id", advice: "Is the address that of a GitLab 16.0 or later?" });
}

interface Misread {
  verb: string;
  path: string;
  words?: string;
  advice: string;
  mayHaveHappened?: boolean;
}

function misread({ connection: { address } }: GitLabClient, found: Misread): GitLabCallError {
  const words = found.words ?? "with a body that does not describe a runner";
  return new GitLabCallError({ ...found, path: `/api/v4${found.path}`, address, status: undefined, words });
}
