import { setMaxListeners } from "node:events";
import type { Core } from "./core.js";
import { Faults } from "./faults/faults.js";
import { RequestLog } from "./http/requestLog.js";
import { type RunningServer, startServer } from "./http/server.js";
import type { Clock } from "./world/clock.js";
import { addJob, type NewJob } from "./world/jobs.js";
import { addMergeRequest, type NewMergeRequest } from "./world/mergeRequests.js";
import {
  addAccessToken,
  addMember,
  addToken,
  addUser,
  type NewAccessToken,
  type NewMember,
  type NewToken,
  type NewUser,
} from "./world/people.js";
import { addGroup, addProject, type NewGroup, type NewProject } from "./world/places.js";
import type {
  GroupRecord,
  IssueRecord,
  JobRecord,
  MemberRecord,
  MergeRequestRecord,
  NoteRecord,
  ProjectRecord,
  RunnerRecord,
  TokenRecord,
  UserRecord,
} from "./world/records.js";
import { addRunner, type NewRunner } from "./world/runners.js";
import { type Seed, seedWorld } from "./world/seed.js";
import type { Settings } from "./world/settings.js";
import type { Table } from "./world/table.js";
import { World } from "./world/world.js";

/** How to start a stand-in GitLab. */
export interface GitLabOptions {
  /** @default 0, any free port */
  port?: number;
  /** @default "127.0.0.1", which no other machine reaches */
  host?: string;
  /** The id of the first runner; the next ones count up. Choose the same in two stand-ins to have equal ids. @default 1 */
  runnerIdStart?: number;
  /** Authentication tokens for the first runners that are created or reset, before any are made up. */
  nextTokens?: string[];
  /** The token of the administrator. @default a random one */
  token?: string;
  /** What differs from a new instance of GitLab. */
  settings?: Partial<Settings>;
  /** How many requests the log keeps. @default 100000 */
  requestLogLimit?: number;
}

/**
 * A GitLab that remembers: the REST and GraphQL APIs for runners on a real port. What its tables, settings and clock
 * hold can be read and changed at any time, from the same process by this object, from another one over HTTP (see
 * `CONTROL_PREFIX`).
 */
export class StandInGitLab {
  /** Where it listens, as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** The token of an administrator, with the scope `api`. */
  readonly token: string;
  /** The administrator, who also owns the group. */
  readonly userId: number;
  /** A group that is there from the start. */
  readonly groupId: number;
  /** A project in that group. */
  readonly projectId: number;

  /** The runners, with what no reply shows, as their tokens. */
  readonly runners: Table<RunnerRecord>;
  readonly users: Table<UserRecord>;
  readonly tokens: Table<TokenRecord>;
  readonly groups: Table<GroupRecord>;
  readonly projects: Table<ProjectRecord>;
  readonly members: Table<MemberRecord>;
  readonly jobs: Table<JobRecord>;
  readonly issues: Table<IssueRecord>;
  readonly mergeRequests: Table<MergeRequestRecord>;
  /** The notes of merge requests. */
  readonly notes: Table<NoteRecord>;
  /** What the administrator can set, and which GitLab this plays. */
  readonly settings: Settings;
  readonly clock: Clock;
  /** Which requests go wrong, and how. */
  readonly faults: Faults;
  /** Every request that arrived. */
  readonly requests: RequestLog;
  /** Authentication tokens for the next runners that are created or reset. Add to it at any time. */
  readonly nextTokens: string[];

  private readonly world: World;

  /** @internal */
  constructor(
    core: Core,
    private readonly server: RunningServer,
    seed: Seed,
  ) {
    const { world } = core;
    this.world = world;
    this.url = server.url;
    this.token = seed.token;
    this.userId = seed.userId;
    this.groupId = seed.groupId;
    this.projectId = seed.projectId;
    this.runners = world.runners;
    this.users = world.users;
    this.tokens = world.tokens;
    this.groups = world.groups;
    this.projects = world.projects;
    this.members = world.members;
    this.jobs = world.jobs;
    this.issues = world.issues;
    this.mergeRequests = world.mergeRequests;
    this.notes = world.notes;
    this.settings = world.settings;
    this.clock = world.clock;
    this.nextTokens = world.nextTokens;
    this.faults = core.faults;
    this.requests = core.requests;
  }

  /** Makes a user, who is a member of nothing yet. */
  createUser(fresh: NewUser): UserRecord {
    return addUser(this.world, fresh);
  }

  /** Makes a token of a user; its secret is in `token`. */
  createToken(fresh: NewToken): TokenRecord {
    return addToken(this.world, fresh);
  }

  /** Makes a project or group access token, with its bot user. */
  createAccessToken(fresh: NewAccessToken): TokenRecord {
    return addAccessToken(this.world, fresh);
  }

  /** Makes a group, or a subgroup by `parentId`. */
  createGroup(fresh: NewGroup): GroupRecord {
    return addGroup(this.world, fresh);
  }

  /** Makes a project, in a group by `groupId`. */
  createProject(fresh: NewProject): ProjectRecord {
    return addProject(this.world, fresh);
  }

  /** Gives a user a role in a group or project, in place of a former one there. */
  addMember(fresh: NewMember): MemberRecord {
    return addMember(this.world, fresh);
  }

  /** Makes a runner without a request, past the rules of the API: one of a colleague, or ten thousand. */
  createRunner(fresh: NewRunner): RunnerRecord {
    return addRunner(this.world, fresh);
  }

  /** Makes a job, which is then in the runner's list of jobs. */
  createJob(fresh: NewJob): JobRecord {
    return addJob(this.world, fresh);
  }

  /** Makes a merge request, to which notes can be written. */
  createMergeRequest(fresh: NewMergeRequest): MergeRequestRecord {
    return addMergeRequest(this.world, fresh);
  }

  /** Stops listening and ends all connections at once. */
  async close(): Promise<void> {
    await this.server.close();
  }
}

/** Starts a stand-in GitLab with an administrator, a group and a project. Rejects when the port is taken. */
export async function startGitLab(options: GitLabOptions = {}): Promise<StandInGitLab> {
  const world = new World(options);
  const seed = seedWorld(world, options.token);
  const closing = new AbortController();
  // Every delayed answer listens to it, and there may be many at once.
  setMaxListeners(0, closing.signal);
  const core: Core = {
    world,
    faults: new Faults(),
    requests: new RequestLog(options.requestLogLimit ?? 100_000),
    closing: closing.signal,
  };
  const server = await startServer(core, { port: options.port ?? 0, host: options.host ?? "127.0.0.1", closing });
  world.address = server.url;
  return new StandInGitLab(core, server, seed);
}
