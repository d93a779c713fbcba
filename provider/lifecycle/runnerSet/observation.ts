import { GitLabCallError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import { connectTo } from "../connection.js";
import { type Finding, isReporting, report } from "../report.js";
import { remember } from "../runner/held.js";
import { observeRunner } from "../runner/observation.js";
import type { RunnerState } from "../runner/state.js";
import { explainFailures, RunnerSetError, UNTRIED } from "./failures.js";
import { doSideBySide, type Outcome, READS } from "./sideBySide.js";
import { itemStates, joinStates, listIds, type RunnerSetState, setInputsOf } from "./state.js";

interface Item {
  name: string;
  state: RunnerState;
}

/** What was seen of an item, and what a report says of it; without state its runner is gone. */
interface Seen {
  state?: RunnerState;
  finding: Omit<Finding, "type" | "id">;
}

/**
 * The set with what GitLab tells of each item; one that is gone there is left out. It changes nothing.
 * @throws RunnerSetError where an item cannot be told; in a run that only looks for drift, that is a finding
 */
export async function observeSet(state: RunnerSetState): Promise<RunnerSetState> {
  const items = [...itemStates(state)].map(([name, item]) => ({ name, state: item }));
  for (const item of items) remember(item.state);
  const outcomes = await observeItems(state, items);
  const reasons = explainFailures(outcomes);
  if (reasons.length > 0 && !isReporting()) throw new RunnerSetError(reasons.join("\n"));
  const seen = new Map<string, RunnerState>();
  for (const [item, outcome] of outcomes) {
    const { state: found, finding } = judge(item, outcome);
    if (found) seen.set(item.name, found);
    const { runnerId, url, identity } = item.state;
    report({ type: "RunnerSet", id: String(runnerId), url, identity, ...finding });
  }
  return joinStates({ ...setInputsOf(state), url: state.url }, seen);
}

async function observeItems(state: RunnerSetState, items: readonly Item[]): Promise<Map<Item, Outcome<Seen>>> {
  try {
    const client = await connectTo(state.url, listIds(state));
    return await doSideBySide(items, { do: (item) => observeItem(client, item), width: READS });
  } catch (error) {
    if (!isReporting()) throw error;
    return new Map(items.map((item) => [item, { error }]));
  }
}

async function observeItem(client: GitLabClient, { state }: Item): Promise<Seen> {
  try {
    const { seen, finding } = await observeRunner(client, state);
    return { state: seen, finding };
  } catch (error) {
    if (error instanceof GitLabCallError && error.call.isGone) return { finding: { result: "gone" } };
    throw error;
  }
}

/** What could not be told is as state knows it. */
function judge({ state }: Item, outcome: Outcome<Seen>): Seen {
  if ("value" in outcome) return outcome.value;
  const reason = "error" in outcome ? (outcome.error as Error).message : UNTRIED;
  return { state, finding: { result: "unknown", reason } };
}
