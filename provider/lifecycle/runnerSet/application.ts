import type { GitLabClient } from "../../gitlab/client.js";
import { PartialFailure } from "../method.js";
import { requireOneForm } from "../runner/otherForm.js";
import type { RunnerState } from "../runner/state.js";
import { explainFailures, RunnerSetError } from "./failures.js";
import { planSet } from "./plan.js";
import { Progress } from "./progress.js";
import { doSideBySide, type Outcome, READS } from "./sideBySide.js";
import { itemInputs, joinStates, keepItem, type RunnerSetInputs, type RunnerSetState } from "./state.js";

/** What is to be done with one item. */
interface Task {
  name: string;
  /** In words, once it is done. */
  done: "created" | "changed" | "deleted";
  /** The item as it was. */
  state?: RunnerState;
  /** Resolves with the item as it is; nothing when it is gone. */
  run: () => Promise<RunnerState | undefined>;
}

/** Removals of runners that are drained wait for jobs, most of the time: they need no turn. */
const ANY_WIDTH = 1_000;

/** A set as it is to be, and as it was before an update. */
export interface Application {
  id: string;
  inputs: RunnerSetInputs;
  state?: RunnerSetState;
}

/**
 * Brings the items of a set to what the program declares, each like a Runner of its own; what did not change is not
 * touched.
 * @throws PartialFailure with a reason for each item that failed, and all items as they are; RunnerSetError where there is
 * no item that state would have to keep; FleetFormError before anything is done
 */
export async function applySet(client: GitLabClient, { id, inputs, state }: Application): Promise<RunnerSetState> {
  const plan = await planSet(state, inputs);
  const created = plan.create.map((name) => itemInputs(inputs, name));
  await requireOneForm(created, { isBySize: state === undefined && inputs.isBySize === true });
  const items = new Map([...plan.keep].map(([name, item]) => [name, keepItem(item, inputs, name)] as const));
  const tasks = [
    ...plan.create.map((name) => makeCreation(client, inputs, name)),
    ...[...plan.change].map(([name, item]) => makeChange(client, { inputs, name, item })),
    ...[...plan.remove].map(([name, item]) => makeRemoval(client, name, item)),
  ];
  const outcomes = await finishCreated(client, await doTasks(`RunnerSet ${inputs.identity ?? ""}`, tasks));
  for (const [task, outcome] of outcomes) {
    const item = findResult(task, outcome);
    if (item) items.set(task.name, item);
  }
  const result = joinStates({ ...inputs, url: client.connection.address }, items);
  const reasons = explainFailures(outcomes);
  if (reasons.length === 0) return result;
  if (items.size === 0 && state === undefined) throw new RunnerSetError(reasons.join("\n"));
  throw new PartialFailure(id, { ...result }, ...reasons);
}

/** Deletes all runners of a set; it is as with each of them alone. */
export async function deleteItems(client: GitLabClient, set: string, items: ReadonlyMap<string, RunnerState>) {
  const tasks = [...items].map(([name, item]) => makeRemoval(client, name, item));
  const reasons = explainFailures(await doTasks(set, tasks));
  if (reasons.length > 0) throw new RunnerSetError(reasons.join("\n"));
}

function makeCreation(client: GitLabClient, inputs: RunnerSetInputs, name: string): Task {
  const run = async () => {
    const { make } = await import("../runner/creation.js");
    return make(client, itemInputs(inputs, name));
  };
  return { name, done: "created", run };
}

/** Looks at all that were created together: one request tells of many. */
async function finishCreated(client: GitLabClient, outcomes: Outcomes): Promise<Outcomes> {
  const created = new Map<Task, RunnerState>();
  for (const [task, outcome] of outcomes) {
    if (task.done === "created" && "value" in outcome && outcome.value) created.set(task, outcome.value);
  }
  if (created.size === 0) return outcomes;
  const { describeUnread, finish } = await import("../runner/creation.js");
  const { readFreshRunner } = await import("../../gitlab/readRunner.js");
  const ends = await doSideBySide([...created], {
    do: ([, made]) => finish(client, made, readFreshRunner),
    width: READS,
  });
  const finished = [...ends].map(([[task, made], outcome]): [Task, Outcome<RunnerState>] => [
    task,
    "isUntried" in outcome
      ? { error: describeUnread(made, "was not read back, since nothing went well any more") }
      : outcome,
  ]);
  return new Map([...outcomes, ...finished]);
}

interface Change {
  inputs: RunnerSetInputs;
  name: string;
  item: RunnerState;
}

function makeChange(client: GitLabClient, { inputs, name, item }: Change): Task {
  const run = async () => {
    const { changeRunner } = await import("../runner/update.js");
    return changeRunner(client, item, itemInputs(inputs, name));
  };
  return { name, done: "changed", state: item, run };
}

/** Why the runner is ours to delete, `deleteOwn` says. */
function makeRemoval(client: GitLabClient, name: string, item: RunnerState): Task {
  const run = async () => {
    const { deleteOwn } = await import("../runner/deletion.js");
    await deleteOwn(client, item);
    return undefined;
  };
  return { name, done: "deleted", state: item, run };
}

type Outcomes = Map<Task, Outcome<RunnerState | undefined>>;

async function doTasks(set: string, tasks: readonly Task[]): Promise<Outcomes> {
  const progress = new Progress(set, tasks.length);
  const work = {
    do: (task: Task) => task.run(),
    note: (task: Task, outcome: Outcome<RunnerState | undefined>) => progress.note(...describeEnd(task, outcome)),
  };
  const isDrained = ({ done, state }: Task) => done === "deleted" && state?.drain !== undefined;
  const [first, drained] = await Promise.all([
    doSideBySide(
      tasks.filter((task) => !isDrained(task)),
      work,
    ),
    doSideBySide(tasks.filter(isDrained), { ...work, width: ANY_WIDTH }),
  ]);
  return new Map([...first, ...drained]);
}

function describeEnd({ name, done, state }: Task, outcome: Outcome<RunnerState | undefined>): [string, string] {
  if ("isUntried" in outcome) return ["not tried", name];
  if ("error" in outcome) return ["failed", name];
  const id = outcome.value?.runnerId ?? state?.runnerId;
  return [done, `${name} (runner ${id})`];
}

/** The item as it is after the task, whatever came of that. */
function findResult({ state }: Task, outcome: Outcome<RunnerState | undefined>): RunnerState | undefined {
  if ("value" in outcome) return outcome.value;
  if (!("error" in outcome) || !(outcome.error instanceof PartialFailure)) return state;
  return outcome.error.properties as unknown as RunnerState;
}
