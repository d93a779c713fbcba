import { normalizeAddress } from "../address.js";
import type { Problem } from "../errors.js";
import { type Extra, loadTable } from "./load.js";
import { parseToml } from "./toml.js";
import type { Table, Value } from "./value.js";

/** A config.toml as data. */
export interface ConfigFile {
  /** The global section and its tables, without the entries. */
  globals: Table;
  /** The `[[runners]]` entries in their order. */
  entries: Table[];
  /** Keys that the Runner does not know, by path. */
  unknown: Map<string, Value>;
  /** The same, each with the table that it stands in. */
  extras: Extra[];
  /** Values that the Runner would refuse. */
  problems: Problem[];
  /** Which ConfigToml wrote the file last, by its id; undefined when no comment says so. */
  owner?: string;
}

const OWNER = /^# pulumi-gitlab-runner owner: ([0-9a-f]+)\s*$/m;

/** What our files begin with. The Runner drops comments when it saves, so the owner can be missing. */
export function writeHeader(owner: string): string {
  const lines = [
    '# Written by Pulumi: changes made here are overwritten by the next "pulumi up".',
    `# pulumi-gitlab-runner owner: ${owner}`,
    "",
    "",
  ];
  return lines.join("\n");
}

/**
 * Reads a config.toml as GitLab Runner would.
 * @throws TomlSyntaxError where the Runner could not read it either
 */
export function readConfigFile(text: string): ConfigFile {
  const { table: globals, ...found } = loadTable("GlobalConfiguration", parseToml(text));
  const entries = (globals.runners ?? []) as Table[];
  // Not a copy without it: `extras` refer to this very table.
  delete globals.runners;
  return { globals, entries, ...found, owner: OWNER.exec(text)?.[1] };
}

/** By what an entry is found again in a file: never by its place, which others change. */
export function identify(url: string, id: bigint | number): string {
  const address = normalizeAddress(url);
  return `${typeof address === "string" ? address : url} ${id}`;
}

/** The identity of an entry as it stands in a file. */
export function identifyEntry(entry: Table): string {
  return identify((entry.url ?? "") as string, (entry.id ?? 0n) as bigint);
}

/** An entry as a person would name it; no token. */
export function describeEntry(entry: Table): string {
  return `"${entry.name ?? ""}" (url ${entry.url ?? '""'}, id ${entry.id ?? 0})`;
}
