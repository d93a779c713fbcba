import { GitLabRunnerError } from "../../errors.js";
import { type Node, parseDocument, type TomlDocument } from "../document.js";
import type { Table } from "../value.js";
import { applyEdits } from "./edit.js";
import { appendEntries, type EntryChanges, editEntries } from "./entries.js";
import { patchGlobals } from "./globals.js";
import { editInline } from "./inline.js";
import { provePatch } from "./proof.js";

/** What a config.toml that others write, too, is to hold of ours. */
export interface ConfigPatch extends EntryChanges {
  /** New entries; they come behind all others. */
  added: readonly Table[];
  /** The global settings that are declared, and no others. */
  globals: Table;
}

/** A patched text, and for each new entry what was put between it and what stands before it. */
export interface Patched {
  text: string;
  gaps: string[];
}

/** Thrown when a file cannot be changed without touching what is not ours. Nothing was written. */
export class UnpatchableError extends GitLabRunnerError {}

/**
 * Changes entries and global settings in the text of a config.toml and leaves every other byte as it is: entries of
 * others, comments, unknown keys, order, spacing, line ends. The result is read again and proven before it is returned.
 * @throws TomlSyntaxError, UnpatchableError
 */
export function patchConfig(text: string, patch: ConfigPatch): Patched {
  const withGlobals = patchGlobals(text, patch.globals);
  const document = parseDocument(withGlobals);
  const root = findRoot(document);
  const patched = patchEntries(document, root, patch);
  if (patched.text !== text) {
    const problem = provePatch({ before: text, after: patched.text, root, patch });
    if (problem) throw new UnpatchableError(`it could not be changed so that only our part of it differs: ${problem}`);
  }
  return patched;
}

function patchEntries(document: TomlDocument, root: string, patch: ConfigPatch): Patched {
  const list = findList(document, root);
  if (list) {
    const text = applyEdits(document.text, editInline(document, list, patch));
    return { text, gaps: patch.added.map(() => "") };
  }
  return appendEntries(applyEdits(document.text, editEntries(document, root, patch)), root, patch.added);
}

/** How the file spells `runners`: the Runner reads keys in any case. */
export function findRoot({ table }: TomlDocument): string {
  const spellings = Object.keys(table).filter((key) => key.toLowerCase() === "runners");
  if (spellings.length > 1) {
    throw new UnpatchableError(`it spells one key in two ways (${spellings.join(", ")}): which one counts is chance`);
  }
  const entries = table[spellings[0] ?? ""];
  const isList = Array.isArray(entries) && entries.every((entry) => typeof entry === "object");
  if (entries !== undefined && !isList) throw new UnpatchableError("its runners are no array of tables");
  return spellings[0] ?? "runners";
}

/** The list of `runners = [ … ]`; undefined where entries stand under headers. */
export function findList({ blocks }: TomlDocument, root: string): Node | undefined {
  return blocks[0]?.members.find(({ path }) => path.length === 1 && path[0] === root)?.value;
}
