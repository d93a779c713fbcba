import { ancestorsOf, groupsAbove } from "./places.js";
import type { RunnerRecord } from "./records.js";
import type { World } from "./world.js";

/** Where a runner lives, which decides how long its token does. */
export type RunnerHome = Pick<RunnerRecord, "runnerType" | "groupId" | "projectIds">;

const MINIMUM = 5 * 60 * 1000;
const MAXIMUM = 15 * 24 * 60 * 60 * 1000;

/** When a token that is made now expires by the settings: the smallest interval that applies wins. */
export function computeExpiry(world: World, home: RunnerHome): Date | null {
  const intervals = intervalsFor(world, home).filter((seconds) => seconds !== null);
  if (intervals.length === 0) return null;
  return new Date(world.clock.now().getTime() + Math.min(...intervals) * 1000);
}

/** What is wrong with a wished expiry (Enterprise Edition), or null. */
export function findExpiryProblem(
  world: World,
  home: RunnerHome,
  wish: { expiresAt: Date | null; deadline: Date | null },
): string | null {
  const { expiresAt, deadline } = wish;
  if (expiresAt === null) {
    return deadline && "token_expires_at is required when token_rotation_deadline is specified";
  }
  const now = world.clock.now().getTime();
  const limit = Math.min(now + MAXIMUM, computeExpiry(world, home)?.getTime() ?? Number.POSITIVE_INFINITY);
  if (expiresAt.getTime() < now + MINIMUM) return "token_expires_at must be at least 5 minutes in the future";
  if (expiresAt.getTime() > limit) {
    return `token_expires_at is too far in the future (maximum is ${toSeconds(limit)})`;
  }
  if (deadline && deadline.getTime() < now) return "token_rotation_deadline cannot be in the past";
  const late = deadline && deadline > expiresAt;
  return late ? "token_rotation_deadline must be less than or equal to token_expires_at" : null;
}

/** Whether a runner's token may no longer be reset: from the deadline on, and never where token and deadline end as one. */
export function isRotationRefused(world: World, runner: RunnerRecord): boolean {
  const { tokenRotationDeadline: deadline, tokenExpiresAt: end } = runner;
  if (deadline === null) return false;
  return deadline <= world.clock.now() || deadline.getTime() === end?.getTime();
}

function intervalsFor(world: World, home: RunnerHome): (number | null)[] {
  if (home.runnerType === "instance_type") return [world.settings.runnerTokenExpirationInterval];
  return home.runnerType === "group_type" ? groupIntervals(world, home) : projectIntervals(world, home);
}

function groupIntervals(world: World, home: RunnerHome): (number | null)[] {
  const group = world.groups.find(home.groupId ?? 0);
  if (group === undefined) return [];
  return [
    world.settings.groupRunnerTokenExpirationInterval,
    group.runnerTokenExpirationInterval,
    ...ancestorsOf(world, group).map((ancestor) => ancestor.subgroupRunnerTokenExpirationInterval),
  ];
}

function projectIntervals(world: World, home: RunnerHome): (number | null)[] {
  const projects = home.projectIds.flatMap((id) => world.projects.find(id) ?? []);
  return [
    world.settings.projectRunnerTokenExpirationInterval,
    ...projects.map((project) => project.runnerTokenExpirationInterval),
    ...projects.flatMap((project) =>
      groupsAbove(world, project).map((group) => group.projectRunnerTokenExpirationInterval),
    ),
  ];
}

function toSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}
