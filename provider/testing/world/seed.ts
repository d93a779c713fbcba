import { addMember, addToken, addUser } from "./people.js";
import { addGroup, addProject } from "./places.js";
import { randomText } from "./secrets.js";
import type { World } from "./world.js";

/** What a new world has. */
export interface Seed {
  readonly token: string;
  readonly userId: number;
  readonly groupId: number;
  readonly projectId: number;
}

/** Makes an administrator with a token, a group that the administrator owns, and a project in it. */
export function seedWorld(world: World, token?: string): Seed {
  if (world.settings.registrationToken === "") world.settings.registrationToken = randomText(20);
  const root = addUser(world, { username: "root", name: "Administrator", email: "admin@example.com", admin: true });
  const secret = addToken(world, { userId: root.id, name: "administration", ...(token ? { token } : {}) });
  const group = addGroup(world, { path: "example-group", name: "Example Group" });
  const project = addProject(world, { path: "example-project", name: "Example Project", groupId: group.id });
  addMember(world, { userId: root.id, groupId: group.id, role: "owner" });
  return { token: secret.token, userId: root.id, groupId: group.id, projectId: project.id };
}
