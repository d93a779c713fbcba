import assert from "node:assert/strict";
import type { StandInGitLab } from "../../../provider/testing/index.js";
import { type Answer, type Fields, read } from "../support.js";

/** An answer of GraphQL. */
export interface GraphQLAnswer extends Answer {
  data: Record<string, Fields | null>;
  errors: Fields[];
}

/** Sends a query, as the administrator unless `token` says otherwise; null sends no token. */
export async function ask(
  gitlab: StandInGitLab,
  query: string,
  sending: { token?: string | null; variables?: Fields; operationName?: string } = {},
): Promise<GraphQLAnswer> {
  const { token = gitlab.token, ...rest } = sending;
  return post(gitlab, { query, ...rest }, token);
}

/** Sends any JSON. */
export async function post(gitlab: StandInGitLab, json: unknown, token: string | null): Promise<GraphQLAnswer> {
  const headers = new Headers({ "content-type": "application/json" });
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  const answer = await read(
    await fetch(`${gitlab.url}/api/graphql`, { method: "POST", headers, body: JSON.stringify(json) }),
  );
  const { data, errors } = answer.body as Pick<GraphQLAnswer, "data" | "errors">;
  return { ...answer, data, errors: errors ?? [] };
}

/** The data of an answer without errors. */
export async function askWell(...args: Parameters<typeof ask>): Promise<GraphQLAnswer["data"]> {
  const answer = await ask(...args);
  assert.deepEqual(answer.errors, []);
  assert.equal(answer.status, 200);
  return answer.data;
}

/** The messages of all errors. */
export function messages(answer: GraphQLAnswer): unknown[] {
  return answer.errors.map((error) => error.message);
}

/** What GraphQL says for everything that is not there or not allowed. */
export const unavailable =
  "The resource that you are attempting to access does not exist or you don't have permission to perform this action";

/** The nodes of a list. */
export function nodesOf(list: unknown): Fields[] {
  return listOf((list as Fields).nodes);
}

/** What must be a list. */
export function listOf(value: unknown): Fields[] {
  assert.ok(Array.isArray(value), `no list: ${JSON.stringify(value)}`);
  return value as Fields[];
}

/** The id of a runner as GraphQL has it. */
export function gid(id: number, model = "Ci::Runner"): string {
  return `gid://gitlab/${model}/${id}`;
}
