import { readFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { parseArgs } from "node:util";
import { normalizeAddress } from "../address.js";
import { Comments } from "../config/program/comments.js";
import { type ImportedEntry, type NamedGitLab, writeProgram } from "../config/program/importProgram.js";
import { type StoredSecret, Vault } from "../config/program/vault.js";
import { type Environment, readCommandLine, UsageError } from "../config/register/commandLine.js";
import { defaultConfigPath } from "../config/register/defaultConfigPath.js";
import { CommandFailure } from "../config/register/failure.js";
import { type OwnSettings, REGISTER_FLAGS, readOwnSettings, startingValues } from "../config/register/flags.js";
import { planRegister, register } from "../config/register/register.js";
import type { Table } from "../config/value.js";
import { describeProblem, GitLabRunnerError } from "../errors.js";
import type { Command } from "./command.js";
import { keepSecrets, say, writeNew } from "./importOutput.js";

const OPTIONS = {
  output: { type: "string" },
  path: { type: "string" },
  hostname: { type: "string" },
  "token-env": { type: "string", default: "GITLAB_TOKEN" },
  cwd: { type: "string" },
  stack: { type: "string" },
  "no-config": { type: "boolean", default: false },
} as const;

export const importCommand: Command = {
  usage: "import-command [options] -- gitlab-runner register WORDS…",
  about: [
    "Prints the program that does what a gitlab-runner register command would; asks no GitLab, writes no config.toml.",
    "Tokens and all other secrets go into the config of the stack, as with import-config.",
    "Exit code: 0 printed, 1 where registering would fail or the config could not be set.",
  ],
  options: [
    ["--output FILE", "where the program goes, instead of standard output; a file that is there is not overwritten"],
    ["--path PATH", "where the config.toml goes; default: what the command names, else gitlab-runner's own place"],
    ["--hostname H", "the host's name, which names a runner without --name; default: this host's"],
    ["--token-env VARIABLE", "the environment variable with a token for GitLab's API; default: GITLAB_TOKEN"],
    ["--cwd FOLDER", "the folder of the Pulumi project; default: this one"],
    ["--stack NAME", "the stack; default: the selected one"],
    ["--no-config", "sets no config: only tells which keys the program reads"],
  ],
  run: async (words) => {
    const { values, command } = readWords(words);
    const { program, secrets, warnings } = planCommand(command, { ...values, environment: process.env });
    for (const warning of warnings) say(`warning: ${warning}`);
    await keepSecrets(secrets, { ...values, cwd: values.cwd ?? process.cwd() });
    if (values.output === undefined) process.stdout.write(program);
    else await writeNew(values.output, program);
    return 0;
  },
};

function readWords(words: readonly string[]) {
  const end = words.indexOf("--");
  const own = end < 0 ? [...words] : words.slice(0, end);
  const { values, positionals } = parseArgs({ args: own, options: OPTIONS, allowPositionals: true });
  if (end < 0 || positionals.length > 0) {
    throw new GitLabRunnerError('import-command: the command comes behind "--"; see --help');
  }
  return { values, command: words.slice(end + 1) };
}

interface CommandOptions {
  environment: Environment;
  path?: string;
  hostname?: string;
  "token-env": string;
}

/** A program for a command, the secrets that it reads, and where the command may surprise. */
export interface CommandPlan {
  program: string;
  secrets: readonly StoredSecret[];
  warnings: string[];
}

/** The program that does what a `gitlab-runner register` command would. */
export function planCommand(command: readonly string[], options: CommandOptions): CommandPlan {
  const words = command.slice(command.findIndex((word) => !/(^|[\\/])(sudo|gitlab-runner(\.exe)?)$/.test(word)));
  const { environment, hostname: host = hostname() } = options;
  const plan = explainFailures(() => planRegister(words, environment));
  const { configuration, warnings } = explainFailures(() =>
    register({
      words,
      environment,
      template: readTemplate(plan.templateFile),
      // The id is GitLab's to tell, and the token of a new runner too: the program takes both from its Runner.
      answer: { id: 1, token: "unknown" },
      hostname: host,
      now: new Date(0),
      platform: process.platform,
    }),
  );
  const own = readOwn(words, { environment, host });
  const imported = describeEntry((configuration.runners as Table[])[0] as Table, own, options);
  const vault = new Vault();
  const path = options.path ?? (plan.configFile || findDefaultPath());
  const file = { path, globals: {}, entries: [imported], comments: new Comments() };
  writeProgram(file, vault);
  return { program: writeProgram(file, vault), secrets: vault.secrets, warnings: warnings.map(describeProblem) };
}

function explainFailures<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof CommandFailure) && !(error instanceof UsageError)) throw error;
    throw new GitLabRunnerError(`gitlab-runner register would fail: ${error.message}`, { cause: error });
  }
}

function readTemplate(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function findDefaultPath(): string {
  return defaultConfigPath(process.platform, {
    isRoot: process.getuid?.() === 0,
    home: homedir(),
    folder: process.cwd(),
  });
}

function readOwn(
  words: readonly string[],
  { environment, host }: { environment: Environment; host: string },
): OwnSettings {
  const rest = words[0] === "register" ? words.slice(1) : words;
  return readOwnSettings(
    readCommandLine(REGISTER_FLAGS, { words: rest, environment, values: startingValues(host) }).values,
  );
}

/** The entry without what GitLab answers, and the Runner that comes to it in the same way as the command. */
function describeEntry(entry: Table, own: OwnSettings, options: CommandOptions): ImportedEntry {
  const { id, token_obtained_at, token_expires_at, ...settings } = entry;
  const isNew = own.registrationToken !== "" && entry.token === "unknown";
  const token = isNew ? own.registrationToken : entry.token;
  return {
    entry: { ...settings, token } as Table,
    place: 0,
    source: isNew ? "registrationToken" : "authenticationToken",
    runner: isNew ? describeRunner(entry, own) : {},
    gitlab: nameGitLab(String(entry.url), options),
  };
}

/** What the command says of the runner itself, without what is the default of registering. */
function describeRunner(entry: Table, own: OwnSettings): Record<string, unknown> {
  const tagList = own.tagList.split(",").flatMap((tag) => tag.trim() || []);
  return {
    description: entry.name,
    ...(own.maintenanceNote !== "" && { maintenanceNote: own.maintenanceNote }),
    ...(own.paused && { paused: true }),
    locked: own.locked,
    ...(own.accessLevel !== "" && { accessLevel: own.accessLevel }),
    ...(tagList.length > 0 && { runUntagged: own.runUntagged, tagList }),
    ...(own.maximumTimeout > 0n && { maximumTimeout: Number(own.maximumTimeout) }),
  };
}

/** The GitLab of the environment needs no name in the program. */
function nameGitLab(url: string, { environment, "token-env": tokenEnv }: CommandOptions): NamedGitLab | undefined {
  const address = normalizeAddress(url);
  if (typeof address !== "string") throw new GitLabRunnerError(`--url: ${address.problem}`);
  const known = normalizeAddress(environment.GITLAB_BASE_URL ?? "");
  return known === address ? undefined : { address, tokenEnv };
}
