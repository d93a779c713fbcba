import type { UserRecord } from "../../world/records.js";
import type { World } from "../../world/world.js";

/** A user, as others see one. */
export function showUser(world: World, user: UserRecord): Record<string, unknown> {
  return {
    id: user.id,
    username: user.username,
    public_email: "",
    name: user.name,
    state: user.state,
    locked: false,
    avatar_url: null,
    web_url: `${world.externalUrl}/${user.username}`,
  };
}

/** A user, as an administrator and the user see one. */
export function showUserInFull(world: World, user: UserRecord): Record<string, unknown> {
  return {
    ...showUser(world, user),
    created_at: user.createdAt,
    bot: user.bot,
    email: user.email,
    commit_email: user.email,
    is_admin: user.admin,
    is_auditor: user.auditor,
  };
}
