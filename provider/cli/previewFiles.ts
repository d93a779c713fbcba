import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { GitLabRunnerError } from "../errors.js";
import type { Command } from "./command.js";
import { renderPreview } from "./previewFiles/render.js";
import { previewSteps, type Step } from "./previewFiles/steps.js";
import { quote } from "./visible.js";

export const previewFiles: Command = {
  usage: "preview-files [--stack NAME] [--cwd FOLDER] [--output FILE]",
  about: [
    'Prints what "pulumi up" would change in each config.toml, as a unified diff against what the last one applied, and which',
    'runners it would create, change or delete. Runs "pulumi preview"; changes nothing.',
    "Secrets are not shown; [secret, version 2] counts up when one changes. What only the run itself tells, as the token",
    "of a new runner, is [known after up].",
    "Exit code: 0, or 1 where the preview failed.",
  ],
  options: [
    ["--stack NAME", "the stack; default: the selected one"],
    ["--cwd FOLDER", "the folder of the Pulumi project"],
    ["--output FILE", "writes the text there, too"],
  ],
  run: async (words) => {
    const options = { stack: { type: "string" }, cwd: { type: "string" }, output: { type: "string" } } as const;
    const { values } = parseArgs({ args: words, options });
    const steps = await previewSteps({ stack: values.stack, cwd: values.cwd ?? process.cwd() });
    const text = await describeSteps(steps);
    process.stdout.write(text);
    if (values.output !== undefined) await save(values.output, text);
    return 0;
  },
};

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
