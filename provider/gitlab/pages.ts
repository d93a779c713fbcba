import { z } from "zod";
import type { Call, GitLabClient } from "./client.js";
import { parseReply } from "./parseReply.js";

/** GitLab's most per page. */
const PER_PAGE = 100;

/** What a list has, and as what an error speaks of it, such as "jobs". */
interface Items<T> {
  item: z.ZodType<T>;
  what: string;
}

/**
 * Every item of a list, page by page.
 * @throws GitLabCallError where a page is no such list: that is not to be taken for "there are none"
 */
export async function listAll<T>(client: GitLabClient, call: Call, { item, what }: Items<T>): Promise<T[]> {
  const items: T[] = [];
  for (let page: number | undefined = 1; page !== undefined; ) {
    const query = { ...call.query, page, per_page: PER_PAGE };
    const { body, headers } = await client.request({ ...call, query });
    const found = parseReply(z.array(item), body, { client, call, what });
    items.push(...found);
    page = findNext(headers["x-next-page"], { page, count: found.length });
  }
  return items;
}

/** What GitLab says; where a proxy keeps that to itself, a full page may have one after it. */
function findNext(told: unknown, { page, count }: { page: number; count: number }): number | undefined {
  if (typeof told !== "string") return count === PER_PAGE ? page + 1 : undefined;
  return Number(told) > page ? Number(told) : undefined;
}
