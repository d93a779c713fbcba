import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "./client.js";
import { queryGraphQL } from "./graphql.js";
import type { RunnerReference } from "./runners.js";

/** What everybody who may read a runner sees of its token. */
export interface TokenTraits {
  /** How the token begins, behind its prefix. */
  shortSha: string;
  expiresAt: string | null;
  /** Where GitLab lists the runner, as a GraphQL field around its lists. */
  place: string | undefined;
}

const placed = z.object({ fullPath: z.string() });

const traitsReply = z.object({
  runner: z.object({
    shortSha: z.string().min(1),
    tokenExpiresAt: z.string().nullish(),
    runnerType: z.string(),
    groups: z.object({ nodes: z.array(placed.nullable()) }).nullish(),
    ownerProject: placed.nullish(),
  }),
});

const TRAITS = `query runnerToken($id: CiRunnerID!) {
  runner(id: $id) { shortSha tokenExpiresAt runnerType groups(first: 1) { nodes { fullPath } } ownerProject { fullPath } }
}`;

/** Undefined where GitLab's GraphQL does not tell it to this token. */
export async function getTokenTraits(client: GitLabClient, runner: RunnerReference): Promise<TokenTraits | undefined> {
  const { id, secrets } = runner;
  const variables = { id: `gid://gitlab/Ci::Runner/${id}` };
  const reply = traitsReply.safeParse(await tryQuery(client, { query: TRAITS, variables, secrets }));
  if (!reply.success) return undefined;
  const { shortSha, tokenExpiresAt, ...where } = reply.data.runner;
  return { shortSha, expiresAt: tokenExpiresAt ?? null, place: describePlace(where) };
}

type Where = Pick<z.infer<typeof traitsReply>["runner"], "runnerType" | "groups" | "ownerProject">;

function describePlace({ runnerType, groups, ownerProject }: Where): string | undefined {
  if (runnerType === "INSTANCE_TYPE") return "";
  if (ownerProject) return `project(fullPath: ${JSON.stringify(ownerProject.fullPath)})`;
  const group = groups?.nodes[0];
  return group ? `group(fullPath: ${JSON.stringify(group.fullPath)})` : undefined;
}

const listReply = z.object({ runners: z.object({ nodes: z.array(z.object({ id: z.string() }).nullable()) }) });

/**
 * Whether GitLab finds the runner by this very token: its search takes a whole token. False where it does not, or does not
 * tell. The variable's name keeps the token out of GitLab's own logs.
 */
export async function isFoundByToken(
  client: GitLabClient,
  { id, token, place }: { id: string; token: string; place: string },
): Promise<boolean> {
  const list = "runners(search: $token, first: 100) { nodes { id } }";
  const query = `query runnersByToken($token: String!) { ${place === "" ? list : `place: ${place} { ${list} }`} }`;
  const data = await tryQuery(client, { query, variables: { token }, secrets: [token] });
  const reply = listReply.safeParse(place === "" ? data : data?.place);
  return reply.success && reply.data.runners.nodes.some((node) => node?.id === `gid://gitlab/Ci::Runner/${id}`);
}

/** Undefined where GitLab has no GraphQL, or not for this token. */
async function tryQuery(client: GitLabClient, query: Parameters<typeof queryGraphQL>[1]) {
  try {
    return await queryGraphQL(client, query);
  } catch (error) {
    if (error instanceof GitLabCallError) return undefined;
    throw error;
  }
}
