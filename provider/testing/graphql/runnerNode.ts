import { isMemberOf } from "../world/access.js";
import { fullPathOf } from "../world/places.js";
import type { ManagerRecord, RunnerRecord } from "../world/records.js";
import {
  canAssignRunner,
  canDeleteRunner,
  canReadFreshToken,
  canReadNote,
  canReadRunner,
  canReadTokenExpiry,
  canUpdateRunner,
} from "../world/runnerAccess.js";
import { jobExecutionStatus, managerStatus, runnerStatusByJobs, savedManagerStatus } from "../world/runnerStatus.js";
import { latestManager } from "../world/runners.js";
import { shortSha } from "../world/runnerTokens.js";
import { byId, connect, type PageArguments } from "./connection.js";
import { showJobs } from "./jobNode.js";
import { showGroup, showProject } from "./placeNode.js";
import type { Node, Scope } from "./scope.js";
import { showUser } from "./userNode.js";

const MAX_JOB_COUNT = 1000;

/** A runner; null for who may not see it. */
export function showRunner(scope: Scope, runner: RunnerRecord): Node | null {
  const { world, caller } = scope;
  if (caller === null || !canReadRunner(world, caller, runner)) return null;
  return {
    ...showAttributes(scope, runner),
    ...showRelations(scope, runner),
    ...showLatestManager(runner),
    ...showLinks(scope, runner),
    ephemeralAuthenticationToken: canReadFreshToken(world, caller, runner) ? runner.token : null,
    maintenanceNote: canReadNote(world, caller, runner) ? runner.maintenanceNote : null,
    tokenExpiresAt: canReadTokenExpiry(world, caller, runner) ? runner.tokenExpiresAt : null,
    userPermissions: () => ({
      readRunner: true,
      updateRunner: canUpdateRunner(world, caller, runner),
      deleteRunner: canDeleteRunner(world, caller, runner),
      assignRunner: canAssignRunner(world, caller, runner) && (caller.admin || !runner.locked),
    }),
  };
}

function showAttributes({ world }: Scope, runner: RunnerRecord): Node {
  return {
    id: runner.id,
    accessLevel: runner.accessLevel.toUpperCase(),
    active: !runner.paused,
    contactedAt: runner.contactedAt,
    createdAt: runner.createdAt,
    creationMethod: runner.registrationType.toUpperCase(),
    creationState: runner.creationState.toUpperCase(),
    description: runner.description,
    jobExecutionStatus: () => jobExecutionStatus(world, runner).toUpperCase(),
    locked: runner.locked,
    maximumTimeout: runner.maximumTimeout,
    paused: runner.paused,
    runUntagged: runner.runUntagged,
    runnerType: runner.runnerType.toUpperCase(),
    shortSha: shortSha(world, runner),
    status: runnerStatusByJobs(world, runner).toUpperCase(),
    tagList: runner.tagList,
  };
}

function showRelations(scope: Scope, runner: RunnerRecord): Node {
  const { world } = scope;
  const project = (id: number | undefined) => world.projects.find(id ?? 0);
  const group = world.groups.find(runner.groupId ?? 0);
  const projects = runner.projectIds.flatMap((id) => project(id) ?? []);
  const creator = world.users.find(runner.creatorId ?? 0);
  const countJobs = () => world.jobs.where((job) => job.runnerId === runner.id).length;
  return {
    createdBy: creator && !creator.hidden ? showUser(world, creator) : null,
    groups: (args: PageArguments) =>
      connect(group ? [group] : [], args, { order: byId(), show: (one) => showGroup(scope, one) }),
    jobCount: () => Math.min(countJobs(), MAX_JOB_COUNT + 1),
    jobs: showJobs(scope, runner),
    managers: showManagers(scope, runner),
    ownerProject: () => (projects[0] ? showProject(scope, projects[0]) : null),
    projectCount: runner.runnerType === "project_type" ? projects.length : null,
    projects: (args: PageArguments) =>
      connect(
        projects.filter((one) => scope.caller?.admin || (scope.caller && isMemberOf(world, scope.caller, one))),
        args,
        { order: byId(), show: (one) => showProject(scope, one) },
      ),
  };
}

function showManagers(scope: Scope, runner: RunnerRecord): unknown {
  const { world } = scope;
  return (args: PageArguments & { systemId?: string | null; status?: string | null }) => {
    const isWanted = (manager: ManagerRecord) =>
      (args.systemId == null || manager.systemId === args.systemId) &&
      (args.status == null || savedManagerStatus(world, manager).toUpperCase() === args.status);
    const show = (manager: ManagerRecord) => ({
      ...manager,
      platformName: manager.platform,
      architectureName: manager.architecture,
      status: managerStatus(world, manager).toUpperCase(),
      jobExecutionStatus: () => jobExecutionStatus(world, runner, manager).toUpperCase(),
      runner: () => showRunner(scope, runner),
    });
    return connect(runner.managers.filter(isWanted), args, { order: byId(), show });
  };
}

function showLatestManager(runner: RunnerRecord): Node {
  const manager = latestManager(runner);
  return {
    architectureName: manager?.architecture ?? null,
    ipAddress: manager?.ipAddress ?? null,
    platformName: manager?.platform ?? null,
    revision: manager?.revision ?? null,
    version: manager?.version ?? null,
  };
}

function showLinks({ world, caller }: Scope, runner: RunnerRecord): Node {
  const admin = (page: string) => (caller?.admin ? `${world.externalUrl}/admin/runners/${runner.id}${page}` : null);
  const isFresh = caller !== null && canReadFreshToken(world, caller, runner);
  return {
    adminUrl: admin(""),
    editAdminUrl: admin("/edit"),
    ephemeralRegisterUrl: isFresh ? registerUrl({ world }, runner) : null,
    registerAdminUrl: isFresh ? admin("/register") : null,
  };
}

function registerUrl({ world }: Pick<Scope, "world">, runner: RunnerRecord): string {
  const group = world.groups.find(runner.groupId ?? 0);
  const project = world.projects.find(runner.projectIds[0] ?? 0);
  if (group) return `${world.externalUrl}/groups/${fullPathOf(world, group)}/-/runners/${runner.id}/register`;
  if (project) return `${world.externalUrl}/${fullPathOf(world, project)}/-/runners/${runner.id}/register`;
  return `${world.externalUrl}/admin/runners/${runner.id}/register`;
}
