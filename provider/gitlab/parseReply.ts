import type { z } from "zod";
import { GitLabCallError } from "../errors.js";
import type { Call, GitLabClient } from "./client.js";

/** The call that was answered, and what its answer describes, such as "jobs". */
interface Asked {
  client: GitLabClient;
  call: Pick<Call, "verb" | "path">;
  what: string;
}

/** @throws GitLabCallError where the body is no answer of GitLab's to that call */
export function parseReply<T>(shape: z.ZodType<T>, body: unknown, { client, call, what }: Asked): T {
  const reply = shape.safeParse(body);
  if (reply.success) return reply.data;
  const found = { verb: call.verb, path: `/api/v4${call.path}`, address: client.connection.address };
  const words = `with a body that does not describe ${what}`;
  throw new GitLabCallError({ ...found, words, advice: "Is the address that of a GitLab 16.0 or later?" });
}
