import { readFile } from "node:fs/promises";
import { isAbsolute, relative } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { type FileFinding, FORMATS } from "../config/lint/format.js";
import { lintText } from "../config/lint/lint.js";
import { GitLabRunnerError } from "../errors.js";
import type { Command } from "./command.js";

export const lint: Command = {
  usage: "lint [--format text|json|codequality] [--strict] FILE…",
  about: [
    "Looks for what is wrong in config.toml files, with line and column: what GitLab Runner refuses or ignores, and",
    'settings that are valid and do harm. "-" reads standard input. Shows no token.',
    "Each finding is fatal (GitLab Runner refuses the file), an error (it cannot use a setting), harmful (valid, and does",
    "harm or lacks something), or a warning (advice).",
    "Exit code: 0 nothing but warnings, 2 problems, 1 a file could not be read.",
  ],
  options: [
    ["--format FORMAT", "text (default), json, or codequality for GitLab's Code Quality report"],
    ["--strict", "warnings count as problems for the exit code"],
  ],
  run: async (words) => {
    const options = {
      format: { type: "string", default: "text" },
      strict: { type: "boolean", default: false },
    } as const;
    const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
    const format = FORMATS[values.format];
    if (!format) throw new GitLabRunnerError(`--format: choose one of ${Object.keys(FORMATS).join(", ")}`);
    if (positionals.length === 0) throw new GitLabRunnerError('lint needs a FILE, or "-" for standard input');
    const { findings, unreadable } = await lintFiles(positionals);
    process.stdout.write(format(findings));
    for (const line of unreadable) process.stderr.write(`pulumi-gitlab-runner: ${line}\n`);
    if (unreadable.length > 0) return 1;
    return findings.some(({ severity }) => severity !== "warning" || values.strict) ? 2 : 0;
  },
};

/** What cannot be read does not keep the other files from being looked at. */
async function lintFiles(files: readonly string[]): Promise<{ findings: FileFinding[]; unreadable: string[] }> {
  const findings: FileFinding[] = [];
  const unreadable: string[] = [];
  const now = new Date();
  for (const file of files) {
    const read = await readText(file);
    if ("problem" in read) unreadable.push(read.problem);
    else findings.push(...lintText(read.text, now).map((finding) => ({ ...finding, file: nameFile(file) })));
  }
  return { findings, unreadable };
}

async function readText(file: string): Promise<{ text: string } | { problem: string }> {
  try {
    return { text: file === "-" ? await readAll(process.stdin) : await readFile(file, "utf8") };
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return { problem: `${file} cannot be read: ${REASONS[reason] ?? reason}` };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "no permission",
  EISDIR: "it is a folder",
};

/** Code Quality wants paths from the project's folder on. */
function nameFile(file: string): string {
  if (file === "-") return "stdin";
  const inside = relative(process.cwd(), file);
  return isAbsolute(file) && inside !== "" && !inside.startsWith("..") ? inside : file.replace(/^\.\//, "");
}
