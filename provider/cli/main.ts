#!/usr/bin/env node
import { GitLabRunnerError } from "../errors.js";
import type { Command } from "./command.js";
import { drain } from "./drain.js";
import { drift } from "./drift.js";
import { driftIssue } from "./driftIssue.js";
import { importCommand } from "./importCommand.js";
import { importConfig } from "./importConfig.js";
import { lint } from "./lint.js";
import { previewFiles } from "./previewFiles.js";
import { render } from "./render.js";
import { strays } from "./strays.js";

const COMMANDS: Readonly<Record<string, Command>> = {
  drain,
  drift,
  "drift-issue": driftIssue,
  "import-command": importCommand,
  "import-config": importConfig,
  lint,
  "preview-files": previewFiles,
  render,
  strays,
};

function describeAll(): string {
  const usages = Object.values(COMMANDS).map(({ usage }) => `  pulumi-gitlab-runner ${usage}`);
  const commands = Object.entries(COMMANDS).map(([name, command]) => describeCommand(name, command));
  const head = "pulumi-gitlab-runner: GitLab Runner fleets as Pulumi resources";
  return `${[head, "", "Usage:", ...usages, "", ...commands].join("\n")}\n`;
}

function describeCommand(name: string, { about, options }: Command): string {
  const width = Math.max(...options.map(([option]) => option.length));
  const lines = options.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`);
  return [`${name}`, ...about.map((line) => `  ${line}`), ...lines, ""].join("\n");
}

async function run(): Promise<number> {
  const [name, ...words] = process.argv.slice(2);
  const isHelp = name === undefined || name === "--help" || name === "-h";
  const command = isHelp ? undefined : COMMANDS[name];
  if (isHelp) {
    process.stdout.write(describeAll());
    return name === undefined ? 1 : 0;
  }
  if (!command) {
    process.stderr.write(`pulumi-gitlab-runner: unknown command "${name}"; see --help\n`);
    return 1;
  }
  if (words[0] === "--help" || words[0] === "-h") {
    process.stdout.write(`Usage: pulumi-gitlab-runner ${command.usage}\n\n${describeCommand(name, command)}`);
    return 0;
  }
  return command.run(words);
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
