import type { Problem } from "../../errors.js";
import type { Place, RunnerReply } from "../../gitlab/runners.js";
import { isUnknown } from "../check.js";
import { isEqual, toCreateRequest } from "./attributes.js";
import { findFlow } from "./flow.js";
import type { RunnerInputs } from "./inputs.js";
import type { RunnerState } from "./state.js";

/** What identifies a runner in GitLab and cannot be changed there. */
const IDENTITY = ["runnerType", "groupId", "projectId"] as const;

type Scope = Pick<RunnerInputs, (typeof IDENTITY)[number]>;

/** Where GitLab lists runners of the declared type and owner. */
export function placeOf(inputs: RunnerInputs): Place {
  const { runner_type, group_id, project_id } = toCreateRequest(inputs);
  return { runner_type, group_id, project_id };
}

/**
 * What makes the runner of `state` another one than `inputs` ask for. Of a runner that was not created by us from a
 * declared type, GitLab may not have told all: what is missing on one side is no reason.
 */
export function findReplacements(state: RunnerState, inputs: RunnerInputs): string[] {
  if (isOtherOwnership(state, inputs)) return ["authenticationToken"];
  const isUntold = state.adoption !== undefined || state.runnerType === undefined || inputs.runnerType === undefined;
  const isMissing = (key: keyof Scope) => state[key] === undefined || inputs[key] === undefined;
  return IDENTITY.filter((key) => !isEqual(state[key], inputs[key]) && !(isUntold && isMissing(key)));
}

/** A runner of ours does not become one made elsewhere, nor the other way round. */
function isOtherOwnership(state: RunnerState, inputs: RunnerInputs): boolean {
  if (isUnknown(inputs.registrationToken)) return false;
  return (findFlow(inputs) === "use") !== (state.isElsewhere === true);
}

/** Whether type or owner are declared otherwise than before. */
export function isScopeChange(state: Scope, inputs: Scope): boolean {
  return IDENTITY.some((key) => inputs[key] !== undefined && !isEqual(state[key], inputs[key]));
}

const OWNERS = [
  ["groupId", "groups", "group"],
  ["projectId", "projects", "project"],
] as const;

/** Where the declared type and owner are not those that GitLab tells. It shows a caller only the owners that he may see. */
export function checkToldScope(inputs: Scope, reply: RunnerReply): Problem[] {
  const problems: Problem[] = [];
  const { runnerType } = inputs;
  if (runnerType !== undefined && reply.runner_type && reply.runner_type !== runnerType) {
    const message = `is not that of runner ${reply.id}, which is a runner of ${reply.runner_type}: declare that`;
    problems.push({ path: "runnerType", message });
  }
  for (const [path, key, noun] of OWNERS) {
    const told = (reply[key] ?? []).map(({ id }) => id);
    const declared = inputs[path];
    if (declared === undefined || told.length === 0 || told.includes(Number(declared))) continue;
    const ids = told.slice(0, 5).join(", ");
    problems.push({ path, message: `is not a ${noun} of runner ${reply.id}; GitLab tells ${ids}: declare that one` });
  }
  return problems;
}
