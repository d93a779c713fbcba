import { canReadGroup, canReadProject } from "../world/access.js";
import { fullPathOf } from "../world/places.js";
import type { GroupRecord, ProjectRecord, RunnerRecord } from "../world/records.js";
import { has } from "../world/version.js";
import type { World } from "../world/world.js";
import type { UserCall } from "./call.js";
import { notFound, refuse } from "./refusal.js";

/** The runner with an id; refuses with the 404 that is set, or that the version has. */
export function lookUpRunner(world: World, id: number | null | undefined): RunnerRecord {
  const runner = world.runners.find(id ?? 0);
  if (runner !== undefined) return runner;
  const byVersion = has(world, "runnerNotFoundByName") ? "404 Runner Not Found" : "404 Not found";
  throw refuse(404, world.settings.runnerNotFoundMessage ?? byVersion);
}

/** The project of the path, by id or by full path; one that the caller may not see counts as none. */
export function lookUpProject(call: UserCall): ProjectRecord {
  const matches = isCalled(call.world, call.params.id);
  const project = call.world.projects.first(matches);
  if (project === undefined || !canReadProject(call.world, call.caller, project)) throw notFound("Project");
  return project;
}

/** The group of the path, by id or by full path; one that the caller may not see counts as none. */
export function lookUpGroup(call: UserCall): GroupRecord {
  const matches = isCalled(call.world, call.params.id);
  const group = call.world.groups.first(matches);
  if (group === undefined || !canReadGroup(call.world, call.caller, group)) throw notFound("Group");
  return group;
}

/** A test for the group or project that an id or a full path means. */
export function isCalled(world: World, id: unknown): (place: GroupRecord | ProjectRecord) => boolean {
  const wanted = String(id);
  if (/^\d+$/.test(wanted)) return (place) => place.id === Number(wanted);
  return (place) => fullPathOf(world, place).toLowerCase() === wanted.toLowerCase();
}
