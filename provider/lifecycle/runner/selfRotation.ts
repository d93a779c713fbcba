import { type ConfigFile, identify, identifyEntry, readConfigFile } from "../../config/file.js";
import { DateTime, type Table } from "../../config/value.js";
import type { Host } from "../../delivery/host.js";
import { nameTarget } from "../../delivery/target.js";
import { type Problem, TomlSyntaxError } from "../../errors.js";
import { formatPath, type Path } from "../../path.js";
import type { ConfigTomlInputs, EntryInputs, Rendered } from "../configToml/spec.js";
import { notify } from "../notice.js";

// GitLab Runner may rotate the token of an entry by itself (`selfRotation`). It writes the new one into its own file alone:
// so there can be one such file, and what it holds may be newer than what the program knows.

/** Of each runner that rotates its own token, the file that has it: of all ConfigTomls of this process. */
const files = new Map<string, string>();

/** That the entries whose runner rotates its own token have one file, and no other ConfigToml has them. */
export function claimSelfRotation({ path, target, runners }: Partial<ConfigTomlInputs>): Problem[] {
  return Object.entries(runners ?? {}).flatMap(([key, entry]) => {
    const runner = entry?.runner;
    if (runner?.selfRotation !== true || typeof runner.url !== "string" || typeof runner.id !== "number") return [];
    const isContent = path === undefined && target === undefined;
    const place = isContent ? undefined : `${path ?? "config.toml"}${nameTarget(target)}`;
    const problem = claim(identify(runner.url, runner.id), place);
    return problem ? [{ path: formatPath(["runners", key, "runner"]), message: problem }] : [];
  });
}

function claim(runner: string, path: string | undefined): string | undefined {
  if (path === undefined) {
    return "rotates its own token (selfRotation), which takes one file that GitLab Runner may write: set path, or leave the rotation to Pulumi";
  }
  const known = files.get(runner);
  if (known === undefined) files.set(runner, path);
  if (known === undefined || known === path) return undefined;
  return (
    `rotates its own token (selfRotation), and stands in ${known} too: the token of one file would be dead as soon as the ` +
    "other one rotates it. Keep it in one file, or leave the rotation to Pulumi"
  );
}

export function rotatesItself(entry: EntryInputs | undefined): boolean {
  return entry?.runner?.selfRotation === true;
}

/** What is to be written, with the tokens that GitLab Runner itself has put into the file since: never an older one over them. */
export async function keepNewerTokens(host: Host, inputs: ConfigTomlInputs, rendered: Rendered): Promise<Rendered> {
  const { path, runners } = inputs;
  const keys = Object.keys(runners).filter((key) => rotatesItself(runners[key]));
  const text = path === undefined || keys.length === 0 ? undefined : await host.read(path);
  const file = text === undefined ? undefined : tryToRead(text);
  if (!file) return rendered;
  const entries = new Map(rendered.entries);
  for (const key of keys) {
    const wanted = entries.get(key);
    const found = wanted && file.entries.find((entry) => identifyEntry(entry) === identifyEntry(wanted));
    if (!wanted || !found || found.token === wanted.token || !found.token) continue;
    notify(`ConfigToml ${path}${host.where}: ${formatPath(["runners", key])}: ${tell(found, wanted)}`);
    if (isNewer(found, wanted)) entries.set(key, { ...wanted, ...pickToken(found) });
  }
  return { ...rendered, entries };
}

/** A token in the file that we do not know, though GitLab Runner did not get it after ours. */
export interface LostToken {
  path: Path;
  /** Undefined where the file has none. */
  found?: string;
}

/**
 * Of the entries whose token GitLab Runner rotates, those whose token in the file is neither ours nor newer than ours. No
 * question is asked of GitLab: to verify a token is a write there.
 */
export function findLostTokens({ runners }: ConfigTomlInputs, entries: ReadonlyMap<string, Table>): LostToken[] {
  return Object.entries(runners).flatMap(([key, entry]) => {
    const found = rotatesItself(entry) ? entries.get(key) : undefined;
    if (!found || found.token === entry.runner.token.value) return [];
    const known = entry.runner.token.obtainedAt;
    const isRotated = found.token && timeOf(found) > new Date(known ?? 0);
    const token = typeof found.token === "string" ? found.token : undefined;
    return isRotated ? [] : [{ path: ["runners", key, "runner", "token"], found: token }];
  });
}

/** A file that cannot be read is for the delivery to refuse. */
function tryToRead(text: string): ConfigFile | undefined {
  try {
    return readConfigFile(text);
  } catch (error) {
    if (error instanceof TomlSyntaxError) return undefined;
    throw error;
  }
}

function tell(found: Table, wanted: Table): string {
  const [there, here] = [timeOf(found).toISOString(), timeOf(wanted).toISOString()];
  return isNewer(found, wanted)
    ? `the file's token is kept: GitLab Runner got it at ${there}, and the program's, of ${here}, is stale`
    : `the file's token, of ${there}, is stale, and is replaced by the program's, of ${here}`;
}

function isNewer(one: Table, other: Table): boolean {
  return timeOf(one) > timeOf(other);
}

function timeOf({ token_obtained_at: time }: Table): Date {
  return new Date(time instanceof DateTime ? time.text : 0);
}

function pickToken({ token, token_obtained_at, token_expires_at }: Table): Table {
  const found = Object.entries({ token, token_obtained_at, token_expires_at });
  return Object.fromEntries(found.filter((pair): pair is [string, Table[string]] => pair[1] !== undefined));
}
