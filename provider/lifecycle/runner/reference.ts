import type { About, RunnerReference, RunnerWish } from "../../gitlab/runners.js";
import { formatPath } from "../../path.js";
import type { Properties } from "../method.js";
import type { Attribute } from "./attributes.js";
import type { RunnerInputs } from "./inputs.js";
import type { RunnerState } from "./state.js";

/** Its token, and the declared secrets by the paths that the resource class found. */
export function listSecrets(state: Partial<RunnerState>): string[] {
  const { token, adopt, authenticationToken, registrationToken, secretPaths = [] } = state;
  const declared = secretPaths.flatMap((path) => state[path as Attribute]);
  return [token, adopt?.token, authenticationToken, registrationToken, ...declared].filter(isText);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Which runner is meant, and what no error may repeat of it. */
export function refer(id: string, state: RunnerState): RunnerReference {
  return { id, ...tellAbout(state) };
}

/** The same for a look at it, with what tells its like. */
export function wishFor(id: string, state: RunnerState): RunnerWish {
  const { runnerType, groupId, projectId, sharedProjectIds } = state;
  const place = { runner_type: runnerType, group_id: groupId, project_id: projectId } as RunnerWish["place"];
  return { ...refer(id, state), place, projectIds: sharedProjectIds as number[] | undefined };
}

/** What calls for a resource carry for their errors. */
export function tellAbout(inputs: Partial<RunnerState>): About {
  return { secrets: listSecrets(inputs), resource: nameOf(inputs) };
}

/** The runner as a message names it. */
export function describeRunner(state: RunnerState): string {
  return `${nameOf({ ...state })} (${state.adoption ? "adopted " : ""}runner ${state.runnerId})`;
}

/** The resource as a message names it before there is a runner. */
export function nameOf({ identity }: Properties): string {
  if (typeof identity !== "string") return "Runner";
  return identity.startsWith(OF_SET) ? `RunnerSet ${identity.slice(OF_SET.length)}` : `Runner ${identity}`;
}

/** No resource's own identity begins like this: types of parents hold colons. */
const OF_SET = "RunnerSet$";

/** How messages call one runner of a set: `fleet.docker`. */
export function placeInSet(set: string, name: string): string {
  return set + formatPath(["", name]).slice('[""]'.length);
}

/** Tells one runner of a set from all others, whatever characters the names hold. */
export function identifyItem(set: string, name: string): string {
  return OF_SET + placeInSet(set, name);
}

/** The set, by its own identity, and the item's name in it; undefined for what is no item. */
export function splitItem(identity: string): { set: string; name: string } | undefined {
  const [, set, plain, quoted] = ITEM.exec(identity) ?? [];
  if (set === undefined) return undefined;
  return { set, name: plain ?? (JSON.parse(quoted ?? '""') as string) };
}

const ITEM = /^RunnerSet\$(.+?)(?:\.([\w+-]+)|\[("(?:[^"\\]|\\.)*")\])$/s;

/** Tells this resource from all others, where that is known: names are given in each stack anew. */
export function seedOf({ stackId, identity }: Pick<RunnerInputs, "stackId" | "identity">): string | undefined {
  return stackId === undefined || identity === undefined ? identity : `${stackId}/${identity}`;
}
