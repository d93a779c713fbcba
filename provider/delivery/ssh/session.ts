import { randomBytes } from "node:crypto";
import type { ClientChannel } from "ssh2";
import type { SshTarget } from "../target.js";
import { type Connection, startProgram, timeoutOf } from "./connection.js";
import { findSecret } from "./login.js";
import { quote, startCommand, writeProgram } from "./program.js";
import { isUnopened, NoCommandsError, NoSessionError, SshError } from "./sshError.js";

/** What a command of the program answered. */
export interface Answer {
  isOk: boolean;
  /** The lines that it said. */
  said: string[];
  /** Everything else that was printed: the words of the system's own tools. */
  words: string;
}

/** What goes along with a command. */
export interface CommandOptions {
  /** What it reads from its input. */
  payload?: Buffer;
  /** Milliseconds beyond the usual time. */
  patience?: number;
}

/** What is waited for: the answer and what follows it, as soon as it is whole. */
type Find = (output: string) => { answer: string; rest: string } | undefined;

interface Pending {
  find: Find;
  settle(answer: string): void;
  fail(error: Error): void;
}

interface Opening {
  nonce: string;
  sudoPassword: string | undefined;
  hasEnded: () => boolean;
}

/** One run of the program on a host: commands one after the other. When it ends, the host tidies up by itself. */
export class Session {
  readonly #nonce: string;
  readonly #sudoPassword: string | undefined;
  /** Whether the way to the host is gone, and not only the program. */
  readonly #hasEnded: () => boolean;
  readonly #closed: Promise<void>;
  #output = "";
  #pending: Pending | undefined;
  #end: Error | undefined;
  #isOpen = false;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly target: SshTarget,
    private readonly channel: ClientChannel,
    { nonce, sudoPassword, hasEnded }: Opening,
  ) {
    this.#nonce = nonce;
    this.#sudoPassword = sudoPassword;
    this.#hasEnded = hasEnded;
    this.#closed = new Promise((resolve) => channel.once("close", () => resolve()));
    channel.on("data", (bytes: Buffer) => this.#hear(bytes.toString("latin1")));
    channel.stderr.on("data", (bytes: Buffer) => this.#hear(bytes.toString("latin1")));
    channel.on("error", () => {});
    // Later, since a connection that is cut closes its channels before it says so itself.
    channel.on("close", () => setImmediate(() => this.#fail(this.#explainEnd())));
  }

  static async open(target: SshTarget, { client, hasEnded }: Connection): Promise<Session> {
    const nonce = randomBytes(12).toString("hex");
    const sudoPassword = findSudoPassword(target);
    const root = !target.sudo ? "none" : sudoPassword === undefined ? "free" : "password";
    const program = Buffer.from(writeProgram(nonce));
    const command = startCommand({ programBytes: program.length, root, nonce });
    const channel = await startProgram(client, command).catch((error: Error) => {
      if (isUnopened(error)) throw new NoSessionError(target, error.message);
      throw new NoCommandsError(target, `starts no program (${error.message})`, "Look at the log of its sshd");
    });
    const session = new Session(target, channel, { nonce, sudoPassword, hasEnded });
    if (sudoPassword !== undefined) await session.#becomeRoot(sudoPassword);
    await session.#await(findLine(`${nonce} ready`), { payload: program });
    session.#isOpen = true;
    return session;
  }

  /** sudo asks only where its rules want it: what it did not ask for would be read by the shell behind it. */
  async #becomeRoot(password: string): Promise<void> {
    const next = findEither(`${this.#nonce} password`, `\n${this.#nonce} begun\n`);
    if ((await this.#await(next, {})) === "begun") return;
    const payload = Buffer.from(`${password}\n`);
    if ((await this.#await(next, { payload })) === "begun") return;
    const advice = "Look at target.ssh.sudoPassword or sudoPasswordEnv: it is the password of that user there";
    this.#fail(new SshError(this.target, "gives no root by sudo: it does not take the password", advice));
    this.channel.close();
    throw this.#end;
  }

  /** Does one command of the program. */
  run(command: string, args: readonly string[] = [], { payload, patience }: CommandOptions = {}): Promise<Answer> {
    const line = Buffer.from(`${[command, ...args.map(quote)].join(" ")}\n`);
    const input = payload ? Buffer.concat([line, payload]) : line;
    const act = () => this.#await(findLine(this.#nonce), { payload: input, patience });
    const turn = this.#last.then(act, act);
    this.#last = turn.catch(() => {});
    return turn.then((answer) => this.#readAnswer(answer));
  }

  /** Ends it, and waits until the host has tidied up. */
  async close(): Promise<void> {
    if (this.#end) return;
    this.channel.end();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, timeoutOf(this.target));
    });
    await Promise.race([this.#closed, late]);
    clearTimeout(timer);
  }

  /** Sends the payload and waits for what is to be found. */
  #await(find: Find, { payload, patience = 0 }: CommandOptions): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end);
      const limit = timeoutOf(this.target) + patience;
      const timer = setTimeout(() => this.#giveUp(limit), limit);
      const settle = (answer: string) => {
        clearTimeout(timer);
        resolve(answer);
      };
      const fail = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      this.#pending = { find, settle, fail };
      if (payload) this.channel.write(payload);
      this.#hear("");
    });
  }

  #giveUp(limit: number): void {
    const advice = "Whether it did the last step is not known; each file is whole. Look at the host, and run again";
    this.#fail(new SshError(this.target, `did not answer for ${limit / 1000} s`, advice));
    this.channel.close();
  }

  #hear(text: string): void {
    this.#output += text;
    const pending = this.#pending;
    const found = pending?.find(this.#output);
    if (!pending || !found) return;
    this.#output = found.rest;
    this.#pending = undefined;
    pending.settle(found.answer);
  }

  #fail(error: Error): void {
    this.#end ??= error;
    this.#pending?.fail(this.#end);
    this.#pending = undefined;
  }

  #explainEnd(): Error {
    if (!this.#isOpen && this.#hasEnded()) {
      return new SshError(this.target, "was cut off before anything was done", "Look at the network, and run again");
    }
    if (this.#isOpen) {
      const advice = "Whether it did the last step is not known; each file is whole, the old one or the new. Run again";
      return new SshError(this.target, "was cut off", advice);
    }
    const words = this.#tidy(this.#output);
    const said = words === "" ? "" : `: ${words}`;
    if (this.target.sudo) return new SshError(this.target, `gives no root by sudo${said}`, this.#adviseSudo());
    const advice = `Give ${this.target.user} a login shell that runs commands; sh and the POSIX tools are needed`;
    return new NoCommandsError(this.target, `runs no commands${said}`, advice);
  }

  #adviseSudo(): string {
    const { user } = this.target;
    if (this.#sudoPassword !== undefined)
      return `Let ${user} run sh by sudo there, without a terminal, and see that target.ssh.sudoPassword is right`;
    return `Let ${user} run sh by sudo without a password there (NOPASSWD), give target.ssh.sudoPasswordEnv or sudoPassword, or leave target.ssh.sudo out`;
  }

  #readAnswer(text: string): Answer {
    const lines = text.split("\n");
    const last = lines.pop() ?? "";
    const said = lines.filter((line) => line.startsWith("=")).map((line) => fromLatin(line.slice(1)));
    const words = this.#tidy(lines.filter((line) => !line.startsWith("=")).join("\n"));
    return { isOk: last.endsWith(" 0"), said, words };
  }

  /** The system's words in one line; what `dd` counts is none of them. */
  #tidy(text: string): string {
    const lines = this.#hide(fromLatin(text))
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !/^\d+(\+\d+)? (records|bytes)/.test(line));
    return shorten(lines.join("; "));
  }

  /** A shell that got the password in place of sudo would name it as a command that it does not know. */
  #hide(text: string): string {
    return this.#sudoPassword === undefined ? text : text.replaceAll(this.#sudoPassword, "[secret]");
  }
}

