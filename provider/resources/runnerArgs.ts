import type * as pulumi from "@pulumi/pulumi";

/** An existing runner. */
export interface AdoptArgs {
  /** GitLab's number of it. GitLab's key: `id`. */
  runnerId: pulumi.Input<number | string>;
  /**
   * Its runner authentication token, as in its config.toml: GitLab shows it to nobody. Kept as a secret.
   *
   * That it is this runner's token is checked by what GitLab tells of it: how it begins, and its search for the whole
   * token. Where that is not enough (GraphQL needs a token with scope `read_api` or `api`), it is checked by
   * `POST /runners/verify`: that sets the runner's time of contact and makes a runner manager (`pulumi_…`), which is
   * removed again.
   */
  token: pulumi.Input<string>;
  /**
   * When the token was received (RFC 3339), as its config.toml has it. GitLab's key: `token_obtained_at`.
   * @default the time of the adoption
   */
  tokenObtainedAt?: pulumi.Input<string>;
  /**
   * When the token expires (RFC 3339), as its config.toml has it. GitLab's key: `token_expires_at`.
   * @default what GitLab says of it
   */
  tokenExpiresAt?: pulumi.Input<string>;
}

/** When Pulumi gives a runner a new token. */
export interface RotationArgs {
  /**
   * How long before it expires the token is reset, by the next `pulumi up`: a duration such as `72h` or `90m`. A token
   * that came from a reset is kept for half of its life at least.
   * @default "72h", or half of the token's life where that is shorter
   */
  beforeExpiry?: pulumi.Input<string>;
  /** Any value: the token is reset when it changes. The first one that is given resets nothing. */
  triggers?: pulumi.Input<unknown>;
}

/** What happens to a runner's jobs before it is deleted. */
export interface DrainArgs {
  /**
   * How long running jobs are waited for: a duration such as `10m` or `1h30m`.
   * @default "10m"
   */
  timeout?: pulumi.Input<string>;
  /**
   * With jobs that still run by then: `stop` with an error that lists them, the runner taking jobs again; or `continue`
   * and delete it, which fails them.
   * @default "stop"
   */
  onTimeout?: pulumi.Input<"stop" | "continue">;
}

