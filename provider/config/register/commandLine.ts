import type { Value } from "../value.js";
import { BadFlagValue, type FlagKind, useFlag } from "./flagValue.js";

/** A flag and the place that it sets. */
export interface Flag extends FlagKind {
  /** All names without hyphens, in the order in which the Runner lists them. */
  names: readonly string[];
  env?: string;
  get: () => Value | undefined;
  set: (value: Value) => void;
}

/** Thrown where `gitlab-runner` would end with "Incorrect Usage". */
export class UsageError extends Error {}

export type Environment = Record<string, string | undefined>;

/** Gives every flag its value from the environment; a list gets one item. */
export function applyEnvironment(flags: readonly Flag[], environment: Environment): Flag[] {
  const set = flags.filter(({ env }) => env !== undefined && environment[env] !== undefined);
  for (const flag of set) {
    const text = environment[flag.env ?? ""] ?? "";
    const name = flag.names.join(", ");
    use(flag, text, (why) => `could not parse ${text} as value for flag ${name}: ${why}`);
  }
  return set;
}

function use(flag: Flag, text: string, explain: (why: string) => string): void {
  try {
    flag.set(useFlag(flag, flag.get(), text));
  } catch (error) {
    if (error instanceof BadFlagValue) throw new UsageError(explain(error.message));
    throw error;
  }
}

/** What of a command line was used, and what had no effect. */
export interface ParsedWords {
  used: Flag[];
  /** Words that are no flags: the Runner ignores them, and every flag behind them. */
  stray: string[];
}

/** Reads a command line as the Runner's libraries do, quirks included. */
export function applyWords(flags: readonly Flag[], words: readonly string[]): ParsedWords {
  const byName = new Map(flags.flatMap((flag) => flag.names.map((name) => [name, flag] as const)));
  const queue = reorder(byName, words);
  const seen = new Map<Flag, Set<string>>();
  while (queue.length > 0) {
    const word = queue[0] ?? "";
    if (word === "--") {
      queue.shift();
      break;
    }
    if (!word.startsWith("-") || word === "-") break;
    const { flag, name } = readFlag(byName, queue);
    seen.set(flag, (seen.get(flag) ?? new Set()).add(name));
  }
  for (const [{ names }, forms] of seen) refuseTwoForms(names, forms);
  return { used: [...seen.keys()], stray: queue };
}

/** A flag cannot be used by its long and its short name in one command. */
function refuseTwoForms(names: readonly string[], forms: ReadonlySet<string>): void {
  if (forms.size < 2) return;
  const [first, second] = names.filter((name) => forms.has(name));
  throw new UsageError(`Cannot use two forms of the same flag: ${second} ${first}`);
}

/**
 * The command line library moves flags, each with the word behind it, before all other words. It takes that word for
 * the flag's value even where the flag needs none.
 */
function reorder(flags: ReadonlyMap<string, Flag>, words: readonly string[]): string[] {
  const front: string[] = [];
  const rest: string[] = [];
  let mayBeValue = false;
  for (const [index, word] of words.entries()) {
    const isFlag = isKnownFlag(flags, word);
    if (mayBeValue && !isFlag) {
      mayBeValue = false;
      front.push(word);
    } else if (word === "--") {
      return [...front, "--", ...rest, ...words.slice(index + 1)];
    } else if (isFlag) {
      front.push(word);
      mayBeValue = !word.includes("=");
    } else {
      rest.push(word);
    }
  }
  return [...front, ...rest];
}

function isKnownFlag(flags: ReadonlyMap<string, Flag>, word: string): boolean {
  if (word === "-" || word === "--" || !word.startsWith("-")) return false;
  const name = word.replace(/^--?/, "").split("=")[0] ?? "";
  return flags.has(name) || name === "h" || name === "help";
}

/** Takes one flag from the front of the queue. */
function readFlag(flags: ReadonlyMap<string, Flag>, queue: string[]): { flag: Flag; name: string } {
  const word = queue.shift() ?? "";
  const body = word.replace(/^--?/, "");
  if (body === "" || body.startsWith("-") || body.startsWith("=")) throw new UsageError(`bad flag syntax: ${word}`);
  const equals = body.indexOf("=", 1);
  const name = equals < 0 ? body : body.slice(0, equals);
  const flag = flags.get(name);
  if (!flag)
    throw new UsageError(
      name === "h" || name === "help" ? "flag: help requested" : `flag provided but not defined: -${name}`,
    );
  const given = equals < 0 ? undefined : body.slice(equals + 1);
  if (takesNoValue(flag)) {
    use(flag, given ?? "true", (why) => `invalid boolean value ${JSON.stringify(given)} for -${name}: ${why}`);
    return { flag, name };
  }
  const text = given ?? queue.shift();
  if (text === undefined) throw new UsageError(`flag needs an argument: -${name}`);
  use(flag, text, (why) => `invalid value ${JSON.stringify(text)} for flag -${name}: ${why}`);
  return { flag, name };
}

/** A bool behind a pointer needs a value until it has one. */
function takesNoValue(flag: Flag): boolean {
  return flag.kind === "bool" && (!flag.pointer || flag.get() !== undefined);
}
