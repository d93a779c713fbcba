import type { MergeRequestRecord } from "./records.js";
import type { World } from "./world.js";

/** A new merge request. */
export interface NewMergeRequest {
  projectId: number;
  /** @default "a change" */
  title?: string;
}

/** Makes a merge request; throws when its project is not there. */
export function addMergeRequest(world: World, { projectId, title }: NewMergeRequest): MergeRequestRecord {
  world.projects.get(projectId);
  const iid = world.mergeRequests.where((request) => request.projectId === projectId).length + 1;
  return world.mergeRequests.add((id) => ({ id, iid, projectId, title: title ?? "a change" }));
}
