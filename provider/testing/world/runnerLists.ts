import { ancestorsOf, groupsAbove } from "./places.js";
import type { GroupRecord, ProjectRecord, RunnerRecord } from "./records.js";
import type { World } from "./world.js";

/** A test for the runners of a list; made once for the whole list. */
export type RunnerTest = (runner: RunnerRecord) => boolean;

/** The runners that work for a project: its own, those of the groups above and of the instance, where enabled. */
export function usableInProject(world: World, project: ProjectRecord): RunnerTest {
  const groupIds = idsOf(project.groupRunnersEnabled ? groupsAbove(world, project) : []);
  return (runner) =>
    runner.projectIds.includes(project.id) ||
    isIn(groupIds, runner) ||
    (project.instanceRunnersEnabled && runner.runnerType === "instance_type");
}

/** The runners that work for a group: never those of the projects in it, nor those of its subgroups. */
export function usableInGroup(world: World, group: GroupRecord): RunnerTest {
  const groupIds = idsOf([group, ...ancestorsOf(world, group)]);
  return (runner) => isIn(groupIds, runner) || (group.instanceRunnersEnabled && runner.runnerType === "instance_type");
}

/** The runners of a group and of everything below it. */
export function belowGroup(world: World, group: GroupRecord): RunnerTest {
  const isBelow = (place: GroupRecord) => [place, ...ancestorsOf(world, place)].some(({ id }) => id === group.id);
  const groupIds = idsOf(world.groups.where(isBelow));
  const projectIds = idsOf(world.projects.where((project) => groupIds.has(project.groupId ?? 0)));
  return (runner) => isIn(groupIds, runner) || runner.projectIds.some((id) => projectIds.has(id));
}

function isIn(groupIds: ReadonlySet<number>, runner: RunnerRecord): boolean {
  return runner.groupId !== null && groupIds.has(runner.groupId);
}

function idsOf(rows: readonly { readonly id: number }[]): Set<number> {
  return new Set(rows.map((row) => row.id));
}
