import type { BuildsAccessLevel, GroupRecord, ProjectRecord, Visibility } from "./records.js";
import { randomText } from "./secrets.js";
import type { World } from "./world.js";

/** A new group. */
export interface NewGroup {
  /** The last part of its address. */
  path: string;
  name?: string;
  /** The group that it lies in; none makes it a top-level group. */
  parentId?: number | null;
  /** @default "private" */
  visibility?: Visibility;
}

/** A new project. */
export interface NewProject {
  path: string;
  name?: string;
  description?: string | null;
  groupId?: number | null;
  /** @default "private" */
  visibility?: Visibility;
  /** @default "enabled" */
  buildsAccessLevel?: BuildsAccessLevel;
}

/** Makes a group; throws when its parent is not there. */
export function addGroup(world: World, fresh: NewGroup): GroupRecord {
  const parent = fresh.parentId == null ? null : world.groups.get(fresh.parentId);
  return world.groups.add((id) => ({
    id,
    name: fresh.name ?? fresh.path,
    path: fresh.path,
    parentId: parent?.id ?? null,
    organizationId: 1,
    visibility: fresh.visibility ?? "private",
    createdAt: world.clock.now(),
    registrationToken: makeRegistrationToken(),
    allowRunnerRegistrationToken: true,
    runnerRegistrationEnabled: true,
    instanceRunnersEnabled: true,
    runnerTokenExpirationInterval: null,
    subgroupRunnerTokenExpirationInterval: null,
    projectRunnerTokenExpirationInterval: null,
  }));
}

/** Makes a project; throws when its group is not there. */
export function addProject(world: World, fresh: NewProject): ProjectRecord {
  const group = fresh.groupId == null ? null : world.groups.get(fresh.groupId);
  return world.projects.add((id) => ({
    id,
    name: fresh.name ?? fresh.path,
    path: fresh.path,
    description: fresh.description ?? null,
    groupId: group?.id ?? null,
    organizationId: 1,
    visibility: fresh.visibility ?? "private",
    createdAt: world.clock.now(),
    registrationToken: makeRegistrationToken(),
    runnerRegistrationEnabled: true,
    buildsAccessLevel: fresh.buildsAccessLevel ?? "enabled",
    groupRunnersEnabled: true,
    instanceRunnersEnabled: true,
    runnerTokenExpirationInterval: null,
  }));
}

/** A group's parent, that one's parent, and so on; without the group itself. */
export function ancestorsOf(world: World, group: GroupRecord): GroupRecord[] {
  const above: GroupRecord[] = [];
  let next = world.groups.find(group.parentId ?? 0);
  while (next !== undefined) {
    above.push(next);
    next = world.groups.find(next.parentId ?? 0);
  }
  return above;
}

/** The groups that a project lies in, from the nearest to the top. */
export function groupsAbove(world: World, project: ProjectRecord): GroupRecord[] {
  const group = world.groups.find(project.groupId ?? 0);
  return group ? [group, ...ancestorsOf(world, group)] : [];
}

/** The address of a group or project below GitLab's own, as `acme/tools/web`. */
export function fullPathOf(world: World, place: GroupRecord | ProjectRecord): string {
  const above = "parentId" in place ? ancestorsOf(world, place) : groupsAbove(world, place);
  return [place, ...above]
    .map((part) => part.path)
    .reverse()
    .join("/");
}

/** A new registration token of a group or project. */
export function makeRegistrationToken(): string {
  return `GR1348941${randomText(20)}`;
}
