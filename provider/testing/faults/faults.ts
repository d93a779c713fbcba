import { compilePattern, type RequestTest } from "../http/pathPattern.js";
import type { Fault, FaultSpec } from "./fault.js";

interface ActiveFault extends Fault {
  seen: number;
  hits: number;
  readonly matches: RequestTest;
}

/**
 * The faults that GitLab has at the moment. Of several that fit a request, the one that was added first hits it, and
 * those added later do not count it: two plain faults hit two requests, one after the other.
 */
export class Faults {
  private active: ActiveFault[] = [];
  private lastId = 0;

  /** Adds a fault, as `{ method: "POST", path: "/user/runners", kind: "cut", when: "after" }`. */
  add(spec: FaultSpec): Fault {
    this.lastId += 1;
    const fault = { id: this.lastId, spec, seen: 0, hits: 0, matches: compilePattern(spec) };
    this.active.push(fault);
    return fault;
  }

  /** All faults, those that are used up too. */
  list(): Fault[] {
    return [...this.active];
  }

  /** Removes one fault. False when there was none. */
  remove(id: number): boolean {
    const before = this.active.length;
    this.active = this.active.filter((fault) => fault.id !== id);
    return this.active.length < before;
  }

  /** Removes all faults. */
  clear(): void {
    this.active = [];
  }

  /** @internal Counts a request, and gives the fault that hits it. */
  hit(request: { readonly method: string; readonly path: string }): FaultSpec | null {
    for (const fault of this.active) {
      if (!fault.matches(request)) continue;
      fault.seen += 1;
      if (!isDue(fault)) continue;
      fault.hits += 1;
      return fault.spec;
    }
    return null;
  }
}

function isDue(fault: ActiveFault): boolean {
  const first = fault.spec.nth ?? 1;
  const count = fault.spec.count ?? 1;
  return fault.seen >= first && (count === "all" || fault.seen < first + count);
}
