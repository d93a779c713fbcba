import type { Call } from "./call.js";
import { refuse } from "./refusal.js";

/** Refuses with 412 when the caller knows only an older state, by `If-Unmodified-Since`. */
export function checkUnmodified(call: Call, updatedAt: Date): void {
  const header = call.header("if-unmodified-since");
  if (header === undefined) return;
  const known = new Date(header).getTime();
  if (updatedAt.getTime() > known) throw refuse(412, "412 Precondition Failed");
}
