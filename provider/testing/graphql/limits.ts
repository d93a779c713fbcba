import type { Caller } from "../world/access.js";

/** Most characters of a query, or of all queries of one request together. */
export const MAX_QUERY_SIZE = 10_000;

/** Most objects on one page; more are cut off silently. */
export const MAX_PAGE_SIZE = 100;

/** How long a query may take, in milliseconds; then no further field of it is looked for. */
export const MAX_DURATION = 30_000;

/** How complex a query may be. */
export function maxComplexity(caller: Caller | null): number {
  if (caller === null) return 200;
  // GitLab looks at the account here, not at Admin Mode.
  return caller.user.admin ? 300 : 250;
}

/** How many fields may lie in one another. */
export function maxDepth(caller: Caller | null): number {
  return caller === null ? 15 : 20;
}
