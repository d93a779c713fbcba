import type { GitLabClient } from "../../gitlab/client.js";
import type { RunnerView } from "../../gitlab/runnerQueries.js";
import { PartialFailure } from "../method.js";
import type { Difference } from "../report.js";
import { refer } from "./reference.js";
import type { RunnerState } from "./state.js";

/**
 * Brings the further projects of a project runner to what `next` declares; `former` is what it has of ours. A project that
 * somebody else assigned is left alone.
 */
export async function shareRunner(
  client: GitLabClient,
  next: RunnerState,
  former: readonly number[],
): Promise<RunnerState> {
  const wanted = next.sharedProjectIds ?? [];
  const runner = refer(String(next.runnerId), next);
  const present = new Set(former);
  try {
    const { assignProject, unassignProject } = await import("../../gitlab/runnerProjects.js");
    for (const id of wanted.filter((id) => !former.includes(id))) {
      await assignProject(client, runner, id);
      present.add(id);
    }
    for (const id of former.filter((id) => !wanted.includes(id))) {
      await unassignProject(client, runner, id);
      present.delete(id);
    }
    return next;
  } catch (error) {
    const sharedProjectIds = [...present].sort((one, other) => one - other);
    const reason = `sharedProjectIds: ${(error as Error).message}`;
    throw new PartialFailure(runner.id, { ...next, sharedProjectIds }, reason);
  }
}

/** What the runner has of our further projects, as far as anybody knows. */
export function listShared({ drift, sharedProjectIds }: RunnerState): number[] {
  const seen = drift?.sharedProjectIds;
  return Array.isArray(seen) ? (seen as number[]) : (sharedProjectIds ?? []);
}

export function showsProjects({ projects }: RunnerView): boolean {
  return (projects ?? []).length > 0;
}

/** Declared projects that the runner does not have any more. Whoever assigned them is shown them, if GitLab shows any. */
export function findUnshared({ sharedProjectIds = [] }: RunnerState, reply: RunnerView): Difference[] {
  if (!showsProjects(reply)) return [];
  const observed = sharedProjectIds.filter((id) => reply.projects?.some((project) => project.id === id));
  if (observed.length === sharedProjectIds.length) return [];
  return [{ path: "sharedProjectIds", declared: sharedProjectIds, observed }];
}

/** Whoever is no administrator may delete a runner only when no project but its owner has it. */
export async function unshareRunner(client: GitLabClient, state: RunnerState): Promise<void> {
  const { unassignProject } = await import("../../gitlab/runnerProjects.js");
  const runner = refer(String(state.runnerId), state);
  for (const id of listShared(state)) await unassignProject(client, runner, id);
}
