import type { Reply } from "../http/reply.js";
import type { Call } from "./call.js";
import { type Declared, optional, type ParamType } from "./declare.js";
import { integer } from "./paramTypes.js";

const DEFAULT_PER_PAGE = 20;
const MAX_PER_PAGE = 100;
/** Above this many rows GitLab does not count them. */
const MAX_COUNTED = 10_000;

const perPage: ParamType<number> = {
  read: (raw) => {
    const reading = integer.read(raw);
    return "value" in reading && reading.value === 0 ? { problem: "has a value not allowed" } : reading;
  },
};

/** The parameters of every list. */
export const pagination = { page: optional(integer), per_page: optional(perPage) };

interface Page {
  readonly number: number;
  readonly size: number;
  readonly total: number;
  readonly counted: boolean;
}

/** Answers with one page of a list, and with the headers that lead to the others. */
export function paginate<T>(
  call: Call,
  rows: readonly T[],
  options: { declared: Declared<typeof pagination>; show: (row: T) => unknown; uncounted?: boolean },
): Reply {
  const page: Page = {
    number: Math.max(1, options.declared.page ?? 1),
    size: pageSize(options.declared.per_page),
    total: rows.length,
    counted: !options.uncounted && rows.length <= MAX_COUNTED,
  };
  const start = (page.number - 1) * page.size;
  const body = rows.slice(start, start + page.size).map(options.show);
  return { status: 200, headers: pageHeaders(call, page), body };
}

/** The number of rows on a page: as wished, but never above 100. */
export function pageSize(wish: number | null | undefined): number {
  return wish == null || wish < 1 ? DEFAULT_PER_PAGE : Math.min(wish, MAX_PER_PAGE);
}

/** The address of this list with other parameters, on the host that GitLab was configured with. */
export function listUrl(call: Call, changes: Record<string, string | number>): string {
  const entries = { ...flatten(call.params), ...changes };
  const sorted = Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
  const query = new URLSearchParams(sorted.flatMap(([name, value]) => pairs(name, value)));
  return `${call.world.externalUrl}${call.path}?${query.toString()}`;
}

function pageHeaders(call: Call, page: Page): Record<string, string> {
  const last = Math.max(1, Math.ceil(page.total / page.size));
  const next = page.number < last ? page.number + 1 : null;
  const previous = page.number > 1 && page.number <= last ? page.number - 1 : null;
  const link = (number: number | null, rel: string) =>
    number === null ? [] : [`<${listUrl(call, { page: number, per_page: page.size })}>; rel="${rel}"`];
  const links = [
    link(previous, "prev"),
    link(next, "next"),
    link(1, "first"),
    link(page.counted ? last : null, "last"),
  ];
  const counts = { "X-Total": String(page.total), "X-Total-Pages": String(last) };
  return {
    Link: links.flat().join(", "),
    "X-Page": String(page.number),
    "X-Per-Page": String(page.size),
    "X-Next-Page": String(next ?? ""),
    "X-Prev-Page": String(previous ?? ""),
    ...(page.counted ? counts : {}),
  };
}

type Value = string | number | string[];

function flatten(params: Call["params"]): Record<string, Value> {
  const plain = Object.entries(params).map(([name, value]): [string, Value] => [
    name,
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  return Object.fromEntries(plain);
}

function pairs(name: string, value: Value): [string, string][] {
  return Array.isArray(value) ? value.map((item) => [`${name}[]`, item]) : [[name, String(value)]];
}
