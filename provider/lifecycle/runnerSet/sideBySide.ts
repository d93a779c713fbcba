import { GitLabCallError, isRefusal } from "../../errors.js";
import { OrphanedPluginError } from "../engine.js";
import { PartialFailure } from "../method.js";

/** So many items are at work at once, as many as Pulumi takes resources on a machine with four cores. */
export const WIDTH = 16;

/** So many looks at once: those that wait for each other are asked for in bulk. */
export const READS = 200;

/** What came of one task. */
export type Outcome<T> = { value: T } | { error: unknown } | { isUntried: true };

/** Does tasks side by side, and tells when to stop. */
export interface Work<Task, T> {
  do: (task: Task) => Promise<T>;
  /** Hears of each task that has ended. */
  note?: (task: Task, outcome: Outcome<T>) => void;
  /** @default WIDTH */
  width?: number;
}

/**
 * Does all tasks, {@link WIDTH} at a time; one that fails stops no other. When nothing goes well any more for a reason
 * that lies in no single task - GitLab is down, the token is bad, the engine is gone - the rest is not tried.
 */
export async function doSideBySide<Task, T>(
  tasks: readonly Task[],
  work: Work<Task, T>,
): Promise<Map<Task, Outcome<T>>> {
  const outcomes = new Map<Task, Outcome<T>>();
  const queue = [...tasks];
  let failuresInARow = 0;
  const takeOne = async (task: Task): Promise<void> => {
    const outcome = failuresInARow >= WIDTH ? { isUntried: true as const } : await tryTask(task, work);
    if ("value" in outcome) failuresInARow = 0;
    if ("error" in outcome) failuresInARow += weigh(outcome.error);
    outcomes.set(task, outcome);
    work.note?.(task, outcome);
  };
  const takeAll = async () => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) await takeOne(task);
  };
  await Promise.all(Array.from({ length: Math.min(work.width ?? WIDTH, tasks.length) }, takeAll));
  return outcomes;
}

async function tryTask<Task, T>(task: Task, work: Work<Task, T>): Promise<Outcome<T>> {
  try {
    return { value: await work.do(task) };
  } catch (error) {
    return { error };
  }
}

/** How much a failure says of all other tasks. */
function weigh(error: unknown): number {
  if (error instanceof OrphanedPluginError) return WIDTH;
  if (error instanceof PartialFailure) return weigh(error.cause);
  if (!(error instanceof GitLabCallError)) return 0;
  return isRefusal(error, 400, 404, 409, 422) ? 0 : 1;
}
