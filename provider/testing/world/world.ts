import { Clock } from "./clock.js";
import { Contacts } from "./contact.js";
import { Counters } from "./counters.js";
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
} from "./records.js";
import { defaultSettings, guardSettings, type Settings } from "./settings.js";
import { Table } from "./table.js";

/** What a world starts with. */
export interface WorldOptions {
  runnerIdStart?: number;
  settings?: Partial<Settings>;
  nextTokens?: string[];
}

/** Everything that one GitLab knows. */
export class World {
  /** Where it listens. */
  address = "";
  readonly clock = new Clock();
  readonly counters = new Counters(this.clock);
  readonly contacts = new Contacts(this.clock);
  readonly settings: Settings;
  /** Tokens to give to the next runners that are created or reset, in this order, before any are made up. */
  readonly nextTokens: string[];

  // Ids of different kinds start apart, so that a client that mixes two kinds up is caught.
  readonly users = new Table<UserRecord>("user", 1, (user) => this.dropUser(user));
  readonly tokens = new Table<TokenRecord>("token");
  readonly members = new Table<MemberRecord>("member");
  readonly groups = new Table<GroupRecord>("group", 100, (group) => this.dropGroup(group));
  readonly projects = new Table<ProjectRecord>("project", 1000, (project) => this.dropProject(project));
  readonly jobs = new Table<JobRecord>("job", 50_000);
  readonly issues = new Table<IssueRecord>("issue", 700_000);
  readonly mergeRequests = new Table<MergeRequestRecord>("merge request", 800_000, (request) =>
    this.dropNotes(request),
  );
  readonly notes = new Table<NoteRecord>("note", 900_000);
  readonly runners: Table<RunnerRecord>;

  private readonly tagIds = new Map<string, number>();
  private lastManagerId = 0;

  constructor(options: WorldOptions = {}) {
    this.settings = guardSettings({ ...defaultSettings(), ...options.settings });
    this.nextTokens = [...(options.nextTokens ?? [])];
    this.runners = new Table<RunnerRecord>("runner", options.runnerIdStart ?? 1);
  }

  /** The address in links and in `web_url`: the configured one, like a real GitLab's behind a proxy. */
  get externalUrl(): string {
    return this.settings.externalUrl ?? this.address;
  }

  nextManagerId(): number {
    this.lastManagerId += 1;
    return this.lastManagerId;
  }

  /** A tag's id: tags are shared by all runners, and a runner's tags come in the order of these ids. */
  tagId(name: string): number {
    const id = this.tagIds.get(name) ?? this.tagIds.size + 1;
    this.tagIds.set(name, id);
    return id;
  }

  private dropUser(user: UserRecord): void {
    removeWhere(this.tokens, (token) => token.userId === user.id);
    removeWhere(this.members, (member) => member.userId === user.id);
  }

  private dropGroup(group: GroupRecord): void {
    removeWhere(this.runners, (runner) => runner.groupId === group.id);
    removeWhere(this.members, (member) => member.groupId === group.id);
    removeWhere(this.projects, (project) => project.groupId === group.id);
    removeWhere(this.groups, (child) => child.parentId === group.id);
  }

  private dropProject(project: ProjectRecord): void {
    removeWhere(this.members, (member) => member.projectId === project.id);
    removeWhere(this.jobs, (job) => job.projectId === project.id);
    removeWhere(this.issues, (issue) => issue.projectId === project.id);
    removeWhere(this.mergeRequests, (request) => request.projectId === project.id);
    for (const runner of this.runners) runner.projectIds = runner.projectIds.filter((id) => id !== project.id);
  }

  private dropNotes(request: MergeRequestRecord): void {
    removeWhere(this.notes, (note) => note.mergeRequestId === request.id);
  }
}

function removeWhere<T extends { readonly id: number }>(table: Table<T>, test: (row: T) => boolean): void {
  for (const row of table.where(test)) table.remove(row.id);
}
