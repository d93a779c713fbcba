// Generated from fields.json by `npm run generate`: do not edit.

/** A whole number; beyond 2^53 as decimal text, since a JavaScript number would lose digits. */
export type Integer = number | `${bigint}`;

/** A length of time as Go writes it: `"90s"`, `"1h30m"`. */
export type Duration = string;

/** The global section. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-global-section */
export interface GlobalConfiguration {
  /**
   * Where the Prometheus metrics and debug HTTP server listens; without a port, 9252 is used; read only at start.
   *
   * GitLab's key: `listen_address`.
   */
  listenAddress?: string;
  /**
   * Settings of the interactive web terminal server.
   *
   * GitLab's key: `session_server`.
   */
  sessionServer?: SessionServer;
  /**
   * Labels sent by every runner of this process; a runner's own label with the same key wins.
   *
   * GitLab's key: `labels`.
   */
  labels?: Record<string, string>;
  /**
   * How many jobs the whole process may run at once; a running process exits on a value below 1.
   *
   * GitLab's key: `concurrent`.
   * @default 1
   */
  concurrent?: Integer;
  /**
   * Seconds for one round of polling over all runners; 0 or less means 3.
   *
   * GitLab's key: `check_interval`, in seconds.
   * @default 0 (acts as 3)
   */
  checkInterval?: Integer;
  /**
   * Lowest log severity that is printed, unless the command line sets one.
   *
   * GitLab's key: `log_level`.
   * @default info
   */
  logLevel?: "panic" | "fatal" | "error" | "warning" | "warn" | "info" | "debug" | "trace";
  /**
   * Layout of log lines, unless the command line sets one.
   *
   * GitLab's key: `log_format`.
   * @default runner
   */
  logFormat?: "runner" | "text" | "json";
  /**
   * Account name overwritten at each load by the run command's --user value.
   *
   * GitLab's key: `user`.
   */
  user?: string;
  /**
   * One entry per registered runner.
   *
   * GitLab's key: `runners`.
   */
  runners?: RunnerConfiguration[];
  /**
   * Sentry address for error reports; SENTRY_DSN fills it on load when the key is absent.
   *
   * GitLab's key: `sentry_dsn`.
   * A secret.
   */
  sentryDsn?: string;
  /**
   * Longest life of a keep-alive connection to GitLab; zero or less keeps it open.
   *
   * GitLab's key: `connection_max_age`.
   * @default 15m
   */
  connectionMaxAge?: Duration;
  /**
   * Global options of the docker+machine provider.
   *
   * GitLab's key: `machine`.
   * Since GitLab Runner 18.10.
   */
  machine?: MachineConfig;
  /**
   * Global features without any compatibility promise.
   *
   * GitLab's key: `experimental`.
   */
  experimental?: Experimental;
  /**
   * Seconds that a forced stop may last before the process exits; 0 or less means 30.
   *
   * GitLab's key: `shutdown_timeout`, in seconds.
   * @default 0 (acts as 30)
   */
  shutdownTimeout?: Integer;
}

/** [session_server]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-session_server-section */
export interface SessionServer {
  /**
   * host:port on which the session server listens; unset turns it off.
   *
   * GitLab's key: `listen_address`.
   */
  listenAddress?: string;
  /**
   * host:port that GitLab uses to reach the session server; falls back to the listen address.
   *
   * GitLab's key: `advertise_address`.
   */
  advertiseAddress?: string;
  /**
   * Seconds a terminal may outlive its job.
   *
   * GitLab's key: `session_timeout`, in seconds.
   * @default 1800
   */
  sessionTimeout?: Integer;
}

/** One [[runners]] entry. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runners-section */
export interface RunnerConfiguration {
  /**
   * Description shown for the runner; kept locally when an authentication token is used.
   *
   * GitLab's key: `name`.
   * @default host name at registration
   */
  name?: string;
  /**
   * Jobs this entry may run at once; 0 sets no limit.
   *
   * GitLab's key: `limit`.
   * @default 0
   */
  limit?: Integer;
  /**
   * Largest job log in kilobytes.
   *
   * GitLab's key: `output_limit`, in kilobytes.
   * @default 4096
   */
  outputLimit?: Integer;
  /**
   * Parallel job requests to GitLab; values below 1 act as 1.
   *
   * GitLab's key: `request_concurrency`.
   * @default 1
   */
  requestConcurrency?: Integer;
  /**
   * Waits the full check interval even right after a job was received.
   *
   * GitLab's key: `strict_check_interval`.
   * @default false
   */
  strictCheckInterval?: boolean;
  /**
   * Failed job requests in a row before the worker pauses.
   *
   * GitLab's key: `unhealthy_requests_limit`.
   * @default 3
   */
  unhealthyRequestsLimit?: Integer;
  /**
   * How long a paused worker stays off.
   *
   * GitLab's key: `unhealthy_interval`.
   * @default 1h
   */
  unhealthyInterval?: Duration;
  /**
   * Attempts to deliver a job's final state to GitLab.
   *
   * GitLab's key: `job_status_final_update_retry_limit`.
   * @default 10
   */
  jobStatusFinalUpdateRetryLimit?: Integer;
  /**
   * Per-runner features without any compatibility promise.
   *
   * GitLab's key: `experimental`.
   */
  experimental?: RunnerExperimental;
  /**
   * Base address of the GitLab instance; $VAR and ${VAR} are expanded on load; a trailing / or /ci is dropped for requests.
   *
   * GitLab's key: `url`.
   */
  url?: string;
  /**
   * Number GitLab gave to the runner.
   *
   * GitLab's key: `id`.
   */
  id?: Integer;
  /**
   * Authentication token of the runner; $VAR and ${VAR} are expanded on load.
   *
   * GitLab's key: `token`.
   * A secret.
   */
  token?: string;
  /**
   * UTC time at which the token was received.
   *
   * GitLab's key: `token_obtained_at`.
   */
  tokenObtainedAt?: string;
  /**
   * End of the token's life; the year 1 stands for never.
   *
   * GitLab's key: `token_expires_at`.
   */
  tokenExpiresAt?: string;
  /**
   * PEM file of extra authorities for the GitLab server.
   *
   * GitLab's key: `tls-ca-file`.
   */
  tlsCaFile?: string;
  /**
   * PEM client certificate shown to the GitLab server.
   *
   * GitLab's key: `tls-cert-file`.
   */
  tlsCertFile?: string;
  /**
   * PEM key of the client certificate.
   *
   * GitLab's key: `tls-key-file`.
   */
  tlsKeyFile?: string;
  /**
   * Labels of this runner, added to the global ones; at most 32 together.
   *
   * GitLab's key: `labels`.
   */
  labels?: Record<string, string>;
  /**
   * What runs the jobs.
   *
   * GitLab's key: `executor`.
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
   */
  buildsDir?: string;
  /**
   * Folder for local caches, as the executor sees it.
   *
   * GitLab's key: `cache_dir`.
   */
  cacheDir?: string;
  /**
   * Address used for Git instead of the instance address.
   *
   * GitLab's key: `clone_url`.
   */
  cloneUrl?: string;
  /**
   * NAME=value strings added to each job's variables.
   *
   * GitLab's key: `environment`.
   * Its items often hold secrets.
   */
  environment?: string[];
  /**
   * Runs scripts through the helper binary; experimental.
   *
   * GitLab's key: `proxy_exec`.
   */
  proxyExec?: boolean;
  /**
   * Commands run before the repository is fetched.
   *
   * GitLab's key: `pre_get_sources_script`.
   */
  preGetSourcesScript?: string;
  /**
   * Commands run after the repository and submodules are fetched.
   *
   * GitLab's key: `post_get_sources_script`.
   */
  postGetSourcesScript?: string;
  /**
   * Commands run in the job's shell before its script.
   *
   * GitLab's key: `pre_build_script`.
   */
  preBuildScript?: string;
  /**
   * Commands run in the job's shell after its script, before after_script.
   *
   * GitLab's key: `post_build_script`.
   */
  postBuildScript?: string;
  /**
   * Longest prepare stage; zero or more than the job timeout means the job timeout.
   *
   * GitLab's key: `prepare_timeout`.
   */
  prepareTimeout?: Duration;
  /**
   * Longest fetch stage; zero or more than the job timeout means the job timeout.
   *
   * GitLab's key: `get_sources_timeout`.
   */
  getSourcesTimeout?: Duration;
  /**
   * Keeps the debug log off even when a job asks for CI_DEBUG_TRACE.
   *
   * GitLab's key: `debug_trace_disabled`.
   */
  debugTraceDisabled?: boolean;
  /**
   * Adds the checkout folder to Git's safe.directory list.
   *
   * GitLab's key: `safe_directory_checkout`.
   */
  safeDirectoryCheckout?: boolean;
  /**
   * Removes leftover Git configuration around each job.
   *
   * GitLab's key: `clean_git_config`.
   * @default true, except for the shell executor and GIT_STRATEGY none
   */
  cleanGitConfig?: boolean;
  /**
   * Script language generated for jobs.
   *
   * GitLab's key: `shell`.
   * @default platform dependent
   */
  shell?: "bash" | "sh" | "cmd" | "pwsh" | "powershell" | "";
  /**
   * Whether jobs may choose GIT_CLONE_PATH.
   *
   * GitLab's key: `custom_build_dir`.
   */
  customBuildDir?: CustomBuildDir;
  /**
   * Extra watchers that attach results to jobs; register drops this section.
   *
   * GitLab's key: `referees`.
   */
  referees?: RefereesConfig;
  /**
   * Distributed cache.
   *
   * GitLab's key: `cache`.
   */
  cache?: CacheConfig;
  /**
   * Time limits of artifact transfers.
   *
   * GitLab's key: `artifact`.
   */
  artifact?: ArtifactConfig;
  /**
   * Feature flags forced on or off for this runner.
   *
   * GitLab's key: `feature_flags`.
   */
  featureFlags?: Record<string, boolean>;
  /**
   * Experimental metrics settings of this runner.
   *
   * GitLab's key: `monitoring`.
   */
  monitoring?: Monitoring;
  /**
   * Puts each job in a cgroup named after its slot.
   *
   * GitLab's key: `use_slot_cgroups`.
   */
  useSlotCgroups?: boolean;
  /**
   * Pattern of the cgroup name, with ${slot} in it.
   *
   * GitLab's key: `slot_cgroup_template`.
   * @default gitlab-runner/slot-${slot}
   */
  slotCgroupTemplate?: string;
  /**
   * Settings of the instance executor.
   *
   * GitLab's key: `instance`.
   */
  instance?: InstanceConfig;
  /**
   * Connection of the ssh, parallels and virtualbox executors.
   *
   * GitLab's key: `ssh`.
   */
  ssh?: SshConfig;
  /**
   * Settings of the docker family of executors.
   *
   * GitLab's key: `docker`.
   */
  docker?: DockerConfig;
  /**
   * Settings of the parallels executor.
   *
   * GitLab's key: `parallels`.
   */
  parallels?: ParallelsConfig;
  /**
   * Settings of the virtualbox executor.
   *
   * GitLab's key: `virtualbox`.
   */
  virtualbox?: VirtualBoxConfig;
  /**
   * Settings of the docker+machine executor.
   *
   * GitLab's key: `machine`.
   */
  machine?: DockerMachine;
  /**
   * Settings of the kubernetes executor.
   *
   * GitLab's key: `kubernetes`.
   */
  kubernetes?: KubernetesConfig;
  /**
   * Settings of the custom executor.
   *
   * GitLab's key: `custom`.
   */
  custom?: CustomConfig;
  /**
   * Fleeting based scaling for the instance and docker-autoscaler executors.
   *
   * GitLab's key: `autoscaler`.
   * Since GitLab Runner 15.10.
   */
  autoscaler?: AutoscalerConfig;
  /**
   * Image from which the step-runner binary is taken.
   *
   * GitLab's key: `step_runner_image`.
   */
  stepRunnerImage?: string;
}

export interface RunnerExperimental {
  /**
   * Startup check that runs a made-up job before the process reports ready.
   *
   * GitLab's key: `boot_verify`.
   */
  bootVerify?: BootVerify;
}

