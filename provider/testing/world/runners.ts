import type { ManagerRecord, RunnerAccessLevel, RunnerRecord, RunnerType } from "./records.js";
import { nextRunnerToken } from "./runnerTokens.js";
import { normalizeTags, orderTags } from "./tags.js";
import { computeExpiry } from "./tokenExpiry.js";
import type { World } from "./world.js";

/** A new runner. What is left out is GitLab's own default. */
export interface NewRunner {
  runnerType: RunnerType;
  /** The group of a `group_type` runner. */
  groupId?: number | null;
  /** The projects of a `project_type` runner; the first owns it. */
  projectIds?: readonly number[];
  /** Who made it; none plays a runner from a registration token, or one whose creator was deleted. */
  creatorId?: number | null;
  registrationType?: RunnerRecord["registrationType"];
  /** @default "started", and "finished" for a runner from a registration token */
  creationState?: RunnerRecord["creationState"];
  name?: string | null;
  description?: string | null;
  maintenanceNote?: string | null;
  paused?: boolean;
  locked?: boolean;
  accessLevel?: RunnerAccessLevel;
  runUntagged?: boolean;
  tagList?: readonly string[];
  maximumTimeout?: number | null;
  /** The authentication token, where the test wants to choose it. */
  token?: string;
  /** Left out: as the settings say. */
  tokenExpiresAt?: Date | null;
  tokenRotationDeadline?: Date | null;
}

/** Makes a runner as it is given, past the rules of the API; throws when its group or a project is not there. */
export function addRunner(world: World, fresh: NewRunner): RunnerRecord {
  if (fresh.runnerType === "group_type") world.groups.get(fresh.groupId ?? 0);
  for (const id of fresh.projectIds ?? []) world.projects.get(id);
  const now = world.clock.now();
  const registrationType = fresh.registrationType ?? "authenticated_user";
  const runner: Omit<RunnerRecord, "id"> = {
    runnerType: fresh.runnerType,
    groupId: fresh.groupId ?? null,
    projectIds: [...(fresh.projectIds ?? [])],
    creatorId: fresh.creatorId ?? null,
    registrationType,
    creationState: fresh.creationState ?? (registrationType === "authenticated_user" ? "started" : "finished"),
    name: fresh.name ?? null,
    description: fresh.description ?? null,
    maintenanceNote: fresh.maintenanceNote ?? null,
    paused: fresh.paused ?? false,
    locked: fresh.locked ?? false,
    accessLevel: fresh.accessLevel ?? "not_protected",
    runUntagged: fresh.runUntagged ?? true,
    tagList: orderTags(world, normalizeTags(fresh.tagList ?? [])),
    maximumTimeout: fresh.maximumTimeout ?? null,
    token: fresh.token ?? "",
    tokenExpiresAt: fresh.tokenExpiresAt ?? null,
    tokenRotationDeadline: fresh.tokenRotationDeadline ?? null,
    createdAt: now,
    updatedAt: now,
    contactedAt: null,
    unsavedContact: null,
    managers: [],
  };
  if (fresh.tokenExpiresAt === undefined) runner.tokenExpiresAt = computeExpiry(world, runner);
  if (runner.token === "") runner.token = nextRunnerToken(world, runner);
  return world.runners.add((id) => ({ id, ...runner }));
}

/** Gives a runner a new token; the old one is dead at once. */
export function resetRunnerToken(world: World, runner: RunnerRecord): void {
  runner.token = nextRunnerToken(world, runner);
  runner.tokenExpiresAt = computeExpiry(world, runner);
  runner.tokenRotationDeadline = null;
  touch(world, runner);
}

/** Notes that a runner's attributes changed. */
export function touch(world: World, runner: RunnerRecord): void {
  runner.updatedAt = world.clock.now();
}

/** What a machine tells about itself. */
export type ManagerInfo = Partial<Pick<ManagerRecord, "version" | "revision" | "platform" | "architecture">>;

/** Notes that a machine with the runner's token was in contact, and makes its manager when it is new. */
export function noteContact(
  world: World,
  runner: RunnerRecord,
  contact: { systemId: string; ipAddress: string | null; info: ManagerInfo },
): ManagerRecord {
  world.contacts.note(runner);
  const known = runner.managers.find((manager) => manager.systemId === contact.systemId);
  const manager = known ?? addManager(world, runner, contact.systemId);
  world.contacts.note(manager);
  return Object.assign(manager, contact.info, { ipAddress: contact.ipAddress });
}

function addManager(world: World, runner: RunnerRecord, systemId: string): ManagerRecord {
  const unknown = { version: null, revision: null, platform: null, architecture: null };
  const fresh: ManagerRecord = {
    id: world.nextManagerId(),
    systemId,
    ...unknown,
    ipAddress: null,
    createdAt: world.clock.now(),
    contactedAt: null,
    unsavedContact: null,
  };
  runner.managers.push(fresh);
  return fresh;
}

/** The manager that was in contact last, whose version counts as the runner's. */
export function latestManager(runner: RunnerRecord): ManagerRecord | undefined {
  const time = (manager: ManagerRecord) => manager.contactedAt?.getTime() ?? 0;
  return runner.managers.reduce<ManagerRecord | undefined>(
    (latest, manager) => (latest === undefined || time(manager) >= time(latest) ? manager : latest),
    undefined,
  );
}