const SUDO = {
  problem: "gives no root by sudo",
  advice: "Set it to the password that sudo asks for there",
};

function findSudoPassword(target: SshTarget): string | undefined {
  if (!target.sudo) return undefined;
  return findSecret(target, { given: target.sudoPassword, variable: target.sudoPasswordEnv, purpose: SUDO });
}

const LONGEST_WORDS = 300;

/** The start and the end: the reason stands behind a path, which may be long. */
function shorten(words: string): string {
  const half = LONGEST_WORDS / 2;
  return words.length <= LONGEST_WORDS ? words : `${words.slice(0, half)}…${words.slice(-half)}`;
}

/** What is printed up to the line that begins with the marker, and the rest of that line. */
function findLine(marker: string): Find {
  return (output) => {
    const start = output.indexOf(`\n${marker}`);
    const end = start < 0 ? -1 : output.indexOf("\n", start + 1);
    return end < 0 ? undefined : { answer: output.slice(0, end), rest: output.slice(end + 1) };
  };
}

/** Which of the two comes: a question without an end of line, or word that there is none. */
function findEither(question: string, begun: string): Find {
  return (output) => {
    const [asked, start] = [output.indexOf(question), output.indexOf(begun)];
    if (start >= 0) return { answer: "begun", rest: output.slice(start + begun.length - 1) };
    return asked < 0 ? undefined : { answer: "asked", rest: output.slice(asked + question.length) };
  };
}

/** Bytes arrive in pieces, so they are one character each until a line is whole. */
function fromLatin(text: string): string {
  return Buffer.from(text, "latin1").toString("utf8");
}
