#!/usr/bin/env node
import { parseArgs } from "node:util";
import { GitLabRunnerError } from "../errors.js";
import { checkDrift } from "./drift.js";

const HELP = `pulumi-gitlab-runner: GitLab Runner fleets as Pulumi resources

Usage:
  pulumi-gitlab-runner drift [--stack NAME] [--cwd FOLDER]

  drift   Compares GitLab and every config.toml with what the last "pulumi up" applied; changes nothing.
          Runs "pulumi preview --refresh" in the Pulumi project of the folder (default: this one).
          Exit code: 0 clean, 2 drift, 1 could not tell.

  --stack NAME    the stack; default: the selected one
  --cwd FOLDER    the folder of the Pulumi project
  --help          this text
`;

const OPTIONS = {
  stack: { type: "string" },
  cwd: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command, ...rest] = positionals;
  if (values.help || command === undefined) {
    process.stdout.write(HELP);
    return values.help ? 0 : 1;
  }
  if (command !== "drift" || rest.length > 0) {
    process.stderr.write(`pulumi-gitlab-runner: unknown command "${positionals.join(" ")}"; see --help\n`);
    return 1;
  }
  return checkDrift({ stack: values.stack, cwd: values.cwd ?? process.cwd(), print: (line) => console.log(line) });
}

run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isExpected = error instanceof GitLabRunnerError || isUsageError(error);
    process.stderr.write(
      `pulumi-gitlab-runner: ${isExpected ? (error as Error).message : String((error as Error).stack)}\n`,
    );
    process.exitCode = 1;
  },
);

function isUsageError(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
