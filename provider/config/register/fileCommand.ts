import type { Kind } from "../schema/field.js";
import type { Table } from "../value.js";
import { type Environment, type Flag, readCommandLine } from "./commandLine.js";
import { CommandFailure } from "./failure.js";
import { loadConfiguration } from "./loadFile.js";
import type { RunnerRequest } from "./requests.js";

/** GitLab's reply to one request; a runner or a token where it has one. */
export interface RunnerReply {
  status: number;
  id?: number;
  token?: string;
  /** RFC 3339; left out where the token does not expire. */
  tokenExpiresAt?: string;
}

/** All that a command on a config.toml depends on. */
export interface FileCommandInput {
  /** The words behind the command's name. */
  words: readonly string[];
  environment?: Environment;
  /** Text of the config.toml; undefined where there is none. */
  existing?: string;
  /** GitLab's replies, in the order of the requests. */
  replies?: readonly RunnerReply[];
  /** Content of `.runner_system_id`. */
  systemId?: string;
  /** RFC 3339, to the nanosecond where it counts. */
  now?: string;
}

/** What a command did. */
export interface FileCommandResult {
  requests: RunnerRequest[];
  /** The whole new config.toml; undefined where the file stays as it is. */
  text?: string;
}

/** A flag of such a command: its names, and where its value lies by the last of them. */
export function flag(names: readonly string[], options: { env?: string; kind?: Kind } = {}): Flag {
  return { names, env: options.env, kind: options.kind ?? "string", path: [names.at(-1) ?? ""] };
}

export const CONFIG_FLAG = flag(["c", "config"], { env: "CONFIG_FILE" });

/** A command's flags as text and switches, and the file as the Runner holds it. */
export function startFileCommand(flags: readonly Flag[], { words, environment = {}, existing }: FileCommandInput) {
  const { values } = readCommandLine(flags, { words, environment, values: {} });
  const text = (name: string) => (values[name] ?? "") as string;
  const isOn = (name: string) => values[name] === true;
  return { values, text, isOn, configuration: loadConfiguration(existing, environment) };
}

/** Sends requests, as far as replies are there for them. */
export class Exchange {
  readonly requests: RunnerRequest[] = [];
  readonly #replies: RunnerReply[];

  constructor(replies: readonly RunnerReply[] = []) {
    this.#replies = [...replies];
  }

  send(request: RunnerRequest): RunnerReply {
    this.requests.push(request);
    const reply = this.#replies.shift();
    if (!reply) throw this.fail(`there is no reply to ${request.method} ${request.path}`);
    return reply;
  }

  fail(message: string): CommandFailure {
    return new CommandFailure(message, this.requests);
  }
}

/** Of an entry, a text that counts as empty where it is not set. */
export function textOf(entry: Table, key: string): string {
  return (entry[key] ?? "") as string;
}
