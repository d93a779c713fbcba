import type { Call, GitLabClient } from "./client.js";

/** GitLab's most per page. */
const PER_PAGE = 100;

/** Every item of a list, page by page. What is no list gives no item. */
export async function listAll(client: GitLabClient, call: Call): Promise<unknown[]> {
  const items: unknown[] = [];
  for (let page: number | undefined = 1; page !== undefined; ) {
    const query = { ...call.query, page, per_page: PER_PAGE };
    const { body, headers } = await client.request({ ...call, query });
    const found = Array.isArray(body) ? body : [];
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
