import { GitLabRunnerError } from "../../errors.js";
import { connect } from "../connection.js";
import type { RunnerInputs } from "./inputs.js";
import { identityIn, markerFor } from "./marker.js";
import { describeRunner, identifyItem, listSecrets, splitItem } from "./reference.js";
import { placeOf } from "./scope.js";
import type { RunnerState } from "./state.js";

// The runners of a RunnerFleet are a Runner each, or the items of one RunnerSet. To the engine these are other resources:
// where a fleet changes its form, it makes all runners anew and deletes the old ones. A runner's identity in one form
// follows from that in the other, so the marks in GitLab tell which form a fleet has.

/** Thrown where runners of a fleet would be replaced for its form. None of them was created, changed or deleted. */
export class FleetFormError extends GitLabRunnerError {}

type Named = Pick<RunnerInputs, "identity">;

/** How the identity of a fleet's resource begins; the fleet's name follows. */
const OF_FLEET = /^(?:.*\$)?gitlab-runner:index:RunnerFleet\$/s;

/** The runner's identity in the other form; two where the name of a Runner does not tell how long the fleet's is. */
function otherIdentities({ identity = "" }: Named): string[] {
  const [start] = OF_FLEET.exec(identity) ?? [];
  if (start === undefined) return [];
  const item = splitItem(identity);
  if (item) return [`${item.set}/${item.name}`];
  const steps = identity.slice(start.length).split("/");
  // FLEET/RUNNER or FLEET/HOST/RUNNER
  const lengths = [1, 2].filter((length) => length < steps.length);
  return lengths.map((length) =>
    identifyItem(start + steps.slice(0, -length).join("/"), steps.slice(-length).join("/")),
  );
}

/** The identities in the other form of what this process is to make and has not made yet. */
const needed = new Set<string>();

/** Notes that the runner is made: the one in the other form may go. */
export function takePlace(runner: Named): void {
  for (const identity of otherIdentities(runner)) needed.delete(identity);
}

/**
 * After a creation has failed, `up --continue-on-error` goes on to delete what the program does not declare any more.
 * @throws FleetFormError where nothing has taken the runner's place in the other form
 */
export function requireTakenPlace(state: RunnerState): void {
  if (!needed.has(state.identity ?? "")) return;
  throw new FleetFormError(`${describeRunner(state)}: not deleted, since what is to take its place was not made`);
}

/**
 * That GitLab has none of these runners, all of one resource, in the other form of their fleet. `isBySize`: the program does
 * not say which form it is to be, so it must be known.
 * @throws FleetFormError
 */
export async function requireOneForm(runners: readonly RunnerInputs[], { isBySize = false } = {}): Promise<void> {
  const others = new Set(runners.flatMap(otherIdentities));
  const [first] = runners;
  if (first === undefined || others.size === 0) return;
  for (const identity of others) needed.add(identity);
  const ours = await listOurs(first, runners.flatMap(listSecrets));
  if (ours === undefined) {
    if (isBySize) throw new FleetFormError(explainUntold(first));
    return;
  }
  const found = ours.filter(({ identity }) => others.has(identity));
  const [other] = found;
  if (other === undefined) return;
  const set = splitItem(other.identity)?.set;
  // The engine stops at the first Runner that is refused, so each names the whole set.
  const all = set === undefined ? found : ours.filter(({ identity }) => splitItem(identity)?.set === set);
  throw new FleetFormError(explain(first, set, all));
}

interface Marked {
  id: number;
  identity: string;
}

/** The runners there that carry a mark of this stack; undefined where that cannot be told. */
async function listOurs(first: RunnerInputs, secrets: readonly string[]): Promise<Marked[] | undefined> {
  const own = markerFor(first, "");
  if (own === undefined || first.runnerType === undefined) return undefined;
  const { listOnce, withoutSecrets } = await import("./search.js");
  const found = await withoutSecrets(secrets, listOnce(await connect(), placeOf(first)));
  if (found === "off") return undefined;
  const ours = found.filter(({ marker }) => marker.stack === own.stack);
  return ours.map(({ id, marker }) => ({ id, identity: identityIn(marker) }));
}

const nameOfFleet = (set = "") => `RunnerFleet ${set.replace(OF_FLEET, "")}`;

const MOST_IDS = 5;

function explain({ identity = "" }: RunnerInputs, set: string | undefined, all: readonly Marked[]): string {
  const fleet = nameOfFleet(set ?? splitItem(identity)?.set);
  const ids = all.slice(0, MOST_IDS).map(({ id }) => id);
  const more = all.length > ids.length ? ` and ${all.length - ids.length} more` : "";
  const [has, wanted] = set === undefined ? ["a Runner each", "one RunnerSet"] : ["one RunnerSet", "a Runner each"];
  const [keeping, replacing] = set === undefined ? ["bulk: false", "bulk: true"] : ["bulk: true", "bulk: false"];
  return (
    `${fleet}: GitLab has ${all.length} of its runners (${ids.join(", ")}${more}), made as ${has}. As ${wanted} they would be ` +
    `replaced, so none was created, changed or deleted. ${keeping} keeps them as they are. To replace them: first ${keeping}, ` +
    `with marker: false for each runner, and "pulumi up"; then ${replacing}, without marker: false`
  );
}

function explainUntold({ identity = "" }: RunnerInputs): string {
  return (
    `${nameOfFleet(splitItem(identity)?.set)}: it has so many runners that they would be made as one RunnerSet, but whether ` +
    "GitLab has them already, made as a Runner each, cannot be told: the token may not list the runners there. So none was " +
    "created. Give the fleet bulk: true if it is new, bulk: false if it is not; or a token that may list them (read_api)"
  );
}
