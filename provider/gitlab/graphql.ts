import { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "./client.js";

/** A query, and what it may not repeat in an error. */
export interface GraphQLQuery {
  query: string;
  variables?: Record<string, unknown>;
  secrets?: readonly string[];
  /** By GET no log shows a write where nothing is written; the query must be short. @default "POST" */
  verb?: "GET" | "POST";
  /** As of a call. */
  attempts?: number;
}

/** Thrown when GitLab, or what stands for it, does not answer the query itself. */
export class QueryRefusedError extends GitLabCallError {}

/** Thrown when GitLab ended the query since it took too long: a smaller one may do. */
export class QueryTooSlowError extends QueryRefusedError {}

/** So GitLab's library names each field that it had no time for. Its limit is 30 seconds. */
const TIMEOUT = /^Timeout on \w/;

const NEEDS = { scope: "read_api", role: "whoever may read the runner" };

const reply = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string() })).nullish(),
});

/**
 * The `data` of an answer. GitLab answers 200 even when it refuses; that is an error here, too.
 * @see https://docs.gitlab.com/api/graphql/
 */
export async function queryGraphQL(
  client: GitLabClient,
  { query, variables, verb = "POST", ...rest }: GraphQLQuery,
): Promise<Record<string, unknown>> {
  const call = { verb, path: "/api/graphql", isQuery: true, needs: NEEDS, ...rest } as const;
  const asked =
    verb === "GET" ? { query: { query, variables: JSON.stringify(variables) } } : { body: { query, variables } };
  const read = reply.safeParse(await client.send({ ...call, ...asked }));
  const errors = read.data?.errors ?? [];
  if (read.success && read.data.data && errors.length === 0) return read.data.data;
  const place = { verb: call.verb, path: call.path, address: client.connection.address };
  if (errors.some(({ message }) => TIMEOUT.test(message))) {
    const advice = "It is slow at present: try again later";
    throw new QueryTooSlowError({ ...place, words: "GitLab ended the query, which took it too long", advice });
  }
  throw new QueryRefusedError({
    ...place,
    words: "GitLab refuses the query, or answers it in an unknown form",
    advice: "The same is asked by REST instead",
  });
}
