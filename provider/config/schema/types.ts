// Generated from fields.json by `npm run generate`: do not edit.

/** A whole number; beyond 2^53 as decimal text, since a JavaScript number would lose digits. */
export type Integer = number | `${bigint}`;

/** A length of time as Go writes it: `"90s"`, `"1h30m"`. */
export type Duration = string;

/**
 * A table whose keys depend on a plugin. A number without a fraction is an integer. Where that is not meant, or a
 * value is a time or beyond 2^53, give the table as TOML text.
 */
export type FreeTable = Record<string, unknown> | string;

/**
 * The global section.
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section
 */
export interface GlobalConfiguration {
  /**
   * Where the Prometheus metrics and debug HTTP server listens; without a port, 9252 is used; read only at start.
   *
   * GitLab's key: `listen_address`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section
   */
  listenAddress?: string;
  /**
   * Settings of the interactive web terminal server.
   *
   * GitLab's key: `session_server`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-session_server-section
   */
  sessionServer?: SessionServer;
  /**
   * Labels sent by every runner of this process; a runner's own label with the same key wins.
   *
   * GitLab's key: `labels`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section
   */
  labels?: Record<string, string>;
  /**
   * How many jobs the whole process may run at once; a running process exits on a value below 1.
   *
   * GitLab's key: `concurrent`.
   * @default 1
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section
   */
  concurrent?: Integer;
  /**
   * Seconds for one round of polling over all runners; 0 or less means 3.
   *
   * GitLab's key: `check_interval`, in seconds.
   * @default 0 (acts as 3)
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section
   */
  checkInterval?: Integer;
  /**
   * Lowest log severity that is printed, unless the command line sets one.
   *
   * GitLab's key: `log_level`.
   * @default info
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section
   */
  logLevel?: "panic" | "fatal" | "error" | "warning" | "warn" | "info" | "debug" | "trace";
  /**
   * Layout of log lines, unless the command line sets one.
   *
   * GitLab's key: `log_format`.
   * @default runner
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section
   */
  logFormat?: "runner" | "text" | "json";
  /**
   * Account name overwritten at each load by the run command's --user value.
   *
   * GitLab's key: `user`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section
   */
  user?: string;
  /**
   * One entry per registered runner.
   *
   * GitLab's key: `runners`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  runners?: RunnerConfiguration[];
  /**
   * Sentry address for error reports; SENTRY_DSN fills it on load when the key is absent.
   *
   * GitLab's key: `sentry_dsn`.
   * A secret, kept as one even where the program gives plain text.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section
   */
  sentryDsn?: string;
  /**
   * Longest life of a keep-alive connection to GitLab; zero or less keeps it open.
   *
   * GitLab's key: `connection_max_age`.
   * @default 15m
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section
   */
  connectionMaxAge?: Duration;
  /**
   * Global options of the docker+machine provider.
   *
   * GitLab's key: `machine`.
   * Since GitLab Runner 18.10.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-machine-section
   */
  machine?: MachineConfig;
  /**
   * Global features without any compatibility promise.
   *
   * GitLab's key: `experimental`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  experimental?: Experimental;
  /**
   * Seconds that a forced stop may last before the process exits; 0 or less means 30.
   *
   * GitLab's key: `shutdown_timeout`, in seconds.
   * @default 0 (acts as 30)
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section
   */
  shutdownTimeout?: Integer;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [session_server].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-session_server-section
 */
export interface SessionServer {
  /**
   * host:port on which the session server listens; unset turns it off.
   *
   * GitLab's key: `listen_address`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-session_server-section
   */
  listenAddress?: string;
  /**
   * host:port that GitLab uses to reach the session server; falls back to the listen address.
   *
   * GitLab's key: `advertise_address`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-session_server-section
   */
  advertiseAddress?: string;
  /**
   * Seconds a terminal may outlive its job.
   *
   * GitLab's key: `session_timeout`, in seconds.
   * @default 1800
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-session_server-section
   */
  sessionTimeout?: Integer;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * One [[runners]] entry.
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
 */
export interface RunnerConfiguration {
  /**
   * Description shown for the runner; kept locally when an authentication token is used.
   *
   * GitLab's key: `name`.
   * @default host name at registration
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  name?: string;
  /**
   * Jobs this entry may run at once; 0 sets no limit.
   *
   * GitLab's key: `limit`.
   * @default 0
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  limit?: Integer;
  /**
   * Largest job log in kilobytes.
   *
   * GitLab's key: `output_limit`, in kilobytes.
   * @default 4096
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  outputLimit?: Integer;
  /**
   * Parallel job requests to GitLab; values below 1 act as 1.
   *
   * GitLab's key: `request_concurrency`.
   * @default 1
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  requestConcurrency?: Integer;
  /**
   * Waits the full check interval even right after a job was received.
   *
   * GitLab's key: `strict_check_interval`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  strictCheckInterval?: boolean;
  /**
   * Failed job requests in a row before the worker pauses.
   *
   * GitLab's key: `unhealthy_requests_limit`.
   * @default 3
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  unhealthyRequestsLimit?: Integer;
  /**
   * How long a paused worker stays off.
   *
   * GitLab's key: `unhealthy_interval`.
   * @default 1h
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  unhealthyInterval?: Duration;
  /**
   * Attempts to deliver a job's final state to GitLab.
   *
   * GitLab's key: `job_status_final_update_retry_limit`.
   * @default 10
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  jobStatusFinalUpdateRetryLimit?: Integer;
  /**
   * Per-runner features without any compatibility promise.
   *
   * GitLab's key: `experimental`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersexperimentalboot_verify-section
   */
  experimental?: RunnerExperimental;
  /**
   * Base address of the GitLab instance; $VAR and ${VAR} are expanded on load; a trailing / or /ci is dropped for requests.
   *
   * GitLab's key: `url`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  url?: string;
  /**
   * Number GitLab gave to the runner.
   *
   * GitLab's key: `id`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  id?: Integer;
  /**
   * Authentication token of the runner; $VAR and ${VAR} are expanded on load.
   *
   * GitLab's key: `token`.
   * A secret, kept as one even where the program gives plain text.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  token?: string;
  /**
   * UTC time at which the token was received.
   *
   * GitLab's key: `token_obtained_at`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  tokenObtainedAt?: string;
  /**
   * End of the token's life; the year 1 stands for never.
   *
   * GitLab's key: `token_expires_at`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  tokenExpiresAt?: string;
  /**
   * PEM file of extra authorities for the GitLab server.
   *
   * GitLab's key: `tls-ca-file`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  tlsCaFile?: string;
  /**
   * PEM client certificate shown to the GitLab server.
   *
   * GitLab's key: `tls-cert-file`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  tlsCertFile?: string;
  /**
   * PEM key of the client certificate.
   *
   * GitLab's key: `tls-key-file`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  tlsKeyFile?: string;
  /**
   * Labels of this runner, added to the global ones; at most 32 together.
   *
   * GitLab's key: `labels`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  labels?: Record<string, string>;
  /**
   * What runs the jobs.
   *
   * GitLab's key: `executor`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  executor?:
    | "shell"
    | "custom"
    | "instance"
    | "docker"
    | "docker-windows"
    | "docker-autoscaler"
    | "docker+machine"
    | "kubernetes"
    | "ssh"
    | "parallels"
    | "virtualbox";
  /**
   * Folder for checkouts, as the executor sees it.
   *
   * GitLab's key: `builds_dir`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  buildsDir?: string;
  /**
   * Folder for local caches, as the executor sees it.
   *
   * GitLab's key: `cache_dir`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  cacheDir?: string;
  /**
   * Address used for Git instead of the instance address.
   *
   * GitLab's key: `clone_url`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  cloneUrl?: string;
  /**
   * NAME=value strings added to each job's variables.
   *
   * GitLab's key: `environment`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  environment?: string[];
  /**
   * Runs scripts through the helper binary; experimental.
   *
   * GitLab's key: `proxy_exec`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  proxyExec?: boolean;
  /**
   * Commands run before the repository is fetched.
   *
   * GitLab's key: `pre_get_sources_script`.
   * It often holds secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  preGetSourcesScript?: string;
  /**
   * Commands run after the repository and submodules are fetched.
   *
   * GitLab's key: `post_get_sources_script`.
   * It often holds secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  postGetSourcesScript?: string;
  /**
   * Commands run in the job's shell before its script.
   *
   * GitLab's key: `pre_build_script`.
   * It often holds secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  preBuildScript?: string;
  /**
   * Commands run in the job's shell after its script, before after_script.
   *
   * GitLab's key: `post_build_script`.
   * It often holds secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  postBuildScript?: string;
  /**
   * Longest prepare stage; zero or more than the job timeout means the job timeout.
   *
   * GitLab's key: `prepare_timeout`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  prepareTimeout?: Duration;
  /**
   * Longest fetch stage; zero or more than the job timeout means the job timeout.
   *
   * GitLab's key: `get_sources_timeout`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  getSourcesTimeout?: Duration;
  /**
   * Keeps the debug log off even when a job asks for CI_DEBUG_TRACE.
   *
   * GitLab's key: `debug_trace_disabled`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  debugTraceDisabled?: boolean;
  /**
   * Adds the checkout folder to Git's safe.directory list.
   *
   * GitLab's key: `safe_directory_checkout`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  safeDirectoryCheckout?: boolean;
  /**
   * Removes leftover Git configuration around each job.
   *
   * GitLab's key: `clean_git_config`.
   * @default true, except for the shell executor and GIT_STRATEGY none
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  cleanGitConfig?: boolean;
  /**
   * Script language generated for jobs.
   *
   * GitLab's key: `shell`.
   * @default platform dependent
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  shell?: "bash" | "sh" | "cmd" | "pwsh" | "powershell" | "";
  /**
   * Whether jobs may choose GIT_CLONE_PATH.
   *
   * GitLab's key: `custom_build_dir`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom_build_dir-section
   */
  customBuildDir?: CustomBuildDir;
  /**
   * Extra watchers that attach results to jobs; register drops this section.
   *
   * GitLab's key: `referees`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersreferees-section
   */
  referees?: RefereesConfig;
  /**
   * Distributed cache.
   *
   * GitLab's key: `cache`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscache-section
   */
  cache?: CacheConfig;
  /**
   * Time limits of artifact transfers.
   *
   * GitLab's key: `artifact`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersartifact-section
   */
  artifact?: ArtifactConfig;
  /**
   * Feature flags forced on or off for this runner.
   *
   * GitLab's key: `feature_flags`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  featureFlags?: Record<string, boolean>;
  /**
   * Experimental metrics settings of this runner.
   *
   * GitLab's key: `monitoring`.
   * @see https://docs.gitlab.com/runner/monitoring/
   */
  monitoring?: Monitoring;
  /**
   * Puts each job in a cgroup named after its slot.
   *
   * GitLab's key: `use_slot_cgroups`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  useSlotCgroups?: boolean;
  /**
   * Pattern of the cgroup name, with ${slot} in it.
   *
   * GitLab's key: `slot_cgroup_template`.
   * @default gitlab-runner/slot-${slot}
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  slotCgroupTemplate?: string;
  /**
   * Settings of the instance executor.
   *
   * GitLab's key: `instance`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersinstance-section
   */
  instance?: InstanceConfig;
  /**
   * Connection of the ssh, parallels and virtualbox executors.
   *
   * GitLab's key: `ssh`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersssh-section
   */
  ssh?: SshConfig;
  /**
   * Settings of the docker family of executors.
   *
   * GitLab's key: `docker`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  docker?: DockerConfig;
  /**
   * Settings of the parallels executor.
   *
   * GitLab's key: `parallels`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersparallels-section
   */
  parallels?: ParallelsConfig;
  /**
   * Settings of the virtualbox executor.
   *
   * GitLab's key: `virtualbox`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersvirtualbox-section
   */
  virtualbox?: VirtualBoxConfig;
  /**
   * Settings of the docker+machine executor.
   *
   * GitLab's key: `machine`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  machine?: DockerMachine;
  /**
   * Settings of the kubernetes executor.
   *
   * GitLab's key: `kubernetes`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  kubernetes?: KubernetesConfig;
  /**
   * Settings of the custom executor.
   *
   * GitLab's key: `custom`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  custom?: CustomConfig;
  /**
   * Fleeting based scaling for the instance and docker-autoscaler executors.
   *
   * GitLab's key: `autoscaler`.
   * Since GitLab Runner 15.10.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  autoscaler?: AutoscalerConfig;
  /**
   * Image from which the step-runner binary is taken.
   *
   * GitLab's key: `step_runner_image`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section
   */
  stepRunnerImage?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.experimental].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersexperimentalboot_verify-section
 */
export interface RunnerExperimental {
  /**
   * Startup check that runs a made-up job before the process reports ready.
   *
   * GitLab's key: `boot_verify`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersexperimentalboot_verify-section
   */
  bootVerify?: BootVerify;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.experimental.boot_verify].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersexperimentalboot_verify-section
 */
export interface BootVerify {
  /**
   * Runs the startup check for this runner.
   *
   * GitLab's key: `enabled`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersexperimentalboot_verify-section
   */
  enabled?: boolean;
  /**
   * Deadline of the startup check.
   *
   * GitLab's key: `timeout`.
   * @default 5m
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersexperimentalboot_verify-section
   */
  timeout?: Duration;
  /**
   * Shortest pause between attempts to get an executor slot.
   *
   * GitLab's key: `acquire_min_backoff`.
   * @default 1s
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersexperimentalboot_verify-section
   */
  acquireMinBackoff?: Duration;
  /**
   * Longest pause between attempts to get an executor slot.
   *
   * GitLab's key: `acquire_max_backoff`.
   * @default 10s
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersexperimentalboot_verify-section
   */
  acquireMaxBackoff?: Duration;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.custom_build_dir].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom_build_dir-section
 */
export interface CustomBuildDir {
  /**
   * Lets a job set its own checkout folder; each executor has its own default.
   *
   * GitLab's key: `enabled`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom_build_dir-section
   */
  enabled?: boolean;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.referees].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersreferees-section
 */
export interface RefereesConfig {
  /**
   * Prometheus watcher.
   *
   * GitLab's key: `metrics`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#use-the-metrics-runner-referee
   */
  metrics?: MetricsRefereeConfig;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.referees.metrics].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#use-the-metrics-runner-referee
 */
export interface MetricsRefereeConfig {
  /**
   * host:port of the Prometheus server.
   *
   * GitLab's key: `prometheus_address`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#use-the-metrics-runner-referee
   */
  prometheusAddress?: string;
  /**
   * Seconds between samples.
   *
   * GitLab's key: `query_interval`, in seconds.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#use-the-metrics-runner-referee
   */
  queryInterval?: Integer;
  /**
   * PromQL queries as name:query strings.
   *
   * GitLab's key: `queries`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#use-the-metrics-runner-referee
   */
  queries?: string[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.cache].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscache-section
 */
export interface CacheConfig {
  /**
   * Which object storage holds caches.
   *
   * GitLab's key: `Type`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscache-section
   */
  type?: "s3" | "gcs" | "azure";
  /**
   * Prefix of every cache object.
   *
   * GitLab's key: `Path`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscache-section
   */
  path?: string;
  /**
   * Lets different runners use the same cache objects.
   *
   * GitLab's key: `Shared`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscache-section
   */
  shared?: boolean;
  /**
   * Largest cache archive in bytes; 0 sets no limit.
   *
   * GitLab's key: `MaxUploadedArchiveSize`, in bytes.
   * @default 0
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscache-section
   */
  maxUploadedArchiveSize?: Integer;
  /**
   * Settings of S3 and compatible storage.
   *
   * GitLab's key: `s3`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  s3?: CacheS3Config;
  /**
   * Settings of Google Cloud Storage.
   *
   * GitLab's key: `gcs`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscachegcs-section
   */
  gcs?: CacheGCSConfig;
  /**
   * Settings of Azure Blob Storage.
   *
   * GitLab's key: `azure`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscacheazure-section
   */
  azure?: CacheAzureConfig;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.cache.s3].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
 */
export interface CacheS3Config {
  /**
   * host:port of the storage; empty means AWS.
   *
   * GitLab's key: `ServerAddress`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  serverAddress?: string;
  /**
   * Access key of the storage account.
   *
   * GitLab's key: `AccessKey`.
   * A secret, kept as one even where the program gives plain text.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  accessKey?: string;
  /**
   * Secret key of the storage account.
   *
   * GitLab's key: `SecretKey`.
   * A secret, kept as one even where the program gives plain text.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  secretKey?: string;
  /**
   * Session token for temporary keys.
   *
   * GitLab's key: `SessionToken`.
   * A secret, kept as one even where the program gives plain text.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  sessionToken?: string;
  /**
   * Bucket for cache objects.
   *
   * GitLab's key: `BucketName`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  bucketName?: string;
  /**
   * Region of the bucket.
   *
   * GitLab's key: `BucketLocation`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  bucketLocation?: string;
  /**
   * Uses plain HTTP.
   *
   * GitLab's key: `Insecure`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  insecure?: boolean;
  /**
   * How the storage is authenticated; chosen from the other keys when empty; case does not matter.
   *
   * GitLab's key: `AuthenticationType`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  authenticationType?: "access-key" | "iam";
  /**
   * Server-side encryption, case does not matter; an unknown value only warns.
   *
   * GitLab's key: `ServerSideEncryption`.
   * Since GitLab Runner 15.3.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  serverSideEncryption?: "S3" | "AES256" | "KMS" | "aws:kms" | "DSSE-KMS" | "aws:kms:dsse";
  /**
   * KMS key for encryption.
   *
   * GitLab's key: `ServerSideEncryptionKeyID`.
   * Since GitLab Runner 15.3.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  serverSideEncryptionKeyId?: string;
  /**
   * Uses addresses that serve IPv4 and IPv6.
   *
   * GitLab's key: `DualStack`.
   * Since GitLab Runner 17.5.
   * @default true
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  dualStack?: boolean;
  /**
   * Puts the bucket in the path; guessed from the server address when unset.
   *
   * GitLab's key: `PathStyle`.
   * Since GitLab Runner 17.5.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  pathStyle?: boolean;
  /**
   * Uses S3 transfer acceleration.
   *
   * GitLab's key: `Accelerate`.
   * Since GitLab Runner 17.5.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  accelerate?: boolean;
  /**
   * AWS role assumed for downloads and uploads.
   *
   * GitLab's key: `RoleARN`.
   * Since GitLab Runner 17.8.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  roleArn?: string;
  /**
   * AWS role assumed for uploads only.
   *
   * GitLab's key: `UploadRoleARN`.
   * Since GitLab Runner 17.5.
   * @deprecated use roleArn
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  uploadRoleArn?: string;
  /**
   * Parallel AssumeRole calls; -1 removes the limit.
   *
   * GitLab's key: `AssumeRoleMaxConcurrency`.
   * @default 0 (acts as 5)
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  assumeRoleMaxConcurrency?: Integer;
  /**
   * Asks for new role credentials on every use.
   *
   * GitLab's key: `DisableAssumeRoleCredentialsCaching`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section
   */
  disableAssumeRoleCredentialsCaching?: boolean;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.cache.gcs].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscachegcs-section
 */
export interface CacheGCSConfig {
  /**
   * Service account used for the storage.
   *
   * GitLab's key: `AccessID`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscachegcs-section
   */
  accessId?: string;
  /**
   * Key that signs storage requests.
   *
   * GitLab's key: `PrivateKey`.
   * A secret, kept as one even where the program gives plain text.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscachegcs-section
   */
  privateKey?: string;
  /**
   * JSON key file with the account and its key.
   *
   * GitLab's key: `CredentialsFile`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscachegcs-section
   */
  credentialsFile?: string;
  /**
   * Bucket for cache objects.
   *
   * GitLab's key: `BucketName`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscachegcs-section
   */
  bucketName?: string;
  /**
   * Google universe domain, for clouds other than the public one.
   *
   * GitLab's key: `UniverseDomain`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscachegcs-section
   */
  universeDomain?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.cache.azure].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscacheazure-section
 */
export interface CacheAzureConfig {
  /**
   * Storage account.
   *
   * GitLab's key: `AccountName`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscacheazure-section
   */
  accountName?: string;
  /**
   * Key of the storage account.
   *
   * GitLab's key: `AccountKey`.
   * A secret, kept as one even where the program gives plain text.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscacheazure-section
   */
  accountKey?: string;
  /**
   * Container for cache objects.
   *
   * GitLab's key: `ContainerName`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscacheazure-section
   */
  containerName?: string;
  /**
   * Domain of the storage service.
   *
   * GitLab's key: `StorageDomain`.
   * @default blob.core.windows.net
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscacheazure-section
   */
  storageDomain?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.artifact].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersartifact-section
 */
export interface ArtifactConfig {
  /**
   * Longest artifact upload.
   *
   * GitLab's key: `upload_timeout`.
   * @default 1h
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersartifact-section
   */
  uploadTimeout?: Duration;
  /**
   * Longest wait for the answer after an upload.
   *
   * GitLab's key: `response_header_timeout`.
   * @default 10m
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersartifact-section
   */
  responseHeaderTimeout?: Duration;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.monitoring].
 * @see https://docs.gitlab.com/runner/monitoring/
 */
export interface Monitoring {
  /**
   * Thresholds after which a job counts as queued too long.
   *
   * GitLab's key: `job_queuing_durations`.
   * @see https://docs.gitlab.com/runner/monitoring/
   */
  jobQueuingDurations?: JobQueuingDuration[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.monitoring.job_queuing_durations]].
 * @see https://docs.gitlab.com/runner/monitoring/
 */
export interface JobQueuingDuration {
  /**
   * Cron-like patterns that say when the threshold holds.
   *
   * GitLab's key: `periods`.
   * @see https://docs.gitlab.com/runner/monitoring/
   */
  periods?: string[];
  /**
   * Time zone in which the patterns are read.
   *
   * GitLab's key: `timezone`.
   * @default Local
   * @see https://docs.gitlab.com/runner/monitoring/
   */
  timezone?: string;
  /**
   * Queue time that counts as too long.
   *
   * GitLab's key: `threshold`.
   * @see https://docs.gitlab.com/runner/monitoring/
   */
  threshold?: Duration;
  /**
   * Regular expression for the running-jobs count that the entry applies to.
   *
   * GitLab's key: `jobs_running_for_project`.
   * @see https://docs.gitlab.com/runner/monitoring/
   */
  jobsRunningForProject?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.instance].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersinstance-section
 */
export interface InstanceConfig {
  /**
   * Nested virtual machine images a job may choose.
   *
   * GitLab's key: `allowed_images`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersinstance-section
   */
  allowedImages?: string[];
  /**
   * Gives all jobs one checkout folder; only with VM isolation or a use count of 1.
   *
   * GitLab's key: `use_common_build_dir`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersinstance-section
   */
  useCommonBuildDir?: boolean;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.ssh].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersssh-section
 */
export interface SshConfig {
  /**
   * Login name.
   *
   * GitLab's key: `user`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersssh-section
   */
  user?: string;
  /**
   * Login password.
   *
   * GitLab's key: `password`.
   * A secret, kept as one even where the program gives plain text.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersssh-section
   */
  password?: string;
  /**
   * Host to connect to.
   *
   * GitLab's key: `host`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersssh-section
   */
  host?: string;
  /**
   * Port, as a string.
   *
   * GitLab's key: `port`.
   * @default 22
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersssh-section
   */
  port?: string;
  /**
   * Private key file.
   *
   * GitLab's key: `identity_file`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersssh-section
   */
  identityFile?: string;
  /**
   * Skips the check of the host key.
   *
   * GitLab's key: `disable_strict_host_key_checking`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersssh-section
   */
  disableStrictHostKeyChecking?: boolean;
  /**
   * File with known host keys.
   *
   * GitLab's key: `known_hosts_file`.
   * @default ~/.ssh/known_hosts
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersssh-section
   */
  knownHostsFile?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.docker].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
 */
export interface DockerConfig {
  /**
   * Address of the Docker daemon.
   *
   * GitLab's key: `host`.
   * @default DOCKER_HOST or the local socket
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  host?: string;
  /**
   * Folder with ca.pem, cert.pem and key.pem.
   *
   * GitLab's key: `tls_cert_path`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  tlsCertPath?: string;
  /**
   * Verifies the daemon's certificate.
   *
   * GitLab's key: `tls_verify`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  tlsVerify?: boolean;
  /**
   * Host name inside the job container.
   *
   * GitLab's key: `hostname`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  hostname?: string;
  /**
   * Image for jobs that name none; registration requires it.
   *
   * GitLab's key: `image`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  image?: string;
  /**
   * OCI runtime for the containers.
   *
   * GitLab's key: `runtime`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  runtime?: string;
  /**
   * Memory limit with a unit letter, as a string.
   *
   * GitLab's key: `memory`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  memory?: string;
  /**
   * Limit of memory plus swap, as a string.
   *
   * GitLab's key: `memory_swap`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  memorySwap?: string;
  /**
   * Soft memory limit, as a string.
   *
   * GitLab's key: `memory_reservation`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  memoryReservation?: string;
  /**
   * Parent cgroup of the containers.
   *
   * GitLab's key: `cgroup_parent`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  cgroupParent?: string;
  /**
   * CPU numbers the job may use.
   *
   * GitLab's key: `cpuset_cpus`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  cpusetCpus?: string;
  /**
   * Memory nodes the job may use.
   *
   * GitLab's key: `cpuset_mems`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  cpusetMems?: string;
  /**
   * Number of CPUs, as a string that may hold a fraction.
   *
   * GitLab's key: `cpus`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  cpus?: string;
  /**
   * Relative CPU weight.
   *
   * GitLab's key: `cpu_shares`.
   * @default 0 (Docker's 1024)
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  cpuShares?: Integer;
  /**
   * DNS servers by IP address.
   *
   * GitLab's key: `dns`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  dns?: string[];
  /**
   * DNS search domains.
   *
   * GitLab's key: `dns_search`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  dnsSearch?: string[];
  /**
   * Gives containers full privileges.
   *
   * GitLab's key: `privileged`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  privileged?: boolean;
  /**
   * Privileges of service containers; follows privileged when unset.
   *
   * GitLab's key: `services_privileged`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  servicesPrivileged?: boolean;
  /**
   * Forbids jobs to replace an image's entrypoint.
   *
   * GitLab's key: `disable_entrypoint_overwrite`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  disableEntrypointOverwrite?: boolean;
  /**
   * Account for commands in the container.
   *
   * GitLab's key: `user`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  user?: string;
  /**
   * Accounts that a job may choose.
   *
   * GitLab's key: `allowed_users`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  allowedUsers?: string[];
  /**
   * Extra groups of the container process.
   *
   * GitLab's key: `group_add`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  groupAdd?: string[];
  /**
   * User namespace mode.
   *
   * GitLab's key: `userns_mode`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  usernsMode?: string;
  /**
   * Linux capabilities to add.
   *
   * GitLab's key: `cap_add`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  capAdd?: string[];
  /**
   * Linux capabilities to take away.
   *
   * GitLab's key: `cap_drop`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  capDrop?: string[];
  /**
   * Keeps processes alive when memory runs out.
   *
   * GitLab's key: `oom_kill_disable`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  oomKillDisable?: boolean;
  /**
   * Bias of the out-of-memory killer.
   *
   * GitLab's key: `oom_score_adjust`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  oomScoreAdjust?: Integer;
  /**
   * Security options of the job container.
   *
   * GitLab's key: `security_opt`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  securityOpt?: string[];
  /**
   * Security options of service containers.
   *
   * GitLab's key: `services_security_opt`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  servicesSecurityOpt?: string[];
  /**
   * Host devices passed to the job container.
   *
   * GitLab's key: `devices`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  devices?: string[];
  /**
   * Device access rules of the container.
   *
   * GitLab's key: `device_cgroup_rules`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  deviceCgroupRules?: string[];
  /**
   * GPU request in the docker command's format.
   *
   * GitLab's key: `gpus`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  gpus?: string;
  /**
   * Host devices for services, by image pattern.
   *
   * GitLab's key: `services_devices`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  servicesDevices?: Record<string, string[]>;
  /**
   * Stops automatic cache volumes; registration then adds no /cache.
   *
   * GitLab's key: `disable_cache`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  disableCache?: boolean;
  /**
   * Mounts in the docker -v format; registration appends a cache volume when none ends in /cache.
   *
   * GitLab's key: `volumes`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  volumes?: string[];
  /**
   * Keeps volumes when a container is removed.
   *
   * GitLab's key: `volume_keep`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  volumeKeep?: boolean;
  /**
   * Driver for volumes.
   *
   * GitLab's key: `volume_driver`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  volumeDriver?: string;
  /**
   * Options for the volume driver.
   *
   * GitLab's key: `volume_driver_ops`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  volumeDriverOps?: Record<string, string>;
  /**
   * Folder for Docker caches.
   *
   * GitLab's key: `cache_dir`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  cacheDir?: string;
  /**
   * host:address lines for the container's hosts file.
   *
   * GitLab's key: `extra_hosts`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  extraHosts?: string[];
  /**
   * Containers whose volumes are also mounted.
   *
   * GitLab's key: `volumes_from`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  volumesFrom?: string[];
  /**
   * Network the containers join.
   *
   * GitLab's key: `network_mode`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  networkMode?: string;
  /**
   * Process namespace mode.
   *
   * GitLab's key: `pid_mode`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  pidMode?: string;
  /**
   * IPC namespace mode; the key has no underscore.
   *
   * GitLab's key: `ipcmode`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  ipcmode?: string;
  /**
   * Hardware address of the container.
   *
   * GitLab's key: `mac_address`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  macAddress?: string;
  /**
   * Containers to link.
   *
   * GitLab's key: `links`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  links?: string[];
  /**
   * Service containers started with every job.
   *
   * GitLab's key: `services`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdockerservices-section
   */
  services?: Service[];
  /**
   * Most services a job may have; -1 sets no limit.
   *
   * GitLab's key: `services_limit`.
   * @default -1
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  servicesLimit?: Integer;
  /**
   * Memory limit of each service, as a string.
   *
   * GitLab's key: `service_memory`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  serviceMemory?: string;
  /**
   * Memory plus swap of each service, as a string.
   *
   * GitLab's key: `service_memory_swap`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  serviceMemorySwap?: string;
  /**
   * Soft memory limit of each service, as a string.
   *
   * GitLab's key: `service_memory_reservation`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  serviceMemoryReservation?: string;
  /**
   * Parent cgroup of services.
   *
   * GitLab's key: `service_cgroup_parent`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  serviceCgroupParent?: string;
  /**
   * Cgroup name pattern for services, with ${slot} in it.
   *
   * GitLab's key: `service_slot_cgroup_template`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  serviceSlotCgroupTemplate?: string;
  /**
   * CPU numbers services may use.
   *
   * GitLab's key: `service_cpuset_cpus`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  serviceCpusetCpus?: string;
  /**
   * Number of CPUs of each service, as a string.
   *
   * GitLab's key: `service_cpus`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  serviceCpus?: string;
  /**
   * Relative CPU weight of services.
   *
   * GitLab's key: `service_cpu_shares`.
   * @default 0 (Docker's 1024)
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  serviceCpuShares?: Integer;
  /**
   * GPU request of services.
   *
   * GitLab's key: `service_gpus`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  serviceGpus?: string;
  /**
   * Seconds to wait until services answer; -1 skips the wait.
   *
   * GitLab's key: `wait_for_services_timeout`, in seconds.
   * @default 0 (acts as 30)
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  waitForServicesTimeout?: Integer;
  /**
   * Patterns of images a job may choose.
   *
   * GitLab's key: `allowed_images`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  allowedImages?: string[];
  /**
   * Patterns of images that may run privileged.
   *
   * GitLab's key: `allowed_privileged_images`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  allowedPrivilegedImages?: string[];
  /**
   * Patterns of services that may run privileged.
   *
   * GitLab's key: `allowed_privileged_services`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  allowedPrivilegedServices?: string[];
  /**
   * Pull policies a job may choose; follows pull_policy when empty.
   *
   * GitLab's key: `allowed_pull_policies`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  allowedPullPolicies?: ("always" | "if-not-present" | "never")[];
  /**
   * Patterns of services a job may choose.
   *
   * GitLab's key: `allowed_services`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  allowedServices?: string[];
  /**
   * When images are pulled; one policy or an ordered list of fallbacks.
   *
   * GitLab's key: `pull_policy`.
   * @default always
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  pullPolicy?: "always" | "if-not-present" | "never" | ("always" | "if-not-present" | "never")[];
  /**
   * Windows container isolation.
   *
   * GitLab's key: `isolation`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  isolation?: "default" | "hyperv" | "process";
  /**
   * Shared memory in bytes, as an integer.
   *
   * GitLab's key: `shm_size`, in bytes.
   * @default 0
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  shmSize?: Integer;
  /**
   * tmpfs mounts of the job container, path to options.
   *
   * GitLab's key: `tmpfs`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  tmpfs?: Record<string, string>;
  /**
   * tmpfs mounts of services, path to options.
   *
   * GitLab's key: `services_tmpfs`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  servicesTmpfs?: Record<string, string>;
  /**
   * Kernel parameters of the containers; values are strings.
   *
   * GitLab's key: `sysctls`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  sysctls?: Record<string, string>;
  /**
   * Helper image used instead of the default one.
   *
   * GitLab's key: `helper_image`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  helperImage?: string;
  /**
   * Variant of the default helper image; FIPS builds set ubi-fips at registration.
   *
   * GitLab's key: `helper_image_flavor`.
   * @default alpine
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  helperImageFlavor?: "alpine" | "alpine3.21" | "alpine-latest" | "ubi-fips" | "ubuntu";
  /**
   * Labels on every container; job variables are expanded.
   *
   * GitLab's key: `container_labels`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  containerLabels?: Record<string, string>;
  /**
   * IPv6 on per-job networks.
   *
   * GitLab's key: `enable_ipv6`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  enableIpv6?: boolean;
  /**
   * Limits as soft or soft:hard numbers in strings.
   *
   * GitLab's key: `ulimit`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  ulimit?: Record<string, string>;
  /**
   * MTU of per-job networks.
   *
   * GitLab's key: `network_mtu`.
   * @default 0
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  networkMtu?: Integer;
  /**
   * Options of the json-file log driver; only env and labels are accepted.
   *
   * GitLab's key: `log_options`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section
   */
  logOptions?: Record<string, string>;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * A service container.
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdockerservices-section
 */
export interface Service {
  /**
   * Image of the service.
   *
   * GitLab's key: `name`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdockerservices-section
   */
  name?: string;
  /**
   * Extra host names, split by spaces or commas.
   *
   * GitLab's key: `alias`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdockerservices-section
   */
  alias?: string;
  /**
   * Command of the service container.
   *
   * GitLab's key: `command`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdockerservices-section
   */
  command?: string[];
  /**
   * Entrypoint of the service container.
   *
   * GitLab's key: `entrypoint`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdockerservices-section
   */
  entrypoint?: string[];
  /**
   * NAME=value strings for the service.
   *
   * GitLab's key: `environment`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdockerservices-section
   */
  environment?: string[];
  /**
   * Folder kept across suspend and resume of a Kubernetes job.
   *
   * GitLab's key: `suspend_data_path`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdockerservices-section
   */
  suspendDataPath?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.parallels].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersparallels-section
 */
export interface ParallelsConfig {
  /**
   * Virtual machine to clone; registration requires it.
   *
   * GitLab's key: `base_name`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersparallels-section
   */
  baseName?: string;
  /**
   * Name of the linked template.
   *
   * GitLab's key: `template_name`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersparallels-section
   */
  templateName?: string;
  /**
   * Destroys machines instead of reusing snapshots.
   *
   * GitLab's key: `disable_snapshots`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersparallels-section
   */
  disableSnapshots?: boolean;
  /**
   * NTP server for the guest.
   *
   * GitLab's key: `time_server`.
   * @default time.apple.com
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersparallels-section
   */
  timeServer?: string;
  /**
   * Patterns of machines a job may choose.
   *
   * GitLab's key: `allowed_images`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersparallels-section
   */
  allowedImages?: string[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.virtualbox].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersvirtualbox-section
 */
export interface VirtualBoxConfig {
  /**
   * Virtual machine to clone; registration requires it.
   *
   * GitLab's key: `base_name`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersvirtualbox-section
   */
  baseName?: string;
  /**
   * Snapshot used for the clone.
   *
   * GitLab's key: `base_snapshot`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersvirtualbox-section
   */
  baseSnapshot?: string;
  /**
   * Folder for new machines.
   *
   * GitLab's key: `base_folder`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersvirtualbox-section
   */
  baseFolder?: string;
  /**
   * Destroys machines instead of reusing snapshots.
   *
   * GitLab's key: `disable_snapshots`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersvirtualbox-section
   */
  disableSnapshots?: boolean;
  /**
   * Patterns of machines a job may choose.
   *
   * GitLab's key: `allowed_images`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersvirtualbox-section
   */
  allowedImages?: string[];
  /**
   * Front end of the machine.
   *
   * GitLab's key: `start_type`.
   * @default headless
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersvirtualbox-section
   */
  startType?: "gui" | "headless" | "sdl" | "separate";
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.machine].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
 */
export interface DockerMachine {
  /**
   * Machines being created at once; 0 sets no limit.
   *
   * GitLab's key: `MaxGrowthRate`.
   * @default 0
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  maxGrowthRate?: Integer;
  /**
   * Idle machines to keep.
   *
   * GitLab's key: `IdleCount`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  idleCount?: Integer;
  /**
   * Idle machines as a share of busy ones; experimental.
   *
   * GitLab's key: `IdleScaleFactor`.
   * @default 0.0
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  idleScaleFactor?: number;
  /**
   * Fewest idle machines while the factor is used.
   *
   * GitLab's key: `IdleCountMin`.
   * @default 1 while the factor is used
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  idleCountMin?: Integer;
  /**
   * Seconds before an idle machine may go.
   *
   * GitLab's key: `IdleTime`, in seconds.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  idleTime?: Integer;
  /**
   * Jobs per machine before it is removed.
   *
   * GitLab's key: `MaxBuilds`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  maxBuilds?: Integer;
  /**
   * Docker Machine driver.
   *
   * GitLab's key: `MachineDriver`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  machineDriver?: string;
  /**
   * Machine name pattern, with %s in it.
   *
   * GitLab's key: `MachineName`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  machineName?: string;
  /**
   * Options for the driver.
   *
   * GitLab's key: `MachineOptions`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  machineOptions?: string[];
  /**
   * Options in which %s becomes the machine name; an entry without %s stops the load.
   *
   * GitLab's key: `MachineOptionsWithName`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  machineOptionsWithName?: string[];
  /**
   * Attempts to remove a machine.
   *
   * GitLab's key: `MaxRemovalAttempts`.
   * @default 30
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  maxRemovalAttempts?: Integer;
  /**
   * Off-peak cron patterns.
   *
   * GitLab's key: `OffPeakPeriods`.
   * @deprecated use machine.autoscaling
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  offPeakPeriods?: string[];
  /**
   * Off-peak time zone.
   *
   * GitLab's key: `OffPeakTimezone`.
   * @deprecated use machine.autoscaling
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  offPeakTimezone?: string;
  /**
   * Off-peak idle machines.
   *
   * GitLab's key: `OffPeakIdleCount`.
   * @deprecated use machine.autoscaling
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  offPeakIdleCount?: Integer;
  /**
   * Off-peak idle seconds.
   *
   * GitLab's key: `OffPeakIdleTime`, in seconds.
   * @deprecated use machine.autoscaling
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section
   */
  offPeakIdleTime?: Integer;
  /**
   * Settings by period; the last match wins.
   *
   * GitLab's key: `autoscaling`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachineautoscaling-sections
   */
  autoscaling?: DockerMachineAutoscaling[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.machine.autoscaling]].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachineautoscaling-sections
 */
export interface DockerMachineAutoscaling {
  /**
   * Cron-like patterns of this period; a wrong one stops the load.
   *
   * GitLab's key: `Periods`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachineautoscaling-sections
   */
  periods?: string[];
  /**
   * Time zone of the patterns.
   *
   * GitLab's key: `Timezone`.
   * @default Local
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachineautoscaling-sections
   */
  timezone?: string;
  /**
   * Idle machines in this period.
   *
   * GitLab's key: `IdleCount`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachineautoscaling-sections
   */
  idleCount?: Integer;
  /**
   * Idle machines as a share of busy ones in this period; experimental.
   *
   * GitLab's key: `IdleScaleFactor`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachineautoscaling-sections
   */
  idleScaleFactor?: number;
  /**
   * Fewest idle machines in this period while the factor is used.
   *
   * GitLab's key: `IdleCountMin`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachineautoscaling-sections
   */
  idleCountMin?: Integer;
  /**
   * Seconds before an idle machine may go in this period.
   *
   * GitLab's key: `IdleTime`, in seconds.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachineautoscaling-sections
   */
  idleTime?: Integer;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.kubernetes].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
 */
export interface KubernetesConfig {
  /**
   * API server address; found automatically when empty.
   *
   * GitLab's key: `host`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  host?: string;
  /**
   * kubectl context used when host is empty.
   *
   * GitLab's key: `context`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  context?: string;
  /**
   * Client certificate for the API server.
   *
   * GitLab's key: `cert_file`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  certFile?: string;
  /**
   * Key of the client certificate.
   *
   * GitLab's key: `key_file`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  keyFile?: string;
  /**
   * Authority of the API server.
   *
   * GitLab's key: `ca_file`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  caFile?: string;
  /**
   * Lets a job bring its own bearer token.
   *
   * GitLab's key: `bearer_token_overwrite_allowed`.
   * @default false
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  bearerTokenOverwriteAllowed?: boolean;
  /**
   * Token for the API server.
   *
   * GitLab's key: `bearer_token`.
   * A secret, kept as one even where the program gives plain text.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  bearerToken?: string;
  /**
   * Image for jobs that name none.
   *
   * GitLab's key: `image`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  image?: string;
  /**
   * Namespace of build pods.
   *
   * GitLab's key: `namespace`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  namespace?: string;
  /**
   * Regular expression for KUBERNETES_NAMESPACE_OVERWRITE; empty forbids it.
   *
   * GitLab's key: `namespace_overwrite_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  namespaceOverwriteAllowed?: string;
  /**
   * Gives every job a namespace of its own.
   *
   * GitLab's key: `namespace_per_job`.
   * @default false
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  namespacePerJob?: boolean;
  /**
   * Runs all containers privileged; unset differs from false.
   *
   * GitLab's key: `privileged`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  privileged?: boolean;
  /**
   * Runtime class of the pod.
   *
   * GitLab's key: `runtime_class_name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  runtimeClassName?: string;
  /**
   * Sets the escalation flag of containers; unset differs from false.
   *
   * GitLab's key: `allow_privilege_escalation`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  allowPrivilegeEscalation?: boolean;
  /**
   * Upper bound of CPU for the build container, as a Kubernetes quantity.
   *
   * GitLab's key: `cpu_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  cpuLimit?: string;
  /**
   * Ceiling for the CPU limit that a job may ask for the build container through KUBERNETES_CPU_LIMIT; empty forbids the override.
   *
   * GitLab's key: `cpu_limit_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  cpuLimitOverwriteMaxAllowed?: string;
  /**
   * CPU reserved for the build container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `cpu_request`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  cpuRequest?: string;
  /**
   * Ceiling for the CPU request that a job may ask for the build container through KUBERNETES_CPU_REQUEST; empty forbids the override.
   *
   * GitLab's key: `cpu_request_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  cpuRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of memory for the build container, as a Kubernetes quantity.
   *
   * GitLab's key: `memory_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  memoryLimit?: string;
  /**
   * Ceiling for the memory limit that a job may ask for the build container through KUBERNETES_MEMORY_LIMIT; empty forbids the override.
   *
   * GitLab's key: `memory_limit_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  memoryLimitOverwriteMaxAllowed?: string;
  /**
   * memory reserved for the build container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `memory_request`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  memoryRequest?: string;
  /**
   * Ceiling for the memory request that a job may ask for the build container through KUBERNETES_MEMORY_REQUEST; empty forbids the override.
   *
   * GitLab's key: `memory_request_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  memoryRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of ephemeral storage for the build container, as a Kubernetes quantity.
   *
   * GitLab's key: `ephemeral_storage_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  ephemeralStorageLimit?: string;
  /**
   * Ceiling for the ephemeral storage limit that a job may ask for the build container through KUBERNETES_EPHEMERAL_STORAGE_LIMIT; empty forbids the override.
   *
   * GitLab's key: `ephemeral_storage_limit_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  ephemeralStorageLimitOverwriteMaxAllowed?: string;
  /**
   * ephemeral storage reserved for the build container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `ephemeral_storage_request`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  ephemeralStorageRequest?: string;
  /**
   * Ceiling for the ephemeral storage request that a job may ask for the build container through KUBERNETES_EPHEMERAL_STORAGE_REQUEST; empty forbids the override.
   *
   * GitLab's key: `ephemeral_storage_request_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  ephemeralStorageRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of CPU for every service container, as a Kubernetes quantity.
   *
   * GitLab's key: `service_cpu_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceCpuLimit?: string;
  /**
   * Ceiling for the CPU limit that a job may ask for every service container through KUBERNETES_SERVICE_CPU_LIMIT; empty forbids the override.
   *
   * GitLab's key: `service_cpu_limit_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceCpuLimitOverwriteMaxAllowed?: string;
  /**
   * CPU reserved for every service container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `service_cpu_request`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceCpuRequest?: string;
  /**
   * Ceiling for the CPU request that a job may ask for every service container through KUBERNETES_SERVICE_CPU_REQUEST; empty forbids the override.
   *
   * GitLab's key: `service_cpu_request_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceCpuRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of memory for every service container, as a Kubernetes quantity.
   *
   * GitLab's key: `service_memory_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceMemoryLimit?: string;
  /**
   * Ceiling for the memory limit that a job may ask for every service container through KUBERNETES_SERVICE_MEMORY_LIMIT; empty forbids the override.
   *
   * GitLab's key: `service_memory_limit_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceMemoryLimitOverwriteMaxAllowed?: string;
  /**
   * memory reserved for every service container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `service_memory_request`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceMemoryRequest?: string;
  /**
   * Ceiling for the memory request that a job may ask for every service container through KUBERNETES_SERVICE_MEMORY_REQUEST; empty forbids the override.
   *
   * GitLab's key: `service_memory_request_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceMemoryRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of ephemeral storage for every service container, as a Kubernetes quantity.
   *
   * GitLab's key: `service_ephemeral_storage_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceEphemeralStorageLimit?: string;
  /**
   * Ceiling for the ephemeral storage limit that a job may ask for every service container through KUBERNETES_SERVICE_EPHEMERAL_STORAGE_LIMIT; empty forbids the override.
   *
   * GitLab's key: `service_ephemeral_storage_limit_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceEphemeralStorageLimitOverwriteMaxAllowed?: string;
  /**
   * ephemeral storage reserved for every service container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `service_ephemeral_storage_request`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceEphemeralStorageRequest?: string;
  /**
   * Ceiling for the ephemeral storage request that a job may ask for every service container through KUBERNETES_SERVICE_EPHEMERAL_STORAGE_REQUEST; empty forbids the override.
   *
   * GitLab's key: `service_ephemeral_storage_request_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceEphemeralStorageRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of CPU for the helper container, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_cpu_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperCpuLimit?: string;
  /**
   * Ceiling for the CPU limit that a job may ask for the helper container through KUBERNETES_HELPER_CPU_LIMIT; empty forbids the override.
   *
   * GitLab's key: `helper_cpu_limit_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperCpuLimitOverwriteMaxAllowed?: string;
  /**
   * CPU reserved for the helper container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_cpu_request`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperCpuRequest?: string;
  /**
   * Ceiling for the CPU request that a job may ask for the helper container through KUBERNETES_HELPER_CPU_REQUEST; empty forbids the override.
   *
   * GitLab's key: `helper_cpu_request_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperCpuRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of memory for the helper container, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_memory_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperMemoryLimit?: string;
  /**
   * Ceiling for the memory limit that a job may ask for the helper container through KUBERNETES_HELPER_MEMORY_LIMIT; empty forbids the override.
   *
   * GitLab's key: `helper_memory_limit_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperMemoryLimitOverwriteMaxAllowed?: string;
  /**
   * memory reserved for the helper container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_memory_request`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperMemoryRequest?: string;
  /**
   * Ceiling for the memory request that a job may ask for the helper container through KUBERNETES_HELPER_MEMORY_REQUEST; empty forbids the override.
   *
   * GitLab's key: `helper_memory_request_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperMemoryRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of ephemeral storage for the helper container, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_ephemeral_storage_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperEphemeralStorageLimit?: string;
  /**
   * Ceiling for the ephemeral storage limit that a job may ask for the helper container through KUBERNETES_HELPER_EPHEMERAL_STORAGE_LIMIT; empty forbids the override.
   *
   * GitLab's key: `helper_ephemeral_storage_limit_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperEphemeralStorageLimitOverwriteMaxAllowed?: string;
  /**
   * ephemeral storage reserved for the helper container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_ephemeral_storage_request`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperEphemeralStorageRequest?: string;
  /**
   * Ceiling for the ephemeral storage request that a job may ask for the helper container through KUBERNETES_HELPER_EPHEMERAL_STORAGE_REQUEST; empty forbids the override.
   *
   * GitLab's key: `helper_ephemeral_storage_request_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperEphemeralStorageRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of CPU for the whole build pod, as a Kubernetes quantity.
   *
   * GitLab's key: `pod_cpu_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podCpuLimit?: string;
  /**
   * Ceiling for the CPU limit that a job may ask for the whole build pod through KUBERNETES_POD_CPU_LIMIT; empty forbids the override.
   *
   * GitLab's key: `pod_cpu_limit_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podCpuLimitOverwriteMaxAllowed?: string;
  /**
   * CPU reserved for the whole build pod when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `pod_cpu_request`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podCpuRequest?: string;
  /**
   * Ceiling for the CPU request that a job may ask for the whole build pod through KUBERNETES_POD_CPU_REQUEST; empty forbids the override.
   *
   * GitLab's key: `pod_cpu_request_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podCpuRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of memory for the whole build pod, as a Kubernetes quantity.
   *
   * GitLab's key: `pod_memory_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podMemoryLimit?: string;
  /**
   * Ceiling for the memory limit that a job may ask for the whole build pod through KUBERNETES_POD_MEMORY_LIMIT; empty forbids the override.
   *
   * GitLab's key: `pod_memory_limit_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podMemoryLimitOverwriteMaxAllowed?: string;
  /**
   * memory reserved for the whole build pod when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `pod_memory_request`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podMemoryRequest?: string;
  /**
   * Ceiling for the memory request that a job may ask for the whole build pod through KUBERNETES_POD_MEMORY_REQUEST; empty forbids the override.
   *
   * GitLab's key: `pod_memory_request_overwrite_max_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podMemoryRequestOverwriteMaxAllowed?: string;
  /**
   * Patterns of images a job may choose.
   *
   * GitLab's key: `allowed_images`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  allowedImages?: string[];
  /**
   * Pull policies a job may choose; follows pull_policy when empty.
   *
   * GitLab's key: `allowed_pull_policies`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  allowedPullPolicies?: ("always" | "if-not-present" | "never")[];
  /**
   * Patterns of services a job may choose.
   *
   * GitLab's key: `allowed_services`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  allowedServices?: string[];
  /**
   * User ids a job may choose; 0 must be listed.
   *
   * GitLab's key: `allowed_users`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  allowedUsers?: string[];
  /**
   * Group ids a job may choose; 0 must be listed.
   *
   * GitLab's key: `allowed_groups`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  allowedGroups?: string[];
  /**
   * When images are pulled; one policy or an ordered list; empty leaves it to the cluster.
   *
   * GitLab's key: `pull_policy`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  pullPolicy?: "always" | "if-not-present" | "never" | ("always" | "if-not-present" | "never")[];
  /**
   * Node labels that the pod requires.
   *
   * GitLab's key: `node_selector`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  nodeSelector?: Record<string, string>;
  /**
   * Regular expression for KUBERNETES_NODE_SELECTOR_ variables; empty forbids them.
   *
   * GitLab's key: `node_selector_overwrite_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  nodeSelectorOverwriteAllowed?: string;
  /**
   * key=value (or key) to effect pairs.
   *
   * GitLab's key: `node_tolerations`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  nodeTolerations?: Record<string, string>;
  /**
   * Regular expression for KUBERNETES_NODE_TOLERATIONS_ variables; empty forbids them.
   *
   * GitLab's key: `node_tolerations_overwrite_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  nodeTolerationsOverwriteAllowed?: string;
  /**
   * Placement rules of the pod.
   *
   * GitLab's key: `affinity`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  affinity?: KubernetesAffinity;
  /**
   * Secrets for private images.
   *
   * GitLab's key: `image_pull_secrets`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  imagePullSecrets?: string[];
  /**
   * Leaves pull secrets to the service account.
   *
   * GitLab's key: `use_service_account_image_pull_secrets`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  useServiceAccountImagePullSecrets?: boolean;
  /**
   * Helper image used instead of the default one.
   *
   * GitLab's key: `helper_image`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperImage?: string;
  /**
   * Variant of the default helper image; FIPS builds set ubi-fips at registration.
   *
   * GitLab's key: `helper_image_flavor`.
   * @default alpine
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperImageFlavor?: "alpine" | "alpine3.21" | "alpine-latest" | "ubi-fips" | "ubuntu";
  /**
   * Picks the helper image for the host's platform.
   *
   * GitLab's key: `helper_image_autoset_arch_and_os`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  helperImageAutosetArchAndOs?: boolean;
  /**
   * Grace period of the pod.
   *
   * GitLab's key: `pod_termination_grace_period_seconds`, in seconds.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podTerminationGracePeriodSeconds?: Integer;
  /**
   * Grace period when the pod is removed after the job.
   *
   * GitLab's key: `cleanup_grace_period_seconds`, in seconds.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  cleanupGracePeriodSeconds?: Integer;
  /**
   * Longest clean-up after a job.
   *
   * GitLab's key: `cleanup_resources_timeout`.
   * @default 5m
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  cleanupResourcesTimeout?: Duration;
  /**
   * Seconds between looks at a new pod.
   *
   * GitLab's key: `poll_interval`, in seconds.
   * @default 0 (acts as 3)
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  pollInterval?: Integer;
  /**
   * Seconds until a new pod must be reachable.
   *
   * GitLab's key: `poll_timeout`, in seconds.
   * @default 0 (acts as 180)
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  pollTimeout?: Integer;
  /**
   * Checks for service account and pull secret before giving up, 5 seconds apart.
   *
   * GitLab's key: `resource_availability_check_max_attempts`.
   * @default 5 when negative; 0 skips the check
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  resourceAvailabilityCheckMaxAttempts?: Integer;
  /**
   * Attempts for an API call.
   *
   * GitLab's key: `retry_limit`.
   * @default 0 (acts as 5)
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  retryLimit?: Integer;
  /**
   * Longest pause between API attempts in milliseconds; never below 500.
   *
   * GitLab's key: `retry_backoff_max`, in milliseconds.
   * @default 0 (acts as 2000)
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  retryBackoffMax?: Integer;
  /**
   * Attempts by error text.
   *
   * GitLab's key: `retry_limits`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  retryLimits?: Record<string, Integer>;
  /**
   * Labels of the pod.
   *
   * GitLab's key: `pod_labels`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podLabels?: Record<string, string>;
  /**
   * Regular expression for KUBERNETES_POD_LABELS_ variables; empty forbids them.
   *
   * GitLab's key: `pod_labels_overwrite_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podLabelsOverwriteAllowed?: string;
  /**
   * Scheduler of the pod.
   *
   * GitLab's key: `scheduler_name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  schedulerName?: string;
  /**
   * Service account of the pod.
   *
   * GitLab's key: `service_account`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceAccount?: string;
  /**
   * Regular expression for KUBERNETES_SERVICE_ACCOUNT_OVERWRITE; empty forbids it.
   *
   * GitLab's key: `service_account_overwrite_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  serviceAccountOverwriteAllowed?: string;
  /**
   * Mounts the service account token in the pod.
   *
   * GitLab's key: `automount_service_account_token`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  automountServiceAccountToken?: boolean;
  /**
   * Annotations of the pod.
   *
   * GitLab's key: `pod_annotations`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podAnnotations?: Record<string, string>;
  /**
   * Regular expression for KUBERNETES_POD_ANNOTATIONS_ variables; empty forbids them.
   *
   * GitLab's key: `pod_annotations_overwrite_allowed`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podAnnotationsOverwriteAllowed?: string;
  /**
   * Security settings of the pod.
   *
   * GitLab's key: `pod_security_context`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-pod
   */
  podSecurityContext?: KubernetesPodSecurityContext;
  /**
   * Security settings of the init-permissions container.
   *
   * GitLab's key: `init_permissions_container_security_context`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  initPermissionsContainerSecurityContext?: KubernetesContainerSecurityContext;
  /**
   * Security settings of the build container.
   *
   * GitLab's key: `build_container_security_context`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  buildContainerSecurityContext?: KubernetesContainerSecurityContext;
  /**
   * Security settings of the helper container.
   *
   * GitLab's key: `helper_container_security_context`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  helperContainerSecurityContext?: KubernetesContainerSecurityContext;
  /**
   * Security settings of service containers.
   *
   * GitLab's key: `service_container_security_context`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  serviceContainerSecurityContext?: KubernetesContainerSecurityContext;
  /**
   * Volumes mounted in the pod.
   *
   * GitLab's key: `volumes`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-volume-types
   */
  volumes?: KubernetesVolumes;
  /**
   * Lines for the pod's hosts file.
   *
   * GitLab's key: `host_aliases`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#add-extra-host-aliases
   */
  hostAliases?: KubernetesHostAliases[];
  /**
   * Service containers started with every job.
   *
   * GitLab's key: `services`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdockerservices-section
   */
  services?: Service[];
  /**
   * Linux capabilities to add.
   *
   * GitLab's key: `cap_add`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  capAdd?: string[];
  /**
   * Linux capabilities to take away.
   *
   * GitLab's key: `cap_drop`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  capDrop?: string[];
  /**
   * Size of the volume for suspendable jobs.
   *
   * GitLab's key: `suspend_pvc_size`.
   * @default 20Gi
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  suspendPvcSize?: string;
  /**
   * Storage class of the volume for suspendable jobs; empty means the cluster's default.
   *
   * GitLab's key: `suspend_pvc_storage_class`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  suspendPvcStorageClass?: string;
  /**
   * DNS policy of the pod.
   *
   * GitLab's key: `dns_policy`.
   * @default cluster-first
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  dnsPolicy?: "none" | "default" | "cluster-first" | "cluster-first-with-host-net";
  /**
   * DNS settings of the pod.
   *
   * GitLab's key: `dns_config`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-pod-dns-settings
   */
  dnsConfig?: KubernetesDNSConfig;
  /**
   * Hooks of the build container.
   *
   * GitLab's key: `container_lifecycle`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-a-container-lifecycle-hook
   */
  containerLifecycle?: KubernetesContainerLifecycle;
  /**
   * Priority class of the pod.
   *
   * GitLab's key: `priority_class_name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  priorityClassName?: string;
  /**
   * Patches applied to the pod's specification.
   *
   * GitLab's key: `pod_spec`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#overwrite-generated-pod-specifications
   */
  podSpec?: KubernetesPodSpec[];
  /**
   * Folder that holds build logs.
   *
   * GitLab's key: `logs_base_dir`.
   * Since GitLab Runner 17.2.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  logsBaseDir?: string;
  /**
   * Folder that holds build scripts.
   *
   * GitLab's key: `scripts_base_dir`.
   * Since GitLab Runner 17.2.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  scriptsBaseDir?: string;
  /**
   * Prints warning events of a failed pod.
   *
   * GitLab's key: `print_pod_warning_events`.
   * @default true
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  printPodWarningEvents?: boolean;
  /**
   * Protects each job pod from node drains.
   *
   * GitLab's key: `pod_disruption_budget`.
   * @default false
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#other-configtoml-settings
   */
  podDisruptionBudget?: boolean;
  /**
   * Pause pods that keep spare nodes.
   *
   * GitLab's key: `autoscaler`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#autoscaler-settings
   */
  autoscaler?: KubernetesAutoscalerConfig;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.kubernetes.affinity].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
 */
export interface KubernetesAffinity {
  /**
   * Rules on nodes.
   *
   * GitLab's key: `node_affinity`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  nodeAffinity?: KubernetesNodeAffinity;
  /**
   * Rules that attract to other pods.
   *
   * GitLab's key: `pod_affinity`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  podAffinity?: KubernetesPodAffinity;
  /**
   * Rules that keep away from other pods.
   *
   * GitLab's key: `pod_anti_affinity`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  podAntiAffinity?: KubernetesPodAntiAffinity;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.kubernetes.affinity.node_affinity].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
 */
export interface KubernetesNodeAffinity {
  /**
   * Rules that must hold.
   *
   * GitLab's key: `required_during_scheduling_ignored_during_execution`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;
  /**
   * Weighted wishes.
   *
   * GitLab's key: `preferred_during_scheduling_ignored_during_execution`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  preferredDuringSchedulingIgnoredDuringExecution?: PreferredSchedulingTerm[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * Nodes that a pod needs.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
 */
export interface NodeSelector {
  /**
   * Alternatives of which one must match.
   *
   * GitLab's key: `node_selector_terms`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  nodeSelectorTerms?: NodeSelectorTerm[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * One of several sets of conditions on a node.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
 */
export interface NodeSelectorTerm {
  /**
   * Conditions on labels.
   *
   * GitLab's key: `match_expressions`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  matchExpressions?: NodeSelectorRequirement[];
  /**
   * Conditions on fields.
   *
   * GitLab's key: `match_fields`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  matchFields?: NodeSelectorRequirement[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * A condition on a label.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
 */
export interface NodeSelectorRequirement {
  /**
   * Label or field that is looked at.
   *
   * GitLab's key: `key`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  key?: string;
  /**
   * Comparison.
   *
   * GitLab's key: `operator`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  operator?: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
  /**
   * Values to compare with.
   *
   * GitLab's key: `values`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  values?: string[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * Nodes that a pod prefers.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
 */
export interface PreferredSchedulingTerm {
  /**
   * Weight of the wish, 1 to 100.
   *
   * GitLab's key: `weight`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  weight?: Integer;
  /**
   * Node rule of the wish.
   *
   * GitLab's key: `preference`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  preference?: NodeSelectorTerm;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.kubernetes.affinity.pod_affinity].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
 */
export interface KubernetesPodAffinity {
  /**
   * Rules that must hold.
   *
   * GitLab's key: `required_during_scheduling_ignored_during_execution`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];
  /**
   * Weighted wishes.
   *
   * GitLab's key: `preferred_during_scheduling_ignored_during_execution`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTerm[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * A set of pods.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
 */
export interface PodAffinityTerm {
  /**
   * Pods that count.
   *
   * GitLab's key: `label_selector`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  labelSelector?: LabelSelector;
  /**
   * Namespaces that count.
   *
   * GitLab's key: `namespaces`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  namespaces?: string[];
  /**
   * Node label that bounds a place.
   *
   * GitLab's key: `topology_key`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  topologyKey?: string;
  /**
   * Namespaces that count, by label.
   *
   * GitLab's key: `namespace_selector`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  namespaceSelector?: LabelSelector;
  /**
   * Labels whose values must be equal.
   *
   * GitLab's key: `match_label_keys`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  matchLabelKeys?: string[];
  /**
   * Labels whose values must differ.
   *
   * GitLab's key: `mismatch_label_keys`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  mismatchLabelKeys?: string[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * Conditions on labels.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
 */
export interface LabelSelector {
  /**
   * Labels that must be equal.
   *
   * GitLab's key: `match_labels`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  matchLabels?: Record<string, string>;
  /**
   * Conditions on labels.
   *
   * GitLab's key: `match_expressions`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-a-list-of-node-affinities
   */
  matchExpressions?: NodeSelectorRequirement[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * A preferred set of pods.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
 */
export interface WeightedPodAffinityTerm {
  /**
   * Weight of the wish, 1 to 100.
   *
   * GitLab's key: `weight`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  weight?: Integer;
  /**
   * Pod rule of the wish.
   *
   * GitLab's key: `pod_affinity_term`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  podAffinityTerm?: PodAffinityTerm;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.kubernetes.affinity.pod_anti_affinity].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
 */
export interface KubernetesPodAntiAffinity {
  /**
   * Rules that must hold.
   *
   * GitLab's key: `required_during_scheduling_ignored_during_execution`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];
  /**
   * Weighted wishes.
   *
   * GitLab's key: `preferred_during_scheduling_ignored_during_execution`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#define-nodes-where-pods-are-scheduled
   */
  preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTerm[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.kubernetes.pod_security_context].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-pod
 */
export interface KubernetesPodSecurityContext {
  /**
   * Group that owns the pod's volumes.
   *
   * GitLab's key: `fs_group`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-pod
   */
  fsGroup?: Integer;
  /**
   * Group id of processes.
   *
   * GitLab's key: `run_as_group`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-pod
   */
  runAsGroup?: Integer;
  /**
   * Refuses to run as root.
   *
   * GitLab's key: `run_as_non_root`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-pod
   */
  runAsNonRoot?: boolean;
  /**
   * User id of processes.
   *
   * GitLab's key: `run_as_user`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-pod
   */
  runAsUser?: Integer;
  /**
   * Extra group ids.
   *
   * GitLab's key: `supplemental_groups`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-pod
   */
  supplementalGroups?: Integer[];
  /**
   * SELinux type of the pod.
   *
   * GitLab's key: `selinux_type`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-pod
   */
  selinuxType?: string;
  /**
   * Seccomp profile of the pod.
   *
   * GitLab's key: `seccomp_profile`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-seccomp-and-apparmor-profiles
   */
  seccompProfile?: KubernetesSeccompProfile;
  /**
   * AppArmor profile of the pod.
   *
   * GitLab's key: `app_armor_profile`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-seccomp-and-apparmor-profiles
   */
  appArmorProfile?: KubernetesAppArmorProfile;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * A seccomp profile.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-seccomp-and-apparmor-profiles
 */
export interface KubernetesSeccompProfile {
  /**
   * Kind of seccomp profile.
   *
   * GitLab's key: `type`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-seccomp-and-apparmor-profiles
   */
  type?: "RuntimeDefault" | "Localhost" | "Unconfined";
  /**
   * Profile file on the node, needed for Localhost.
   *
   * GitLab's key: `localhost_profile`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-seccomp-and-apparmor-profiles
   */
  localhostProfile?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * An AppArmor profile.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-seccomp-and-apparmor-profiles
 */
export interface KubernetesAppArmorProfile {
  /**
   * Kind of AppArmor profile.
   *
   * GitLab's key: `type`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-seccomp-and-apparmor-profiles
   */
  type?: "RuntimeDefault" | "Localhost" | "Unconfined";
  /**
   * Profile name on the node, needed for Localhost.
   *
   * GitLab's key: `localhost_profile`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-seccomp-and-apparmor-profiles
   */
  localhostProfile?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * The security context of a container.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
 */
export interface KubernetesContainerSecurityContext {
  /**
   * Capabilities of the container.
   *
   * GitLab's key: `capabilities`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  capabilities?: KubernetesContainerCapabilities;
  /**
   * Runs this container privileged; follows kubernetes.privileged when unset.
   *
   * GitLab's key: `privileged`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  privileged?: boolean;
  /**
   * User id of the container.
   *
   * GitLab's key: `run_as_user`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  runAsUser?: Integer;
  /**
   * Group id of the container.
   *
   * GitLab's key: `run_as_group`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  runAsGroup?: Integer;
  /**
   * Refuses to run as root.
   *
   * GitLab's key: `run_as_non_root`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  runAsNonRoot?: boolean;
  /**
   * Makes the container's root read only.
   *
   * GitLab's key: `read_only_root_filesystem`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  readOnlyRootFilesystem?: boolean;
  /**
   * Escalation flag of this container; follows the kubernetes key when unset.
   *
   * GitLab's key: `allow_privilege_escalation`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  allowPrivilegeEscalation?: boolean;
  /**
   * SELinux type of the container.
   *
   * GitLab's key: `selinux_type`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  selinuxType?: string;
  /**
   * How /proc is mounted; case does not matter; a wrong value is only logged.
   *
   * GitLab's key: `proc_mount`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  procMount?: "default" | "unmasked";
  /**
   * Seccomp profile of the container.
   *
   * GitLab's key: `seccomp_profile`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-seccomp-and-apparmor-profiles
   */
  seccompProfile?: KubernetesSeccompProfile;
  /**
   * AppArmor profile of the container.
   *
   * GitLab's key: `app_armor_profile`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-seccomp-and-apparmor-profiles
   */
  appArmorProfile?: KubernetesAppArmorProfile;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * Capabilities of a container.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
 */
export interface KubernetesContainerCapabilities {
  /**
   * Capabilities to add.
   *
   * GitLab's key: `add`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  add?: string[];
  /**
   * Capabilities to take away.
   *
   * GitLab's key: `drop`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#set-a-security-policy-for-the-container
   */
  drop?: string[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.kubernetes.volumes].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-volume-types
 */
export interface KubernetesVolumes {
  /**
   * Folders of the node.
   *
   * GitLab's key: `host_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#hostpath-volume
   */
  hostPath?: KubernetesHostPath[];
  /**
   * Persistent volume claims.
   *
   * GitLab's key: `pvc`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#persistentvolumeclaim-volume
   */
  pvc?: KubernetesPVC[];
  /**
   * Config maps.
   *
   * GitLab's key: `config_map`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configmap-volume
   */
  configMap?: KubernetesConfigMap[];
  /**
   * Secrets.
   *
   * GitLab's key: `secret`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#secret-volume
   */
  secret?: KubernetesSecret[];
  /**
   * Empty scratch folders.
   *
   * GitLab's key: `empty_dir`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#emptydir-volume
   */
  emptyDir?: KubernetesEmptyDir[];
  /**
   * CSI volumes.
   *
   * GitLab's key: `csi`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#csi-volume
   */
  csi?: KubernetesCSI[];
  /**
   * NFS shares.
   *
   * GitLab's key: `nfs`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-volume-types
   */
  nfs?: KubernetesNFS[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.kubernetes.volumes.host_path]].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#hostpath-volume
 */
export interface KubernetesHostPath {
  /**
   * Volume name.
   *
   * GitLab's key: `name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#hostpath-volume
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#hostpath-volume
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#hostpath-volume
   */
  subPath?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#hostpath-volume
   */
  readOnly?: boolean;
  /**
   * Folder on the node; the mount point when empty.
   *
   * GitLab's key: `host_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#hostpath-volume
   */
  hostPath?: string;
  /**
   * How later mounts are shared.
   *
   * GitLab's key: `mount_propagation`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#hostpath-volume
   */
  mountPropagation?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.kubernetes.volumes.pvc]].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#persistentvolumeclaim-volume
 */
export interface KubernetesPVC {
  /**
   * Claim, also the volume name.
   *
   * GitLab's key: `name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#persistentvolumeclaim-volume
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#persistentvolumeclaim-volume
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#persistentvolumeclaim-volume
   */
  subPath?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#persistentvolumeclaim-volume
   */
  readOnly?: boolean;
  /**
   * How later mounts are shared.
   *
   * GitLab's key: `mount_propagation`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#persistentvolumeclaim-volume
   */
  mountPropagation?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.kubernetes.volumes.config_map]].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#configmap-volume
 */
export interface KubernetesConfigMap {
  /**
   * Config map, also the volume name.
   *
   * GitLab's key: `name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configmap-volume
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configmap-volume
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configmap-volume
   */
  subPath?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configmap-volume
   */
  readOnly?: boolean;
  /**
   * Keys to file names.
   *
   * GitLab's key: `items`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configmap-volume
   */
  items?: Record<string, string>;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.kubernetes.volumes.secret]].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#secret-volume
 */
export interface KubernetesSecret {
  /**
   * Secret, also the volume name.
   *
   * GitLab's key: `name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#secret-volume
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#secret-volume
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#secret-volume
   */
  subPath?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#secret-volume
   */
  readOnly?: boolean;
  /**
   * Keys to file names.
   *
   * GitLab's key: `items`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#secret-volume
   */
  items?: Record<string, string>;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.kubernetes.volumes.empty_dir]].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#emptydir-volume
 */
export interface KubernetesEmptyDir {
  /**
   * Volume name.
   *
   * GitLab's key: `name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#emptydir-volume
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#emptydir-volume
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#emptydir-volume
   */
  subPath?: string;
  /**
   * Memory for a tmpfs; empty for the node's disk.
   *
   * GitLab's key: `medium`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#emptydir-volume
   */
  medium?: "" | "Memory";
  /**
   * Largest size, as a Kubernetes quantity.
   *
   * GitLab's key: `size_limit`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#emptydir-volume
   */
  sizeLimit?: string;
  /**
   * How later mounts are shared.
   *
   * GitLab's key: `mount_propagation`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#emptydir-volume
   */
  mountPropagation?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.kubernetes.volumes.csi]].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#csi-volume
 */
export interface KubernetesCSI {
  /**
   * Volume name.
   *
   * GitLab's key: `name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#csi-volume
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#csi-volume
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#csi-volume
   */
  subPath?: string;
  /**
   * CSI driver.
   *
   * GitLab's key: `driver`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#csi-volume
   */
  driver?: string;
  /**
   * File system; the driver chooses when empty.
   *
   * GitLab's key: `fs_type`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#csi-volume
   */
  fsType?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#csi-volume
   */
  readOnly?: boolean;
  /**
   * Settings for the driver.
   *
   * GitLab's key: `volume_attributes`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#csi-volume
   */
  volumeAttributes?: Record<string, string>;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.kubernetes.volumes.nfs]].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-volume-types
 */
export interface KubernetesNFS {
  /**
   * Volume name; the load fails without it.
   *
   * GitLab's key: `name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-volume-types
   */
  name?: string;
  /**
   * Mount point; the load fails without it.
   *
   * GitLab's key: `mount_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-volume-types
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-volume-types
   */
  subPath?: string;
  /**
   * NFS server; the load fails without it.
   *
   * GitLab's key: `server`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-volume-types
   */
  server?: string;
  /**
   * Exported path; the load fails without it.
   *
   * GitLab's key: `path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-volume-types
   */
  path?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-volume-types
   */
  readOnly?: boolean;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.kubernetes.host_aliases]].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#add-extra-host-aliases
 */
export interface KubernetesHostAliases {
  /**
   * Address that the names stand for.
   *
   * GitLab's key: `ip`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#add-extra-host-aliases
   */
  ip?: string;
  /**
   * Names for the address.
   *
   * GitLab's key: `hostnames`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#add-extra-host-aliases
   */
  hostnames?: string[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.kubernetes.dns_config].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-pod-dns-settings
 */
export interface KubernetesDNSConfig {
  /**
   * DNS servers of the pod.
   *
   * GitLab's key: `nameservers`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-pod-dns-settings
   */
  nameservers?: string[];
  /**
   * Resolver options.
   *
   * GitLab's key: `options`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kubernetesdnsconfigoption
   */
  options?: KubernetesDNSConfigOption[];
  /**
   * Search domains of the pod.
   *
   * GitLab's key: `searches`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-pod-dns-settings
   */
  searches?: string[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.kubernetes.dns_config.options]].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#kubernetesdnsconfigoption
 */
export interface KubernetesDNSConfigOption {
  /**
   * Name of the resolver option.
   *
   * GitLab's key: `name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kubernetesdnsconfigoption
   */
  name?: string;
  /**
   * Value of the resolver option.
   *
   * GitLab's key: `value`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kubernetesdnsconfigoption
   */
  value?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.kubernetes.container_lifecycle].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-a-container-lifecycle-hook
 */
export interface KubernetesContainerLifecycle {
  /**
   * Hook right after the container starts.
   *
   * GitLab's key: `post_start`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-a-container-lifecycle-hook
   */
  postStart?: KubernetesLifecycleHandler;
  /**
   * Hook before the container stops.
   *
   * GitLab's key: `pre_stop`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-a-container-lifecycle-hook
   */
  preStop?: KubernetesLifecycleHandler;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * What is done at a point of a container's life.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#configure-a-container-lifecycle-hook
 */
export interface KubernetesLifecycleHandler {
  /**
   * Runs a command.
   *
   * GitLab's key: `exec`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecycleexecaction
   */
  exec?: KubernetesLifecycleExecAction;
  /**
   * Calls an HTTP address.
   *
   * GitLab's key: `http_get`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecyclehttpget
   */
  httpGet?: KubernetesLifecycleHTTPGet;
  /**
   * Opens a TCP connection.
   *
   * GitLab's key: `tcp_socket`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecycletcpsocket
   */
  tcpSocket?: KubernetesLifecycleTCPSocket;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * A command to run.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecycleexecaction
 */
export interface KubernetesLifecycleExecAction {
  /**
   * Command and arguments, without a shell.
   *
   * GitLab's key: `command`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecycleexecaction
   */
  command?: string[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * A request to make.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecyclehttpget
 */
export interface KubernetesLifecycleHTTPGet {
  /**
   * Host to call; the pod's address when empty.
   *
   * GitLab's key: `host`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecyclehttpget
   */
  host?: string;
  /**
   * Headers to send.
   *
   * GitLab's key: `http_headers`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecyclehttpgetheader
   */
  httpHeaders?: KubernetesLifecycleHTTPGetHeader[];
  /**
   * Path to call.
   *
   * GitLab's key: `path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecyclehttpget
   */
  path?: string;
  /**
   * Port, 1 to 65535.
   *
   * GitLab's key: `port`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecyclehttpget
   */
  port?: Integer;
  /**
   * HTTP or HTTPS.
   *
   * GitLab's key: `scheme`.
   * @default HTTP
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecyclehttpget
   */
  scheme?: "HTTP" | "HTTPS";
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * A header of the request.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecyclehttpgetheader
 */
export interface KubernetesLifecycleHTTPGetHeader {
  /**
   * Header name.
   *
   * GitLab's key: `name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecyclehttpgetheader
   */
  name?: string;
  /**
   * Header value.
   *
   * GitLab's key: `value`.
   * A secret, kept as one even where the program gives plain text.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecyclehttpgetheader
   */
  value?: string;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * A connection to open.
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecycletcpsocket
 */
export interface KubernetesLifecycleTCPSocket {
  /**
   * Host to connect to; the pod's address when empty.
   *
   * GitLab's key: `host`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecycletcpsocket
   */
  host?: string;
  /**
   * Port, 1 to 65535.
   *
   * GitLab's key: `port`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#kuberneteslifecycletcpsocket
   */
  port?: Integer;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [[runners.kubernetes.pod_spec]].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#overwrite-generated-pod-specifications
 */
export interface KubernetesPodSpec {
  /**
   * Name of the patch, used in messages.
   *
   * GitLab's key: `name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#overwrite-generated-pod-specifications
   */
  name?: string;
  /**
   * File with the patch; not together with patch.
   *
   * GitLab's key: `patch_path`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#overwrite-generated-pod-specifications
   */
  patchPath?: string;
  /**
   * The patch as YAML or JSON text; not together with patch_path.
   *
   * GitLab's key: `patch`.
   * It often holds secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#overwrite-generated-pod-specifications
   */
  patch?: string;
  /**
   * How the patch is applied.
   *
   * GitLab's key: `patch_type`.
   * @default strategic
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#overwrite-generated-pod-specifications
   */
  patchType?: "json" | "merge" | "strategic";
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.kubernetes.autoscaler].
 * @see https://docs.gitlab.com/runner/executors/kubernetes/#autoscaler-settings
 */
export interface KubernetesAutoscalerConfig {
  /**
   * Most pause pods; 0 sets no limit.
   *
   * GitLab's key: `max_pause_pods`.
   * @default 0
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#autoscaler-settings
   */
  maxPausePods?: Integer;
  /**
   * Image of pause pods.
   *
   * GitLab's key: `pause_pod_image`.
   * @default registry.k8s.io/pause:3.10
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#autoscaler-settings
   */
  pausePodImage?: string;
  /**
   * Priority class of pause pods, below that of job pods.
   *
   * GitLab's key: `pause_pod_priority_class_name`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#autoscaler-settings
   */
  pausePodPriorityClassName?: string;
  /**
   * Scaling rules for pause pods.
   *
   * GitLab's key: `policy`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerpolicy-sections
   */
  policy?: AutoscalerPolicyConfig[];
  /**
   * Secrets for the pause pod image.
   *
   * GitLab's key: `pause_pod_image_pull_secrets`.
   * @see https://docs.gitlab.com/runner/executors/kubernetes/#autoscaler-settings
   */
  pausePodImagePullSecrets?: string[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * A policy of an autoscaler.
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerpolicy-sections
 */
export interface AutoscalerPolicyConfig {
  /**
   * Cron patterns of this rule.
   *
   * GitLab's key: `periods`.
   * @default ["* * * * *"]
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerpolicy-sections
   */
  periods?: string[];
  /**
   * Time zone of the patterns.
   *
   * GitLab's key: `timezone`.
   * @default system local
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerpolicy-sections
   */
  timezone?: string;
  /**
   * Idle capacity to keep, in jobs.
   *
   * GitLab's key: `idle_count`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerpolicy-sections
   */
  idleCount?: Integer;
  /**
   * Idle time before an instance may go; lint wants at least 1s when set.
   *
   * GitLab's key: `idle_time`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerpolicy-sections
   */
  idleTime?: Duration;
  /**
   * Extra idle capacity as a share of the busy one.
   *
   * GitLab's key: `scale_factor`.
   * @default 0.0
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerpolicy-sections
   */
  scaleFactor?: number;
  /**
   * Most capacity the factor may add.
   *
   * GitLab's key: `scale_factor_limit`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerpolicy-sections
   */
  scaleFactorLimit?: Integer;
  /**
   * Asks for jobs only when capacity is there.
   *
   * GitLab's key: `preemptive_mode`.
   * @default true when idle_count is above 0
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerpolicy-sections
   */
  preemptiveMode?: boolean;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.custom].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
 */
export interface CustomConfig {
  /**
   * Program that returns settings as JSON.
   *
   * GitLab's key: `config_exec`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  configExec?: string;
  /**
   * Arguments before the runner's own for config_exec.
   *
   * GitLab's key: `config_args`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  configArgs?: string[];
  /**
   * Seconds for config_exec.
   *
   * GitLab's key: `config_exec_timeout`, in seconds.
   * @default 3600
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  configExecTimeout?: Integer;
  /**
   * Program that prepares the environment.
   *
   * GitLab's key: `prepare_exec`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  prepareExec?: string;
  /**
   * Arguments before the runner's own for prepare_exec.
   *
   * GitLab's key: `prepare_args`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  prepareArgs?: string[];
  /**
   * Seconds for prepare_exec.
   *
   * GitLab's key: `prepare_exec_timeout`, in seconds.
   * @default 3600
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  prepareExecTimeout?: Integer;
  /**
   * Program that runs each job script; needed at run time.
   *
   * GitLab's key: `run_exec`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  runExec?: string;
  /**
   * Arguments before the runner's own for run_exec.
   *
   * GitLab's key: `run_args`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  runArgs?: string[];
  /**
   * Program that cleans up.
   *
   * GitLab's key: `cleanup_exec`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  cleanupExec?: string;
  /**
   * Arguments before the runner's own for cleanup_exec.
   *
   * GitLab's key: `cleanup_args`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  cleanupArgs?: string[];
  /**
   * Seconds for cleanup_exec.
   *
   * GitLab's key: `cleanup_exec_timeout`, in seconds.
   * @default 3600
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  cleanupExecTimeout?: Integer;
  /**
   * Seconds between a polite stop and a kill.
   *
   * GitLab's key: `graceful_kill_timeout`, in seconds.
   * @default 600
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  gracefulKillTimeout?: Integer;
  /**
   * Seconds to wait after a kill.
   *
   * GitLab's key: `force_kill_timeout`, in seconds.
   * @default 10
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section
   */
  forceKillTimeout?: Integer;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.autoscaler].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
 */
export interface AutoscalerConfig {
  /**
   * Jobs at once on one instance.
   *
   * GitLab's key: `capacity_per_instance`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  capacityPerInstance?: Integer;
  /**
   * Jobs before an instance is removed; 0 sets no limit.
   *
   * GitLab's key: `max_use_count`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  maxUseCount?: Integer;
  /**
   * Most instances in any state; 0 sets no limit.
   *
   * GitLab's key: `max_instances`.
   * @default 0
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  maxInstances?: Integer;
  /**
   * Fleeting plugin, by name or registry reference.
   *
   * GitLab's key: `plugin`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  plugin?: string;
  /**
   * Free-form settings handed to the plugin as JSON.
   *
   * GitLab's key: `plugin_config`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  pluginConfig?: FreeTable;
  /**
   * How the runner logs in to instances.
   *
   * GitLab's key: `connector_config`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  connectorConfig?: ConnectorConfig;
  /**
   * Scaling rules by period; the last match wins.
   *
   * GitLab's key: `policy`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerpolicy-sections
   */
  policy?: AutoscalerPolicyConfig[];
  /**
   * Command that must succeed before an instance is used.
   *
   * GitLab's key: `instance_ready_command`.
   * It often holds secrets: mark them with `pulumi.secret`.
   * Since GitLab Runner 16.11.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  instanceReadyCommand?: string;
  /**
   * Longest wait for an instance.
   *
   * GitLab's key: `instance_acquire_timeout`.
   * Since GitLab Runner 18.1.
   * @default 15m
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  instanceAcquireTimeout?: Duration;
  /**
   * Pause between checks of the plugin.
   *
   * GitLab's key: `update_interval`.
   * Since GitLab Runner 16.11.
   * @default 1m
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  updateInterval?: Duration;
  /**
   * Pause between checks while a change is expected.
   *
   * GitLab's key: `update_interval_when_expecting`.
   * Since GitLab Runner 16.11.
   * @default 2s
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  updateIntervalWhenExpecting?: Duration;
  /**
   * Pause before a removal is tried again.
   *
   * GitLab's key: `deletion_retry_interval`.
   * Since GitLab Runner 18.4.
   * @default 1m
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  deletionRetryInterval?: Duration;
  /**
   * Pause between removals and checks at shutdown.
   *
   * GitLab's key: `shutdown_deletion_interval`.
   * Since GitLab Runner 18.4.
   * @default 10s
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  shutdownDeletionInterval?: Duration;
  /**
   * Attempts to see removals finish at shutdown.
   *
   * GitLab's key: `shutdown_deletion_retries`.
   * Since GitLab Runner 18.4.
   * @default 3
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  shutdownDeletionRetries?: Integer;
  /**
   * Failed health checks in a row before an instance is replaced.
   *
   * GitLab's key: `failure_threshold`.
   * Since GitLab Runner 18.4.
   * @default 3
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  failureThreshold?: Integer;
  /**
   * Limits of how fast instances are created.
   *
   * GitLab's key: `scale_throttle`.
   * Since GitLab Runner 17.0.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerscale_throttle-section
   */
  scaleThrottle?: AutoscalerScaleThrottle;
  /**
   * Slows job requests while capacity is being reserved.
   *
   * GitLab's key: `reservation_throttling`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  reservationThrottling?: boolean;
  /**
   * Prints the inner address in job logs.
   *
   * GitLab's key: `log_internal_ip`.
   * Since GitLab Runner 18.1.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  logInternalIp?: boolean;
  /**
   * Prints the outer address in job logs.
   *
   * GitLab's key: `log_external_ip`.
   * Since GitLab Runner 18.1.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  logExternalIp?: boolean;
  /**
   * Removes all instances when the runner stops.
   *
   * GitLab's key: `delete_instances_on_shutdown`.
   * Since GitLab Runner 15.11.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  deleteInstancesOnShutdown?: boolean;
  /**
   * Nested virtual machines for jobs.
   *
   * GitLab's key: `vm_isolation`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalervm_isolation-section
   */
  vmIsolation?: VMIsolation;
  /**
   * Keeps instance state across restarts; beta.
   *
   * GitLab's key: `state_storage`.
   * Since GitLab Runner 17.5.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerstate_storage-section
   */
  stateStorage?: AutoscalerStateStorage;
  /**
   * Fallback histogram borders for all operations.
   *
   * GitLab's key: `instance_operation_time_buckets`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  instanceOperationTimeBuckets?: number[];
  /**
   * Histogram borders for creation time.
   *
   * GitLab's key: `instance_creation_time_buckets`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  instanceCreationTimeBuckets?: number[];
  /**
   * Histogram borders for time until running.
   *
   * GitLab's key: `instance_is_running_time_buckets`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  instanceIsRunningTimeBuckets?: number[];
  /**
   * Histogram borders for removal time.
   *
   * GitLab's key: `instance_deletion_time_buckets`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  instanceDeletionTimeBuckets?: number[];
  /**
   * Histogram borders for time until ready.
   *
   * GitLab's key: `instance_readiness_time_buckets`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  instanceReadinessTimeBuckets?: number[];
  /**
   * Histogram borders for lifetime.
   *
   * GitLab's key: `instance_life_duration_buckets`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section
   */
  instanceLifeDurationBuckets?: number[];
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * How an instance is reached.
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
 */
export interface ConnectorConfig {
  /**
   * Operating system of the instance.
   *
   * GitLab's key: `os`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  os?: string;
  /**
   * Processor architecture of the instance.
   *
   * GitLab's key: `arch`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  arch?: string;
  /**
   * Login protocol.
   *
   * GitLab's key: `protocol`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  protocol?: "ssh" | "winrm" | "winrm+https";
  /**
   * Port of the protocol.
   *
   * GitLab's key: `protocol_port`.
   * @default 22, 5985 or 5986
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  protocolPort?: Integer;
  /**
   * Login name.
   *
   * GitLab's key: `username`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  username?: string;
  /**
   * Login password.
   *
   * GitLab's key: `password`.
   * A secret, kept as one even where the program gives plain text.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  password?: string;
  /**
   * Private key file; the key is named key_path.
   *
   * GitLab's key: `key_path`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  keyPath?: string;
  /**
   * Stops automatic credentials.
   *
   * GitLab's key: `use_static_credentials`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  useStaticCredentials?: boolean;
  /**
   * Keep-alive period.
   *
   * GitLab's key: `keepalive`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  keepalive?: Duration;
  /**
   * Connection timeout.
   *
   * GitLab's key: `timeout`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  timeout?: Duration;
  /**
   * Connects to the outer address.
   *
   * GitLab's key: `use_external_addr`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  useExternalAddr?: boolean;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.autoscaler.scale_throttle].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerscale_throttle-section
 */
export interface AutoscalerScaleThrottle {
  /**
   * New instances per second; -1 removes the limit.
   *
   * GitLab's key: `limit`.
   * Since GitLab Runner 17.0.
   * @default 0 (acts as 100)
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerscale_throttle-section
   */
  limit?: Integer;
  /**
   * New instances in one burst.
   *
   * GitLab's key: `burst`.
   * Since GitLab Runner 17.0.
   * @default max_instances or limit
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerscale_throttle-section
   */
  burst?: Integer;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.autoscaler.vm_isolation].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalervm_isolation-section
 */
export interface VMIsolation {
  /**
   * Runs each job in a nested machine.
   *
   * GitLab's key: `enabled`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalervm_isolation-section
   */
  enabled?: boolean;
  /**
   * Address of the nesting daemon.
   *
   * GitLab's key: `nesting_host`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalervm_isolation-section
   */
  nestingHost?: string;
  /**
   * Free-form settings for the nesting daemon.
   *
   * GitLab's key: `nesting_config`.
   * Its items often hold secrets: mark them with `pulumi.secret`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalervm_isolation-section
   */
  nestingConfig?: FreeTable;
  /**
   * Default nested machine image.
   *
   * GitLab's key: `image`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalervm_isolation-section
   */
  image?: string;
  /**
   * How the runner logs in to nested machines.
   *
   * GitLab's key: `connector_config`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section
   */
  connectorConfig?: ConnectorConfig;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [runners.autoscaler.state_storage].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerstate_storage-section
 */
export interface AutoscalerStateStorage {
  /**
   * Keeps instance state on disk.
   *
   * GitLab's key: `enabled`.
   * Since GitLab Runner 17.5.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerstate_storage-section
   */
  enabled?: boolean;
  /**
   * Folder of the state.
   *
   * GitLab's key: `dir`.
   * Since GitLab Runner 17.5.
   * @default .taskscaler beside config.toml
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerstate_storage-section
   */
  dir?: string;
  /**
   * Keeps instances that had running jobs.
   *
   * GitLab's key: `keep_instance_with_acquisitions`.
   * Since GitLab Runner 17.5.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerstate_storage-section
   */
  keepInstanceWithAcquisitions?: boolean;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [machine].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-machine-section
 */
export interface MachineConfig {
  /**
   * Removal of idle machines while the process stops.
   *
   * GitLab's key: `shutdown_drain`.
   * Since GitLab Runner 18.10.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-machineshutdown_drain-section
   */
  shutdownDrain?: DockerMachineShutdownDrain;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [machine.shutdown_drain].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-machineshutdown_drain-section
 */
export interface DockerMachineShutdownDrain {
  /**
   * Switches the removal of idle machines at shutdown on.
   *
   * GitLab's key: `enabled`.
   * Since GitLab Runner 18.10.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-machineshutdown_drain-section
   */
  enabled?: boolean;
  /**
   * Machines removed at the same time during the drain.
   *
   * GitLab's key: `concurrency`.
   * Since GitLab Runner 18.10.
   * @default 3
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-machineshutdown_drain-section
   */
  concurrency?: Integer;
  /**
   * Attempts per machine before the drain gives up on it.
   *
   * GitLab's key: `max_retries`.
   * Since GitLab Runner 18.10.
   * @default 3
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-machineshutdown_drain-section
   */
  maxRetries?: Integer;
  /**
   * Base pause between drain attempts.
   *
   * GitLab's key: `retry_backoff`.
   * Since GitLab Runner 18.10.
   * @default 5s
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-machineshutdown_drain-section
   */
  retryBackoff?: Duration;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [experimental].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
 */
export interface Experimental {
  /**
   * Record of job usage written by the process.
   *
   * GitLab's key: `usage_logger`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  usageLogger?: UsageLogger;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [experimental.usage_logger].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
 */
export interface UsageLogger {
  /**
   * Switches usage records on.
   *
   * GitLab's key: `enabled`.
   * @default false
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  enabled?: boolean;
  /**
   * Which writers receive usage records.
   *
   * GitLab's key: `writers`.
   * @default ["logrotate"]
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  writers?: ("logrotate" | "snowplow_billing")[];
  /**
   * Settings of the rotating file writer.
   *
   * GitLab's key: `logrotate`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  logrotate?: LogrotateConfig;
  /**
   * Settings of the Snowplow billing writer.
   *
   * GitLab's key: `snowplow_billing`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  snowplowBilling?: SnowplowConfig;
  /**
   * Old place of the log folder.
   *
   * GitLab's key: `log_dir`.
   * @deprecated use experimental.usageLogger.logrotate.logDir
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  logDir?: string;
  /**
   * Old place of the number of kept files.
   *
   * GitLab's key: `max_backup_files`.
   * @deprecated use experimental.usageLogger.logrotate.maxBackupFiles
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  maxBackupFiles?: Integer;
  /**
   * Old place of the rotation age.
   *
   * GitLab's key: `max_rotation_age`.
   * @deprecated use experimental.usageLogger.logrotate.maxRotationAge
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  maxRotationAge?: Duration;
  /**
   * Old place of the record labels.
   *
   * GitLab's key: `labels`.
   * @deprecated use experimental.usageLogger.logrotate.labels
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  labels?: Record<string, string>;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [experimental.usage_logger.logrotate].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
 */
export interface LogrotateConfig {
  /**
   * Folder of the usage log files.
   *
   * GitLab's key: `log_dir`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  logDir?: string;
  /**
   * How many rotated files are kept.
   *
   * GitLab's key: `max_backup_files`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  maxBackupFiles?: Integer;
  /**
   * Age at which a usage file is rotated.
   *
   * GitLab's key: `max_rotation_age`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  maxRotationAge?: Duration;
  /**
   * Extra labels put in each usage record.
   *
   * GitLab's key: `labels`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  labels?: Record<string, string>;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}

/**
 * [experimental.usage_logger.snowplow_billing].
 * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
 */
export interface SnowplowConfig {
  /**
   * Address of the Snowplow collector.
   *
   * GitLab's key: `collector_uri`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  collectorUri?: string;
  /**
   * Application name sent with each event.
   *
   * GitLab's key: `app_id`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  appId?: string;
  /**
   * Billing category sent with each event.
   *
   * GitLab's key: `category`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  category?: string;
  /**
   * Which kind of offering the instance belongs to.
   *
   * GitLab's key: `realm`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  realm?: "SaaS" | "Dedicated" | "SM";
  /**
   * How the instance is deployed.
   *
   * GitLab's key: `deployment_type`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  deploymentType?: "dedicated" | ".com" | "self-managed";
  /**
   * Extra pairs added to each billing event.
   *
   * GitLab's key: `metadata`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  metadata?: Record<string, string>;
  /**
   * Sends an OIDC token with each delivery.
   *
   * GitLab's key: `enable_oidc`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  enableOidc?: boolean;
  /**
   * Histogram borders, in seconds, for delivery time.
   *
   * GitLab's key: `batch_delivery_duration_buckets`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  batchDeliveryDurationBuckets?: number[];
  /**
   * Sends without a token instead of failing when the cloud is neither AWS nor GCP.
   *
   * GitLab's key: `skip_oidc_if_unsupported_cloud`.
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  skipOidcIfUnsupportedCloud?: boolean;
  /**
   * Leaves jobs that failed through the runner itself out of billing events.
   *
   * GitLab's key: `skip_runner_system_failure`.
   * @default true
   * @see https://docs.gitlab.com/runner/configuration/advanced-configuration/
   */
  skipRunnerSystemFailure?: boolean;
  /**
   * Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an
   * argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.
   *
   * It often holds secrets: mark it with `pulumi.secret` then.
   */
  extraToml?: string;
}
