/** Where a runner lives: on the instance, in one group, or in one or more projects. */
export type RunnerType = "instance_type" | "group_type" | "project_type";

/** Whether a runner takes jobs of protected branches and tags only. */
export type RunnerAccessLevel = "not_protected" | "ref_protected";

/** Who may see a group or project that they are no member of. */
export type Visibility = "private" | "internal" | "public";

/** Who may see the pipelines and jobs of a project: nobody, its members, or everyone with access. */
export type BuildsAccessLevel = "disabled" | "private" | "enabled";

/** A role, by GitLab's name. */
export type Role = "guest" | "planner" | "reporter" | "security_manager" | "developer" | "maintainer" | "owner";

/** A user, or the bot user of a project or group access token. */
export interface UserRecord {
  readonly id: number;
  username: string;
  name: string;
  email: string;
  admin: boolean;
  /** May read everything, change nothing (GitLab Premium). */
  auditor: boolean;
  state: "active" | "blocked";
  bot: boolean;
  /** Nobody may read it: a runner that it made names no creator. */
  hidden: boolean;
  createdAt: Date;
}

/** A personal, project or group access token (`personal`), or one made by OAuth. */
export interface TokenRecord {
  readonly id: number;
  userId: number;
  kind: "personal" | "oauth";
  name: string;
  description: string | null;
  /** The secret itself. */
  token: string;
  scopes: string[];
  /** Set on a fine-grained token only: what it may do, as `read_runner`, `create_runner`. Its scopes then open nothing. */
  permissions: string[] | null;
  /** Where a fine-grained token may do it: `user`, `instance`, `group/100`, `project/1000`; a group with all below it. Null is everywhere. */
  boundaries: string[] | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revoked: boolean;
}

/** A group or subgroup, with its settings about runners. */
export interface GroupRecord {
  readonly id: number;
  name: string;
  /** The last part of its address. */
  path: string;
  parentId: number | null;
  organizationId: number;
  visibility: Visibility;
  createdAt: Date;
  /** For the retired way of registering; see `POST /runners`. */
  registrationToken: string;
  allowRunnerRegistrationToken: boolean;
  runnerRegistrationEnabled: boolean;
  instanceRunnersEnabled: boolean;
  /** Seconds until the token of a runner of this group expires, at least 7200; null is never. */
  runnerTokenExpirationInterval: number | null;
  subgroupRunnerTokenExpirationInterval: number | null;
  projectRunnerTokenExpirationInterval: number | null;
}

/** A project, with its settings about runners. */
export interface ProjectRecord {
  readonly id: number;
  name: string;
  /** The last part of its address. */
  path: string;
  description: string | null;
  groupId: number | null;
  organizationId: number;
  visibility: Visibility;
  createdAt: Date;
  registrationToken: string;
  runnerRegistrationEnabled: boolean;
  /** Who may see its pipelines and jobs; `disabled` is nobody. */
  buildsAccessLevel: BuildsAccessLevel;
  groupRunnersEnabled: boolean;
  instanceRunnersEnabled: boolean;
  runnerTokenExpirationInterval: number | null;
}

/** A user's role in one group or one project; a role in a group holds for all below it. */
export interface MemberRecord {
  readonly id: number;
  userId: number;
  groupId: number | null;
  projectId: number | null;
  role: Role;
  /** A custom role's permission `admin_runners`, on top of the role. */
  adminRunners: boolean;
}

/** One machine that uses a runner's token, told apart by its `system_id`. */
export interface ManagerRecord {
  readonly id: number;
  systemId: string;
  version: string | null;
  revision: string | null;
  platform: string | null;
  architecture: string | null;
  ipAddress: string | null;
  createdAt: Date;
  /** The latest contact, as GitLab's cache has it. */
  contactedAt: Date | null;
  /** Of a contact that only the cache knows yet. */
  unsavedContact: UnsavedContact | null;
}

/** A contact that is not in the database yet. Where a test sets `contactedAt`, it is in both, and this counts no more. */
export interface UnsavedContact {
  /** Which contact it is. */
  readonly at: Date;
  /** What the database has instead. */
  readonly saved: Date | null;
}

/** A runner, with everything that GitLab knows of it; also what no reply shows, as its token. */
export interface RunnerRecord {
  readonly id: number;
  runnerType: RunnerType;
  groupId: number | null;
  /** The projects of a project runner; the first is its owner. Empty: the runner is orphaned. */
  projectIds: number[];
  creatorId: number | null;
  registrationType: "authenticated_user" | "registration_token";
  /** `finished` once the runner asked for a job; GraphQL calls it never contacted before. */
  creationState: "started" | "finished";
  name: string | null;
  description: string | null;
  maintenanceNote: string | null;
  paused: boolean;
  locked: boolean;
  accessLevel: RunnerAccessLevel;
  runUntagged: boolean;
  tagList: string[];
  maximumTimeout: number | null;
  /** The authentication token that works now. */
  token: string;
  tokenExpiresAt: Date | null;
  tokenRotationDeadline: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** The latest contact, as GitLab's cache has it and most replies show it. */
  contactedAt: Date | null;
  /** Of a contact that only the cache knows yet: filters, orders and limits go by what the database has. */
  unsavedContact: UnsavedContact | null;
  managers: ManagerRecord[];
}

/** A job's status, by GitLab's name. */
export type JobStatus =
  | "created"
  | "waiting_for_resource"
  | "preparing"
  | "waiting_for_callback"
  | "pending"
  | "running"
  | "success"
  | "failed"
  | "canceling"
  | "canceled"
  | "skipped"
  | "manual"
  | "scheduled";

/** A job that a runner runs or ran; set up by the test, for the stand-in runs none. */
export interface JobRecord {
  readonly id: number;
  runnerId: number | null;
  /** The `system_id` of the manager that ran it. */
  systemId: string | null;
  projectId: number;
  userId: number | null;
  name: string;
  stage: string;
  ref: string;
  /** Whether its branch or tag is protected: then runners of the level `ref_protected` take it, too. */
  protectedRef: boolean;
  /** The tags that a runner must have to take it. */
  tagList: string[];
  status: JobStatus;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** An issue of a project. */
export interface IssueRecord {
  readonly id: number;
  /** Its number within the project. */
  readonly iid: number;
  projectId: number;
  authorId: number;
  title: string;
  description: string | null;
  labels: string[];
  state: "opened" | "closed";
  confidential: boolean;
  createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
}

/** A merge request; only what its notes need. */
export interface MergeRequestRecord {
  readonly id: number;
  /** Its number within the project. */
  readonly iid: number;
  projectId: number;
  title: string;
}

/** A note of a merge request. */
export interface NoteRecord {
  readonly id: number;
  mergeRequestId: number;
  authorId: number;
  body: string;
  createdAt: Date;
  updatedAt: Date;
}