export interface BootVerify {
  /**
   * Runs the startup check for this runner.
   *
   * GitLab's key: `enabled`.
   * @default false
   */
  enabled?: boolean;
  /**
   * Deadline of the startup check.
   *
   * GitLab's key: `timeout`.
   * @default 5m
   */
  timeout?: Duration;
  /**
   * Shortest pause between attempts to get an executor slot.
   *
   * GitLab's key: `acquire_min_backoff`.
   * @default 1s
   */
  acquireMinBackoff?: Duration;
  /**
   * Longest pause between attempts to get an executor slot.
   *
   * GitLab's key: `acquire_max_backoff`.
   * @default 10s
   */
  acquireMaxBackoff?: Duration;
}

/** [runners.custom_build_dir]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom_build_dir-section */
export interface CustomBuildDir {
  /**
   * Lets a job set its own checkout folder; each executor has its own default.
   *
   * GitLab's key: `enabled`.
   */
  enabled?: boolean;
}

/** [runners.referees]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersreferees-section */
export interface RefereesConfig {
  /**
   * Prometheus watcher.
   *
   * GitLab's key: `metrics`.
   */
  metrics?: MetricsRefereeConfig;
}

export interface MetricsRefereeConfig {
  /**
   * host:port of the Prometheus server.
   *
   * GitLab's key: `prometheus_address`.
   */
  prometheusAddress?: string;
  /**
   * Seconds between samples.
   *
   * GitLab's key: `query_interval`, in seconds.
   */
  queryInterval?: Integer;
  /**
   * PromQL queries as name:query strings.
   *
   * GitLab's key: `queries`.
   */
  queries?: string[];
}

/** [runners.cache]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscache-section */
export interface CacheConfig {
  /**
   * Which object storage holds caches.
   *
   * GitLab's key: `Type`.
   */
  type?: "s3" | "gcs" | "azure";
  /**
   * Prefix of every cache object.
   *
   * GitLab's key: `Path`.
   */
  path?: string;
  /**
   * Lets different runners use the same cache objects.
   *
   * GitLab's key: `Shared`.
   * @default false
   */
  shared?: boolean;
  /**
   * Largest cache archive in bytes; 0 sets no limit.
   *
   * GitLab's key: `MaxUploadedArchiveSize`, in bytes.
   * @default 0
   */
  maxUploadedArchiveSize?: Integer;
  /**
   * Settings of S3 and compatible storage.
   *
   * GitLab's key: `s3`.
   */
  s3?: CacheS3Config;
  /**
   * Settings of Google Cloud Storage.
   *
   * GitLab's key: `gcs`.
   */
  gcs?: CacheGCSConfig;
  /**
   * Settings of Azure Blob Storage.
   *
   * GitLab's key: `azure`.
   */
  azure?: CacheAzureConfig;
}

/** [runners.cache.s3]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section */
export interface CacheS3Config {
  /**
   * host:port of the storage; empty means AWS.
   *
   * GitLab's key: `ServerAddress`.
   */
  serverAddress?: string;
  /**
   * Access key of the storage account.
   *
   * GitLab's key: `AccessKey`.
   * A secret.
   */
  accessKey?: string;
  /**
   * Secret key of the storage account.
   *
   * GitLab's key: `SecretKey`.
   * A secret.
   */
  secretKey?: string;
  /**
   * Session token for temporary keys.
   *
   * GitLab's key: `SessionToken`.
   * A secret.
   */
  sessionToken?: string;
  /**
   * Bucket for cache objects.
   *
   * GitLab's key: `BucketName`.
   */
  bucketName?: string;
  /**
   * Region of the bucket.
   *
   * GitLab's key: `BucketLocation`.
   */
  bucketLocation?: string;
  /**
   * Uses plain HTTP.
   *
   * GitLab's key: `Insecure`.
   * @default false
   */
  insecure?: boolean;
  /**
   * How the storage is authenticated; chosen from the other keys when empty; case does not matter.
   *
   * GitLab's key: `AuthenticationType`.
   */
  authenticationType?: "access-key" | "iam";
  /**
   * Server-side encryption, case does not matter; an unknown value only warns.
   *
   * GitLab's key: `ServerSideEncryption`.
   * Since GitLab Runner 15.3.
   */
  serverSideEncryption?: "S3" | "AES256" | "KMS" | "aws:kms" | "DSSE-KMS" | "aws:kms:dsse";
  /**
   * KMS key for encryption.
   *
   * GitLab's key: `ServerSideEncryptionKeyID`.
   * Since GitLab Runner 15.3.
   */
  serverSideEncryptionKeyId?: string;
  /**
   * Uses addresses that serve IPv4 and IPv6.
   *
   * GitLab's key: `DualStack`.
   * Since GitLab Runner 17.5.
   * @default true
   */
  dualStack?: boolean;
  /**
   * Puts the bucket in the path; guessed from the server address when unset.
   *
   * GitLab's key: `PathStyle`.
   * Since GitLab Runner 17.5.
   */
  pathStyle?: boolean;
  /**
   * Uses S3 transfer acceleration.
   *
   * GitLab's key: `Accelerate`.
   * Since GitLab Runner 17.5.
   * @default false
   */
  accelerate?: boolean;
  /**
   * AWS role assumed for downloads and uploads.
   *
   * GitLab's key: `RoleARN`.
   * Since GitLab Runner 17.8.
   */
  roleArn?: string;
  /**
   * AWS role assumed for uploads only.
   *
   * GitLab's key: `UploadRoleARN`.
   * Since GitLab Runner 17.5.
   * @deprecated use RoleARN
   */
  uploadRoleArn?: string;
  /**
   * Parallel AssumeRole calls; -1 removes the limit.
   *
   * GitLab's key: `AssumeRoleMaxConcurrency`.
   * @default 0 (acts as 5)
   */
  assumeRoleMaxConcurrency?: Integer;
  /**
   * Asks for new role credentials on every use.
   *
   * GitLab's key: `DisableAssumeRoleCredentialsCaching`.
   */
  disableAssumeRoleCredentialsCaching?: boolean;
}

/** [runners.cache.gcs]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscachegcs-section */
export interface CacheGCSConfig {
  /**
   * Service account used for the storage.
   *
   * GitLab's key: `AccessID`.
   */
  accessId?: string;
  /**
   * Key that signs storage requests.
   *
   * GitLab's key: `PrivateKey`.
   * A secret.
   */
  privateKey?: string;
  /**
   * JSON key file with the account and its key.
   *
   * GitLab's key: `CredentialsFile`.
   */
  credentialsFile?: string;
  /**
   * Bucket for cache objects.
   *
   * GitLab's key: `BucketName`.
   */
  bucketName?: string;
  /**
   * Google universe domain, for clouds other than the public one.
   *
   * GitLab's key: `UniverseDomain`.
   */
  universeDomain?: string;
}

/** [runners.cache.azure]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscacheazure-section */
export interface CacheAzureConfig {
  /**
   * Storage account.
   *
   * GitLab's key: `AccountName`.
   */
  accountName?: string;
  /**
   * Key of the storage account.
   *
   * GitLab's key: `AccountKey`.
   * A secret.
   */
  accountKey?: string;
  /**
   * Container for cache objects.
   *
   * GitLab's key: `ContainerName`.
   */
  containerName?: string;
  /**
   * Domain of the storage service.
   *
   * GitLab's key: `StorageDomain`.
   * @default blob.core.windows.net
   */
  storageDomain?: string;
}

export interface ArtifactConfig {
  /**
   * Longest artifact upload.
   *
   * GitLab's key: `upload_timeout`.
   * @default 1h
   */
  uploadTimeout?: Duration;
  /**
   * Longest wait for the answer after an upload.
   *
   * GitLab's key: `response_header_timeout`.
   * @default 10m
   */
  responseHeaderTimeout?: Duration;
}

export interface Monitoring {
  /**
   * Thresholds after which a job counts as queued too long.
   *
   * GitLab's key: `job_queuing_durations`.
   */
  jobQueuingDurations?: JobQueuingDuration[];
}

export interface JobQueuingDuration {
  /**
   * Cron-like patterns that say when the threshold holds.
   *
   * GitLab's key: `periods`.
   */
  periods?: string[];
  /**
   * Time zone in which the patterns are read.
   *
   * GitLab's key: `timezone`.
   * @default Local
   */
  timezone?: string;
  /**
   * Queue time that counts as too long.
   *
   * GitLab's key: `threshold`.
   */
  threshold?: Duration;
  /**
   * Regular expression for the running-jobs count that the entry applies to.
   *
   * GitLab's key: `jobs_running_for_project`.
   */
  jobsRunningForProject?: string;
}

/** [runners.instance]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersinstance-section */
export interface InstanceConfig {
  /**
   * Nested virtual machine images a job may choose.
   *
   * GitLab's key: `allowed_images`.
   */
  allowedImages?: string[];
  /**
   * Gives all jobs one checkout folder; only with VM isolation or a use count of 1.
   *
   * GitLab's key: `use_common_build_dir`.
   * @default false
   */
  useCommonBuildDir?: boolean;
}

/** [runners.ssh]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersssh-section */
export interface SshConfig {
  /**
   * Login name.
   *
   * GitLab's key: `user`.
   */
  user?: string;
  /**
   * Login password.
   *
   * GitLab's key: `password`.
   * A secret.
   */
  password?: string;
  /**
   * Host to connect to.
   *
   * GitLab's key: `host`.
   */
  host?: string;
  /**
   * Port, as a string.
   *
   * GitLab's key: `port`.
   * @default 22
   */
  port?: string;
  /**
   * Private key file.
   *
   * GitLab's key: `identity_file`.
   */
  identityFile?: string;
  /**
   * Skips the check of the host key.
   *
   * GitLab's key: `disable_strict_host_key_checking`.
   */
  disableStrictHostKeyChecking?: boolean;
  /**
   * File with known host keys.
   *
   * GitLab's key: `known_hosts_file`.
   * @default ~/.ssh/known_hosts
   */
  knownHostsFile?: string;
}

