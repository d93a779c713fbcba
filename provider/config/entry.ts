import { addCacheVolume, dropSections, usesDocker } from "./executors.js";
import { mergeTemplate } from "./template.js";
import { type DateTime, NO_TIME, parseTime, type Table } from "./value.js";

/** What an entry needs to know of its runner; GitLab gave these. */
export interface RunnerCredentials {
  url: string;
  id: number;
  token: string;
  /** RFC 3339, UTC. */
  tokenObtainedAt?: string;
  tokenExpiresAt?: string;
  /** GitLab Runner rotates the token itself. */
  selfRotation?: boolean;
}

/** Written where a token expires, because Pulumi owns it: the Runner would put a token into the file that we do not know. */
export const NO_SELF_ROTATION = "FF_DISABLE_AUTOMATIC_TOKEN_ROTATION";

/**
 * One `[[runners]]` entry: the declared settings, filled from a template as `gitlab-runner register` would, with the
 * defaults that it sets for the executor. Declared settings stay as they are, even a section of another executor.
 */
export function buildEntry(name: string, settings: Table, template: Table, runner: RunnerCredentials): Table {
  const executor = (settings.executor || template.executor || "") as string;
  const { name: _, ...fillers } = dropSections(template, executor);
  const filled = mergeTemplate({ name, ...settings }, fillers);
  const complete = addExecutorDefaults(executor, filled, settings);
  return { ...addTokenOwner(complete, runner), ...describeRunner(runner) };
}

/** A declared list of volumes is exact; one from a template, or none, gets the cache volume that registering adds. */
function addExecutorDefaults(executor: string, entry: Table, declared: Table): Table {
  if (!usesDocker(executor)) return entry;
  const docker = (entry.docker ?? {}) as Table;
  const isDeclared = (declared.docker as Table | undefined)?.volumes !== undefined;
  const volumes = isDeclared ? (docker.volumes as string[]) : addCacheVolume(executor, docker);
  const complete = { ...entry, docker: volumes ? { ...docker, volumes } : docker };
  return executor === "docker-windows" && !entry.shell && declared.shell === undefined
    ? { ...complete, shell: "pwsh" }
    : complete;
}

function addTokenOwner(entry: Table, runner: RunnerCredentials): Table {
  if (!runner.tokenExpiresAt || runner.selfRotation) return entry;
  return { ...entry, feature_flags: { [NO_SELF_ROTATION]: true, ...(entry.feature_flags as Table | undefined) } };
}

function describeRunner({ url, id, token, tokenObtainedAt, tokenExpiresAt }: RunnerCredentials): Table {
  return {
    url,
    id: BigInt(id),
    token,
    token_obtained_at: toTime(tokenObtainedAt),
    token_expires_at: toTime(tokenExpiresAt),
  };
}

function toTime(text: string | undefined): DateTime {
  return (text && parseTime(text)) || NO_TIME;
}
