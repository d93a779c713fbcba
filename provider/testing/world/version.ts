import type { World } from "./world.js";

/** Since which version GitLab has what it did not always have. */
const milestones = {
  jobExecutionStatus: [18, 3],
  jobsRequestLimit: [18, 5],
  jobRouter: [18, 7],
  tokenExpiryOnCreate: [18, 10],
  contactKeptWithoutManagers: [19, 0],
} as const;

/** Whether the GitLab that is played has a thing yet. */
export function has(world: World, thing: keyof typeof milestones): boolean {
  const [major, minor] = milestones[thing];
  const [, ownMajor = "0", ownMinor = "0"] = /^(\d+)\.(\d+)/.exec(world.settings.version) ?? [];
  return Number(ownMajor) > major || (Number(ownMajor) === major && Number(ownMinor) >= minor);
}
