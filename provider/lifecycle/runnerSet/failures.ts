import { describeProblem, GitLabRunnerError, InvalidInputError } from "../../errors.js";
import { formatPath } from "../../path.js";
import { placeIn } from "./place.js";
import type { Outcome } from "./sideBySide.js";

/** Thrown when something failed with items of a set, and there is nothing that state would have to learn of it. */
export class RunnerSetError extends GitLabRunnerError {}

export const UNTRIED = "not tried, since nothing went well any more";

/** A reason for each item that failed, and one for all that were not tried. */
export function explainFailures(outcomes: ReadonlyMap<{ name: string }, Outcome<unknown>>): string[] {
  const reasons: string[] = [];
  const untried: string[] = [];
  for (const [{ name }, outcome] of outcomes) {
    if ("error" in outcome) reasons.push(explain(name, outcome.error));
    if ("isUntried" in outcome) untried.push(formatPath(["items", name]));
  }
  if (untried.length > 0) reasons.push(`${UNTRIED}: ${shorten(untried)}`);
  return reasons;
}

const MOST_NAMES = 10;

function shorten(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return `${names.slice(0, MOST_NAMES).join(", ")}${more}`;
}

/** One item's failure, by its path within the set. */
function explain(name: string, error: unknown): string {
  if (error instanceof InvalidInputError) {
    return error.problems.map((problem) => describeProblem(placeIn(name, problem))).join("\n");
  }
  const message = error instanceof GitLabRunnerError ? error.message : String((error as Error).stack ?? error);
  return describeProblem(placeIn(name, { path: "", message }));
}