/** [runners.docker]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section */
export interface DockerConfig {
  /**
   * Address of the Docker daemon.
   *
   * GitLab's key: `host`.
   * @default DOCKER_HOST or the local socket
   */
  host?: string;
  /**
   * Folder with ca.pem, cert.pem and key.pem.
   *
   * GitLab's key: `tls_cert_path`.
   */
  tlsCertPath?: string;
  /**
   * Verifies the daemon's certificate.
   *
   * GitLab's key: `tls_verify`.
   * @default false
   */
  tlsVerify?: boolean;
  /**
   * Host name inside the job container.
   *
   * GitLab's key: `hostname`.
   */
  hostname?: string;
  /**
   * Image for jobs that name none; registration requires it.
   *
   * GitLab's key: `image`.
   */
  image?: string;
  /**
   * OCI runtime for the containers.
   *
   * GitLab's key: `runtime`.
   */
  runtime?: string;
  /**
   * Memory limit with a unit letter, as a string.
   *
   * GitLab's key: `memory`.
   */
  memory?: string;
  /**
   * Limit of memory plus swap, as a string.
   *
   * GitLab's key: `memory_swap`.
   */
  memorySwap?: string;
  /**
   * Soft memory limit, as a string.
   *
   * GitLab's key: `memory_reservation`.
   */
  memoryReservation?: string;
  /**
   * Parent cgroup of the containers.
   *
   * GitLab's key: `cgroup_parent`.
   */
  cgroupParent?: string;
  /**
   * CPU numbers the job may use.
   *
   * GitLab's key: `cpuset_cpus`.
   */
  cpusetCpus?: string;
  /**
   * Memory nodes the job may use.
   *
   * GitLab's key: `cpuset_mems`.
   */
  cpusetMems?: string;
  /**
   * Number of CPUs, as a string that may hold a fraction.
   *
   * GitLab's key: `cpus`.
   */
  cpus?: string;
  /**
   * Relative CPU weight.
   *
   * GitLab's key: `cpu_shares`.
   * @default 0 (Docker's 1024)
   */
  cpuShares?: Integer;
  /**
   * DNS servers by IP address.
   *
   * GitLab's key: `dns`.
   */
  dns?: string[];
  /**
   * DNS search domains.
   *
   * GitLab's key: `dns_search`.
   */
  dnsSearch?: string[];
  /**
   * Gives containers full privileges.
   *
   * GitLab's key: `privileged`.
   * @default false
   */
  privileged?: boolean;
  /**
   * Privileges of service containers; follows privileged when unset.
   *
   * GitLab's key: `services_privileged`.
   */
  servicesPrivileged?: boolean;
  /**
   * Forbids jobs to replace an image's entrypoint.
   *
   * GitLab's key: `disable_entrypoint_overwrite`.
   * @default false
   */
  disableEntrypointOverwrite?: boolean;
  /**
   * Account for commands in the container.
   *
   * GitLab's key: `user`.
   */
  user?: string;
  /**
   * Accounts that a job may choose.
   *
   * GitLab's key: `allowed_users`.
   */
  allowedUsers?: string[];
  /**
   * Extra groups of the container process.
   *
   * GitLab's key: `group_add`.
   */
  groupAdd?: string[];
  /**
   * User namespace mode.
   *
   * GitLab's key: `userns_mode`.
   */
  usernsMode?: string;
  /**
   * Linux capabilities to add.
   *
   * GitLab's key: `cap_add`.
   */
  capAdd?: string[];
  /**
   * Linux capabilities to take away.
   *
   * GitLab's key: `cap_drop`.
   */
  capDrop?: string[];
  /**
   * Keeps processes alive when memory runs out.
   *
   * GitLab's key: `oom_kill_disable`.
   * @default false
   */
  oomKillDisable?: boolean;
  /**
   * Bias of the out-of-memory killer.
   *
   * GitLab's key: `oom_score_adjust`.
   */
  oomScoreAdjust?: Integer;
  /**
   * Security options of the job container.
   *
   * GitLab's key: `security_opt`.
   */
  securityOpt?: string[];
  /**
   * Security options of service containers.
   *
   * GitLab's key: `services_security_opt`.
   */
  servicesSecurityOpt?: string[];
  /**
   * Host devices passed to the job container.
   *
   * GitLab's key: `devices`.
   */
  devices?: string[];
  /**
   * Device access rules of the container.
   *
   * GitLab's key: `device_cgroup_rules`.
   */
  deviceCgroupRules?: string[];
  /**
   * GPU request in the docker command's format.
   *
   * GitLab's key: `gpus`.
   */
  gpus?: string;
  /**
   * Host devices for services, by image pattern.
   *
   * GitLab's key: `services_devices`.
   */
  servicesDevices?: Record<string, string[]>;
  /**
   * Stops automatic cache volumes; registration then adds no /cache.
   *
   * GitLab's key: `disable_cache`.
   * @default false
   */
  disableCache?: boolean;
  /**
   * Mounts in the docker -v format; registration appends a cache volume when none ends in /cache.
   *
   * GitLab's key: `volumes`.
   */
  volumes?: string[];
  /**
   * Keeps volumes when a container is removed.
   *
   * GitLab's key: `volume_keep`.
   * @default false
   */
  volumeKeep?: boolean;
  /**
   * Driver for volumes.
   *
   * GitLab's key: `volume_driver`.
   */
  volumeDriver?: string;
  /**
   * Options for the volume driver.
   *
   * GitLab's key: `volume_driver_ops`.
   * Its items often hold secrets.
   */
  volumeDriverOps?: Record<string, string>;
  /**
   * Folder for Docker caches.
   *
   * GitLab's key: `cache_dir`.
   */
  cacheDir?: string;
  /**
   * host:address lines for the container's hosts file.
   *
   * GitLab's key: `extra_hosts`.
   */
  extraHosts?: string[];
  /**
   * Containers whose volumes are also mounted.
   *
   * GitLab's key: `volumes_from`.
   */
  volumesFrom?: string[];
  /**
   * Network the containers join.
   *
   * GitLab's key: `network_mode`.
   */
  networkMode?: string;
  /**
   * Process namespace mode.
   *
   * GitLab's key: `pid_mode`.
   */
  pidMode?: string;
  /**
   * IPC namespace mode; the key has no underscore.
   *
   * GitLab's key: `ipcmode`.
   */
  ipcmode?: string;
  /**
   * Hardware address of the container.
   *
   * GitLab's key: `mac_address`.
   */
  macAddress?: string;
  /**
   * Containers to link.
   *
   * GitLab's key: `links`.
   */
  links?: string[];
  /**
   * Service containers started with every job.
   *
   * GitLab's key: `services`.
   */
  services?: Service[];
  /**
   * Most services a job may have; -1 sets no limit.
   *
   * GitLab's key: `services_limit`.
   * @default -1
   */
  servicesLimit?: Integer;
  /**
   * Memory limit of each service, as a string.
   *
   * GitLab's key: `service_memory`.
   */
  serviceMemory?: string;
  /**
   * Memory plus swap of each service, as a string.
   *
   * GitLab's key: `service_memory_swap`.
   */
  serviceMemorySwap?: string;
  /**
   * Soft memory limit of each service, as a string.
   *
   * GitLab's key: `service_memory_reservation`.
   */
  serviceMemoryReservation?: string;
  /**
   * Parent cgroup of services.
   *
   * GitLab's key: `service_cgroup_parent`.
   */
  serviceCgroupParent?: string;
  /**
   * Cgroup name pattern for services, with ${slot} in it.
   *
   * GitLab's key: `service_slot_cgroup_template`.
   */
  serviceSlotCgroupTemplate?: string;
  /**
   * CPU numbers services may use.
   *
   * GitLab's key: `service_cpuset_cpus`.
   */
  serviceCpusetCpus?: string;
  /**
   * Number of CPUs of each service, as a string.
   *
   * GitLab's key: `service_cpus`.
   */
  serviceCpus?: string;
  /**
   * Relative CPU weight of services.
   *
   * GitLab's key: `service_cpu_shares`.
   * @default 0 (Docker's 1024)
   */
  serviceCpuShares?: Integer;
  /**
   * GPU request of services.
   *
   * GitLab's key: `service_gpus`.
   */
  serviceGpus?: string;
  /**
   * Seconds to wait until services answer; -1 skips the wait.
   *
   * GitLab's key: `wait_for_services_timeout`, in seconds.
   * @default 0 (acts as 30)
   */
  waitForServicesTimeout?: Integer;
  /**
   * Patterns of images a job may choose.
   *
   * GitLab's key: `allowed_images`.
   */
  allowedImages?: string[];
  /**
   * Patterns of images that may run privileged.
   *
   * GitLab's key: `allowed_privileged_images`.
   */
  allowedPrivilegedImages?: string[];
  /**
   * Patterns of services that may run privileged.
   *
   * GitLab's key: `allowed_privileged_services`.
   */
  allowedPrivilegedServices?: string[];
  /**
   * Pull policies a job may choose; follows pull_policy when empty.
   *
   * GitLab's key: `allowed_pull_policies`.
   */
  allowedPullPolicies?: ("always" | "if-not-present" | "never")[];
  /**
   * Patterns of services a job may choose.
   *
   * GitLab's key: `allowed_services`.
   */
  allowedServices?: string[];
  /**
   * When images are pulled; one policy or an ordered list of fallbacks.
   *
   * GitLab's key: `pull_policy`.
   * @default always
   */
  pullPolicy?: "always" | "if-not-present" | "never" | ("always" | "if-not-present" | "never")[];
  /**
   * Windows container isolation.
   *
   * GitLab's key: `isolation`.
   */
  isolation?: "default" | "hyperv" | "process";
  /**
   * Shared memory in bytes, as an integer.
   *
   * GitLab's key: `shm_size`, in bytes.
   * @default 0
   */
  shmSize?: Integer;
  /**
   * tmpfs mounts of the job container, path to options.
   *
   * GitLab's key: `tmpfs`.
   */
  tmpfs?: Record<string, string>;
  /**
   * tmpfs mounts of services, path to options.
   *
   * GitLab's key: `services_tmpfs`.
   */
  servicesTmpfs?: Record<string, string>;
  /**
   * Kernel parameters of the containers; values are strings.
   *
   * GitLab's key: `sysctls`.
   */
  sysctls?: Record<string, string>;
  /**
   * Helper image used instead of the default one.
   *
   * GitLab's key: `helper_image`.
   */
  helperImage?: string;
  /**
   * Variant of the default helper image; FIPS builds set ubi-fips at registration.
   *
   * GitLab's key: `helper_image_flavor`.
   * @default alpine
   */
  helperImageFlavor?: "alpine" | "alpine3.21" | "alpine-latest" | "ubi-fips" | "ubuntu";
  /**
   * Labels on every container; job variables are expanded.
   *
   * GitLab's key: `container_labels`.
   */
  containerLabels?: Record<string, string>;
  /**
   * IPv6 on per-job networks.
   *
   * GitLab's key: `enable_ipv6`.
   * @default false
   */
  enableIpv6?: boolean;
  /**
   * Limits as soft or soft:hard numbers in strings.
   *
   * GitLab's key: `ulimit`.
   */
  ulimit?: Record<string, string>;
  /**
   * MTU of per-job networks.
   *
   * GitLab's key: `network_mtu`.
   * @default 0
   */
  networkMtu?: Integer;
  /**
   * Options of the json-file log driver; only env and labels are accepted.
   *
   * GitLab's key: `log_options`.
   * Its items often hold secrets.
   */
  logOptions?: Record<string, string>;
}

/** [[runners.docker.services]]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdockerservices-section */
export interface Service {
  /**
   * Image of the service.
   *
   * GitLab's key: `name`.
   */
  name?: string;
  /**
   * Extra host names, split by spaces or commas.
   *
   * GitLab's key: `alias`.
   */
  alias?: string;
  /**
   * Command of the service container.
   *
   * GitLab's key: `command`.
   */
  command?: string[];
  /**
   * Entrypoint of the service container.
   *
   * GitLab's key: `entrypoint`.
   */
  entrypoint?: string[];
  /**
   * NAME=value strings for the service.
   *
   * GitLab's key: `environment`.
   * Its items often hold secrets.
   */
  environment?: string[];
  /**
   * Folder kept across suspend and resume of a Kubernetes job.
   *
   * GitLab's key: `suspend_data_path`.
   */
  suspendDataPath?: string;
}

/** [runners.parallels]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersparallels-section */
export interface ParallelsConfig {
  /**
   * Virtual machine to clone; registration requires it.
   *
   * GitLab's key: `base_name`.
   */
  baseName?: string;
  /**
   * Name of the linked template.
   *
   * GitLab's key: `template_name`.
   */
  templateName?: string;
  /**
   * Destroys machines instead of reusing snapshots.
   *
   * GitLab's key: `disable_snapshots`.
   * @default false
   */
  disableSnapshots?: boolean;
  /**
   * NTP server for the guest.
   *
   * GitLab's key: `time_server`.
   * @default time.apple.com
   */
  timeServer?: string;
  /**
   * Patterns of machines a job may choose.
   *
   * GitLab's key: `allowed_images`.
   */
  allowedImages?: string[];
}

/** [runners.virtualbox]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersvirtualbox-section */
export interface VirtualBoxConfig {
  /**
   * Virtual machine to clone; registration requires it.
   *
   * GitLab's key: `base_name`.
   */
  baseName?: string;
  /**
   * Snapshot used for the clone.
   *
   * GitLab's key: `base_snapshot`.
   */
  baseSnapshot?: string;
  /**
   * Folder for new machines.
   *
   * GitLab's key: `base_folder`.
   */
  baseFolder?: string;
  /**
   * Destroys machines instead of reusing snapshots.
   *
   * GitLab's key: `disable_snapshots`.
   * @default false
   */
  disableSnapshots?: boolean;
  /**
   * Patterns of machines a job may choose.
   *
   * GitLab's key: `allowed_images`.
   */
  allowedImages?: string[];
  /**
   * Front end of the machine.
   *
   * GitLab's key: `start_type`.
   * @default headless
   */
  startType?: "gui" | "headless" | "sdl" | "separate";
}

