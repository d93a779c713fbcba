import { createInterface, type Interface } from "node:readline/promises";
import { GitLabCallError, GitLabRunnerError, InvalidInputError, type Problem } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import type { FleetRunner } from "../../gitlab/fleet.js";
import { deleteRunner, getRunner } from "../../gitlab/runners.js";
import { isSameResource, readMarker } from "../../lifecycle/runner/marker.js";
import { describeUse, nameRunner } from "./finding.js";
import { foreignMark, type Knowledge, ownersOf } from "./judge.js";

/** Which runners may be deleted, and how that is agreed to. */
export interface Pruning {
  ids: readonly number[];
  fleet: readonly FleetRunner[];
  knowledge: Knowledge;
  /** Asks whether to go on. */
  confirm: (question: string) => Promise<boolean>;
  say: (line: string) => void;
}

/**
 * Deletes the named runners and no other. They are nobody's: each belongs to the scope, no stack that was given names it
 * under any address, no stack that was not given has left its mark on it, and it runs no job. All of them are checked
 * before the first is deleted, and each once more right before.
 * @returns those that are gone
 * @throws InvalidInputError that names what may not be deleted; GitLabRunnerError when nobody agreed
 */
export async function prune(client: GitLabClient, pruning: Pruning): Promise<Set<number>> {
  const { ids, fleet, confirm, say } = pruning;
  const problems = ids.flatMap((id) => findObjection(id, pruning));
  if (problems.length > 0) throw new InvalidInputError(problems);
  const runners = fleet.filter(({ id }) => ids.includes(id));
  say(`To be deleted at ${client.connection.address}, since no stack declares them; their tokens die at once:`);
  for (const runner of runners) say(`  ${nameRunner(runner)}: ${describeUse(runner)}`);
  if (!(await confirm(`Delete ${runners.length === 1 ? "this runner" : `these ${runners.length} runners`}?`))) {
    throw new GitLabRunnerError("nothing was deleted");
  }
  const gone = new Set<number>();
  for (const runner of runners) {
    await deleteOne(client, runner);
    gone.add(runner.id);
    say(`deleted ${nameRunner(runner)}`);
  }
  return gone;
}

function findObjection(id: number, { fleet, knowledge }: Pruning): Problem[] {
  const object = (message: string) => [{ path: `--prune ${id}`, message: `${message}. Nothing was deleted` }];
  const runner = fleet.find((one) => one.id === id);
  if (runner === undefined) return object("no runner of the scope has this number");
  const [owner] = ownersOf(runner, knowledge).places;
  if (owner) return object(`${owner.resource} of stack ${owner.stack} declares it: destroy it there`);
  const [namesake] = [...knowledge.declared.runners, ...knowledge.declared.files].filter((one) => one.id === id);
  if (namesake) {
    return object(
      `${namesake.resource} of stack ${namesake.stack} declares a runner of this number at ${namesake.url}: if that is an ` +
        "earlier address of this GitLab, say so by --moved-from; if not, delete this one in GitLab",
    );
  }
  const [unreadable] = knowledge.declared.unreadable;
  if (unreadable) return object(`which runners ${unreadable.resource} of stack ${unreadable.stack} names is not known`);
  const marker = foreignMark(runner, knowledge);
  if (marker)
    return object(`its note says that another stack (${marker.stack}…) made it: give that stack's state, too`);
  if (runner.isRunningJobs) return object(`it runs jobs: first "pulumi-gitlab-runner drain ${id}"`);
  return [];
}

/** Time has passed since the list was made. */
async function deleteOne(client: GitLabClient, runner: FleetRunner): Promise<void> {
  const reference = { id: String(runner.id), secrets: [] };
  try {
    const now = await getRunner(client, reference);
    const [before, marker] = [readMarker(runner.maintenanceNote), readMarker(now.maintenance_note)];
    const isTaken =
      marker !== undefined && !(before && isSameResource(marker, before) && marker.generation === before.generation);
    if (isTaken)
      throw new GitLabRunnerError(`runner ${runner.id} has been taken over by a stack meanwhile: it was left`);
    if (now.job_execution_status === "active") {
      throw new GitLabRunnerError(`runner ${runner.id} has begun a job meanwhile: it was left`);
    }
    await deleteRunner(client, reference);
  } catch (error) {
    if (!(error instanceof GitLabCallError && error.call.isGone)) throw error;
  }
}

/** Where a question is asked. */
export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

/** Asks on the terminal; where there is none nobody can agree. */
export async function askOnTerminal(
  question: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  if (!input.isTTY) {
    throw new GitLabRunnerError("--prune asks on a terminal before it deletes; without one, give --yes");
  }
  const terminal = createInterface({ input, output });
  try {
    return (await readAnswer(terminal, `${question} Type "yes": `)).trim() === "yes";
  } finally {
    terminal.close();
  }
}

/** Whoever ends the input, or presses Ctrl-C, gives no answer: a question alone would then wait for ever, or fail. */
function readAnswer(terminal: Interface, question: string): Promise<string> {
  return new Promise((resolve) => {
    // An answer that came right before the end counts.
    terminal.once("close", () => setImmediate(resolve, ""));
    terminal.question(question).then(resolve, () => resolve(""));
  });
}
