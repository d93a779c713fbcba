import { type Caller, canReadAll, isMemberOf, standingInGroup } from "../../world/access.js";
import type { GroupRecord, ManagerRecord, ProjectRecord, RunnerRecord } from "../../world/records.js";
import { canReadNote } from "../../world/runnerAccess.js";
import { isOnline, jobExecutionStatus, managerStatus, runnerStatus } from "../../world/runnerStatus.js";
import { latestManager } from "../../world/runners.js";
import { has } from "../../world/version.js";
import type { World } from "../../world/world.js";
import { showGroup, showProject } from "./project.js";
import { showUser } from "./user.js";

/** A runner as lists show it: without tags, limits and notes. */
export function showRunner(world: World, runner: RunnerRecord): Record<string, unknown> {
  const creator = world.users.find(runner.creatorId ?? 0);
  return {
    id: runner.id,
    description: runner.description,
    ip_address: has(world, "noIpAddress") ? null : (latestManager(runner)?.ipAddress ?? null),
    active: !runner.paused,
    paused: runner.paused,
    is_shared: runner.runnerType === "instance_type",
    runner_type: runner.runnerType,
    name: runner.name,
    online: isOnline(world, runner),
    ...(creator && !creator.hidden ? { created_by: showUser(world, creator) } : {}),
    created_at: runner.createdAt,
    status: runnerStatus(world, runner),
    ...(has(world, "jobExecutionStatus") ? { job_execution_status: jobExecutionStatus(world, runner) } : {}),
  };
}

/** A runner in detail. PUT answers without `projects`. */
export function showRunnerDetails(
  world: World,
  runner: RunnerRecord,
  options: { caller: Caller; withProjects: boolean },
): Record<string, unknown> {
  const manager = latestManager(runner);
  const note = canReadNote(world, options.caller, runner) ? runner.maintenanceNote : null;
  return {
    ...showRunner(world, runner),
    tag_list: runner.tagList,
    run_untagged: runner.runUntagged,
    locked: runner.locked,
    maximum_timeout: runner.maximumTimeout,
    access_level: runner.accessLevel,
    version: manager?.version ?? null,
    revision: manager?.revision ?? null,
    platform: manager?.platform ?? null,
    architecture: manager?.architecture ?? null,
    contacted_at: runner.contactedAt,
    ...(has(world, "noteByRest") ? { maintenance_note: note } : {}),
    ...(options.withProjects
      ? { projects: visibleProjects(world, runner, options.caller).map((project) => showProject(world, project)) }
      : {}),
    groups: visibleGroups(world, runner, options.caller).map((group) => showGroup(world, group)),
  };
}

/** One manager of a runner. */
export function showManager(world: World, runner: RunnerRecord, manager: ManagerRecord): Record<string, unknown> {
  return {
    id: manager.id,
    system_id: manager.systemId,
    version: manager.version,
    revision: manager.revision,
    platform: manager.platform,
    architecture: manager.architecture,
    created_at: manager.createdAt,
    contacted_at: manager.contactedAt,
    ip_address: manager.ipAddress,
    status: managerStatus(world, manager),
    ...(has(world, "jobExecutionStatus") ? { job_execution_status: jobExecutionStatus(world, runner, manager) } : {}),
  };
}

/** The projects of a runner that a caller gets to see: those that the caller is a member of. */
export function visibleProjects(world: World, runner: RunnerRecord, caller: Caller): ProjectRecord[] {
  const projects = runner.projectIds.flatMap((id) => world.projects.find(id) ?? []);
  return canReadAll(caller) ? projects : projects.filter((project) => isMemberOf(world, caller, project));
}

function visibleGroups(world: World, runner: RunnerRecord, caller: Caller): GroupRecord[] {
  const group = world.groups.find(runner.groupId ?? 0);
  if (group === undefined) return [];
  return canReadAll(caller) || standingInGroup(world, caller, group).level > 0 ? [group] : [];
}
