import { randomBytes } from "node:crypto";
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

const known = new Set<string>();

/** Notes that state has the runner, or that this process made it. */
export function remember(runner: Pick<RunnerState, "url" | "runnerId">): void {
  known.add(keyOf(runner));
}

/** Whether the runner is somebody's already, as far as this process saw: then it is no lost one. */
export function isKnown(runner: Pick<RunnerState, "url" | "runnerId">): boolean {
  return known.has(keyOf(runner));
}
