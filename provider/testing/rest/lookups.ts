import { canReadGroup, canReadProject } from "../world/access.js";
import { fullPathOf } from "../world/places.js";
import type { GroupRecord, ProjectRecord, RunnerRecord } from "../world/records.js";
import type { World } from "../world/world.js";
import type { UserCall } from "./call.js";
import { notFound, refuse } from "./refusal.js";

/** The runner with an id; refuses with the 404 that is set. */
export function lookUpRunner(world: World, id: number | null | undefined): RunnerRecord {
  const runner = world.runners.find(id ?? 0);
  if (runner === undefined) throw refuse(404, world.settings.runnerNotFoundMessage);
  return runner;
}

/** The project of the path, by id or by full path; one that the caller may not see counts as none. */
export function lookUpProject(call: UserCall): ProjectRecord {
  const matches = placeTest(call);
  const project = call.world.projects.first(matches);
  if (project === undefined || !canReadProject(call.world, call.caller, project)) throw notFound("Project");
  return project;
}

/** The group of the path, by id or by full path; one that the caller may not see counts as none. */
export function lookUpGroup(call: UserCall): GroupRecord {
  const matches = placeTest(call);
  const group = call.world.groups.first(matches);
  if (group === undefined || !canReadGroup(call.world, call.caller, group)) throw notFound("Group");
  return group;
}

function placeTest(call: UserCall): (place: GroupRecord | ProjectRecord) => boolean {
  const wanted = String(call.params.id);
  if (/^\d+$/.test(wanted)) return (place) => place.id === Number(wanted);
  return (place) => fullPathOf(call.world, place).toLowerCase() === wanted.toLowerCase();
}
