import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { GitLabRunnerError } from "../errors.js";
import { type PulumiTarget, runPulumi } from "./pulumi.js";

/** A secret for stack config. */
export interface ConfigSecret {
  key: string;
  value: string;
}

/**
 * Puts secrets into stack config, each by standard input: an argument could be read in the list of processes. A key that
 * holds something else already is somebody's, so nothing is set then.
 * @throws GitLabRunnerError that names the keys
 */
export async function setSecrets(secrets: readonly ConfigSecret[], target: PulumiTarget): Promise<void> {
  const present = await readConfig(target);
  const taken = secrets.filter(({ key, value }) => present.has(key) && present.get(key) !== value);
  if (taken.length > 0) {
    const keys = taken.map(({ key }) => key).join(", ");
    throw new GitLabRunnerError(
      `stack config holds other values under the keys ${keys}: remove them, or choose another stack. Nothing was set`,
    );
  }
  for (const { key, value } of secrets) {
    if (!present.has(key)) await setSecret(key, value, target);
  }
}

async function setSecret(key: string, value: string, target: PulumiTarget): Promise<void> {
  // Pulumi takes one line end off.
  const run = await runPulumi(["config", "set", "--secret", key], { ...target, input: `${value}\n` });
  if (run.code !== 0) throw new GitLabRunnerError(`${key} cannot be set in stack config: ${run.stderr.trim()}`);
}

/** The values of the project's own keys, secrets too; they do not leave this process. */
async function readConfig(target: PulumiTarget): Promise<Map<string, string | undefined>> {
  const run = await runPulumi(["config", "--show-secrets", "--json"], target);
  if (run.code !== 0) throw new GitLabRunnerError(`stack config cannot be read: ${run.stderr.trim()}`);
  const values = Object.entries(JSON.parse(run.stdout) as Record<string, { value?: string }>);
  const start = `${findProject(target.cwd) ?? ""}:`;
  const own = values.filter(([name]) => name.startsWith(start));
  return new Map(own.map(([name, { value }]) => [name.slice(start.length), value]));
}

/** The name of the Pulumi project of a folder, which a folder above it may hold; undefined where there is none. */
export function findProject(folder: string): string | undefined {
  const at = resolve(folder);
  const file = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(at, name)).find(existsSync);
  if (file) return /^name:\s*["']?([^"'\s#]+)/m.exec(readFileSync(file, "utf8"))?.[1];
  return dirname(at) === at ? undefined : findProject(dirname(at));
}
