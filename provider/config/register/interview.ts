import { getAt, type Path, setAt } from "../../path.js";
import type { Table } from "../value.js";
import { CommandFailure } from "./failure.js";
import { placeOf } from "./flags.js";

/** A value that `register` asks for, unless it runs without questions. */
export interface Question {
  /** The flag that answers it beforehand. */
  flag: string;
  /** What it is, as in "register needs the …". */
  what: string;
  optional?: true;
}

/** How questions are answered. */
export interface Answers {
  nonInteractive: boolean;
  /** What stands on standard input, an answer a line; undefined where nobody answers: each question keeps its value. */
  typed?: string;
}

// The characters that Go's strings.TrimSpace takes for blanks.
const BLANKS = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const OUTER_BLANKS = new RegExp(`^${BLANKS}|${BLANKS}$`, "g");

export function trimBlanks(text: string): string {
  return text.replace(OUTER_BLANKS, "");
}

/** Asks as `register` does: a flag's present value stands where the answer is empty. */
export class Interview {
  readonly #lines: string[];
  /** The places whose value was typed. */
  readonly typed: Path[] = [];

  constructor(
    public values: Table,
    readonly answers: Answers,
  ) {
    const lines = (answers.typed ?? "").split("\n");
    if (lines.at(-1) === "") lines.pop();
    this.#lines = lines;
  }

  /** The answer, trimmed; not stored. */
  ask(question: Question): string {
    const present = trimBlanks((getAt(this.values, placeOf(question.flag)) ?? "") as string);
    const { nonInteractive, typed } = this.answers;
    if (!nonInteractive && typed !== undefined) return this.#askUntilAnswered(question, present);
    if (present === "" && !question.optional) throw this.#refuse(question);
    return present;
  }

  /** Asks, and puts the answer where the flag would. */
  fill(question: Question): void {
    this.set(placeOf(question.flag), this.ask(question));
  }

  set(place: Path, value: Table[string] | undefined): void {
    this.values = setAt(this.values, place, value) as Table;
  }

  #askUntilAnswered(question: Question, present: string): string {
    for (;;) {
      const line = this.#lines.shift();
      if (line === undefined) {
        const message = `standard input ended where register asks for the ${question.what}: answer it, or give --${question.flag} (and --non-interactive, where nothing is to be asked)`;
        throw new CommandFailure(message);
      }
      const answer = trimBlanks(line);
      if (answer !== "") this.typed.push(placeOf(question.flag));
      if (answer !== "" || question.optional || present !== "") return answer || present;
    }
  }

  #refuse({ flag, what }: Question): CommandFailure {
    const way = this.answers.nonInteractive ? "" : ", or its answer on standard input";
    return new CommandFailure(`register needs the ${what}: give --${flag}${way}`);
  }
}
