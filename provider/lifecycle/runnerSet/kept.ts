import type { EntryInputs } from "../configToml/spec.js";
import type { RunnerState } from "../runner/state.js";

// In the preview of an update of a set the engine knows none of its outputs, and so none of the tokens in the files with
// its items. But the set was compared before they are, in this process: what keeps its token is noted here, and a file
// with no other items than such is not changed.

const kept = new Map<string, RunnerState>();

/** Notes that an update of the set leaves the item's token as it is. */
export function noteKept(item: string, state: RunnerState): void {
  kept.set(item, state);
}

/** Whether the runner of an entry, which state has, is that item with its token. */
export function isKept(item: string, runner: EntryInputs["runner"] | undefined): boolean {
  const state = kept.get(item);
  if (state === undefined || runner === undefined) return false;
  const { value, obtainedAt } = runner.token;
  return runner.id === state.runnerId && value === state.token && obtainedAt === state.tokenObtainedAt;
}