/** [runners.machine]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachine-section */
export interface DockerMachine {
  /**
   * Machines being created at once; 0 sets no limit.
   *
   * GitLab's key: `MaxGrowthRate`.
   * @default 0
   */
  maxGrowthRate?: Integer;
  /**
   * Idle machines to keep.
   *
   * GitLab's key: `IdleCount`.
   */
  idleCount?: Integer;
  /**
   * Idle machines as a share of busy ones; experimental.
   *
   * GitLab's key: `IdleScaleFactor`.
   * @default 0.0
   */
  idleScaleFactor?: number;
  /**
   * Fewest idle machines while the factor is used.
   *
   * GitLab's key: `IdleCountMin`.
   * @default 1 while the factor is used
   */
  idleCountMin?: Integer;
  /**
   * Seconds before an idle machine may go.
   *
   * GitLab's key: `IdleTime`, in seconds.
   */
  idleTime?: Integer;
  /**
   * Jobs per machine before it is removed.
   *
   * GitLab's key: `MaxBuilds`.
   */
  maxBuilds?: Integer;
  /**
   * Docker Machine driver.
   *
   * GitLab's key: `MachineDriver`.
   */
  machineDriver?: string;
  /**
   * Machine name pattern, with %s in it.
   *
   * GitLab's key: `MachineName`.
   */
  machineName?: string;
  /**
   * Options for the driver.
   *
   * GitLab's key: `MachineOptions`.
   * Its items often hold secrets.
   */
  machineOptions?: string[];
  /**
   * Options in which %s becomes the machine name; an entry without %s stops the load.
   *
   * GitLab's key: `MachineOptionsWithName`.
   * Its items often hold secrets.
   */
  machineOptionsWithName?: string[];
  /**
   * Attempts to remove a machine.
   *
   * GitLab's key: `MaxRemovalAttempts`.
   * @default 30
   */
  maxRemovalAttempts?: Integer;
  /**
   * Off-peak cron patterns.
   *
   * GitLab's key: `OffPeakPeriods`.
   * @deprecated use runners[].machine.autoscaling[]
   */
  offPeakPeriods?: string[];
  /**
   * Off-peak time zone.
   *
   * GitLab's key: `OffPeakTimezone`.
   * @deprecated use runners[].machine.autoscaling[]
   */
  offPeakTimezone?: string;
  /**
   * Off-peak idle machines.
   *
   * GitLab's key: `OffPeakIdleCount`.
   * @deprecated use runners[].machine.autoscaling[]
   */
  offPeakIdleCount?: Integer;
  /**
   * Off-peak idle seconds.
   *
   * GitLab's key: `OffPeakIdleTime`, in seconds.
   * @deprecated use runners[].machine.autoscaling[]
   */
  offPeakIdleTime?: Integer;
  /**
   * Settings by period; the last match wins.
   *
   * GitLab's key: `autoscaling`.
   */
  autoscaling?: DockerMachineAutoscaling[];
}

/** [[runners.machine.autoscaling]]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersmachineautoscaling-sections */
export interface DockerMachineAutoscaling {
  /**
   * Cron-like patterns of this period; a wrong one stops the load.
   *
   * GitLab's key: `Periods`.
   */
  periods?: string[];
  /**
   * Time zone of the patterns.
   *
   * GitLab's key: `Timezone`.
   * @default Local
   */
  timezone?: string;
  /**
   * Idle machines in this period.
   *
   * GitLab's key: `IdleCount`.
   */
  idleCount?: Integer;
  /**
   * Idle machines as a share of busy ones in this period; experimental.
   *
   * GitLab's key: `IdleScaleFactor`.
   */
  idleScaleFactor?: number;
  /**
   * Fewest idle machines in this period while the factor is used.
   *
   * GitLab's key: `IdleCountMin`.
   */
  idleCountMin?: Integer;
  /**
   * Seconds before an idle machine may go in this period.
   *
   * GitLab's key: `IdleTime`, in seconds.
   */
  idleTime?: Integer;
}

