import { ancestorsOf, groupsAbove } from "./places.js";
import type { GroupRecord, MemberRecord, ProjectRecord, Role, UserRecord, Visibility } from "./records.js";
import type { World } from "./world.js";

/** Who asks, with the powers that count for this request: Admin Mode can take an administrator's away. */
export interface Caller {
  readonly user: UserRecord;
  readonly admin: boolean;
  readonly auditor: boolean;
}

/** What a caller is in one place. */
export interface Standing {
  /** GitLab's number of the role; 0 is no member. */
  readonly level: number;
  /** Has the permission `admin_runners` by a custom role. */
  readonly adminRunners: boolean;
}

/** GitLab's numbers of the roles. */
export const levels: Record<Role, number> = {
  guest: 10,
  planner: 15,
  reporter: 20,
  security_manager: 25,
  developer: 30,
  maintainer: 40,
  owner: 50,
};

/** Every role. */
export const roles: readonly Role[] = [
  "guest",
  "planner",
  "reporter",
  "security_manager",
  "developer",
  "maintainer",
  "owner",
];

/** What the caller is in a group: the best of the roles there and in all groups above. */
export function standingInGroup(world: World, caller: Caller, group: GroupRecord): Standing {
  const ids = new Set([group, ...ancestorsOf(world, group)].map((place) => place.id));
  return best(world, caller, (member) => member.groupId !== null && ids.has(member.groupId));
}

/** What the caller is in a project: the best of the roles there and in all groups above. */
export function standingInProject(world: World, caller: Caller, project: ProjectRecord): Standing {
  const ids = new Set(groupsAbove(world, project).map((place) => place.id));
  const counts = (member: MemberRecord) =>
    member.projectId === project.id || (member.groupId !== null && ids.has(member.groupId));
  return best(world, caller, counts);
}

/** May read everything, as administrators and auditors do. */
export function canReadAll(caller: Caller): boolean {
  return caller.admin || caller.auditor;
}

/** May see that a group exists. */
export function canReadGroup(world: World, caller: Caller, group: GroupRecord): boolean {
  return (
    isOpen(group.visibility) ||
    canReadAll(caller) ||
    standingInGroup(world, caller, group).level > 0 ||
    isMemberBelow(world, caller, group)
  );
}

/** May see that a project exists. */
export function canReadProject(world: World, caller: Caller, project: ProjectRecord): boolean {
  return isOpen(project.visibility) || canReadAll(caller) || isMemberOf(world, caller, project);
}

/** A member of the project, in itself or through its groups. */
export function isMemberOf(world: World, caller: Caller, project: ProjectRecord): boolean {
  return standingInProject(world, caller, project).level > 0;
}

// Whoever belongs to a subgroup or project may see the private groups that it lies in.
function isMemberBelow(world: World, caller: Caller, group: GroupRecord): boolean {
  const isAbove = (place: GroupRecord | undefined) =>
    place !== undefined && [place, ...ancestorsOf(world, place)].some((above) => above.id === group.id);
  return membershipsOf(world, caller).some((member) => {
    const project = world.projects.find(member.projectId ?? 0);
    return isAbove(world.groups.find(member.groupId ?? project?.groupId ?? 0));
  });
}

function membershipsOf(world: World, caller: Caller): MemberRecord[] {
  return world.members.where((member) => member.userId === caller.user.id);
}

function best(world: World, caller: Caller, counts: (member: MemberRecord) => boolean): Standing {
  const roles = membershipsOf(world, caller).filter(counts);
  return {
    level: Math.max(0, ...roles.map((member) => levels[member.role])),
    adminRunners: roles.some((member) => member.adminRunners),
  };
}

// Every caller of the API is signed in, so internal is as open as public.
function isOpen(visibility: Visibility): boolean {
  return visibility !== "private";
}
