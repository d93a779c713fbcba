import { compilePattern, type RequestPattern } from "./pathPattern.js";

/** One request that arrived, and what it was answered. */
export interface RequestRecord {
  /** Counts up from 1 over the server's life. */
  readonly id: number;
  /** When it arrived, by GitLab's clock. */
  readonly time: Date;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As parsed: an object for JSON and forms, a text for anything else, null for nothing. */
  readonly body: unknown;
  /** Null while it is not answered, and when the connection was cut instead. */
  status: number | null;
  /** The kind of fault that hit it. */
  fault: string | null;
  /** Why the stand-in itself failed (answered with 500): a bug in it, or a thing that GitLab answers with 500 too. */
  error: string | null;
}

/** Which requests of the log are meant: by method and path, also by status, or by any test. */
export type RequestFilter = (RequestPattern & { status?: number }) | ((request: RequestRecord) => boolean);

type Waiter = { matches: (request: RequestRecord) => boolean; resolve: (request: RequestRecord) => void };

/** Every request to GitLab, the control door's excepted, in order of arrival. */
export class RequestLog {
  private records: RequestRecord[] = [];
  private waiters: Waiter[] = [];
  private lastId = 0;

  /** @internal */
  constructor(private readonly limit: number) {}

  /** The requests that fit; all without a filter. */
  list(filter: RequestFilter = {}): RequestRecord[] {
    return this.records.filter(compileFilter(filter));
  }

  /** How many requests fit. */
  count(filter: RequestFilter = {}): number {
    return this.list(filter).length;
  }

  /** The latest request that fits, or undefined. */
  last(filter: RequestFilter = {}): RequestRecord | undefined {
    return this.records.findLast(compileFilter(filter));
  }

  /** Forgets all requests. */
  clear(): void {
    this.records = [];
  }

  /**
   * The first request that fits, at once when it was seen already, else as soon as it arrives (or, with a status in
   * the filter, as soon as it is answered). Rejects when none came in time.
   */
  async waitFor(filter: RequestFilter = {}, options: { timeoutMs?: number } = {}): Promise<RequestRecord> {
    const matches = compileFilter(filter);
    const known = this.records.find(matches);
    if (known) return known;
    const timeoutMs = options.timeoutMs ?? 5000;
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { matches, resolve: finish };
      const timer = setTimeout(giveUp, timeoutMs);
      const forget = () => {
        clearTimeout(timer);
        this.waiters = this.waiters.filter((other) => other !== waiter);
      };
      this.waiters.push(waiter);
      function finish(request: RequestRecord): void {
        forget();
        resolve(request);
      }
      function giveUp(): void {
        forget();
        reject(new Error(`No such request within ${timeoutMs} ms`));
      }
    });
  }

  /** @internal */
  begin(request: Omit<RequestRecord, "id" | "status" | "fault" | "error">): RequestRecord {
    this.lastId += 1;
    const record: RequestRecord = { id: this.lastId, ...request, status: null, fault: null, error: null };
    this.records.push(record);
    // Cut in one go now and then: to shift on every request would cost as much as the request.
    if (this.records.length > this.limit * 1.1) this.records = this.records.slice(-this.limit);
    this.tell(record);
    return record;
  }

  /** @internal */
  end(record: RequestRecord, status: number | null): void {
    record.status = status;
    this.tell(record);
  }

  private tell(record: RequestRecord): void {
    for (const waiter of this.waiters) {
      if (waiter.matches(record)) waiter.resolve(record);
    }
  }
}

function compileFilter(filter: RequestFilter): (request: RequestRecord) => boolean {
  if (typeof filter === "function") return filter;
  const matches = compilePattern(filter);
  return (request) => matches(request) && (filter.status === undefined || request.status === filter.status);
}
