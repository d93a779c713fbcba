import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { parseDocument } from "../config/document.js";
import { describeEntry } from "../config/file.js";
import { lintText, type PlacedFinding } from "../config/lint/lint.js";
import { keepExtras, loadTable } from "../config/load.js";
import { Comments, readComments } from "../config/program/comments.js";
import { type ImportedEntry, type ImportedFile, writeProgram } from "../config/program/importProgram.js";
import { splitStrayWords } from "../config/program/strayWords.js";
import { type StoredSecret, Vault } from "../config/program/vault.js";
import type { Table } from "../config/value.js";
import { GitLabRunnerError } from "../errors.js";
import type { Command } from "./command.js";
import { askForRunners, listGitLabs } from "./gitlabs.js";
import { keepSecrets, say, writeNew } from "./importOutput.js";
import { makeVisible } from "./visible.js";

export const importConfig: Command = {
  usage: "import-config [--output FILE] [--cwd FOLDER] [--stack NAME] [--gitlab ADDRESS=VARIABLE]… FILE",
  about: [
    "Prints a program that takes over a config.toml as it is; changes neither the file nor GitLab.",
    "A runner that GitLab tells of (GITLAB_BASE_URL and GITLAB_TOKEN, or --gitlab) becomes a Runner that adopts it; of",
    "others the program uses the credentials. Tokens and all other secrets go into the config of the stack.",
    "Exit code: 0 printed, 1 could not read the file, could not set the config, or lint finds errors in the file.",
  ],
  options: [
    ["--output FILE", "where the program goes, instead of standard output; a file that is there is not overwritten"],
    ["--path PATH", "where the program finds the file; default: FILE, as an absolute path"],
    ["--gitlab ADDRESS=VARIABLE", "a further GitLab, and the environment variable with its token; may be repeated"],
    ["--cwd FOLDER", "the folder of the Pulumi project; default: this one"],
    ["--stack NAME", "the stack; default: the selected one"],
    ["--no-config", "sets no config: only tells which keys the program reads"],
  ],
  run: async (words) => {
    const { values, positionals } = parseArgs({ args: words, options: OPTIONS, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new GitLabRunnerError("import-config needs one FILE");
    const { program, secrets } = await planImport(file, values);
    await keepSecrets(secrets, { ...values, cwd: values.cwd ?? process.cwd() });
    if (values.output === undefined) process.stdout.write(program);
    else await writeNew(values.output, program);
    return 0;
  },
};

const OPTIONS = {
  output: { type: "string" },
  path: { type: "string" },
  gitlab: { type: "string", multiple: true, default: [] as string[] },
  cwd: { type: "string" },
  stack: { type: "string" },
  "no-config": { type: "boolean", default: false },
} as const;

interface ImportOptions {
  path?: string;
  gitlab: string[];
}

/** A program, and the secrets that it reads from stack config. */
export interface ImportPlan {
  program: string;
  secrets: readonly StoredSecret[];
}

/** What taking over a file comes to. GitLab is asked, and nothing is changed anywhere. */
export async function planImport(file: string, options: ImportOptions): Promise<ImportPlan> {
  const vault = new Vault();
  const imported = await readFileToImport(file, vault, options);
  return { program: writeProgram(imported, vault), secrets: vault.secrets };
}

async function readFileToImport(file: string, vault: Vault, options: ImportOptions): Promise<ImportedFile> {
  const text = await readText(file);
  refuseErrors(file, text);
  const document = parseDocument(text);
  const { table, extras } = loadTable("GlobalConfiguration", document.table);
  const { runners = [], ...globals } = table;
  // Unknown keys of the global section are not ours to declare: they stay in the file as they are.
  keepExtras(extras.filter(({ table: owner }) => owner !== table));
  const entries = await describeEntries(runners as Table[], options.gitlab);
  const strangers = (runners as Table[]).filter(({ id }) => !id);
  const path = options.path ?? resolve(file);
  const { kept, stray } = splitStrayWords("GlobalConfiguration", globals);
  for (const key of Object.keys(stray)) {
    say(
      `${key} holds a word that its argument does not know, so it stays in the file as it is, and out of the program`,
    );
  }
  const imported = { path, globals: kept, entries };
  // The first pass finds the secrets, so that the second knows where comments and texts repeat one.
  writeProgram({ ...imported, comments: new Comments() }, vault);
  const isSecret = (comment: string) => vault.isSecret(comment);
  const remarks = strangers.map((entry) => remarkOn(entry, isSecret));
  return { ...imported, comments: readComments(document, isSecret), remarks };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new GitLabRunnerError(`${file} cannot be read: ${reason}`);
  }
}

/** What a ConfigToml refuses beside that which GitLab Runner does: its types have no place for it. */
const OBSTACLES = new Set(["missing-url", "missing-token", "missing-executor", "invalid-url", "runner-twice"]);

/** A place in a list of tables below an entry: a template fills lists as a whole only. */
const IN_LIST = /^runners\[\d+\].*\[\d+\]\./i;

/** Unknown keys are no obstacle: they become raw text. */
function refuseErrors(file: string, text: string): void {
  const isObstacle = ({ severity, rule, path }: PlacedFinding) =>
    severity === "fatal" ||
    OBSTACLES.has(rule) ||
    (rule === "password-in-url" && /\.url$/i.test(path)) ||
    (rule === "unknown-word" && IN_LIST.test(path));
  const errors = lintText(text).filter(isObstacle);
  if (errors.length === 0) return;
  const lines = errors.map(({ line, column, path, message }) => `  ${file}:${line}:${column}: ${path} ${message}`);
  throw new GitLabRunnerError(`${file} cannot be taken over before this is right:\n${lines.join("\n")}`);
}

/** The program is what stays: who reads it must find there which runners of the file it does not speak of, and how it could. */
function remarkOn(entry: Table, isSecret: (text: string) => boolean): string {
  const told = makeVisible(describeEntry(entry));
  const name = isSecret(told) || told.includes(String(entry.token)) ? "an entry" : `entry ${told}`;
  return `Not in this program: ${name}, which has no id. Write "id = …", GitLab's number of the runner, into the file and import it again.`;
}

async function describeEntries(entries: readonly Table[], gitlabs: readonly string[]): Promise<ImportedEntry[]> {
  const numbered = entries.flatMap((entry, place) => (entry.id ? [{ entry, place }] : []));
  for (const entry of entries.filter(({ id }) => !id)) {
    say(
      `entry ${describeEntry(entry)} has no id, so it stays in the file as it is, and out of the program: ` +
        'to take it over, write "id = …", GitLab\'s number of the runner, into the file and import it again',
    );
  }
  const answers = await askForRunners(
    numbered.map(({ entry }) => entry),
    listGitLabs(gitlabs),
  );
  return numbered.map(({ entry, place }) => {
    const answer = answers.get(entry);
    if (!answer || !("reason" in answer)) return { entry, place, ...answer };
    say(`entry ${describeEntry(entry)} keeps its credentials, and its runner stays out of the stack: ${answer.reason}`);
    return { entry, place };
  });
}
