import { normalizeAddress } from "../address.js";
import type { NamedGitLab } from "../config/program/importProgram.js";
import type { Table } from "../config/value.js";
import { GitLabCallError, GitLabRunnerError, type Problem } from "../errors.js";
import type { Connection } from "../gitlab/call.js";
import { type GitLabClient, openClient } from "../gitlab/client.js";
import { getRunner, type RunnerReply } from "../gitlab/runners.js";
import { DEFAULTS, fromReply, isEqual } from "../lifecycle/runner/attributes.js";
import { findSettings, trySettings } from "../lifecycle/settings.js";

/** A GitLab that can be asked; `named` where a program must name it. */
export interface ReachableGitLab {
  connection: Connection;
  named?: NamedGitLab;
}

/**
 * The GitLabs that may be asked: that of the environment, and those of the command line, each `ADDRESS=VARIABLE`.
 * @throws GitLabRunnerError when one of these cannot be used
 */
export function listGitLabs(options: readonly string[]): Map<string, ReachableGitLab> {
  const { settings } = trySettings();
  const gitlabs = new Map<string, ReachableGitLab>();
  if (settings) {
    const { movedFrom: _, ...connection } = settings;
    gitlabs.set(connection.address, { connection });
  }
  for (const option of options) {
    const found = readOption(option);
    if (!gitlabs.has(found.connection.address)) gitlabs.set(found.connection.address, found);
  }
  return gitlabs;
}

/** Another GitLab, as `ADDRESS=VARIABLE`. @throws GitLabRunnerError when it cannot be used */
export function readOption(option: string): ReachableGitLab {
  const named = parseOption(option);
  if ("message" in named) throw new GitLabRunnerError(`${named.path}: ${named.message}`);
  const token = process.env[named.tokenEnv];
  if (!token) throw new GitLabRunnerError(`--gitlab: the variable ${named.tokenEnv} is not set; put the token into it`);
  return { connection: { address: named.address, token }, named };
}

/** The same, whether or not there is a token; or what is wrong with how it is written. */
export function parseOption(option: string): NamedGitLab | Problem {
  const [, written = "", tokenEnv = ""] = /^(.+)=([A-Za-z_]\w*)$/.exec(option) ?? [];
  const address = written === "" ? undefined : normalizeAddress(written);
  if (typeof address === "string") return { address, tokenEnv };
  const message =
    address === undefined
      ? "write ADDRESS=VARIABLE, the variable that holds its token"
      : `the address ${address.problem}`;
  return { path: "--gitlab", message };
}

/** The GitLab of an option `--gitlab`, else that of the environment. @throws GitLabRunnerError when it cannot be used */
export function connect(option: string | undefined): Promise<GitLabClient> {
  const connection = option === undefined ? ownConnection() : otherConnection(option);
  return openClient(connection, { environment: process.env, tell: (line) => process.stderr.write(`${line}\n`) });
}

function ownConnection(): Connection {
  const { movedFrom: _, ...connection } = findSettings();
  return connection;
}

/** The same GitLab may be meant, with another token: then whom to trust is known. */
function otherConnection(option: string): Connection {
  const { connection } = readOption(option);
  const { settings } = trySettings();
  return settings?.address === connection.address ? { ...connection, tls: settings.tls } : connection;
}

/** What GitLab tells of an entry's runner, as the arguments of a `Runner`; or why it does not. */
export type Answer = { runner: Record<string, unknown>; gitlab?: NamedGitLab } | { reason: string };

/** Asks each entry's GitLab for its runner; nothing is changed. */
export async function askForRunners(
  entries: readonly Table[],
  gitlabs: ReadonlyMap<string, ReachableGitLab>,
): Promise<Map<Table, Answer>> {
  const answers = new Map<Table, Answer>();
  for (const [address, gitlab] of gitlabs) {
    const own = entries.filter((entry) => normalizeAddress(String(entry.url)) === address);
    if (own.length === 0) continue;
    const client = await openClient(gitlab.connection, { environment: process.env, tell: say });
    for (const entry of own) answers.set(entry, await ask(client, entry, gitlab.named));
  }
  for (const entry of entries) {
    const reason = `no token for ${entry.url}: set GITLAB_BASE_URL and GITLAB_TOKEN, or give --gitlab ADDRESS=VARIABLE`;
    if (!answers.has(entry)) answers.set(entry, { reason });
  }
  return answers;
}

function say(line: string): void {
  process.stderr.write(`pulumi-gitlab-runner: ${line}\n`);
}

async function ask(client: GitLabClient, entry: Table, gitlab: NamedGitLab | undefined): Promise<Answer> {
  try {
    const reply = await getRunner(client, { id: String(entry.id), secrets: [String(entry.token)] });
    return { runner: toArguments(reply), ...(gitlab && { gitlab }) };
  } catch (error) {
    if (!(error instanceof GitLabCallError)) throw error;
    return { reason: error.message };
  }
}

/** Attributes that are GitLab's default need not be said. The owner is told where there is one only. */
function toArguments(reply: RunnerReply): Record<string, unknown> {
  const attributes = Object.entries(fromReply(reply)).filter(
    ([name, value]) => !isEqual(value, DEFAULTS[name as keyof typeof DEFAULTS]),
  );
  const [group, ...groups] = reply.groups ?? [];
  const [project, ...projects] = reply.projects ?? [];
  return {
    runnerType: reply.runner_type,
    ...(reply.runner_type === "group_type" && group && groups.length === 0 && { groupId: group.id }),
    ...(reply.runner_type === "project_type" && project && projects.length === 0 && { projectId: project.id }),
    ...Object.fromEntries(attributes),
  };
}
