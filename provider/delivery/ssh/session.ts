import { randomBytes } from "node:crypto";
import type { ClientChannel } from "ssh2";
import type { SshTarget } from "../target.js";
import { type Connection, startProgram, timeoutOf } from "./connection.js";
import { quote, startCommand, writeProgram } from "./program.js";
import { SshError } from "./sshError.js";

/** What a command of the program answered. */
export interface Answer {
  isOk: boolean;
  /** The lines that it said. */
  said: string[];
  /** Everything else that was printed: the words of the system's own tools. */
  words: string;
}

interface Pending {
  marker: string;
  settle(answer: string): void;
  fail(error: Error): void;
}

/** One run of the program on a host: commands one after the other. When it ends, the host tidies up by itself. */
export class Session {
  readonly #nonce: string;
  #output = "";
  #pending: Pending | undefined;
  #end: Error | undefined;
  /** Whether the program itself came to an end, and not only the way to it. */
  #hasExited = false;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly target: SshTarget,
    private readonly channel: ClientChannel,
    nonce: string,
  ) {
    this.#nonce = nonce;
    channel.on("data", (bytes: Buffer) => this.#hear(bytes.toString("latin1")));
    channel.stderr.on("data", (bytes: Buffer) => this.#hear(bytes.toString("latin1")));
    channel.on("error", () => {});
    channel.on("exit", () => {
      this.#hasExited = true;
    });
    channel.on("close", () => this.#fail(this.#explainEnd()));
  }

  static async open(target: SshTarget, { client }: Connection): Promise<Session> {
    const nonce = randomBytes(12).toString("hex");
    const program = Buffer.from(writeProgram(nonce));
    const channel = await startProgram(client, startCommand(program.length, target.sudo === true)).catch(
      (error: Error) => {
        throw new SshError(target, `starts no program (${error.message})`, "Look at the log of its sshd");
      },
    );
    const session = new Session(target, channel, nonce);
    await session.#await(`${nonce} ready`, program);
    return session;
  }

  /** Does one command of the program; `payload` is what it reads from its input. */
  run(command: string, args: readonly string[] = [], payload?: Buffer): Promise<Answer> {
    const line = Buffer.from(`${[command, ...args.map(quote)].join(" ")}\n`);
    const act = () => this.#await(this.#nonce, payload ? Buffer.concat([line, payload]) : line);
    const turn = this.#last.then(act, act);
    this.#last = turn.catch(() => {});
    return turn.then(readAnswer);
  }

  /** Ends it, and waits until the host has tidied up. */
  async close(): Promise<void> {
    if (this.#end) return;
    const closed = new Promise((resolve) => this.channel.once("close", resolve));
    this.channel.end();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, timeoutOf(this.target));
    });
    await Promise.race([closed, late]);
    clearTimeout(timer);
  }

  /** What is printed up to the line that begins with the marker, and the rest of that line. */
  #await(marker: string, input: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end);
      const limit = timeoutOf(this.target);
      const timer = setTimeout(() => this.#giveUp(limit), limit);
      const settle = (answer: string) => {
        clearTimeout(timer);
        resolve(answer);
      };
      const fail = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      this.#pending = { marker, settle, fail };
      this.channel.write(input);
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
    const start = pending ? this.#output.indexOf(`\n${pending.marker}`) : -1;
    const end = start < 0 ? -1 : this.#output.indexOf("\n", start + 1);
    if (!pending || end < 0) return;
    const answer = this.#output.slice(0, end);
    this.#output = this.#output.slice(end + 1);
    this.#pending = undefined;
    pending.settle(answer);
  }

  #fail(error: Error): void {
    this.#end ??= error;
    this.#pending?.fail(this.#end);
    this.#pending = undefined;
  }

  #explainEnd(): Error {
    const isReady = this.#pending?.marker !== `${this.#nonce} ready`;
    if (!isReady && !this.#hasExited) {
      return new SshError(this.target, "was cut off before anything was done", "Look at the network, and run again");
    }
    if (isReady) {
      const advice = "Whether it did the last step is not known; each file is whole, the old one or the new. Run again";
      return new SshError(this.target, "was cut off", advice);
    }
    const words = tidy(this.#output);
    const said = words === "" ? "" : `: ${words}`;
    if (this.target.sudo) {
      const advice = `Let ${this.target.user} run sh by sudo without a password there (NOPASSWD), or leave target.ssh.sudo out`;
      return new SshError(this.target, `gives no root by sudo${said}`, advice);
    }
    const advice = `Give ${this.target.user} a login shell that runs commands; sh and the POSIX tools are needed`;
    return new SshError(this.target, `runs no commands${said}`, advice);
  }
}

function readAnswer(text: string): Answer {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  const said = lines.filter((line) => line.startsWith("=")).map((line) => fromLatin(line.slice(1)));
  const words = tidy(lines.filter((line) => !line.startsWith("=")).join("\n"));
  return { isOk: last.endsWith(" 0"), said, words };
}

/** Bytes arrive in pieces, so they are one character each until a line is whole. */
function fromLatin(text: string): string {
  return Buffer.from(text, "latin1").toString("utf8");
}

/** The system's words in one line; what `dd` counts is none of them. */
function tidy(text: string): string {
  const lines = fromLatin(text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^\d+(\+\d+)? (records|bytes)/.test(line));
  return lines.join("; ").slice(0, 300);
}
