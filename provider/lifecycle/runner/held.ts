import { randomBytes } from "node:crypto";
import { type Marker, markerFor } from "./marker.js";
import type { RunnerState } from "./state.js";

/** Tells one creation of a resource from the next one. */
export function makeGeneration(): string {
  return randomBytes(6).toString("hex");
}

type Holding = Pick<RunnerState, "url" | "runnerId" | "generation">;

/** Runners that this process brought into the stack, each with the generation that has it. */
const holders = new Map<string, string | undefined>();

function keyOf({ url, runnerId }: Pick<RunnerState, "url" | "runnerId">): string {
  return `${url}#${runnerId}`;
}

/** Notes that the runner now belongs to this generation. */
export function hold(state: Holding): void {
  holders.set(keyOf(state), state.generation);
}

/**
 * Whether this process gave the runner to another generation: in a forced replacement the new resource may take over the
 * old one's runner before the old one is deleted.
 */
export function isHeldByAnother(state: Holding): boolean {
  return holders.has(keyOf(state)) && holders.get(keyOf(state)) !== state.generation;
}

/** With the mark that each has by its state. */
const known = new Map<string, Marker | undefined>();

/** Notes that state has the runner, or that this process made it. */
export function remember(runner: RunnerState): void {
  known.set(keyOf(runner), runner.isElsewhere ? undefined : markerFor(runner, runner.generation));
}

/** Whether the runner is somebody's already, as far as this process saw: then it is no lost one. */
export function isKnown(runner: Pick<RunnerState, "url" | "runnerId">): boolean {
  return known.has(keyOf(runner));
}

/** The mark of a runner that is known. */
export function knownMarker(runner: Pick<RunnerState, "url" | "runnerId">): Marker | undefined {
  return known.get(keyOf(runner));
}
