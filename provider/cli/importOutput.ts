import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { StoredSecret } from "../config/program/vault.js";
import { GitLabRunnerError } from "../errors.js";
import { findProject, setSecrets } from "./stackConfig.js";
import { makeVisible } from "./visible.js";

/** Names in a file may hold what a terminal would obey. */
export function say(line: string): void {
  process.stderr.write(`${makeVisible(line)}\n`);
}

interface Destination {
  cwd: string;
  stack?: string;
  "no-config": boolean;
}

/** Where there is no stack the program is printed all the same; then the user is told what it needs. */
export async function keepSecrets(
  secrets: readonly StoredSecret[],
  { cwd, stack, "no-config": isOff }: Destination,
): Promise<void> {
  if (secrets.length === 0) return;
  const keys = secrets.map(({ key }) => key);
  if (isOff || (stack === undefined && findProject(cwd) === undefined)) {
    const why = isOff ? "" : `${resolve(cwd)} is in no Pulumi project, so `;
    say(`${why}no config was set. The program reads ${keys.length} secrets; set each by`);
    for (const key of keys) say(`  pulumi config set --secret ${key}`);
    return;
  }
  await setSecrets(secrets, { cwd, stack });
  say(`${keys.length} secrets are in the config of the stack: ${keys.join(", ")}`);
}

/** A program that is there already may have been worked on. */
export async function writeNew(file: string, program: string): Promise<void> {
  try {
    await writeFile(file, program, { flag: "wx" });
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    throw new GitLabRunnerError(
      isThere ? `--output: ${file} is there already: remove it, or choose another name` : `--output: ${String(error)}`,
    );
  }
}