/** Arguments of {@link Runner}. GitLab's keys are those of `POST /user/runners` and `PUT /runners/:id`. */
export interface RunnerArgs {
  /**
   * Who may use the runner: everybody on the instance, one group, or one project. A change replaces the runner. Needed
   * unless `authenticationToken` or `registrationToken` is given.
   *
   * GitLab's key: `runner_type`.
   */
  runnerType?: pulumi.Input<"instance_type" | "group_type" | "project_type">;
  /**
   * The owning group, with `runnerType: "group_type"` only. GitLab's number, not its path. A change replaces the runner.
   *
   * GitLab's key: `group_id`.
   */
  groupId?: pulumi.Input<number | string>;
  /**
   * The owning project, with `runnerType: "project_type"` only. GitLab's number, not its path. A change replaces the
   * runner.
   *
   * GitLab's key: `project_id`.
   */
  projectId?: pulumi.Input<number | string>;
  /**
   * Of a project runner: further projects that may use it, as GitLab's numbers. Assigned after creation, one by one;
   * projects that somebody else assigns are left alone. GitLab's token needs the scope `api`, and the role Maintainer
   * in each of them.
   *
   * Errors: GitLab refuses an assignment, for a locked runner for instance; what was assigned by then is in state.
   * @default none but the owner
   * @see https://docs.gitlab.com/api/runners/#assign-a-runner-to-project
   */
  sharedProjectIds?: pulumi.Input<pulumi.Input<number | string>[]>;
  /**
   * What people see in GitLab's list of runners; at most 1,024 characters.
   *
   * GitLab's key: `description`.
   * @default ""
   */
  description?: pulumi.Input<string>;
  /**
   * A note for those who maintain the runner, seen only by them; at most 1,024 characters.
   *
   * GitLab's key: `maintenance_note`.
   * @default ""
   */
  maintenanceNote?: pulumi.Input<string>;
  /**
   * A paused runner takes no new jobs.
   *
   * GitLab's key: `paused`.
   * @default false
   */
  paused?: pulumi.Input<boolean>;
  /**
   * Of a project runner: only an administrator may let further projects use it.
   *
   * GitLab's key: `locked`.
   * @default false
   */
  locked?: pulumi.Input<boolean>;
  /**
   * `ref_protected`: only jobs on protected branches and tags.
   *
   * GitLab's key: `access_level`.
   * @default not_protected
   * @see https://docs.gitlab.com/ci/runners/configure_runners/#prevent-runners-from-revealing-sensitive-information
   */
  accessLevel?: pulumi.Input<"not_protected" | "ref_protected">;
  /**
   * Whether jobs without tags are taken; `false` needs at least one tag.
   *
   * GitLab's key: `run_untagged`.
   * @default true
   */
  runUntagged?: pulumi.Input<boolean>;
  /**
   * Tags of the jobs that the runner takes: at most 50 of at most 255 characters, a set without order. Case counts.
   *
   * GitLab's key: `tag_list`.
   * @default []
   */
  tagList?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Longest run of a job in seconds, at least 600; it wins over a longer timeout of the project.
   *
   * GitLab's key: `maximum_timeout`.
   * @default no limit of its own
   */
  maximumTimeout?: pulumi.Input<number>;
  /**
   * When the first authentication token expires (RFC 3339): 5 minutes to 15 days ahead. Counts at creation only; a
   * later change does nothing.
   *
   * GitLab's key: `token_expires_at`. GitLab Premium, since 18.10.
   */
  initialTokenExpiresAt?: pulumi.Input<string>;
  /**
   * After this time the token can no longer be reset (RFC 3339); not later than `initialTokenExpiresAt`, and equal to it
   * where the token is never to be reset. Counts at creation only.
   *
   * GitLab's key: `token_rotation_deadline`. GitLab Premium, since 18.10.
   */
  tokenRotationDeadline?: pulumi.Input<string>;
  /**
   * Takes an existing runner into the stack instead of creating one, without changing it: the next preview shows what
   * an update would change. Type and owner must be those that GitLab tells; `groupId` and `projectId` may be left out.
   *
   * Counts at creation only: it may stay, change or go later. From then on the runner is as one that was created here:
   * **destroying the resource deletes the runner in GitLab**, unless the resource option `retainOnDelete` is set.
   *
   * Errors: the token is another runner's, GitLab does not know it, or type or owner differ. Then nothing is in state.
   * @default a runner is created
   * @see https://docs.gitlab.com/api/runners/#get-runners-details
   */
  adopt?: AdoptArgs;
  /**
   * Uses a runner that was made elsewhere - in GitLab's UI, by its API, by another stack - by its runner authentication
   * token, on any number of hosts. The runner's settings stay where they were made, so no other argument but options
   * goes with this; to manage them, too, take the runner over by `adopt`. Kept as a secret.
   *
   * The token is checked by `POST /runners/verify`, which sets the runner's time of contact and makes a runner manager
   * (`pulumi_…`); that is removed again. Another token of the same runner, as after a reset, is taken in place. One that
   * expires is not rotated here, unless GitLab Runner does it (`selfRotation`): a warning says so in time.
   * Destroying the resource leaves the runner in GitLab.
   *
   * Errors: GitLab does not know the token, or (later) it is another runner's.
   * @see https://docs.gitlab.com/security/tokens/#runner-authentication-tokens
   */
  authenticationToken?: pulumi.Input<string>;
  /**
   * Creates the runner with a registration token, the old workflow; the token decides whose runner it is. Kept as a
   * secret, and needed at creation only.
   *
   * The defaults here are those of `gitlab-runner register`: `locked` is true, and `runUntagged` is false where there
   * are tags, always true where there are none. `maintenanceNote` has at most 255 characters.
   *
   * A runner authentication token (`glrt-…`) given here is used as `authenticationToken` would be: the
   * legacy-compatible process. Then the settings of the runner are ignored, with a warning.
   *
   * Errors: 403, the token is not known or registration not permitted; 410, registration tokens are switched off.
   * @deprecated by GitLab: give `runnerType` instead
   * @see https://docs.gitlab.com/ci/runners/new_creation_workflow/
   */
  registrationToken?: pulumi.Input<string>;
  /**
   * Whether a line at the end of the maintenance note says which stack and resource made the runner:
   * `[pulumi-gitlab-runner STACK/NAME#GENERATION]`. By it the next `pulumi up` finds a runner whose creation was not
   * answered, or whose answer did not reach the state, and takes it over instead of creating another one; and a
   * deletion leaves a runner that has been taken over since. Pulumi never shows the line. It is left out, with a
   * warning, where it does not fit the note's limit beside `maintenanceNote`.
   *
   * To look for such runners, GitLab's token needs the scope `read_api` or `api`, and the right to list the runners of
   * the instance, group or project; without them a warning says that there is no such safety.
   * @default true
   */
  marker?: boolean;
  /**
   * When the runner gets a new token in place: same runner, same id. A preview says in a line of its own that, and why,
   * it is due; the `up` writes the new token into every `ConfigToml` that has it. The old one is dead at once, so
   * machines whose file is not written by this stack are cut off.
   *
   * A token that expires is rotated without this argument, too: its only owner is Pulumi, and every `ConfigToml` tells
   * GitLab Runner so (`FF_DISABLE_AUTOMATIC_TOKEN_ROTATION`; an entry's own flag that says otherwise is refused).
   * `selfRotation` leaves it to GitLab Runner instead.
   *
   * Errors: GitLab refuses the reset (needs scope `manage_runner` or `api`); then the rotation stays due.
   * @see https://docs.gitlab.com/ci/runners/configure_runners/#automatically-rotate-runner-authentication-tokens
   */
  rotation?: pulumi.Input<RotationArgs>;
  /**
   * Leaves the rotation of a token that expires to GitLab Runner itself, which puts the new one into its own config.toml:
   * Pulumi never resets it, and a `ConfigToml` keeps a token of the file that lives while its own is dead; where GitLab
   * cannot be asked as the machine itself (by the `.runner_system_id` beside the file), one that is newer than its own. So
   * the runner can stand in one file only: a second `ConfigToml` of the program with it, or one without `path`, is refused,
   * and so is one that comes to a machine while GitLab knows another one at work with the token. What another stack has
   * written for a machine that was not in contact yet cannot be seen. When `selfRotation` goes, a token that expires is
   * reset once.
   * @default false
   */
  selfRotation?: pulumi.Input<boolean>;
  /**
   * Before the runner is deleted, or replaced, it is paused, and its running jobs are waited for. Without this it is
   * deleted at once, and its jobs fail. By hand: `pulumi-gitlab-runner drain`.
   *
   * Jobs count as far as GitLab's token may see them, and as GitLab says that the runner is at work (18.3 and later).
   * @default not drained
   * @see https://docs.gitlab.com/api/runners/#list-all-jobs-processed-by-a-runner
   */
  drain?: pulumi.Input<DrainArgs>;
}
