import { ancestorsOf, groupsAbove } from "../world/places.js";
import type { GroupRecord, ProjectRecord, RunnerRecord, TokenRecord } from "../world/records.js";
import type { World } from "../world/world.js";
import type { Call } from "./call.js";
import { isCalled } from "./lookups.js";

/** Where a request about runners belongs to: the caller, the instance, a group or a project. */
type Boundary = "user" | "instance" | { group: GroupRecord } | { project: ProjectRecord };

/** Whether a fine-grained token was made for where the request belongs to. What is not there is refused elsewhere. */
export function isWithin(call: Call, token: TokenRecord): boolean {
  if (token.boundaries === null) return true;
  const boundary = boundaryOf(call);
  return boundary === undefined || namesOf(call.world, boundary).some((name) => token.boundaries?.includes(name));
}

/** A boundary's own name, and those of the groups above it: a token for a group is one for all below. */
function namesOf(world: World, boundary: Boundary): string[] {
  if (typeof boundary === "string") return [boundary];
  const groups = "group" in boundary ? [boundary.group, ...ancestorsOf(world, boundary.group)] : undefined;
  if (groups) return groups.map(({ id }) => `group/${id}`);
  const { project } = boundary as { project: ProjectRecord };
  return [`project/${project.id}`, ...groupsAbove(world, project).map(({ id }) => `group/${id}`)];
}

function boundaryOf({ world, path, params }: Call): Boundary | undefined {
  const [, room, of] = /^\/api\/v4\/(\w+)(?:\/([^/]+))?/.exec(path) ?? [];
  if (room === "projects") return ofProject(world, params.id);
  if (room === "groups") return ofGroup(world, params.id);
  if (room === "user" && of === "runners") return ofNewRunner(world, params);
  if (room !== "runners") return undefined;
  if (of === undefined) return "user";
  if (!/^\d+$/.test(of)) return "instance";
  const runner = world.runners.find(Number(of));
  return runner && ofRunner(world, runner);
}

function ofNewRunner(world: World, params: Call["params"]): Boundary | undefined {
  if (params.runner_type === "group_type") return ofGroup(world, params.group_id);
  return params.runner_type === "project_type" ? ofProject(world, params.project_id) : "instance";
}

function ofRunner(world: World, { groupId, projectIds }: RunnerRecord): Boundary | undefined {
  if (groupId !== null) return ofGroup(world, groupId);
  return projectIds.length > 0 ? ofProject(world, projectIds[0]) : "instance";
}

function ofGroup(world: World, id: unknown): Boundary | undefined {
  const group = world.groups.first(isCalled(world, id));
  return group && { group };
}

function ofProject(world: World, id: unknown): Boundary | undefined {
  const project = world.projects.first(isCalled(world, id));
  return project && { project };
}
