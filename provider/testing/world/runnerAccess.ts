import { type Caller, canReadAll, levels, type Standing, standingInGroup, standingInProject } from "./access.js";
import { ancestorsOf, groupsAbove } from "./places.js";
import type { GroupRecord, ProjectRecord, RunnerRecord } from "./records.js";
import { has } from "./version.js";
import type { World } from "./world.js";

const FRESH_FOR = 60 * 60 * 1000;

/** May list all runners of the instance. */
export function canListAllRunners(world: World, caller: Caller): boolean {
  return caller.admin || (caller.auditor && has(world, "auditorListsAll"));
}

/** May read the maintenance note of a runner that the caller may read; once every reader could. */
export function canReadNote(world: World, caller: Caller, runner: RunnerRecord): boolean {
  return !has(world, "hiddenNote") || canUpdateRunner(world, caller, runner);
}

/** May create, change and delete runners of a group: its owner. */
export function canAdminGroupRunners(world: World, caller: Caller, group: GroupRecord): boolean {
  return caller.admin || isAtLeast(standingInGroup(world, caller, group), levels.owner);
}

/** May create, change and delete runners of a project: its maintainer. */
export function canAdminProjectRunners(world: World, caller: Caller, project: ProjectRecord): boolean {
  return caller.admin || isAtLeast(standingInProject(world, caller, project), levels.maintainer);
}

/** May create runners in a group, which can be switched off for all but administrators. */
export function canCreateGroupRunner(world: World, caller: Caller, group: GroupRecord): boolean {
  if (caller.admin) return true;
  const open = [group, ...ancestorsOf(world, group)].every((place) => place.runnerRegistrationEnabled);
  const allowed = open && world.settings.validRunnerRegistrars.includes("group");
  return allowed && canAdminGroupRunners(world, caller, group);
}

/** May create runners in a project, or bring some there, which can be switched off for all but administrators. */
export function canCreateProjectRunner(world: World, caller: Caller, project: ProjectRecord): boolean {
  if (caller.admin) return true;
  const allowed = project.runnerRegistrationEnabled && world.settings.validRunnerRegistrars.includes("project");
  return allowed && canAdminProjectRunners(world, caller, project);
}

/** May list the runners of a group. */
export function canListGroupRunners(world: World, caller: Caller, group: GroupRecord): boolean {
  return canReadAll(caller) || readsRunners(world, standingInGroup(world, caller, group));
}

/** May list the runners of a project. */
export function canListProjectRunners(world: World, caller: Caller, project: ProjectRecord): boolean {
  return canReadAll(caller) || readsRunners(world, standingInProject(world, caller, project));
}

/** May see one runner: an instance runner everybody may, others need a maintainer. */
export function canReadRunner(world: World, caller: Caller, runner: RunnerRecord): boolean {
  if (runner.runnerType === "instance_type" || canReadAll(caller)) return true;
  if (runner.runnerType === "project_type") return adminsAny(world, caller, projectsOf(world, runner));
  const group = world.groups.find(runner.groupId ?? 0);
  if (group === undefined) return false;
  return isAtLeast(standingInGroup(world, caller, group), levels.maintainer) || maintainsHeir(world, caller, group);
}

/** May change a runner, and delete it as long as it has no more than its owner project. */
export function canUpdateRunner(world: World, caller: Caller, runner: RunnerRecord): boolean {
  if (caller.admin) return true;
  if (runner.runnerType === "project_type") return adminsAny(world, caller, projectsOf(world, runner));
  const group = world.groups.find(runner.groupId ?? 0);
  return group !== undefined && canAdminGroupRunners(world, caller, group);
}

/** May delete a runner: one of several projects only an administrator. */
export function canDeleteRunner(world: World, caller: Caller, runner: RunnerRecord): boolean {
  return caller.admin || (runner.projectIds.length < 2 && canUpdateRunner(world, caller, runner));
}

/** May assign a runner to further projects: who administers its owner project or, once shared, any of its projects. */
export function canAssignRunner(world: World, caller: Caller, runner: RunnerRecord): boolean {
  if (caller.admin) return true;
  return runner.runnerType === "project_type" && adminsAny(world, caller, projectsOf(world, runner));
}

/** May see until when a runner's token is good. */
export function canReadTokenExpiry(world: World, caller: Caller, runner: RunnerRecord): boolean {
  return runner.runnerType === "instance_type" ? caller.admin : canReadRunner(world, caller, runner);
}

/** May see the token of a runner that was just made: who made it. */
export function canReadFreshToken(world: World, caller: Caller, runner: RunnerRecord): boolean {
  const age = world.clock.now().getTime() - runner.createdAt.getTime();
  return runner.creatorId === caller.user.id && runner.creationState === "started" && age < FRESH_FOR;
}

/** May see which jobs a runner ran. */
export function canReadJobsOf(world: World, caller: Caller, runner: RunnerRecord): boolean {
  return canReadAll(caller) || canUpdateRunner(world, caller, runner);
}

/** A test for the runners that are "available" to the caller in `GET /runners`; made once for a whole list. */
export function ownedRunnerTest(world: World, caller: Caller): (runner: RunnerRecord) => boolean {
  // An administrator's power does not count here: the list is about the caller's own memberships.
  const member: Caller = { ...caller, admin: false, auditor: false };
  const groups = idsOf(world.groups.where((group) => canAdminGroupRunners(world, member, group)));
  const projects = idsOf(world.projects.where((project) => canAdminProjectRunners(world, member, project)));
  return (runner) =>
    (runner.groupId !== null && groups.has(runner.groupId)) || runner.projectIds.some((id) => projects.has(id));
}

function idsOf(rows: readonly { readonly id: number }[]): Set<number> {
  return new Set(rows.map((row) => row.id));
}

function projectsOf(world: World, runner: RunnerRecord): ProjectRecord[] {
  return runner.projectIds.flatMap((id) => world.projects.find(id) ?? []);
}

function adminsAny(world: World, caller: Caller, projects: ProjectRecord[]): boolean {
  return projects.some((project) => canAdminProjectRunners(world, caller, project));
}

// A group's runners serve the projects below it, so whoever maintains one of these may see them.
function maintainsHeir(world: World, caller: Caller, group: GroupRecord): boolean {
  const inherits = (project: ProjectRecord) => groupsAbove(world, project).some((above) => above.id === group.id);
  const maintains = (project: ProjectRecord) => isAtLeast(standingInProject(world, caller, project), levels.maintainer);
  return world.projects.first((project) => inherits(project) && maintains(project)) !== undefined;
}

function readsRunners(world: World, standing: Standing): boolean {
  const isSecurityManager = standing.level === levels.security_manager && has(world, "securityManager");
  return isAtLeast(standing, levels.maintainer) || isSecurityManager;
}

function isAtLeast(standing: Standing, level: number): boolean {
  return standing.level >= level || standing.adminRunners;
}
