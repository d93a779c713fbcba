import { DeliveryError } from "./host.js";

/** What the machine itself does with a file before it takes its place, and after that. */
export interface Trial {
  /** Its own `gitlab-runner lint` must find the new file valid. */
  check?: "gitlab-runner";
  /** A command line for the machine's shell; when it fails, the last good file comes back. */
  hook?: string;
  /** Makes what a command printed fit to be shown; `text` is the file's. */
  scrub(words: string, text: string): string;
}

export const NO_TRIAL: Trial = { scrub: (words) => words };

/** How a command ended. */
export interface CommandResult {
  /** Undefined when it was ended after its time. */
  exitCode: number | undefined;
  words: string;
}

/** Thrown when the machine's own gitlab-runner refuses a file, or the hook fails; the last good file is there. */
export class TrialError extends DeliveryError {
  constructor(
    path: string,
    { what, advice }: { what: string; advice: string },
    readonly result: CommandResult,
  ) {
    super(path, `${what} (${describeEnd(result)})`, advice);
  }
}

/** Where something was tried, and on which text. */
export interface TrialPlace {
  path: string;
  where: string;
  text: string;
  trial: Trial;
}

/** What is read of it: a last line that may have been cut could hold half a secret, which nobody would find. */
export function dropCutLine(words: string, limit: number): string {
  return Buffer.byteLength(words) < limit ? words : words.replace(/[^\n]*$/, "");
}

const NOT_FOUND = 127;

export function explainCheck({ path, where, text, trial }: TrialPlace, result: CommandResult): TrialError {
  const shown = { ...result, words: shorten(trial.scrub(tidyWords(result.words), text)) };
  const what = `${where} was left as it is: target.check refuses the new file`.trimStart();
  return new TrialError(path, { what, advice: adviseCheck(result) }, shown);
}

function adviseCheck({ exitCode, words }: CommandResult): string {
  const choice = "or leave target.check out";
  if (exitCode === NOT_FOUND) return `There is no gitlab-runner on the PATH there: install it, ${choice}`;
  if (exitCode === undefined) return `Look at gitlab-runner there, ${choice}`;
  if (/\blint\b.*not found|no help topic/i.test(words))
    return `That gitlab-runner has no "lint", which came with 19.4: update it, ${choice}`;
  return `Mend what it names, ${choice}`;
}

/** What is there after a hook failed: the last file, none as before, or what somebody else has put there meanwhile. */
export type Outcome = "back" | "gone" | "other";

const OUTCOMES: Record<Outcome, string> = {
  back: "is again as it was before",
  gone: "was removed again",
  other: "was changed by somebody else meanwhile, and left so",
};

export function explainHook(
  { path, where, text, trial }: TrialPlace,
  { result, outcome }: { result: CommandResult; outcome: Outcome },
): TrialError {
  const shown = { ...result, words: shorten(trial.scrub(tidyWords(result.words), text)) };
  const what = `${where} ${OUTCOMES[outcome]}: target.hook failed after the file was in place`.trimStart();
  return new TrialError(path, { what, advice: "Mend the hook, or what it complains of, and run again" }, shown);
}

/** A hook that failed; how the file is then shows only afterwards. */
export class CommandFailure extends Error {
  constructor(
    private readonly place: TrialPlace,
    private readonly result: CommandResult,
  ) {
    super("target.hook failed");
  }

  explain(outcome: Outcome): TrialError {
    return explainHook(this.place, { result: this.result, outcome });
  }
}

function describeEnd({ exitCode, words }: CommandResult): string {
  const end = exitCode === undefined ? "it did not end in time" : `exit code ${exitCode}`;
  return words === "" ? end : `${end}: ${words}`;
}

const LONGEST_WORDS = 1_000;
// Colours and the like.
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, "g");

/** What was printed, in one line. */
function tidyWords(words: string): string {
  const lines = words
    .replace(ESCAPES, "")
    .replace(/[^\P{Cc}\n]/gu, " ")
    .split("\n");
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("; ");
}

/** Cut only after it was made fit to be shown: half a secret would not be found. */
function shorten(words: string): string {
  return words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words;
}
