import type { World } from "./world.js";

/**
 * Since which version GitLab has what it did not always have. For long and hidden notes, and for a runner's projects, GitLab
 * names no release: these are about right.
 */
const milestones = {
  longNote: [15, 1],
  noteByRest: [16, 10],
  noIpAddress: [17, 0],
  proxyUrlInMetadata: [17, 6],
  typedToken: [17, 7],
  registeredTokenPrefix: [17, 11],
  routableToken: [18, 0],
  auditorListsAll: [18, 1],
  hiddenNote: [18, 3],
  jobExecutionStatus: [18, 3],
  jobsRequestLimit: [18, 5],
  includeProjects: [18, 6],
  instanceTokenPrefix: [18, 6],
  limitHeadersAlways: [18, 6],
  runnerProjects: [18, 6],
  jobRouter: [18, 7],
  tokenExpiryOnCreate: [18, 10],
  contactKeptWithoutManagers: [19, 0],
  fineGrainedTokens: [19, 0],
  runnerNotFoundByName: [19, 0],
  securityManager: [19, 0],
  tokenSaysExpired: [19, 0],
} as const;

/** What GitLab did not always have. */
export type Milestone = keyof typeof milestones;

/** Whether the GitLab that is played has a thing yet. */
export function has(world: World, thing: Milestone): boolean {
  const [major, minor] = milestones[thing];
  const [, ownMajor = "0", ownMinor = "0"] = /^(\d+)\.(\d+)/.exec(world.settings.version) ?? [];
  return Number(ownMajor) > major || (Number(ownMajor) === major && Number(ownMinor) >= minor);
}
