import { identify } from "../../config/file.js";
import { DateTime, type Table } from "../../config/value.js";
import type { Problem } from "../../errors.js";
import { formatPath, type Path } from "../../path.js";
import { isContent, nameFile } from "../configToml/fileName.js";
import type { ConfigTomlInputs, EntryInputs } from "../configToml/spec.js";
import type { Properties } from "../method.js";

// GitLab Runner may rotate the token of an entry by itself (`selfRotation`). It writes the new one into its own file alone:
// so there can be one such file, and what it holds may be newer than what the program knows.

/** Of each runner that rotates its own token, the file that has it: of all ConfigTomls of this process. */
const files = new Map<string, string>();

/** That the entries whose runner rotates its own token have one file, and no other ConfigToml has them. */
export function claimSelfRotation({ path, target, runners }: Partial<ConfigTomlInputs>): Problem[] {
  return Object.entries(runners ?? {}).flatMap(([key, entry]) => {
    const runner = entry?.runner;
    if (runner?.selfRotation !== true) return [];
    const isKnown = typeof runner.url === "string" && typeof runner.id === "number";
    const place = isContent({ path, target }) ? undefined : nameFile({ path, target });
    const problem = tellOthers(runner.alsoIn) ?? (isKnown ? claim(identify(runner.url, runner.id), place) : undefined);
    return problem ? [{ path: formatPath(["runners", key, "runner"]), message: problem }] : [];
  });
}

/** The arguments without what only this check is told. */
export function withoutHolders(inputs: Properties): Properties {
  const { runners } = inputs as Partial<ConfigTomlInputs>;
  const holds = ([, entry]: [string, EntryInputs]) => entry?.runner?.alsoIn !== undefined;
  if (typeof runners !== "object" || runners === null || !Object.entries(runners).some(holds)) return inputs;
  const entries = Object.entries(runners).map(([key, entry]) => {
    if (!holds([key, entry])) return [key, entry];
    const { alsoIn, ...runner } = entry.runner;
    return [key, { ...entry, runner }];
  });
  return { ...inputs, runners: Object.fromEntries(entries) };
}

/** Of the same program, whatever provider process has them. */
function tellOthers(names: readonly string[] | undefined): string | undefined {
  if (!Array.isArray(names) || names.length === 0) return undefined;
  return (
    `rotates its own token (selfRotation), and is in more than one ConfigToml: ${names.join(", ")}. The token of one file ` +
    "would be dead as soon as the other one rotates it. Keep it in one, or leave the rotation to Pulumi"
  );
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

export function timeOf({ token_obtained_at: time }: Table): Date {
  return new Date(time instanceof DateTime ? time.text : 0);
}
