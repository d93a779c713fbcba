/**
 * A stand-in GitLab for tests of Pulumi programs: GitLab's APIs for runners, on a real port, with a memory.
 *
 * @example
 * ```ts
 * import { startGitLab } from "pulumi-gitlab-runner/testing";
 *
 * const gitlab = await startGitLab();
 * // Let the program use gitlab.url and gitlab.token, then ask GitLab what became of it:
 * assert.deepEqual(gitlab.runners.all().map((runner) => runner.description), ["build machine"]);
 * await gitlab.close();
 * ```
 *
 * What can go wrong with a real GitLab can be made to go wrong here: a runner is made, and the answer is lost.
 *
 * ```ts
 * gitlab.faults.add({ method: "POST", path: "/user/runners", kind: "cut", when: "after" });
 * ```
 *
 * Time is in the test's hand: a week later a runner that nobody started is stale.
 *
 * ```ts
 * gitlab.clock.advance({ days: 7 });
 * ```
 *
 * In it too: the part of the GraphQL API that is about runners. Jobs are handed out, and nothing more becomes of them.
 * Other processes reach the same over HTTP, see `CONTROL_PREFIX`; to run it on its own: `node node_modules/pulumi-gitlab-runner/dist/testing/main.js --help`.
 *
 * @packageDocumentation
 */

export { CONTROL_PREFIX } from "./control/prefix.js";
export type { Fault, FaultEffect, FaultReply, FaultSpec, FaultTarget } from "./faults/fault.js";
export type { Faults } from "./faults/faults.js";
export { type GitLabOptions, StandInGitLab, startGitLab } from "./gitlab.js";
export type { RequestPattern } from "./http/pathPattern.js";
export type { RequestFilter, RequestLog, RequestRecord } from "./http/requestLog.js";
export type { Clock, Span } from "./world/clock.js";
export type { NewJob } from "./world/jobs.js";
export type { NewMergeRequest } from "./world/mergeRequests.js";
export type { NewAccessToken, NewMember, NewToken, NewUser } from "./world/people.js";
export type { NewGroup, NewProject } from "./world/places.js";
export type {
  GroupRecord,
  IssueRecord,
  JobRecord,
  JobStatus,
  ManagerRecord,
  MemberRecord,
  MergeRequestRecord,
  NoteRecord,
  ProjectRecord,
  Role,
  RunnerAccessLevel,
  RunnerRecord,
  RunnerType,
  TokenRecord,
  UnsavedContact,
  UserRecord,
  Visibility,
} from "./world/records.js";
export type { NewRunner } from "./world/runners.js";
export { gitlabComLimits, type RunnerTokenForm, type Settings, type Throttle } from "./world/settings.js";
export type { Table } from "./world/table.js";
