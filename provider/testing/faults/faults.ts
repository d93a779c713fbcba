import { compilePattern, type RequestTest } from "../http/pathPattern.js";
import { makeDice } from "./dice.js";
import type { Fault, FaultSpec } from "./fault.js";

interface ActiveFault extends Fault {
  seen: number;
  hits: number;
  readonly matches: RequestTest;
  readonly roll: () => number;
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
    const { probability = 1 } = spec;
    if (!(probability >= 0 && probability <= 1)) throw new RangeError("A probability is a number from 0 to 1");
    this.lastId += 1;
    // Two faults of one seed must not roll the same numbers, or the second would never hit where the first did not.
    const roll = makeDice((spec.seed ?? 1) * 1000 + this.lastId);
    const fault = { id: this.lastId, spec, seen: 0, hits: 0, matches: compilePattern(spec), roll };
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
  const { nth: first = 1, probability, count = probability === undefined ? 1 : "all" } = fault.spec;
  if (fault.seen < first) return false;
  if (probability === undefined) return count === "all" || fault.seen < first + count;
  // Rolled for every request, so that one that is used up does not shift what comes after.
  const isHit = fault.roll() < probability;
  return isHit && (count === "all" || fault.hits < count);
}
