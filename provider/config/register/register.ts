import type { Problem } from "../../errors.js";
import { encodeConfiguration } from "../encode.js";
import type { Table } from "../value.js";
import { type Environment, readCommandLine, type Use } from "./commandLine.js";
import { askExecutor, finishEntry, type Host } from "./executorStep.js";
import { explainEntry, type KeyOrigin } from "./explain.js";
import { CommandFailure } from "./failure.js";
import { type OwnSettings, REGISTER_FLAGS, readOwnSettings, startingValues } from "./flags.js";
import { Interview } from "./interview.js";
import { entriesOf, loadConfiguration } from "./loadFile.js";
import { type RunnerRequest, unregisterRequest } from "./requests.js";
import { askRunner, type GitLabAnswer } from "./runnerStep.js";
import { fillFromTemplate } from "./templateStep.js";
import { warnOfDroppedFlags, warnOfLimits, warnOfWords } from "./warnings.js";

/** All that `gitlab-runner register` depends on. */
export interface RegisterInput extends Host {
  /** The words behind `gitlab-runner`; a leading `register` is left out. */
  words: readonly string[];
  /** Environment variables that are set. */
  environment?: Environment;
  /** Text of the template file; undefined where there is no such file. */
  template?: string;
  /** Text of the config.toml that the runner is added to; undefined where there is none. */
  existing?: string;
  /** What stands on standard input, an answer a line; undefined where nobody answers. */
  typed?: string;
  /** What GitLab says to the one call that registering makes. */
  answer?: GitLabAnswer;
  hostname: string;
  now: Date;
  /** Content of `.runner_system_id`. */
  systemId?: string;
}

/** What `gitlab-runner register` leaves behind. */
export interface Registered {
  /** The whole new config.toml. */
  text: string;
  /** The same as data. */
  configuration: Table;
  /** Where the result may surprise; never a secret. */
  warnings: Problem[];
  /** For each key of the new entry which layer gave its value. */
  explain: () => KeyOrigin[];
  requests: RunnerRequest[];
}

/** What a command line asks for before anything is read. */
export interface RegisterPlan {
  configFile?: string;
  templateFile?: string;
  isInteractive: boolean;
}

function readInput({ words, environment = {}, hostname }: Pick<RegisterInput, "words" | "environment" | "hostname">) {
  const rest = words[0] === "register" ? words.slice(1) : words;
  return readCommandLine(REGISTER_FLAGS, { words: rest, environment, values: startingValues(hostname) });
}

/**
 * Which files a command line names, and whether it asks questions.
 * @throws UsageError where `register` could not read it
 */
export function planRegister(words: readonly string[], environment: Environment = {}): RegisterPlan {
  const own = readOwnSettings(readInput({ words, environment, hostname: "" }).values);
  const { configFile, templateFile, nonInteractive } = own;
  return {
    configFile: configFile || undefined,
    templateFile: templateFile || undefined,
    isInteractive: !nonInteractive,
  };
}

/**
 * What `gitlab-runner register` would write, as a pure function.
 * @throws UsageError where it could not read flags or environment
 * @throws CommandFailure where it would end without a file
 * @see https://docs.gitlab.com/runner/register/
 */
export function register(input: RegisterInput): Registered {
  const { environment = {}, now } = input;
  const { values, uses, stray } = readInput(input);
  const own = readOwnSettings(values);
  checkAccessLevel(own);
  const filled = fillFromTemplate(own.templateFile, input.template, { values, environment });
  const existing = loadConfiguration(input.existing, environment);
  const interview = new Interview({ ...values, entry: filled.entry }, { ...own, typed: input.typed });
  const call = { answer: input.answer, now, systemId: input.systemId ?? "", entries: entriesOf(existing) };
  const step = askRunner(interview, call);
  const { entry, executor } = finishOrTakeBack(interview, { ...input, ...step });
  const beforeExecutor = interview.values.entry as Table;
  const configuration = { ...existing, runners: [...entriesOf(existing), entry] };
  return {
    text: encodeConfiguration(configuration),
    configuration,
    warnings: [
      ...warnOfWords({ uses, stray, flags: REGISTER_FLAGS }),
      ...filled.warnings(executor),
      ...step.warnings,
      ...warnOfDroppedFlags(uses, executor),
      ...warnOfLimits(configuration, entry),
    ],
    explain: () =>
      explainEntry(entry, {
        uses: uses.filter(isOfEntry),
        template: filled.paths,
        typed: interview.typed,
        answered: step.answered,
        beforeExecutor,
      }),
    requests: step.requests,
  };
}

function isOfEntry({ flag }: Use): boolean {
  return flag.path[0] === "entry" || flag.names.includes("registration-token");
}

function checkAccessLevel({ accessLevel }: OwnSettings): void {
  if (["", "not_protected", "ref_protected"].includes(accessLevel)) return;
  throw new CommandFailure("--access-level: must be not_protected or ref_protected");
}

interface Finish extends Host {
  requests: RunnerRequest[];
  isMade: boolean;
  systemId?: string;
}

/** A runner that was made for an entry that cannot be finished is removed again, unless `--leave-runner` says no. */
function finishOrTakeBack(interview: Interview, { requests, isMade, systemId = "", ...host }: Finish) {
  try {
    const executor = askExecutor(interview);
    return { entry: finishEntry(interview, executor, host), executor };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    const { token } = interview.values.entry as Table;
    const isKept = !isMade || readOwnSettings(interview.values).leaveRunner;
    const undo = isKept ? [] : [unregisterRequest(token as string, systemId)];
    throw new CommandFailure(error.message, [...requests, ...undo]);
  }
}
