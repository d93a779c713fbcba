import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { InvalidInputError, type Problem } from "../../errors.js";
import { FORMATS } from "./formats.js";
import { type Ignore, parseIgnore } from "./ignore.js";

/** A report to write; without a file it goes to standard output. */
export interface Output {
  format: string;
  file?: string;
}

export interface DriftOptions {
  stack?: string;
  cwd: string;
  outputs: Output[];
  ignores: Ignore[];
}

const OPTIONS = {
  stack: { type: "string" },
  cwd: { type: "string" },
  format: { type: "string", multiple: true },
  output: { type: "string", multiple: true },
  ignore: { type: "string", multiple: true },
} as const;

/** @throws InvalidInputError with all that is wrong, before anything is read */
export function readOptions(words: string[]): DriftOptions {
  const { values, tokens } = parseArgs({ args: words, options: OPTIONS, tokens: true });
  const given = tokens.flatMap((token) =>
    token.kind === "option" && token.value !== undefined ? [{ name: token.name, value: token.value }] : [],
  );
  const { outputs, problems } = pairOutputs(given);
  const patterns = (values.ignore ?? []).map(parseIgnore);
  const ignores = patterns.filter((one): one is Ignore => "matches" in one);
  const faults = patterns.filter((one): one is Problem => "message" in one);
  const cwd = values.cwd ?? process.cwd();
  const all = [...checkFolder(cwd), ...problems, ...checkOutputs(outputs), ...faults];
  if (all.length > 0) throw new InvalidInputError(all);
  return { stack: values.stack, cwd, outputs: withText(outputs), ignores };
}

function checkFolder(cwd: string): Problem[] {
  return isFolder(cwd) ? [] : [{ path: "--cwd", message: "is no folder" }];
}

/** Each `--output` belongs to the `--format` before it. */
function pairOutputs(given: readonly { name: string; value: string }[]): { outputs: Output[]; problems: Problem[] } {
  const outputs: Output[] = [];
  const problems: Problem[] = [];
  for (const { name, value } of given) {
    const last = outputs.at(-1);
    if (name === "format") outputs.push({ format: value });
    if (name !== "output") continue;
    if (last && last.file === undefined) last.file = value;
    else
      problems.push({
        path: "--output",
        message: "has no --format of its own before it: write --format FORMAT --output FILE",
      });
  }
  return { outputs, problems };
}

function checkOutputs(outputs: readonly Output[]): Problem[] {
  const files = outputs.flatMap(({ file }) => (file === undefined ? [] : [resolve(file)]));
  const onScreen = outputs.filter(({ file }) => file === undefined).length;
  const problems: Problem[] = [];
  if (outputs.some(({ format }) => !Object.hasOwn(FORMATS, format))) {
    problems.push({ path: "--format", message: `choose one of ${Object.keys(FORMATS).join(", ")}` });
  }
  if (onScreen > 1) {
    problems.push({ path: "--format", message: "only one can go to standard output: give the others an --output" });
  }
  if (new Set(files).size < files.length)
    problems.push({ path: "--output", message: "two reports have the same file" });
  const faults = new Set(files.flatMap((file) => findFault(file) ?? []));
  return [...problems, ...[...faults].map((message) => ({ path: "--output", message }))];
}

function findFault(file: string): string | undefined {
  if (isFolder(file)) return "is a folder: name a file";
  return isFolder(dirname(file)) ? undefined : "lies in a folder that is not there: make it first";
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Reports in files are for others: whoever looks at the job's log reads text. */
function withText(outputs: Output[]): Output[] {
  return outputs.every(({ file }) => file !== undefined) ? [...outputs, { format: "text" }] : outputs;
}
