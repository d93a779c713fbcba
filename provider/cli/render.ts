import { existsSync, readFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { parseArgs } from "node:util";
import { type Environment, UsageError } from "../config/register/commandLine.js";
import { defaultConfigPath } from "../config/register/defaultConfigPath.js";
import { CommandFailure } from "../config/register/failure.js";
import { planRegister, type Registered, register } from "../config/register/register.js";
import type { GitLabAnswer } from "../config/register/runnerStep.js";
import { parseTime } from "../config/value.js";
import { describeProblem, GitLabRunnerError, InvalidInputError, type Problem } from "../errors.js";
import type { Command } from "./command.js";

const OPTIONS = {
  config: { type: "string" },
  "runner-id": { type: "string" },
  "issued-token": { type: "string" },
  "token-obtained-at": { type: "string" },
  "token-expires-at": { type: "string" },
  hostname: { type: "string" },
  explain: { type: "boolean" },
} as const;

export const render: Command = {
  usage: "render [options] -- [register] WORDS…",
  about: [
    'Prints the config.toml that "gitlab-runner register WORDS…" would leave; asks no GitLab, writes no file.',
    "Environment variables, --template-config and answers on standard input count as they do there.",
    "Warnings go to standard error. Exit code: 0, or 1 where registering would fail.",
  ],
  options: [
    ["--config FILE", "the existing config.toml; default: the one that --config or CONFIG_FILE gives to register"],
    ["--runner-id N", "GitLab's number of the runner (needed, but for a token of the old kind)"],
    ["--issued-token T", "the token that GitLab gives for a registration token"],
    ["--token-obtained-at T", "when the token was obtained; default: now"],
    ["--token-expires-at T", "when the token expires; default: never"],
    ["--hostname H", "the host's name, which names the runner; default: this host's"],
    ["--explain", "tells on standard error for each key which layer gave its value"],
  ],
  run: async (words) => {
    const { text, notes } = renderWords(words, { environment: process.env, readAnswers: readStandardInput });
    process.stdout.write(text);
    process.stderr.write(notes);
    return 0;
  },
};

/** What of its process the command depends on. */
export interface RenderWorld {
  environment: Environment;
  /** Reads the answers to questions; undefined where nobody answers. Called only where `register` asks. */
  readAnswers: () => string | undefined;
}

/** The new config.toml, and what there is to say about it. */
export function renderWords(words: readonly string[], world: RenderWorld): { text: string; notes: string } {
  const { options, rest } = readWords(words);
  const { result, configFile } = renderFile(options, rest, world);
  const note = configFile === undefined ? noteDefaultFile() : "";
  return { text: result.text, notes: note + describeResult(result, options.explain ?? false) };
}

/** Without a name the machine's own file is not read: what is printed is the same everywhere. */
function noteDefaultFile(): string {
  const user = { isRoot: process.getuid?.() === 0, home: homedir(), folder: process.cwd() };
  const file = defaultConfigPath(process.platform, user);
  if (!existsSync(file)) return "";
  return `note: register would add to ${file}, which is there; render shows a new file unless --config names it\n`;
}

type Options = ReturnType<typeof readWords>["options"];

/** Our own options, and behind `--` the words for `register`. */
function readWords(words: readonly string[]) {
  const end = words.indexOf("--");
  const own = end < 0 ? [...words] : words.slice(0, end);
  const { values, positionals } = parseArgs({ args: own, options: OPTIONS, allowPositionals: true });
  if (end < 0 || positionals.length > 0) {
    throw new GitLabRunnerError('render: the words for "gitlab-runner register" come behind "--"; see --help');
  }
  return { options: values, rest: words.slice(end + 1) };
}

function renderFile(options: Options, words: readonly string[], { environment, readAnswers }: RenderWorld) {
  const answer = readAnswer(options);
  try {
    const plan = planRegister(words, environment);
    const configFile = options.config ?? plan.configFile;
    const result = register({
      words,
      environment,
      answer,
      template: readIfThere("--template-config", plan.templateFile),
      existing: readIfThere("--config", configFile),
      typed: plan.isInteractive ? readAnswers() : undefined,
      hostname: options.hostname ?? hostname(),
      now: new Date(),
      platform: process.platform,
    });
    return { result, configFile };
  } catch (error) {
    throw explainFailure(error);
  }
}

/** What the options say of GitLab's answer; the number is checked where it is needed. */
function readAnswer(options: Options): GitLabAnswer | undefined {
  const { "runner-id": id, "issued-token": token } = options;
  const times = {
    tokenObtainedAt: options["token-obtained-at"] || undefined,
    tokenExpiresAt: options["token-expires-at"] || undefined,
  };
  const problems: Problem[] = [];
  if (id !== undefined && !/^\d{1,18}$/.test(id)) {
    problems.push({ path: "--runner-id", message: "must be GitLab's number of the runner" });
  }
  for (const [name, time] of [
    ["obtained", times.tokenObtainedAt],
    ["expires", times.tokenExpiresAt],
  ] as const) {
    if (time === undefined || parseTime(time)) continue;
    problems.push({ path: `--token-${name}-at`, message: "must be a time such as 2026-01-31T12:00:00Z" });
  }
  if (problems.length > 0) throw new InvalidInputError(problems);
  return id === undefined ? undefined : { id: BigInt(id), token, ...times };
}

/** A file that is not there is no error: `register` makes a new one, or says that there is no template. */
function readIfThere(option: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    const why = code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "it is not valid UTF-8" : code;
    throw new GitLabRunnerError(`${option}: ${JSON.stringify(file)} cannot be read: ${why}`);
  }
}

/** Answers come from a pipe or a file; at a terminal nobody would see what is asked. */
function readStandardInput(): string | undefined {
  if (process.stdin.isTTY) return undefined;
  try {
    return readFileSync(0, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EOF") return "";
    throw error;
  }
}

/** Where only GitLab could go on, the options that stand for its answer are named. */
function explainFailure(error: unknown): unknown {
  if (error instanceof UsageError)
    return new GitLabRunnerError(`gitlab-runner register would refuse this: ${error.message}`);
  if (!(error instanceof CommandFailure)) return error;
  const missing = MISSING_ANSWERS[error.needs ?? ""];
  if (missing) return new GitLabRunnerError(missing);
  return new GitLabRunnerError(`gitlab-runner register would fail: ${error.message}`);
}

const MISSING_ANSWERS: Readonly<Record<string, string>> = {
  runner: "--runner-id: give GitLab's number of the runner, which only GitLab's answer would tell",
  token: "--issued-token: give the token that GitLab would give for the registration token",
};

function describeResult({ warnings, explain }: Registered, isExplained: boolean): string {
  const lines = warnings.map((warning) => `warning: ${describeProblem(warning)}`);
  const explanation = isExplained ? explain() : [];
  const width = Math.max(...explanation.map(({ path }) => path.length));
  lines.push(...explanation.map(({ path, origin }) => `${path.padEnd(width)}  ${origin}`));
  return lines.map((line) => `${line}\n`).join("");
}
