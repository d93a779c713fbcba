#!/usr/bin/env node
import { GitLabRunnerError } from "../errors.js";
import type { Command } from "./command.js";
import { makeLinesVisible } from "./visible.js";

/** Each is loaded when it is needed: most of the time of a short command would go into the others. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  drain: async () => (await import("./drain.js")).drain,
  drift: async () => (await import("./drift.js")).drift,
  "drift-issue": async () => (await import("./driftIssue.js")).driftIssue,
  "import-command": async () => (await import("./importCommand.js")).importCommand,
  "import-config": async () => (await import("./importConfig.js")).importConfig,
  lint: async () => (await import("./lint.js")).lint,
  "preview-files": async () => (await import("./previewFiles.js")).previewFiles,
  render: async () => (await import("./render.js")).render,
  strays: async () => (await import("./strays.js")).strays,
};

async function describeAll(): Promise<string> {
  const all = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, load]) => ({ name, command: await load() })),
  );
  const usages = all.map(({ command }) => `  pulumi-gitlab-runner ${command.usage}`);
  const commands = all.map(({ name, command }) => describeCommand(name, command));
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
  const command = isHelp ? undefined : await COMMANDS[name]?.();
  if (isHelp) {
    process.stdout.write(await describeAll());
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

// Until it is known: a command that waits for what never comes ends, and must not look like one that went well.
process.exitCode = 1;

run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const isExpected = error instanceof GitLabRunnerError || isUsageError(error);
    const words = isExpected ? (error as Error).message : String((error as Error).stack);
    process.stderr.write(`pulumi-gitlab-runner: ${makeLinesVisible(words)}\n`);
  },
);

function isUsageError(error: unknown): boolean {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
