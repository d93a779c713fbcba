import assert from "node:assert/strict";
import { CommandFailure } from "../../../provider/config/register/failure.js";
import { type Registered, type RegisterInput, register } from "../../../provider/config/register/register.js";
import type { Table } from "../../../provider/config/value.js";
import { describeProblem } from "../../../provider/errors.js";

const NOW = new Date("2026-01-02T03:04:05.678Z");

/** A command line that registers a runner for the shell executor. */
export const SHELL = [
  "--url",
  "https://gitlab.example.com",
  "--token",
  "glrt-fake",
  "--name",
  "r",
  "--executor",
  "shell",
];

/** The same for another executor, with what it asks for. */
export function wordsFor(executor: string): string[] {
  const needed: Record<string, string[]> = {
    docker: ["--docker-image", "alpine"],
    "docker-windows": ["--docker-image", "alpine"],
    "docker-autoscaler": ["--docker-image", "alpine"],
    "docker+machine": ["--docker-image", "alpine"],
    ssh: ["--ssh-host", "h", "--ssh-user", "u"],
    parallels: ["--parallels-base-name", "vm", "--ssh-host", "h"],
    virtualbox: ["--virtualbox-base-name", "vm", "--ssh-user", "u"],
  };
  return [...SHELL.slice(0, -1), executor, ...(needed[executor] ?? [])];
}

type Rest = Partial<Omit<RegisterInput, "words">>;

/** Registers without questions, as runner 7 on a host named "host". */
export function run(words: readonly string[], rest: Rest = {}): Registered {
  const silent = rest.typed === undefined ? { REGISTER_NON_INTERACTIVE: "true" } : {};
  return register({
    words,
    answer: { id: 7, token: "fake-issued" },
    hostname: "host",
    now: NOW,
    platform: "linux",
    systemId: "s_0123456789ab",
    ...rest,
    environment: { ...silent, ...rest.environment },
  });
}

/** The new entry. */
export function entryOf(words: readonly string[], rest: Rest = {}): Table {
  return (run(words, rest).configuration.runners as Table[]).at(-1) ?? {};
}

export function warningsOf(words: readonly string[], rest: Rest = {}): string[] {
  return run(words, rest).warnings.map(describeProblem);
}

export function failureOf(words: readonly string[], rest: Rest = {}): CommandFailure {
  try {
    run(words, rest);
  } catch (error) {
    if (error instanceof CommandFailure) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: `did not fail: ${words.join(" ")}` });
}

/** A template of one entry with the given lines, named on the command line. */
export function withTemplate(words: readonly string[], lines: string): [string[], Rest] {
  return [[...words, "--template-config", "t.toml"], { template: `[[runners]]\n${lines}` }];
}
