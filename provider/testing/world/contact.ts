import { makeDice } from "../faults/dice.js";
import type { Clock } from "./clock.js";
import type { ManagerRecord, RunnerRecord } from "./records.js";

type Contacted = Pick<RunnerRecord | ManagerRecord, "contactedAt" | "unsavedContact">;

const MINUTE = 60_000;
const SHORTEST = 40 * MINUTE;
const LONGEST = 55 * MINUTE;

/** The latest contact that the database knows. */
export function savedContact({ contactedAt, unsavedContact }: Contacted): Date | null {
  const isCurrent = unsavedContact !== null && unsavedContact.at.getTime() === contactedAt?.getTime();
  return isCurrent ? unsavedContact.saved : contactedAt;
}

/** Notes contacts as GitLab does: at once in its cache, and in the database only where that is old. */
export class Contacts {
  // GitLab rolls for each contact, so that not all runners are saved at once; the same ones here in each run.
  private readonly roll = makeDice(1);

  constructor(private readonly clock: Clock) {}

  note(contacted: Contacted): void {
    const at = this.clock.now();
    const saved = savedContact(contacted);
    contacted.contactedAt = at;
    contacted.unsavedContact = this.isDue(saved, at) ? null : { at, saved };
  }

  private isDue(saved: Date | null, at: Date): boolean {
    return saved === null || at.getTime() - saved.getTime() >= SHORTEST + this.roll() * (LONGEST - SHORTEST);
  }
}
