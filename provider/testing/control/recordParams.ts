import { flag, integer, oneOf, text, texts, time } from "../rest/paramTypes.js";
import { roles } from "../world/access.js";
import { jobStatuses } from "../world/jobs.js";
import type {
  BuildsAccessLevel,
  RunnerAccessLevel,
  RunnerRecord,
  RunnerType,
  TokenRecord,
  UserRecord,
  Visibility,
} from "../world/records.js";
import { integers, tokenLife } from "./moreTypes.js";
import { given, nullable } from "./strictParams.js";

const visibility = given(oneOf<Visibility>(["private", "internal", "public"]));
const interval = nullable(tokenLife);

/** What can be set of a user. */
export const userParams = {
  username: given(text),
  name: given(text),
  email: given(text),
  admin: given(flag),
  auditor: given(flag),
  state: given(oneOf<UserRecord["state"]>(["active", "blocked"])),
  bot: given(flag),
  hidden: given(flag),
};

/** What can be set of a token. */
export const tokenParams = {
  userId: given(integer),
  kind: given(oneOf<TokenRecord["kind"]>(["personal", "oauth"])),
  name: given(text),
  description: nullable(text),
  token: given(text),
  scopes: given(texts),
  permissions: nullable(texts),
  boundaries: nullable(texts),
  expiresAt: nullable(time),
  revoked: given(flag),
};

/** What can be set of a group. */
export const groupParams = {
  path: given(text),
  name: given(text),
  parentId: nullable(integer),
  organizationId: given(integer),
  visibility,
  registrationToken: given(text),
  allowRunnerRegistrationToken: given(flag),
  runnerRegistrationEnabled: given(flag),
  instanceRunnersEnabled: given(flag),
  runnerTokenExpirationInterval: interval,
  subgroupRunnerTokenExpirationInterval: interval,
  projectRunnerTokenExpirationInterval: interval,
};

/** What can be set of a project. */
export const projectParams = {
  path: given(text),
  name: given(text),
  description: nullable(text),
  groupId: nullable(integer),
  organizationId: given(integer),
  visibility,
  registrationToken: given(text),
  runnerRegistrationEnabled: given(flag),
  buildsAccessLevel: given(oneOf<BuildsAccessLevel>(["disabled", "private", "enabled"])),
  groupRunnersEnabled: given(flag),
  instanceRunnersEnabled: given(flag),
  runnerTokenExpirationInterval: interval,
};

/** What can be set of a membership. */
export const memberParams = {
  userId: given(integer),
  groupId: nullable(integer),
  projectId: nullable(integer),
  role: given(oneOf(roles)),
  adminRunners: given(flag),
};

/** What can be set of a runner. */
export const runnerParams = {
  runnerType: given(oneOf<RunnerType>(["instance_type", "group_type", "project_type"])),
  groupId: nullable(integer),
  projectIds: given(integers),
  creatorId: nullable(integer),
  registrationType: given(oneOf<RunnerRecord["registrationType"]>(["authenticated_user", "registration_token"])),
  creationState: given(oneOf<RunnerRecord["creationState"]>(["started", "finished"])),
  name: nullable(text),
  description: nullable(text),
  maintenanceNote: nullable(text),
  paused: given(flag),
  locked: given(flag),
  accessLevel: given(oneOf<RunnerAccessLevel>(["not_protected", "ref_protected"])),
  runUntagged: given(flag),
  tagList: given(texts),
  maximumTimeout: nullable(integer),
  token: given(text),
  tokenExpiresAt: nullable(time),
  tokenRotationDeadline: nullable(time),
  createdAt: given(time),
  contactedAt: nullable(time),
};

/** What can be set of a job. */
export const jobParams = {
  projectId: given(integer),
  runnerId: nullable(integer),
  systemId: nullable(text),
  userId: nullable(integer),
  status: given(oneOf(jobStatuses)),
  name: given(text),
  stage: given(text),
  ref: given(text),
  protectedRef: given(flag),
  tagList: given(texts),
  startedAt: nullable(time),
  finishedAt: nullable(time),
};
