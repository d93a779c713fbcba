import type { UserRecord } from "../world/records.js";
import type { World } from "../world/world.js";
import type { Node } from "./scope.js";

/** A user, as others see one. */
export function showUser(world: World, user: UserRecord): Node {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    publicEmail: "",
    state: user.state,
    bot: user.bot,
    webUrl: `${world.externalUrl}/${user.username}`,
  };
}