/** [runners.kubernetes]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerskubernetes-section */
export interface KubernetesConfig {
  /**
   * API server address; found automatically when empty.
   *
   * GitLab's key: `host`.
   */
  host?: string;
  /**
   * kubectl context used when host is empty.
   *
   * GitLab's key: `context`.
   */
  context?: string;
  /**
   * Client certificate for the API server.
   *
   * GitLab's key: `cert_file`.
   */
  certFile?: string;
  /**
   * Key of the client certificate.
   *
   * GitLab's key: `key_file`.
   */
  keyFile?: string;
  /**
   * Authority of the API server.
   *
   * GitLab's key: `ca_file`.
   */
  caFile?: string;
  /**
   * Lets a job bring its own bearer token.
   *
   * GitLab's key: `bearer_token_overwrite_allowed`.
   * @default false
   */
  bearerTokenOverwriteAllowed?: boolean;
  /**
   * Token for the API server.
   *
   * GitLab's key: `bearer_token`.
   * A secret.
   */
  bearerToken?: string;
  /**
   * Image for jobs that name none.
   *
   * GitLab's key: `image`.
   */
  image?: string;
  /**
   * Namespace of build pods.
   *
   * GitLab's key: `namespace`.
   */
  namespace?: string;
  /**
   * Regular expression for KUBERNETES_NAMESPACE_OVERWRITE; empty forbids it.
   *
   * GitLab's key: `namespace_overwrite_allowed`.
   */
  namespaceOverwriteAllowed?: string;
  /**
   * Gives every job a namespace of its own.
   *
   * GitLab's key: `namespace_per_job`.
   * @default false
   */
  namespacePerJob?: boolean;
  /**
   * Runs all containers privileged; unset differs from false.
   *
   * GitLab's key: `privileged`.
   */
  privileged?: boolean;
  /**
   * Runtime class of the pod.
   *
   * GitLab's key: `runtime_class_name`.
   */
  runtimeClassName?: string;
  /**
   * Sets the escalation flag of containers; unset differs from false.
   *
   * GitLab's key: `allow_privilege_escalation`.
   */
  allowPrivilegeEscalation?: boolean;
  /**
   * Upper bound of CPU for the build container, as a Kubernetes quantity.
   *
   * GitLab's key: `cpu_limit`.
   */
  cpuLimit?: string;
  /**
   * Ceiling for the CPU limit that a job may ask for the build container through KUBERNETES_CPU_LIMIT; empty forbids the override.
   *
   * GitLab's key: `cpu_limit_overwrite_max_allowed`.
   */
  cpuLimitOverwriteMaxAllowed?: string;
  /**
   * CPU reserved for the build container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `cpu_request`.
   */
  cpuRequest?: string;
  /**
   * Ceiling for the CPU request that a job may ask for the build container through KUBERNETES_CPU_REQUEST; empty forbids the override.
   *
   * GitLab's key: `cpu_request_overwrite_max_allowed`.
   */
  cpuRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of memory for the build container, as a Kubernetes quantity.
   *
   * GitLab's key: `memory_limit`.
   */
  memoryLimit?: string;
  /**
   * Ceiling for the memory limit that a job may ask for the build container through KUBERNETES_MEMORY_LIMIT; empty forbids the override.
   *
   * GitLab's key: `memory_limit_overwrite_max_allowed`.
   */
  memoryLimitOverwriteMaxAllowed?: string;
  /**
   * memory reserved for the build container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `memory_request`.
   */
  memoryRequest?: string;
  /**
   * Ceiling for the memory request that a job may ask for the build container through KUBERNETES_MEMORY_REQUEST; empty forbids the override.
   *
   * GitLab's key: `memory_request_overwrite_max_allowed`.
   */
  memoryRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of ephemeral storage for the build container, as a Kubernetes quantity.
   *
   * GitLab's key: `ephemeral_storage_limit`.
   */
  ephemeralStorageLimit?: string;
  /**
   * Ceiling for the ephemeral storage limit that a job may ask for the build container through KUBERNETES_EPHEMERAL_STORAGE_LIMIT; empty forbids the override.
   *
   * GitLab's key: `ephemeral_storage_limit_overwrite_max_allowed`.
   */
  ephemeralStorageLimitOverwriteMaxAllowed?: string;
  /**
   * ephemeral storage reserved for the build container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `ephemeral_storage_request`.
   */
  ephemeralStorageRequest?: string;
  /**
   * Ceiling for the ephemeral storage request that a job may ask for the build container through KUBERNETES_EPHEMERAL_STORAGE_REQUEST; empty forbids the override.
   *
   * GitLab's key: `ephemeral_storage_request_overwrite_max_allowed`.
   */
  ephemeralStorageRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of CPU for every service container, as a Kubernetes quantity.
   *
   * GitLab's key: `service_cpu_limit`.
   */
  serviceCpuLimit?: string;
  /**
   * Ceiling for the CPU limit that a job may ask for every service container through KUBERNETES_SERVICE_CPU_LIMIT; empty forbids the override.
   *
   * GitLab's key: `service_cpu_limit_overwrite_max_allowed`.
   */
  serviceCpuLimitOverwriteMaxAllowed?: string;
  /**
   * CPU reserved for every service container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `service_cpu_request`.
   */
  serviceCpuRequest?: string;
  /**
   * Ceiling for the CPU request that a job may ask for every service container through KUBERNETES_SERVICE_CPU_REQUEST; empty forbids the override.
   *
   * GitLab's key: `service_cpu_request_overwrite_max_allowed`.
   */
  serviceCpuRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of memory for every service container, as a Kubernetes quantity.
   *
   * GitLab's key: `service_memory_limit`.
   */
  serviceMemoryLimit?: string;
  /**
   * Ceiling for the memory limit that a job may ask for every service container through KUBERNETES_SERVICE_MEMORY_LIMIT; empty forbids the override.
   *
   * GitLab's key: `service_memory_limit_overwrite_max_allowed`.
   */
  serviceMemoryLimitOverwriteMaxAllowed?: string;
  /**
   * memory reserved for every service container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `service_memory_request`.
   */
  serviceMemoryRequest?: string;
  /**
   * Ceiling for the memory request that a job may ask for every service container through KUBERNETES_SERVICE_MEMORY_REQUEST; empty forbids the override.
   *
   * GitLab's key: `service_memory_request_overwrite_max_allowed`.
   */
  serviceMemoryRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of ephemeral storage for every service container, as a Kubernetes quantity.
   *
   * GitLab's key: `service_ephemeral_storage_limit`.
   */
  serviceEphemeralStorageLimit?: string;
  /**
   * Ceiling for the ephemeral storage limit that a job may ask for every service container through KUBERNETES_SERVICE_EPHEMERAL_STORAGE_LIMIT; empty forbids the override.
   *
   * GitLab's key: `service_ephemeral_storage_limit_overwrite_max_allowed`.
   */
  serviceEphemeralStorageLimitOverwriteMaxAllowed?: string;
  /**
   * ephemeral storage reserved for every service container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `service_ephemeral_storage_request`.
   */
  serviceEphemeralStorageRequest?: string;
  /**
   * Ceiling for the ephemeral storage request that a job may ask for every service container through KUBERNETES_SERVICE_EPHEMERAL_STORAGE_REQUEST; empty forbids the override.
   *
   * GitLab's key: `service_ephemeral_storage_request_overwrite_max_allowed`.
   */
  serviceEphemeralStorageRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of CPU for the helper container, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_cpu_limit`.
   */
  helperCpuLimit?: string;
  /**
   * Ceiling for the CPU limit that a job may ask for the helper container through KUBERNETES_HELPER_CPU_LIMIT; empty forbids the override.
   *
   * GitLab's key: `helper_cpu_limit_overwrite_max_allowed`.
   */
  helperCpuLimitOverwriteMaxAllowed?: string;
  /**
   * CPU reserved for the helper container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_cpu_request`.
   */
  helperCpuRequest?: string;
  /**
   * Ceiling for the CPU request that a job may ask for the helper container through KUBERNETES_HELPER_CPU_REQUEST; empty forbids the override.
   *
   * GitLab's key: `helper_cpu_request_overwrite_max_allowed`.
   */
  helperCpuRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of memory for the helper container, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_memory_limit`.
   */
  helperMemoryLimit?: string;
  /**
   * Ceiling for the memory limit that a job may ask for the helper container through KUBERNETES_HELPER_MEMORY_LIMIT; empty forbids the override.
   *
   * GitLab's key: `helper_memory_limit_overwrite_max_allowed`.
   */
  helperMemoryLimitOverwriteMaxAllowed?: string;
  /**
   * memory reserved for the helper container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_memory_request`.
   */
  helperMemoryRequest?: string;
  /**
   * Ceiling for the memory request that a job may ask for the helper container through KUBERNETES_HELPER_MEMORY_REQUEST; empty forbids the override.
   *
   * GitLab's key: `helper_memory_request_overwrite_max_allowed`.
   */
  helperMemoryRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of ephemeral storage for the helper container, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_ephemeral_storage_limit`.
   */
  helperEphemeralStorageLimit?: string;
  /**
   * Ceiling for the ephemeral storage limit that a job may ask for the helper container through KUBERNETES_HELPER_EPHEMERAL_STORAGE_LIMIT; empty forbids the override.
   *
   * GitLab's key: `helper_ephemeral_storage_limit_overwrite_max_allowed`.
   */
  helperEphemeralStorageLimitOverwriteMaxAllowed?: string;
  /**
   * ephemeral storage reserved for the helper container when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `helper_ephemeral_storage_request`.
   */
  helperEphemeralStorageRequest?: string;
  /**
   * Ceiling for the ephemeral storage request that a job may ask for the helper container through KUBERNETES_HELPER_EPHEMERAL_STORAGE_REQUEST; empty forbids the override.
   *
   * GitLab's key: `helper_ephemeral_storage_request_overwrite_max_allowed`.
   */
  helperEphemeralStorageRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of CPU for the whole build pod, as a Kubernetes quantity.
   *
   * GitLab's key: `pod_cpu_limit`.
   */
  podCpuLimit?: string;
  /**
   * Ceiling for the CPU limit that a job may ask for the whole build pod through KUBERNETES_POD_CPU_LIMIT; empty forbids the override.
   *
   * GitLab's key: `pod_cpu_limit_overwrite_max_allowed`.
   */
  podCpuLimitOverwriteMaxAllowed?: string;
  /**
   * CPU reserved for the whole build pod when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `pod_cpu_request`.
   */
  podCpuRequest?: string;
  /**
   * Ceiling for the CPU request that a job may ask for the whole build pod through KUBERNETES_POD_CPU_REQUEST; empty forbids the override.
   *
   * GitLab's key: `pod_cpu_request_overwrite_max_allowed`.
   */
  podCpuRequestOverwriteMaxAllowed?: string;
  /**
   * Upper bound of memory for the whole build pod, as a Kubernetes quantity.
   *
   * GitLab's key: `pod_memory_limit`.
   */
  podMemoryLimit?: string;
  /**
   * Ceiling for the memory limit that a job may ask for the whole build pod through KUBERNETES_POD_MEMORY_LIMIT; empty forbids the override.
   *
   * GitLab's key: `pod_memory_limit_overwrite_max_allowed`.
   */
  podMemoryLimitOverwriteMaxAllowed?: string;
  /**
   * memory reserved for the whole build pod when the pod is scheduled, as a Kubernetes quantity.
   *
   * GitLab's key: `pod_memory_request`.
   */
  podMemoryRequest?: string;
  /**
   * Ceiling for the memory request that a job may ask for the whole build pod through KUBERNETES_POD_MEMORY_REQUEST; empty forbids the override.
   *
   * GitLab's key: `pod_memory_request_overwrite_max_allowed`.
   */
  podMemoryRequestOverwriteMaxAllowed?: string;
  /**
   * Patterns of images a job may choose.
   *
   * GitLab's key: `allowed_images`.
   */
  allowedImages?: string[];
  /**
   * Pull policies a job may choose; follows pull_policy when empty.
   *
   * GitLab's key: `allowed_pull_policies`.
   */
  allowedPullPolicies?: ("always" | "if-not-present" | "never")[];
  /**
   * Patterns of services a job may choose.
   *
   * GitLab's key: `allowed_services`.
   */
  allowedServices?: string[];
  /**
   * User ids a job may choose; 0 must be listed.
   *
   * GitLab's key: `allowed_users`.
   */
  allowedUsers?: string[];
  /**
   * Group ids a job may choose; 0 must be listed.
   *
   * GitLab's key: `allowed_groups`.
   */
  allowedGroups?: string[];
  /**
   * When images are pulled; one policy or an ordered list; empty leaves it to the cluster.
   *
   * GitLab's key: `pull_policy`.
   */
  pullPolicy?: "always" | "if-not-present" | "never" | ("always" | "if-not-present" | "never")[];
  /**
   * Node labels that the pod requires.
   *
   * GitLab's key: `node_selector`.
   */
  nodeSelector?: Record<string, string>;
  /**
   * Regular expression for KUBERNETES_NODE_SELECTOR_ variables; empty forbids them.
   *
   * GitLab's key: `node_selector_overwrite_allowed`.
   */
  nodeSelectorOverwriteAllowed?: string;
  /**
   * key=value (or key) to effect pairs.
   *
   * GitLab's key: `node_tolerations`.
   */
  nodeTolerations?: Record<string, string>;
  /**
   * Regular expression for KUBERNETES_NODE_TOLERATIONS_ variables; empty forbids them.
   *
   * GitLab's key: `node_tolerations_overwrite_allowed`.
   */
  nodeTolerationsOverwriteAllowed?: string;
  /**
   * Placement rules of the pod.
   *
   * GitLab's key: `affinity`.
   */
  affinity?: KubernetesAffinity;
  /**
   * Secrets for private images.
   *
   * GitLab's key: `image_pull_secrets`.
   */
  imagePullSecrets?: string[];
  /**
   * Leaves pull secrets to the service account.
   *
   * GitLab's key: `use_service_account_image_pull_secrets`.
   */
  useServiceAccountImagePullSecrets?: boolean;
  /**
   * Helper image used instead of the default one.
   *
   * GitLab's key: `helper_image`.
   */
  helperImage?: string;
  /**
   * Variant of the default helper image; FIPS builds set ubi-fips at registration.
   *
   * GitLab's key: `helper_image_flavor`.
   * @default alpine
   */
  helperImageFlavor?: "alpine" | "alpine3.21" | "alpine-latest" | "ubi-fips" | "ubuntu";
  /**
   * Picks the helper image for the host's platform.
   *
   * GitLab's key: `helper_image_autoset_arch_and_os`.
   */
  helperImageAutosetArchAndOs?: boolean;
  /**
   * Grace period of the pod.
   *
   * GitLab's key: `pod_termination_grace_period_seconds`, in seconds.
   */
  podTerminationGracePeriodSeconds?: Integer;
  /**
   * Grace period when the pod is removed after the job.
   *
   * GitLab's key: `cleanup_grace_period_seconds`, in seconds.
   */
  cleanupGracePeriodSeconds?: Integer;
  /**
   * Longest clean-up after a job.
   *
   * GitLab's key: `cleanup_resources_timeout`.
   * @default 5m
   */
  cleanupResourcesTimeout?: Duration;
  /**
   * Seconds between looks at a new pod.
   *
   * GitLab's key: `poll_interval`, in seconds.
   * @default 0 (acts as 3)
   */
  pollInterval?: Integer;
  /**
   * Seconds until a new pod must be reachable.
   *
   * GitLab's key: `poll_timeout`, in seconds.
   * @default 0 (acts as 180)
   */
  pollTimeout?: Integer;
  /**
   * Checks for service account and pull secret before giving up, 5 seconds apart.
   *
   * GitLab's key: `resource_availability_check_max_attempts`.
   * @default 5 when negative; 0 skips the check
   */
  resourceAvailabilityCheckMaxAttempts?: Integer;
  /**
   * Attempts for an API call.
   *
   * GitLab's key: `retry_limit`.
   * @default 0 (acts as 5)
   */
  retryLimit?: Integer;
  /**
   * Longest pause between API attempts in milliseconds; never below 500.
   *
   * GitLab's key: `retry_backoff_max`, in milliseconds.
   * @default 0 (acts as 2000)
   */
  retryBackoffMax?: Integer;
  /**
   * Attempts by error text.
   *
   * GitLab's key: `retry_limits`.
   */
  retryLimits?: Record<string, Integer>;
  /**
   * Labels of the pod.
   *
   * GitLab's key: `pod_labels`.
   */
  podLabels?: Record<string, string>;
  /**
   * Regular expression for KUBERNETES_POD_LABELS_ variables; empty forbids them.
   *
   * GitLab's key: `pod_labels_overwrite_allowed`.
   */
  podLabelsOverwriteAllowed?: string;
  /**
   * Scheduler of the pod.
   *
   * GitLab's key: `scheduler_name`.
   */
  schedulerName?: string;
  /**
   * Service account of the pod.
   *
   * GitLab's key: `service_account`.
   */
  serviceAccount?: string;
  /**
   * Regular expression for KUBERNETES_SERVICE_ACCOUNT_OVERWRITE; empty forbids it.
   *
   * GitLab's key: `service_account_overwrite_allowed`.
   */
  serviceAccountOverwriteAllowed?: string;
  /**
   * Mounts the service account token in the pod.
   *
   * GitLab's key: `automount_service_account_token`.
   */
  automountServiceAccountToken?: boolean;
  /**
   * Annotations of the pod.
   *
   * GitLab's key: `pod_annotations`.
   */
  podAnnotations?: Record<string, string>;
  /**
   * Regular expression for KUBERNETES_POD_ANNOTATIONS_ variables; empty forbids them.
   *
   * GitLab's key: `pod_annotations_overwrite_allowed`.
   */
  podAnnotationsOverwriteAllowed?: string;
  /**
   * Security settings of the pod.
   *
   * GitLab's key: `pod_security_context`.
   */
  podSecurityContext?: KubernetesPodSecurityContext;
  /**
   * Security settings of the init-permissions container.
   *
   * GitLab's key: `init_permissions_container_security_context`.
   */
  initPermissionsContainerSecurityContext?: KubernetesContainerSecurityContext;
  /**
   * Security settings of the build container.
   *
   * GitLab's key: `build_container_security_context`.
   */
  buildContainerSecurityContext?: KubernetesContainerSecurityContext;
  /**
   * Security settings of the helper container.
   *
   * GitLab's key: `helper_container_security_context`.
   */
  helperContainerSecurityContext?: KubernetesContainerSecurityContext;
  /**
   * Security settings of service containers.
   *
   * GitLab's key: `service_container_security_context`.
   */
  serviceContainerSecurityContext?: KubernetesContainerSecurityContext;
  /**
   * Volumes mounted in the pod.
   *
   * GitLab's key: `volumes`.
   */
  volumes?: KubernetesVolumes;
  /**
   * Lines for the pod's hosts file.
   *
   * GitLab's key: `host_aliases`.
   */
  hostAliases?: KubernetesHostAliases[];
  /**
   * Service containers started with every job.
   *
   * GitLab's key: `services`.
   */
  services?: Service[];
  /**
   * Linux capabilities to add.
   *
   * GitLab's key: `cap_add`.
   */
  capAdd?: string[];
  /**
   * Linux capabilities to take away.
   *
   * GitLab's key: `cap_drop`.
   */
  capDrop?: string[];
  /**
   * Size of the volume for suspendable jobs.
   *
   * GitLab's key: `suspend_pvc_size`.
   * @default 20Gi
   */
  suspendPvcSize?: string;
  /**
   * Storage class of the volume for suspendable jobs; empty means the cluster's default.
   *
   * GitLab's key: `suspend_pvc_storage_class`.
   */
  suspendPvcStorageClass?: string;
  /**
   * DNS policy of the pod.
   *
   * GitLab's key: `dns_policy`.
   * @default cluster-first
   */
  dnsPolicy?: "none" | "default" | "cluster-first" | "cluster-first-with-host-net";
  /**
   * DNS settings of the pod.
   *
   * GitLab's key: `dns_config`.
   */
  dnsConfig?: KubernetesDNSConfig;
  /**
   * Hooks of the build container.
   *
   * GitLab's key: `container_lifecycle`.
   */
  containerLifecycle?: KubernetesContainerLifecycle;
  /**
   * Priority class of the pod.
   *
   * GitLab's key: `priority_class_name`.
   */
  priorityClassName?: string;
  /**
   * Patches applied to the pod's specification.
   *
   * GitLab's key: `pod_spec`.
   */
  podSpec?: KubernetesPodSpec[];
  /**
   * Folder that holds build logs.
   *
   * GitLab's key: `logs_base_dir`.
   * Since GitLab Runner 17.2.
   */
  logsBaseDir?: string;
  /**
   * Folder that holds build scripts.
   *
   * GitLab's key: `scripts_base_dir`.
   * Since GitLab Runner 17.2.
   */
  scriptsBaseDir?: string;
  /**
   * Prints warning events of a failed pod.
   *
   * GitLab's key: `print_pod_warning_events`.
   * @default true
   */
  printPodWarningEvents?: boolean;
  /**
   * Protects each job pod from node drains.
   *
   * GitLab's key: `pod_disruption_budget`.
   * @default false
   */
  podDisruptionBudget?: boolean;
  /**
   * Pause pods that keep spare nodes.
   *
   * GitLab's key: `autoscaler`.
   */
  autoscaler?: KubernetesAutoscalerConfig;
}

export interface KubernetesAffinity {
  /**
   * Rules on nodes.
   *
   * GitLab's key: `node_affinity`.
   */
  nodeAffinity?: KubernetesNodeAffinity;
  /**
   * Rules that attract to other pods.
   *
   * GitLab's key: `pod_affinity`.
   */
  podAffinity?: KubernetesPodAffinity;
  /**
   * Rules that keep away from other pods.
   *
   * GitLab's key: `pod_anti_affinity`.
   */
  podAntiAffinity?: KubernetesPodAntiAffinity;
}

export interface KubernetesNodeAffinity {
  /**
   * Rules that must hold.
   *
   * GitLab's key: `required_during_scheduling_ignored_during_execution`.
   */
  requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;
  /**
   * Weighted wishes.
   *
   * GitLab's key: `preferred_during_scheduling_ignored_during_execution`.
   */
  preferredDuringSchedulingIgnoredDuringExecution?: PreferredSchedulingTerm[];
}

export interface NodeSelector {
  /**
   * Alternatives of which one must match.
   *
   * GitLab's key: `node_selector_terms`.
   */
  nodeSelectorTerms?: NodeSelectorTerm[];
}

export interface NodeSelectorTerm {
  /**
   * Conditions on labels.
   *
   * GitLab's key: `match_expressions`.
   */
  matchExpressions?: NodeSelectorRequirement[];
  /**
   * Conditions on fields.
   *
   * GitLab's key: `match_fields`.
   */
  matchFields?: NodeSelectorRequirement[];
}

export interface NodeSelectorRequirement {
  /**
   * Label or field that is looked at.
   *
   * GitLab's key: `key`.
   */
  key?: string;
  /**
   * Comparison.
   *
   * GitLab's key: `operator`.
   */
  operator?: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
  /**
   * Values to compare with.
   *
   * GitLab's key: `values`.
   */
  values?: string[];
}

export interface PreferredSchedulingTerm {
  /**
   * Weight of the wish, 1 to 100.
   *
   * GitLab's key: `weight`.
   */
  weight?: Integer;
  /**
   * Node rule of the wish.
   *
   * GitLab's key: `preference`.
   */
  preference?: NodeSelectorTerm;
}

export interface KubernetesPodAffinity {
  /**
   * Rules that must hold.
   *
   * GitLab's key: `required_during_scheduling_ignored_during_execution`.
   */
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];
  /**
   * Weighted wishes.
   *
   * GitLab's key: `preferred_during_scheduling_ignored_during_execution`.
   */
  preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTerm[];
}

export interface PodAffinityTerm {
  /**
   * Pods that count.
   *
   * GitLab's key: `label_selector`.
   */
  labelSelector?: LabelSelector;
  /**
   * Namespaces that count.
   *
   * GitLab's key: `namespaces`.
   */
  namespaces?: string[];
  /**
   * Node label that bounds a place.
   *
   * GitLab's key: `topology_key`.
   */
  topologyKey?: string;
  /**
   * Namespaces that count, by label.
   *
   * GitLab's key: `namespace_selector`.
   */
  namespaceSelector?: LabelSelector;
  /**
   * Labels whose values must be equal.
   *
   * GitLab's key: `match_label_keys`.
   */
  matchLabelKeys?: string[];
  /**
   * Labels whose values must differ.
   *
   * GitLab's key: `mismatch_label_keys`.
   */
  mismatchLabelKeys?: string[];
}

export interface LabelSelector {
  /**
   * Labels that must be equal.
   *
   * GitLab's key: `match_labels`.
   */
  matchLabels?: Record<string, string>;
  /**
   * Conditions on labels.
   *
   * GitLab's key: `match_expressions`.
   */
  matchExpressions?: NodeSelectorRequirement[];
}

export interface WeightedPodAffinityTerm {
  /**
   * Weight of the wish, 1 to 100.
   *
   * GitLab's key: `weight`.
   */
  weight?: Integer;
  /**
   * Pod rule of the wish.
   *
   * GitLab's key: `pod_affinity_term`.
   */
  podAffinityTerm?: PodAffinityTerm;
}

export interface KubernetesPodAntiAffinity {
  /**
   * Rules that must hold.
   *
   * GitLab's key: `required_during_scheduling_ignored_during_execution`.
   */
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];
  /**
   * Weighted wishes.
   *
   * GitLab's key: `preferred_during_scheduling_ignored_during_execution`.
   */
  preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTerm[];
}

export interface KubernetesPodSecurityContext {
  /**
   * Group that owns the pod's volumes.
   *
   * GitLab's key: `fs_group`.
   */
  fsGroup?: Integer;
  /**
   * Group id of processes.
   *
   * GitLab's key: `run_as_group`.
   */
  runAsGroup?: Integer;
  /**
   * Refuses to run as root.
   *
   * GitLab's key: `run_as_non_root`.
   */
  runAsNonRoot?: boolean;
  /**
   * User id of processes.
   *
   * GitLab's key: `run_as_user`.
   */
  runAsUser?: Integer;
  /**
   * Extra group ids.
   *
   * GitLab's key: `supplemental_groups`.
   */
  supplementalGroups?: Integer[];
  /**
   * SELinux type of the pod.
   *
   * GitLab's key: `selinux_type`.
   */
  selinuxType?: string;
  /**
   * Seccomp profile of the pod.
   *
   * GitLab's key: `seccomp_profile`.
   */
  seccompProfile?: KubernetesSeccompProfile;
  /**
   * AppArmor profile of the pod.
   *
   * GitLab's key: `app_armor_profile`.
   */
  appArmorProfile?: KubernetesAppArmorProfile;
}

export interface KubernetesSeccompProfile {
  /**
   * Kind of seccomp profile.
   *
   * GitLab's key: `type`.
   */
  type?: "RuntimeDefault" | "Localhost" | "Unconfined";
  /**
   * Profile file on the node, needed for Localhost.
   *
   * GitLab's key: `localhost_profile`.
   */
  localhostProfile?: string;
}

export interface KubernetesAppArmorProfile {
  /**
   * Kind of AppArmor profile.
   *
   * GitLab's key: `type`.
   */
  type?: "RuntimeDefault" | "Localhost" | "Unconfined";
  /**
   * Profile name on the node, needed for Localhost.
   *
   * GitLab's key: `localhost_profile`.
   */
  localhostProfile?: string;
}

export interface KubernetesContainerSecurityContext {
  /**
   * Capabilities of the container.
   *
   * GitLab's key: `capabilities`.
   */
  capabilities?: KubernetesContainerCapabilities;
  /**
   * Runs this container privileged; follows kubernetes.privileged when unset.
   *
   * GitLab's key: `privileged`.
   */
  privileged?: boolean;
  /**
   * User id of the container.
   *
   * GitLab's key: `run_as_user`.
   */
  runAsUser?: Integer;
  /**
   * Group id of the container.
   *
   * GitLab's key: `run_as_group`.
   */
  runAsGroup?: Integer;
  /**
   * Refuses to run as root.
   *
   * GitLab's key: `run_as_non_root`.
   */
  runAsNonRoot?: boolean;
  /**
   * Makes the container's root read only.
   *
   * GitLab's key: `read_only_root_filesystem`.
   */
  readOnlyRootFilesystem?: boolean;
  /**
   * Escalation flag of this container; follows the kubernetes key when unset.
   *
   * GitLab's key: `allow_privilege_escalation`.
   */
  allowPrivilegeEscalation?: boolean;
  /**
   * SELinux type of the container.
   *
   * GitLab's key: `selinux_type`.
   */
  selinuxType?: string;
  /**
   * How /proc is mounted; case does not matter; a wrong value is only logged.
   *
   * GitLab's key: `proc_mount`.
   */
  procMount?: "default" | "unmasked";
  /**
   * Seccomp profile of the container.
   *
   * GitLab's key: `seccomp_profile`.
   */
  seccompProfile?: KubernetesSeccompProfile;
  /**
   * AppArmor profile of the container.
   *
   * GitLab's key: `app_armor_profile`.
   */
  appArmorProfile?: KubernetesAppArmorProfile;
}

export interface KubernetesContainerCapabilities {
  /**
   * Capabilities to add.
   *
   * GitLab's key: `add`.
   */
  add?: string[];
  /**
   * Capabilities to take away.
   *
   * GitLab's key: `drop`.
   */
  drop?: string[];
}

export interface KubernetesVolumes {
  /**
   * Folders of the node.
   *
   * GitLab's key: `host_path`.
   */
  hostPath?: KubernetesHostPath[];
  /**
   * Persistent volume claims.
   *
   * GitLab's key: `pvc`.
   */
  pvc?: KubernetesPVC[];
  /**
   * Config maps.
   *
   * GitLab's key: `config_map`.
   */
  configMap?: KubernetesConfigMap[];
  /**
   * Secrets.
   *
   * GitLab's key: `secret`.
   */
  secret?: KubernetesSecret[];
  /**
   * Empty scratch folders.
   *
   * GitLab's key: `empty_dir`.
   */
  emptyDir?: KubernetesEmptyDir[];
  /**
   * CSI volumes.
   *
   * GitLab's key: `csi`.
   */
  csi?: KubernetesCSI[];
  /**
   * NFS shares.
   *
   * GitLab's key: `nfs`.
   */
  nfs?: KubernetesNFS[];
}

export interface KubernetesHostPath {
  /**
   * Volume name.
   *
   * GitLab's key: `name`.
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   */
  subPath?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   */
  readOnly?: boolean;
  /**
   * Folder on the node; the mount point when empty.
   *
   * GitLab's key: `host_path`.
   */
  hostPath?: string;
  /**
   * How later mounts are shared.
   *
   * GitLab's key: `mount_propagation`.
   */
  mountPropagation?: string;
}

export interface KubernetesPVC {
  /**
   * Claim, also the volume name.
   *
   * GitLab's key: `name`.
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   */
  subPath?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   */
  readOnly?: boolean;
  /**
   * How later mounts are shared.
   *
   * GitLab's key: `mount_propagation`.
   */
  mountPropagation?: string;
}

export interface KubernetesConfigMap {
  /**
   * Config map, also the volume name.
   *
   * GitLab's key: `name`.
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   */
  subPath?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   */
  readOnly?: boolean;
  /**
   * Keys to file names.
   *
   * GitLab's key: `items`.
   */
  items?: Record<string, string>;
}

export interface KubernetesSecret {
  /**
   * Secret, also the volume name.
   *
   * GitLab's key: `name`.
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   */
  subPath?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   */
  readOnly?: boolean;
  /**
   * Keys to file names.
   *
   * GitLab's key: `items`.
   */
  items?: Record<string, string>;
}

export interface KubernetesEmptyDir {
  /**
   * Volume name.
   *
   * GitLab's key: `name`.
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   */
  subPath?: string;
  /**
   * Memory for a tmpfs; empty for the node's disk.
   *
   * GitLab's key: `medium`.
   */
  medium?: "" | "Memory";
  /**
   * Largest size, as a Kubernetes quantity.
   *
   * GitLab's key: `size_limit`.
   */
  sizeLimit?: string;
  /**
   * How later mounts are shared.
   *
   * GitLab's key: `mount_propagation`.
   */
  mountPropagation?: string;
}

export interface KubernetesCSI {
  /**
   * Volume name.
   *
   * GitLab's key: `name`.
   */
  name?: string;
  /**
   * Mount point in the containers.
   *
   * GitLab's key: `mount_path`.
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   */
  subPath?: string;
  /**
   * CSI driver.
   *
   * GitLab's key: `driver`.
   */
  driver?: string;
  /**
   * File system; the driver chooses when empty.
   *
   * GitLab's key: `fs_type`.
   */
  fsType?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   */
  readOnly?: boolean;
  /**
   * Settings for the driver.
   *
   * GitLab's key: `volume_attributes`.
   * Its items often hold secrets.
   */
  volumeAttributes?: Record<string, string>;
}

export interface KubernetesNFS {
  /**
   * Volume name; the load fails without it.
   *
   * GitLab's key: `name`.
   */
  name?: string;
  /**
   * Mount point; the load fails without it.
   *
   * GitLab's key: `mount_path`.
   */
  mountPath?: string;
  /**
   * Part of the volume to mount.
   *
   * GitLab's key: `sub_path`.
   */
  subPath?: string;
  /**
   * NFS server; the load fails without it.
   *
   * GitLab's key: `server`.
   */
  server?: string;
  /**
   * Exported path; the load fails without it.
   *
   * GitLab's key: `path`.
   */
  path?: string;
  /**
   * Mounts it read only.
   *
   * GitLab's key: `read_only`.
   * @default false
   */
  readOnly?: boolean;
}

export interface KubernetesHostAliases {
  /**
   * Address that the names stand for.
   *
   * GitLab's key: `ip`.
   */
  ip?: string;
  /**
   * Names for the address.
   *
   * GitLab's key: `hostnames`.
   */
  hostnames?: string[];
}

export interface KubernetesDNSConfig {
  /**
   * DNS servers of the pod.
   *
   * GitLab's key: `nameservers`.
   */
  nameservers?: string[];
  /**
   * Resolver options.
   *
   * GitLab's key: `options`.
   */
  options?: KubernetesDNSConfigOption[];
  /**
   * Search domains of the pod.
   *
   * GitLab's key: `searches`.
   */
  searches?: string[];
}

export interface KubernetesDNSConfigOption {
  /**
   * Name of the resolver option.
   *
   * GitLab's key: `name`.
   */
  name?: string;
  /**
   * Value of the resolver option.
   *
   * GitLab's key: `value`.
   */
  value?: string;
}

export interface KubernetesContainerLifecycle {
  /**
   * Hook right after the container starts.
   *
   * GitLab's key: `post_start`.
   */
  postStart?: KubernetesLifecycleHandler;
  /**
   * Hook before the container stops.
   *
   * GitLab's key: `pre_stop`.
   */
  preStop?: KubernetesLifecycleHandler;
}

export interface KubernetesLifecycleHandler {
  /**
   * Runs a command.
   *
   * GitLab's key: `exec`.
   */
  exec?: KubernetesLifecycleExecAction;
  /**
   * Calls an HTTP address.
   *
   * GitLab's key: `http_get`.
   */
  httpGet?: KubernetesLifecycleHTTPGet;
  /**
   * Opens a TCP connection.
   *
   * GitLab's key: `tcp_socket`.
   */
  tcpSocket?: KubernetesLifecycleTCPSocket;
}

export interface KubernetesLifecycleExecAction {
  /**
   * Command and arguments, without a shell.
   *
   * GitLab's key: `command`.
   */
  command?: string[];
}

export interface KubernetesLifecycleHTTPGet {
  /**
   * Host to call; the pod's address when empty.
   *
   * GitLab's key: `host`.
   */
  host?: string;
  /**
   * Headers to send.
   *
   * GitLab's key: `http_headers`.
   */
  httpHeaders?: KubernetesLifecycleHTTPGetHeader[];
  /**
   * Path to call.
   *
   * GitLab's key: `path`.
   */
  path?: string;
  /**
   * Port, 1 to 65535.
   *
   * GitLab's key: `port`.
   */
  port?: Integer;
  /**
   * HTTP or HTTPS.
   *
   * GitLab's key: `scheme`.
   * @default HTTP
   */
  scheme?: "HTTP" | "HTTPS";
}

export interface KubernetesLifecycleHTTPGetHeader {
  /**
   * Header name.
   *
   * GitLab's key: `name`.
   */
  name?: string;
  /**
   * Header value.
   *
   * GitLab's key: `value`.
   */
  value?: string;
}

export interface KubernetesLifecycleTCPSocket {
  /**
   * Host to connect to; the pod's address when empty.
   *
   * GitLab's key: `host`.
   */
  host?: string;
  /**
   * Port, 1 to 65535.
   *
   * GitLab's key: `port`.
   */
  port?: Integer;
}

export interface KubernetesPodSpec {
  /**
   * Name of the patch, used in messages.
   *
   * GitLab's key: `name`.
   */
  name?: string;
  /**
   * File with the patch; not together with patch.
   *
   * GitLab's key: `patch_path`.
   */
  patchPath?: string;
  /**
   * The patch as YAML or JSON text; not together with patch_path.
   *
   * GitLab's key: `patch`.
   */
  patch?: string;
  /**
   * How the patch is applied.
   *
   * GitLab's key: `patch_type`.
   * @default strategic
   */
  patchType?: "json" | "merge" | "strategic";
}

export interface KubernetesAutoscalerConfig {
  /**
   * Most pause pods; 0 sets no limit.
   *
   * GitLab's key: `max_pause_pods`.
   * @default 0
   */
  maxPausePods?: Integer;
  /**
   * Image of pause pods.
   *
   * GitLab's key: `pause_pod_image`.
   * @default registry.k8s.io/pause:3.10
   */
  pausePodImage?: string;
  /**
   * Priority class of pause pods, below that of job pods.
   *
   * GitLab's key: `pause_pod_priority_class_name`.
   */
  pausePodPriorityClassName?: string;
  /**
   * Scaling rules for pause pods.
   *
   * GitLab's key: `policy`.
   */
  policy?: AutoscalerPolicyConfig[];
  /**
   * Secrets for the pause pod image.
   *
   * GitLab's key: `pause_pod_image_pull_secrets`.
   */
  pausePodImagePullSecrets?: string[];
}

export interface AutoscalerPolicyConfig {
  /**
   * Cron patterns of this rule.
   *
   * GitLab's key: `periods`.
   * @default ["* * * * *"]
   */
  periods?: string[];
  /**
   * Time zone of the patterns.
   *
   * GitLab's key: `timezone`.
   * @default system local
   */
  timezone?: string;
  /**
   * Idle capacity to keep, in jobs.
   *
   * GitLab's key: `idle_count`.
   */
  idleCount?: Integer;
  /**
   * Idle time before an instance may go; lint wants at least 1s when set.
   *
   * GitLab's key: `idle_time`.
   */
  idleTime?: Duration;
  /**
   * Extra idle capacity as a share of the busy one.
   *
   * GitLab's key: `scale_factor`.
   * @default 0.0
   */
  scaleFactor?: number;
  /**
   * Most capacity the factor may add.
   *
   * GitLab's key: `scale_factor_limit`.
   */
  scaleFactorLimit?: Integer;
  /**
   * Asks for jobs only when capacity is there.
   *
   * GitLab's key: `preemptive_mode`.
   * @default true when idle_count is above 0
   */
  preemptiveMode?: boolean;
}

/** [runners.custom]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscustom-section */
export interface CustomConfig {
  /**
   * Program that returns settings as JSON.
   *
   * GitLab's key: `config_exec`.
   */
  configExec?: string;
  /**
   * Arguments before the runner's own for config_exec.
   *
   * GitLab's key: `config_args`.
   */
  configArgs?: string[];
  /**
   * Seconds for config_exec.
   *
   * GitLab's key: `config_exec_timeout`, in seconds.
   * @default 3600
   */
  configExecTimeout?: Integer;
  /**
   * Program that prepares the environment.
   *
   * GitLab's key: `prepare_exec`.
   */
  prepareExec?: string;
  /**
   * Arguments before the runner's own for prepare_exec.
   *
   * GitLab's key: `prepare_args`.
   */
  prepareArgs?: string[];
  /**
   * Seconds for prepare_exec.
   *
   * GitLab's key: `prepare_exec_timeout`, in seconds.
   * @default 3600
   */
  prepareExecTimeout?: Integer;
  /**
   * Program that runs each job script; needed at run time.
   *
   * GitLab's key: `run_exec`.
   */
  runExec?: string;
  /**
   * Arguments before the runner's own for run_exec.
   *
   * GitLab's key: `run_args`.
   */
  runArgs?: string[];
  /**
   * Program that cleans up.
   *
   * GitLab's key: `cleanup_exec`.
   */
  cleanupExec?: string;
  /**
   * Arguments before the runner's own for cleanup_exec.
   *
   * GitLab's key: `cleanup_args`.
   */
  cleanupArgs?: string[];
  /**
   * Seconds for cleanup_exec.
   *
   * GitLab's key: `cleanup_exec_timeout`, in seconds.
   * @default 3600
   */
  cleanupExecTimeout?: Integer;
  /**
   * Seconds between a polite stop and a kill.
   *
   * GitLab's key: `graceful_kill_timeout`, in seconds.
   * @default 600
   */
  gracefulKillTimeout?: Integer;
  /**
   * Seconds to wait after a kill.
   *
   * GitLab's key: `force_kill_timeout`, in seconds.
   * @default 10
   */
  forceKillTimeout?: Integer;
}

/** [runners.autoscaler]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscaler-section */
export interface AutoscalerConfig {
  /**
   * Jobs at once on one instance.
   *
   * GitLab's key: `capacity_per_instance`.
   */
  capacityPerInstance?: Integer;
  /**
   * Jobs before an instance is removed; 0 sets no limit.
   *
   * GitLab's key: `max_use_count`.
   */
  maxUseCount?: Integer;
  /**
   * Most instances in any state; 0 sets no limit.
   *
   * GitLab's key: `max_instances`.
   * @default 0
   */
  maxInstances?: Integer;
  /**
   * Fleeting plugin, by name or registry reference.
   *
   * GitLab's key: `plugin`.
   */
  plugin?: string;
  /**
   * Free-form settings handed to the plugin as JSON.
   *
   * GitLab's key: `plugin_config`.
   * Its items often hold secrets.
   */
  pluginConfig?: Record<string, unknown>;
  /**
   * How the runner logs in to instances.
   *
   * GitLab's key: `connector_config`.
   */
  connectorConfig?: ConnectorConfig;
  /**
   * Scaling rules by period; the last match wins.
   *
   * GitLab's key: `policy`.
   */
  policy?: AutoscalerPolicyConfig[];
  /**
   * Command that must succeed before an instance is used.
   *
   * GitLab's key: `instance_ready_command`.
   * Since GitLab Runner 16.11.
   */
  instanceReadyCommand?: string;
  /**
   * Longest wait for an instance.
   *
   * GitLab's key: `instance_acquire_timeout`.
   * Since GitLab Runner 18.1.
   * @default 15m
   */
  instanceAcquireTimeout?: Duration;
  /**
   * Pause between checks of the plugin.
   *
   * GitLab's key: `update_interval`.
   * Since GitLab Runner 16.11.
   * @default 1m
   */
  updateInterval?: Duration;
  /**
   * Pause between checks while a change is expected.
   *
   * GitLab's key: `update_interval_when_expecting`.
   * Since GitLab Runner 16.11.
   * @default 2s
   */
  updateIntervalWhenExpecting?: Duration;
  /**
   * Pause before a removal is tried again.
   *
   * GitLab's key: `deletion_retry_interval`.
   * Since GitLab Runner 18.4.
   * @default 1m
   */
  deletionRetryInterval?: Duration;
  /**
   * Pause between removals and checks at shutdown.
   *
   * GitLab's key: `shutdown_deletion_interval`.
   * Since GitLab Runner 18.4.
   * @default 10s
   */
  shutdownDeletionInterval?: Duration;
  /**
   * Attempts to see removals finish at shutdown.
   *
   * GitLab's key: `shutdown_deletion_retries`.
   * Since GitLab Runner 18.4.
   * @default 3
   */
  shutdownDeletionRetries?: Integer;
  /**
   * Failed health checks in a row before an instance is replaced.
   *
   * GitLab's key: `failure_threshold`.
   * Since GitLab Runner 18.4.
   * @default 3
   */
  failureThreshold?: Integer;
  /**
   * Limits of how fast instances are created.
   *
   * GitLab's key: `scale_throttle`.
   * Since GitLab Runner 17.0.
   */
  scaleThrottle?: AutoscalerScaleThrottle;
  /**
   * Slows job requests while capacity is being reserved.
   *
   * GitLab's key: `reservation_throttling`.
   */
  reservationThrottling?: boolean;
  /**
   * Prints the inner address in job logs.
   *
   * GitLab's key: `log_internal_ip`.
   * Since GitLab Runner 18.1.
   * @default false
   */
  logInternalIp?: boolean;
  /**
   * Prints the outer address in job logs.
   *
   * GitLab's key: `log_external_ip`.
   * Since GitLab Runner 18.1.
   * @default false
   */
  logExternalIp?: boolean;
  /**
   * Removes all instances when the runner stops.
   *
   * GitLab's key: `delete_instances_on_shutdown`.
   * Since GitLab Runner 15.11.
   * @default false
   */
  deleteInstancesOnShutdown?: boolean;
  /**
   * Nested virtual machines for jobs.
   *
   * GitLab's key: `vm_isolation`.
   */
  vmIsolation?: VMIsolation;
  /**
   * Keeps instance state across restarts; beta.
   *
   * GitLab's key: `state_storage`.
   * Since GitLab Runner 17.5.
   */
  stateStorage?: AutoscalerStateStorage;
  /**
   * Fallback histogram borders for all operations.
   *
   * GitLab's key: `instance_operation_time_buckets`.
   */
  instanceOperationTimeBuckets?: number[];
  /**
   * Histogram borders for creation time.
   *
   * GitLab's key: `instance_creation_time_buckets`.
   */
  instanceCreationTimeBuckets?: number[];
  /**
   * Histogram borders for time until running.
   *
   * GitLab's key: `instance_is_running_time_buckets`.
   */
  instanceIsRunningTimeBuckets?: number[];
  /**
   * Histogram borders for removal time.
   *
   * GitLab's key: `instance_deletion_time_buckets`.
   */
  instanceDeletionTimeBuckets?: number[];
  /**
   * Histogram borders for time until ready.
   *
   * GitLab's key: `instance_readiness_time_buckets`.
   */
  instanceReadinessTimeBuckets?: number[];
  /**
   * Histogram borders for lifetime.
   *
   * GitLab's key: `instance_life_duration_buckets`.
   */
  instanceLifeDurationBuckets?: number[];
}

/** [runners.autoscaler.connector_config]. See https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersautoscalerconnector_config-section */
export interface ConnectorConfig {
  /**
   * Operating system of the instance.
   *
   * GitLab's key: `os`.
   */
  os?: string;
  /**
   * Processor architecture of the instance.
   *
   * GitLab's key: `arch`.
   */
  arch?: string;
  /**
   * Login protocol.
   *
   * GitLab's key: `protocol`.
   */
  protocol?: "ssh" | "winrm" | "winrm+https";
  /**
   * Port of the protocol.
   *
   * GitLab's key: `protocol_port`.
   * @default 22, 5985 or 5986
   */
  protocolPort?: Integer;
  /**
   * Login name.
   *
   * GitLab's key: `username`.
   */
  username?: string;
  /**
   * Login password.
   *
   * GitLab's key: `password`.
   * A secret.
   */
  password?: string;
  /**
   * Private key file; the key is named key_path.
   *
   * GitLab's key: `key_path`.
   */
  keyPath?: string;
  /**
   * Stops automatic credentials.
   *
   * GitLab's key: `use_static_credentials`.
   * @default false
   */
  useStaticCredentials?: boolean;
  /**
   * Keep-alive period.
   *
   * GitLab's key: `keepalive`.
   */
  keepalive?: Duration;
  /**
   * Connection timeout.
   *
   * GitLab's key: `timeout`.
   */
  timeout?: Duration;
  /**
   * Connects to the outer address.
   *
   * GitLab's key: `use_external_addr`.
   * @default false
   */
  useExternalAddr?: boolean;
}

export interface AutoscalerScaleThrottle {
  /**
   * New instances per second; -1 removes the limit.
   *
   * GitLab's key: `limit`.
   * Since GitLab Runner 17.0.
   * @default 0 (acts as 100)
   */
  limit?: Integer;
  /**
   * New instances in one burst.
   *
   * GitLab's key: `burst`.
   * Since GitLab Runner 17.0.
   * @default max_instances or limit
   */
  burst?: Integer;
}

export interface VMIsolation {
  /**
   * Runs each job in a nested machine.
   *
   * GitLab's key: `enabled`.
   * @default false
   */
  enabled?: boolean;
  /**
   * Address of the nesting daemon.
   *
   * GitLab's key: `nesting_host`.
   */
  nestingHost?: string;
  /**
   * Free-form settings for the nesting daemon.
   *
   * GitLab's key: `nesting_config`.
   * Its items often hold secrets.
   */
  nestingConfig?: Record<string, unknown>;
  /**
   * Default nested machine image.
   *
   * GitLab's key: `image`.
   */
  image?: string;
  /**
   * How the runner logs in to nested machines.
   *
   * GitLab's key: `connector_config`.
   */
  connectorConfig?: ConnectorConfig;
}

export interface AutoscalerStateStorage {
  /**
   * Keeps instance state on disk.
   *
   * GitLab's key: `enabled`.
   * Since GitLab Runner 17.5.
   * @default false
   */
  enabled?: boolean;
  /**
   * Folder of the state.
   *
   * GitLab's key: `dir`.
   * Since GitLab Runner 17.5.
   * @default .taskscaler beside config.toml
   */
  dir?: string;
  /**
   * Keeps instances that had running jobs.
   *
   * GitLab's key: `keep_instance_with_acquisitions`.
   * Since GitLab Runner 17.5.
   * @default false
   */
  keepInstanceWithAcquisitions?: boolean;
}

export interface MachineConfig {
  /**
   * Removal of idle machines while the process stops.
   *
   * GitLab's key: `shutdown_drain`.
   * Since GitLab Runner 18.10.
   */
  shutdownDrain?: DockerMachineShutdownDrain;
}

export interface DockerMachineShutdownDrain {
  /**
   * Switches the removal of idle machines at shutdown on.
   *
   * GitLab's key: `enabled`.
   * Since GitLab Runner 18.10.
   * @default false
   */
  enabled?: boolean;
  /**
   * Machines removed at the same time during the drain.
   *
   * GitLab's key: `concurrency`.
   * Since GitLab Runner 18.10.
   * @default 3
   */
  concurrency?: Integer;
  /**
   * Attempts per machine before the drain gives up on it.
   *
   * GitLab's key: `max_retries`.
   * Since GitLab Runner 18.10.
   * @default 3
   */
  maxRetries?: Integer;
  /**
   * Base pause between drain attempts.
   *
   * GitLab's key: `retry_backoff`.
   * Since GitLab Runner 18.10.
   * @default 5s
   */
  retryBackoff?: Duration;
}

export interface Experimental {
  /**
   * Record of job usage written by the process.
   *
   * GitLab's key: `usage_logger`.
   */
  usageLogger?: UsageLogger;
}

export interface UsageLogger {
  /**
   * Switches usage records on.
   *
   * GitLab's key: `enabled`.
   * @default false
   */
  enabled?: boolean;
  /**
   * Which writers receive usage records.
   *
   * GitLab's key: `writers`.
   * @default ["logrotate"]
   */
  writers?: ("logrotate" | "snowplow_billing")[];
  /**
   * Settings of the rotating file writer.
   *
   * GitLab's key: `logrotate`.
   */
  logrotate?: LogrotateConfig;
  /**
   * Settings of the Snowplow billing writer.
   *
   * GitLab's key: `snowplow_billing`.
   */
  snowplowBilling?: SnowplowConfig;
  /**
   * Old place of the log folder.
   *
   * GitLab's key: `log_dir`.
   * @deprecated use experimental.usage_logger.logrotate.log_dir
   */
  logDir?: string;
  /**
   * Old place of the number of kept files.
   *
   * GitLab's key: `max_backup_files`.
   * @deprecated use experimental.usage_logger.logrotate.max_backup_files
   */
  maxBackupFiles?: Integer;
  /**
   * Old place of the rotation age.
   *
   * GitLab's key: `max_rotation_age`.
   * @deprecated use experimental.usage_logger.logrotate.max_rotation_age
   */
  maxRotationAge?: Duration;
  /**
   * Old place of the record labels.
   *
   * GitLab's key: `labels`.
   * @deprecated use experimental.usage_logger.logrotate.labels
   */
  labels?: Record<string, string>;
}

export interface LogrotateConfig {
  /**
   * Folder of the usage log files.
   *
   * GitLab's key: `log_dir`.
   */
  logDir?: string;
  /**
   * How many rotated files are kept.
   *
   * GitLab's key: `max_backup_files`.
   */
  maxBackupFiles?: Integer;
  /**
   * Age at which a usage file is rotated.
   *
   * GitLab's key: `max_rotation_age`.
   */
  maxRotationAge?: Duration;
  /**
   * Extra labels put in each usage record.
   *
   * GitLab's key: `labels`.
   */
  labels?: Record<string, string>;
}

export interface SnowplowConfig {
  /**
   * Address of the Snowplow collector.
   *
   * GitLab's key: `collector_uri`.
   */
  collectorUri?: string;
  /**
   * Application name sent with each event.
   *
   * GitLab's key: `app_id`.
   */
  appId?: string;
  /**
   * Billing category sent with each event.
   *
   * GitLab's key: `category`.
   */
  category?: string;
  /**
   * Which kind of offering the instance belongs to.
   *
   * GitLab's key: `realm`.
   */
  realm?: "SaaS" | "Dedicated" | "SM";
  /**
   * How the instance is deployed.
   *
   * GitLab's key: `deployment_type`.
   */
  deploymentType?: "dedicated" | ".com" | "self-managed";
  /**
   * Extra pairs added to each billing event.
   *
   * GitLab's key: `metadata`.
   */
  metadata?: Record<string, string>;
  /**
   * Sends an OIDC token with each delivery.
   *
   * GitLab's key: `enable_oidc`.
   */
  enableOidc?: boolean;
  /**
   * Histogram borders, in seconds, for delivery time.
   *
   * GitLab's key: `batch_delivery_duration_buckets`.
   */
  batchDeliveryDurationBuckets?: number[];
  /**
   * Sends without a token instead of failing when the cloud is neither AWS nor GCP.
   *
   * GitLab's key: `skip_oidc_if_unsupported_cloud`.
   */
  skipOidcIfUnsupportedCloud?: boolean;
  /**
   * Leaves jobs that failed through the runner itself out of billing events.
   *
   * GitLab's key: `skip_runner_system_failure`.
   * @default true
   */
  skipRunnerSystemFailure?: boolean;
}
