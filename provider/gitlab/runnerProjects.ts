import { GitLabCallError } from "../errors.js";
import type { GitLabClient } from "./client.js";
import { getRunner, type RunnerReference } from "./runners.js";

const NEEDS = { scope: "api", role: "a Maintainer of that project who may manage the runner" };

/**
 * Lets a further project use a project runner; that it does so already is well.
 * @see https://docs.gitlab.com/api/runners/#assign-a-runner-to-project
 */
export async function assignProject(client: GitLabClient, runner: RunnerReference, projectId: number): Promise<void> {
  const { id, ...about } = runner;
  const call = { verb: "POST", path: `/projects/${projectId}/runners`, needs: NEEDS, ...about } as const;
  try {
    await client.send({ ...call, body: { runner_id: Number(id) } });
  } catch (error) {
    // An answer that was lost, or a refusal since it is assigned already: what GitLab has tells.
    const mayBeDone = error instanceof GitLabCallError && (error.call.status === 400 || error.call.mayHaveHappened);
    if (!mayBeDone) throw error;
    const { projects } = await getRunner(client, runner);
    if (!projects?.some((project) => project.id === projectId)) throw error;
  }
}

/**
 * Takes a further project from a project runner; that it is gone is well.
 * @see https://docs.gitlab.com/api/runners/#unassign-a-runner-from-project
 */
export async function unassignProject(client: GitLabClient, runner: RunnerReference, projectId: number): Promise<void> {
  const { id, ...about } = runner;
  try {
    await client.send({ verb: "DELETE", path: `/projects/${projectId}/runners/${id}`, needs: NEEDS, ...about });
  } catch (error) {
    if (!(error instanceof GitLabCallError && error.call.isGone)) throw error;
  }
}
