import { GitLabRunnerError } from "../../errors.js";
import { getAt, type Path, setAt } from "../../path.js";
import type { Table, Value } from "../value.js";
import { BadFlagValue, type FlagKind, mapKeyOf, useFlag } from "./flagValue.js";

/** A flag and the place that it sets. */
export interface Flag extends FlagKind {
  /** All names without hyphens, in the order in which the Runner lists them. */
  names: readonly string[];
  env?: string;
  /** The place, from the root of the values on. */
  path: readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown where `gitlab-runner` would end with "Incorrect Usage", or with a variable that it cannot read. */
export class UsageError extends GitLabRunnerError {}

/** One use of a flag: which value it gave, and by what. */
export interface Use {
  flag: Flag;
  /** Where it went: in a map, the key too. */
  path: Path;
  /** `flag --limit` or `environment RUNNER_LIMIT`. */
  by: string;
}

/** What environment and words made of the values. */
export interface CommandLine {
  values: Table;
  uses: Use[];
  /** Words that are no flags: the Runner ignores them, and every flag behind them. */
  stray: string[];
}

/** Reads environment and words as the Runner's libraries do, quirks included. */
export function readCommandLine(
  flags: readonly Flag[],
  given: { words: readonly string[]; environment: Environment; values: Table },
): CommandLine {
  const reader = new Reader(flags, given.values);
  reader.readEnvironment(given.environment);
  const stray = reader.readWords(given.words);
  return { values: reader.values, uses: reader.uses, stray };
}

class Reader {
  readonly uses: Use[] = [];
  readonly #flags: readonly Flag[];
  readonly #byName: ReadonlyMap<string, Flag>;

  constructor(
    flags: readonly Flag[],
    public values: Table,
  ) {
    this.#flags = flags;
    this.#byName = new Map(flags.flatMap((flag) => flag.names.map((name) => [name, flag] as const)));
  }

  /** A list gets one item. */
  readEnvironment(environment: Environment): void {
    for (const flag of this.#flags) {
      const text = flag.env === undefined ? undefined : environment[flag.env];
      if (text !== undefined) this.#use(flag, text, `environment ${flag.env}`);
    }
  }

  /** The words that stay over. */
  readWords(words: readonly string[]): string[] {
    const queue = reorder(this.#byName, words);
    const forms = new Map<Flag, Set<string>>();
    while (queue.length > 0) {
      const word = queue[0] ?? "";
      if (word === "--") return queue.slice(1);
      if (!word.startsWith("-") || word === "-") break;
      const { flag, name } = this.#readFlag(queue);
      forms.set(flag, (forms.get(flag) ?? new Set()).add(name));
    }
    for (const [{ names }, used] of forms) refuseTwoForms(names, used);
    return queue;
  }

  /** Takes one flag from the front of the queue. */
  #readFlag(queue: string[]): { flag: Flag; name: string } {
    const word = queue.shift() ?? "";
    const body = word.replace(/^--?/, "");
    if (body === "" || body.startsWith("-") || body.startsWith("=")) {
      throw new UsageError("a word of hyphens only, or with three hyphens or an = at the front, is no flag");
    }
    const equals = body.indexOf("=", 1);
    const name = equals < 0 ? body : body.slice(0, equals);
    const flag = this.#byName.get(name);
    if (!flag) throw refuseName(name);
    const text = equals < 0 ? this.#takeValue(flag, name, queue) : body.slice(equals + 1);
    this.#use(flag, text, `flag ${spell(name)}`);
    return { flag, name };
  }

  /** A bool takes no word for its value; one behind a pointer does until it has a value. */
  #takeValue(flag: Flag, name: string, queue: string[]): string {
    const isSwitch = flag.kind === "bool" && (!flag.pointer || getAt(this.values, flag.path) !== undefined);
    const text = isSwitch ? "true" : queue.shift();
    if (text === undefined) throw new UsageError(`${spell(name)}: needs a value behind it`);
    return text;
  }

  #use(flag: Flag, text: string, by: string): void {
    const key = mapKeyOf(flag, text);
    try {
      const value = useFlag(flag, getAt(this.values, flag.path) as Value | undefined, text);
      this.values = setAt(this.values, flag.path, value) as Table;
    } catch (error) {
      if (!(error instanceof BadFlagValue)) throw error;
      throw new UsageError(`${by.replace(/^flag /, "")}: ${error.message}`);
    }
    this.uses.push({ flag, path: key === undefined ? flag.path : [...flag.path, key], by });
  }
}

function spell(name: string): string {
  return `${name.length > 1 ? "--" : "-"}${name}`;
}

function refuseName(name: string): UsageError {
  if (name === "h" || name === "help") return new UsageError("--help: shows the help and registers nothing");
  return new UsageError(`${spell(name)}: register has no such flag (flag provided but not defined: -${name})`);
}

/** A flag cannot be used by its long and its short name in one command. */
function refuseTwoForms(names: readonly string[], forms: ReadonlySet<string>): void {
  if (forms.size < 2) return;
  const [first, second] = names.filter((name) => forms.has(name));
  throw new UsageError(`--${second}: is the same flag as --${first}: use one of them`);
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

/** Three hyphens count here, and are refused later. */
function isKnownFlag(flags: ReadonlyMap<string, Flag>, word: string): boolean {
  if (word === "-" || word === "--" || !word.startsWith("-")) return false;
  const name = word.replace(/^(---|-?-)/, "").split("=")[0] ?? "";
  return flags.has(name) || name === "h" || name === "help";
}
