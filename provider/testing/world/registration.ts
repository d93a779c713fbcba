import { ancestorsOf, groupsAbove } from "./places.js";
import type { GroupRecord } from "./records.js";
import type { NewRunner } from "./runners.js";
import type { World } from "./world.js";

/** What a registration token leads to: where the new runner lives, `disallowed`, or null for an unknown token. */
export type RegistrationHome = Pick<NewRunner, "runnerType" | "groupId" | "projectIds"> | "disallowed" | null;

/** Whether registration tokens work below a top-level group; the groups are given from the nearest to the top. */
export function allowsRegistration(world: World, groups: readonly GroupRecord[]): boolean {
  return world.settings.allowRunnerRegistrationToken && (groups.at(-1)?.allowRunnerRegistrationToken ?? true);
}

/** Finds where a registration token belongs. With the instance's setting off any token at all is disallowed. */
export function findRegistrationHome(world: World, token: string): RegistrationHome {
  const { allowRunnerRegistrationToken, registrationToken, validRunnerRegistrars } = world.settings;
  if (token === "") return null;
  if (!allowRunnerRegistrationToken) return "disallowed";
  if (token === registrationToken) return { runnerType: "instance_type" };
  const project = validRunnerRegistrars.includes("project")
    ? world.projects.first((candidate) => candidate.registrationToken === token)
    : undefined;
  if (project) {
    const allowed = allowsRegistration(world, groupsAbove(world, project));
    return allowed ? { runnerType: "project_type", projectIds: [project.id] } : "disallowed";
  }
  const group = validRunnerRegistrars.includes("group")
    ? world.groups.first((candidate) => candidate.registrationToken === token)
    : undefined;
  if (group === undefined) return null;
  const allowed = allowsRegistration(world, [group, ...ancestorsOf(world, group)]);
  return allowed ? { runnerType: "group_type", groupId: group.id } : "disallowed";
}
