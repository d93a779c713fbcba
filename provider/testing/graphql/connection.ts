import { GraphQLError } from "graphql";
import { MAX_PAGE_SIZE } from "./limits.js";
import type { Node } from "./scope.js";

/** Which part of a list is asked for. */
export interface PageArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

/** Where a row stands in a list: by a key, and by its id among equals. Rows without a key come last. */
export interface Position {
  readonly key: number | null;
  readonly id: number;
}

/** In what order a list comes. */
export interface Order<T> {
  readonly position: (row: T) => Position;
  readonly direction: "asc" | "desc";
}

/** A list as GraphQL shows it. */
export interface ListView<T> {
  readonly order: Order<T>;
  /** Null leaves the row out, as GitLab does with what the caller may not see. */
  readonly show: (row: T) => Node | null;
  /** What else the edge of a row tells. */
  readonly edge?: (row: T) => Node;
}

/** A page of a list. A cursor stays good when its row is gone. */
export function connect<T>(rows: readonly T[], args: PageArguments, view: ListView<T>): Node {
  const { first, last } = args;
  if (typeof first === "number" && typeof last === "number") {
    throw new GraphQLError("Can only provide either `first` or `last`, not both");
  }
  const compare = comparePositions(view.order.direction);
  const after = args.after ? readCursor(args.after) : null;
  const before = args.before ? readCursor(args.before) : null;
  const range = rows
    .map((row) => ({ row, at: view.order.position(row) }))
    .filter(({ at }) => (after === null || compare(at, after) > 0) && (before === null || compare(at, before) < 0))
    .sort((a, b) => compare(a.at, b.at))
    .map(({ row }) => row);
  const size = Math.max(0, Math.min(first ?? last ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE));
  const page = typeof last === "number" ? range.slice(Math.max(0, range.length - size)) : range.slice(0, size);
  const isCut = page.length < range.length;
  const info = {
    hasNextPage: typeof last === "number" ? before !== null : isCut,
    hasPreviousPage: typeof last === "number" ? isCut : after !== null,
  };
  return showPage(page, { ...view, info, total: rows.length });
}

/** The latest first, as every list comes that has no order of its own. */
export function byId<T extends { readonly id: number }>(): Order<T> {
  return { position: (row) => ({ key: row.id, id: row.id }), direction: "desc" };
}

function showPage<T>(page: readonly T[], view: ListView<T> & { info: Node; total: number }): Node {
  const seen = page.flatMap((row) => {
    const node = view.show(row);
    return node === null ? [] : [{ node, row }];
  });
  const cursor = (row: T | undefined) => (row === undefined ? null : writeCursor(view.order.position(row)));
  return {
    count: view.total,
    nodes: seen.map(({ node }) => node),
    edges: seen.map(({ node, row }) => ({ ...view.edge?.(row), node, cursor: cursor(row) })),
    pageInfo: { ...view.info, startCursor: cursor(page[0]), endCursor: cursor(page.at(-1)) },
  };
}

function comparePositions(direction: "asc" | "desc"): (a: Position, b: Position) => number {
  const sign = direction === "asc" ? 1 : -1;
  return (a, b) => {
    if (a.key === b.key) return sign * (a.id - b.id);
    if (a.key === null) return 1;
    return b.key === null ? -1 : sign * (a.key - b.key);
  };
}

function writeCursor(position: Position): string {
  return Buffer.from(JSON.stringify({ key: position.key, id: String(position.id) })).toString("base64url");
}

function readCursor(cursor: string): Position {
  try {
    const { key, id } = JSON.parse(Buffer.from(cursor, "base64url").toString()) as Record<string, unknown>;
    if ((typeof key === "number" || key === null) && Number.isInteger(Number(id))) return { key, id: Number(id) };
  } catch {
    // Not what we made: refused below.
  }
  throw new GraphQLError("Please provide a valid cursor");
}
