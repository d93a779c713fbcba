import type { GroupRecord, MemberRecord, ProjectRecord, Role, TokenRecord, UserRecord } from "./records.js";
import { randomText } from "./secrets.js";
import type { World } from "./world.js";

/** A new user. */
export interface NewUser {
  username: string;
  name?: string;
  email?: string;
  /** An administrator of the instance. @default false */
  admin?: boolean;
  /** May read everything, change nothing. @default false */
  auditor?: boolean;
  /** The user behind a project or group access token. @default false */
  bot?: boolean;
}

/** A new token of a user. */
export interface NewToken {
  userId: number;
  /** @default ["api"] */
  scopes?: readonly string[];
  name?: string;
  description?: string | null;
  /** The secret, where the test wants to choose it. */
  token?: string;
  /** `oauth` plays a token that an OAuth application got. @default "personal" */
  kind?: "personal" | "oauth";
  expiresAt?: Date | string | null;
  /** Makes it a fine-grained token, which may do just this: `read_runner`, `create_runner`, … */
  permissions?: readonly string[] | null;
  /** Where a fine-grained token may do that: `user`, `instance`, `group/100`, `project/1000`. @default everywhere */
  boundaries?: readonly string[] | null;
}

/** A new project or group access token: give one of the two ids. */
export interface NewAccessToken extends Omit<NewToken, "userId" | "kind"> {
  projectId?: number | null;
  groupId?: number | null;
  /** @default "maintainer" */
  role?: Role;
}

/** A user's new role in a group or in a project: give one of the two ids. */
export interface NewMember {
  userId: number;
  groupId?: number | null;
  projectId?: number | null;
  role: Role;
  /** A custom role's permission `admin_runners`, on top of the role. @default false */
  adminRunners?: boolean;
}

/** Makes a user. */
export function addUser(world: World, fresh: NewUser): UserRecord {
  return world.users.add((id) => ({
    id,
    username: fresh.username,
    name: fresh.name ?? fresh.username,
    email: fresh.email ?? `${fresh.username}@example.com`,
    admin: fresh.admin ?? false,
    auditor: fresh.auditor ?? false,
    state: "active",
    bot: fresh.bot ?? false,
    hidden: false,
    createdAt: world.clock.now(),
  }));
}

/** Makes a token of a user; throws when there is no such user. */
export function addToken(world: World, fresh: NewToken): TokenRecord {
  world.users.get(fresh.userId);
  const kind = fresh.kind ?? "personal";
  return world.tokens.add((id) => ({
    id,
    userId: fresh.userId,
    kind,
    name: fresh.name ?? `token ${id}`,
    description: fresh.description ?? null,
    token: fresh.token ?? (kind === "oauth" ? randomText(43) : `glpat-${randomText(20)}`),
    scopes: fresh.permissions ? ["granular"] : [...(fresh.scopes ?? ["api"])],
    permissions: fresh.permissions ? [...fresh.permissions] : null,
    boundaries: fresh.boundaries ? [...fresh.boundaries] : null,
    createdAt: world.clock.now(),
    lastUsedAt: null,
    expiresAt: fresh.expiresAt == null ? null : new Date(fresh.expiresAt),
    revoked: false,
  }));
}

/** Makes a project or group access token, which is a personal access token of a bot user who is a member there. */
export function addAccessToken(world: World, fresh: NewAccessToken): TokenRecord {
  const place = placeOf(world, fresh);
  const kind = fresh.projectId == null ? "group" : "project";
  const username = `${kind}_${place.id}_bot_${randomText(8).toLowerCase()}`;
  const bot = addUser(world, { username, name: fresh.name ?? `${kind} bot`, bot: true });
  addMember(world, { ...fresh, userId: bot.id, role: fresh.role ?? "maintainer" });
  return addToken(world, { ...fresh, userId: bot.id });
}

/** Gives a user a role; the former one in the same place is replaced. */
export function addMember(world: World, fresh: NewMember): MemberRecord {
  const place = placeOf(world, fresh);
  world.users.get(fresh.userId);
  const groupId = fresh.projectId == null ? place.id : null;
  const projectId = fresh.projectId == null ? null : place.id;
  const known = world.members.first(
    (row) => row.userId === fresh.userId && row.groupId === groupId && row.projectId === projectId,
  );
  const { role, adminRunners = false } = fresh;
  if (known) return world.members.update(known.id, { role, adminRunners });
  return world.members.add((id) => ({ id, userId: fresh.userId, groupId, projectId, role, adminRunners }));
}

function placeOf(
  world: World,
  at: { groupId?: number | null; projectId?: number | null },
): GroupRecord | ProjectRecord {
  if ((at.groupId == null) === (at.projectId == null)) throw new Error("Give either groupId or projectId");
  return at.groupId == null ? world.projects.get(at.projectId ?? 0) : world.groups.get(at.groupId);
}
