import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { GitLabRunnerError, InvalidInputError, type Problem } from "../errors.js";
import type { MergeRequest } from "../gitlab/notes.js";
import type { Command } from "./command.js";
import { connect, parseOption } from "./gitlabs.js";
import { keepNote, readMergeRequest, type Told } from "./previewFiles/note.js";
import { renderPreview } from "./previewFiles/render.js";
import { previewSteps, type Step } from "./previewFiles/steps.js";
import { quote } from "./visible.js";

const OPTIONS = {
  stack: { type: "string" },
  cwd: { type: "string" },
  output: { type: "string" },
  note: { type: "string" },
  gitlab: { type: "string" },
} as const;

export const previewFiles: Command = {
  usage:
    "preview-files [--stack NAME] [--cwd FOLDER] [--output FILE] [--note PROJECT!NUMBER [--gitlab ADDRESS=VARIABLE]]",
  about: [
    'Prints what "pulumi up" would change in each config.toml, as a unified diff against what the last one applied, and which',
    'runners it would create, change or delete. Runs "pulumi preview"; changes nothing, but for the note.',
    "Secrets are not shown; [secret, version 2] counts up when one changes. What only the run itself tells, as the token",
    "of a new runner, is [known after up].",
    "Exit code: 0, or 1 where the preview failed or the note could not be written; the text is there all the same.",
  ],
  options: [
    ["--stack NAME", "the stack; default: the selected one"],
    ["--cwd FOLDER", "the folder of the Pulumi project"],
    ["--output FILE", "writes the text there, too"],
    ["--note PROJECT!NUMBER", "keeps one note with the text on this merge request: writes it, later updates it"],
    [
      "--gitlab ADDRESS=VARIABLE",
      "the GitLab of the merge request, and the variable that holds its token (api; Reporter);",
    ],
    ["", "where that is not set, no note is written, and a line says so. Default: GITLAB_BASE_URL, GITLAB_TOKEN"],
  ],
  run: async (words) => {
    const { values } = parseArgs({ args: words, options: OPTIONS });
    const place = readPlace(values);
    const list = await previewSteps({ stack: values.stack, cwd: values.cwd ?? process.cwd() });
    const text = await describeSteps(list.steps);
    process.stdout.write(text);
    if (values.output !== undefined) await save(values.output, text);
    if (place) process.stderr.write(`${await writeNote(place, { ...list, text })}\n`);
    return 0;
  },
};

/** Where the note goes. */
interface Place {
  request: MergeRequest;
  gitlab?: { option: string; variable: string };
}

/** @throws InvalidInputError with all that is wrong, before anything is run */
function readPlace({ note, gitlab: option }: { note?: string; gitlab?: string }): Place | undefined {
  const problems: Problem[] = [];
  const request = note === undefined ? undefined : readMergeRequest(note);
  if (note !== undefined && !request) {
    problems.push({
      path: "--note",
      message: "write FULL/PATH!NUMBER, the project and the number of its merge request",
    });
  }
  const named = option === undefined ? undefined : parseOption(option);
  if (named && "message" in named) problems.push(named);
  if (named && note === undefined) problems.push({ path: "--gitlab", message: "is for --note, which is not given" });
  if (problems.length > 0) throw new InvalidInputError(problems);
  if (!request || option === undefined || !named || "message" in named) return request && { request };
  return { request, gitlab: { option, variable: named.tokenEnv } };
}

async function writeNote({ request, gitlab }: Place, told: Told): Promise<string> {
  if (gitlab && !process.env[gitlab.variable]) {
    return `no note was written: the variable ${gitlab.variable} is not set; it would hold a token with the scope api`;
  }
  return keepNote(await connect(gitlab?.option), request, told);
}

async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : error;
    throw new GitLabRunnerError(`--output: the file cannot be written: ${reason}`);
  }
}

/** What the steps change, as a text. */
export async function describeSteps(steps: readonly Step[]): Promise<string> {
  if (steps.length === 0) return "nothing would change\n";
  const parts: string[] = [];
  for (const step of steps) parts.push(step.type === "ConfigToml" ? await describeFile(step) : describeOther(step));
  return parts.join("");
}

function describeOther({ op, type, name }: Step): string {
  return `${op} ${type} ${makeVisible(name)}\n`;
}

async function describeFile(step: Step): Promise<string> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import("diff");
  const [before, after] = [step.before, step.op === "delete" ? undefined : (step.after ?? step.before)];
  const names = [before, after].map((inputs) => (inputs === undefined ? "/dev/null" : nameFile(step, inputs)));
  const [old = "", fresh = ""] = [before, after].map((inputs) => makeLinesVisible(renderPreview(inputs)));
  const heading = describeOther(step);
  if (old === fresh) return `${heading}  the text of the file stays as it is\n`;
  const headers = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return (
    heading + createTwoFilesPatch(names[0] ?? "", names[1] ?? "", old, fresh, "applied", "after pulumi up", headers)
  );
}

function nameFile({ name }: Step, { path, target }: Record<string, unknown>): string {
  const { ssh } = (target ?? {}) as { ssh?: { host?: unknown } };
  const host = ssh?.host === undefined ? "" : `${String(ssh.host)}:`;
  const file = path === undefined ? "config.toml" : String(path);
  return makeVisible(path === undefined && target === undefined ? `content of ${name}` : `${host}${file}`);
}

/** A name is on one line, and obeyed by no terminal. */
function makeVisible(text: string): string {
  return quote(text)
    .slice(1, -1)
    .replace(/\\(["\\])/g, "$1");
}

function makeLinesVisible(text: string): string {
  return text.split("\n").map(makeVisible).join("\n");
}
