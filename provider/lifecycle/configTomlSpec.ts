import { type Arguments, toTable } from "../config/arguments.js";
import { encodeConfiguration } from "../config/encode.js";
import { buildEntry, type RunnerCredentials } from "../config/entry.js";
import { identify, writeHeader } from "../config/file.js";
import { confirmText } from "../config/secondOpinion.js";
import { readTemplate } from "../config/template.js";
import type { Table } from "../config/value.js";
import { restoreItems, type SecretItems } from "./secretItems.js";
import type { SecretVersions } from "./secretVersions.js";

/** A ConfigToml's arguments, checked, as the engine passes them. */
export interface ConfigTomlInputs {
  [global: string]: unknown;
  path?: string;
  replaceExisting?: boolean;
  runners: Record<string, EntryInputs>;
  secretPaths?: string[];
  secretItems?: SecretItems;
  secretVersions?: SecretVersions;
}

export interface EntryInputs {
  [setting: string]: unknown;
  runner: { url: string; id: number; token: { value: string; obtainedAt?: string; expiresAt?: string } };
  template?: string;
}

/** What a file is to hold: the global section, and the entries by their declared key. */
export interface Rendered {
  globals: Table;
  entries: Map<string, Table>;
}

/** The inputs with the secret list items back in their places. */
export function restoreInputs(inputs: ConfigTomlInputs): ConfigTomlInputs {
  const { secretItems, ...rest } = inputs;
  return restoreItems(rest, secretItems) as ConfigTomlInputs;
}

/** What declared arguments make of a config.toml. */
export function render(inputs: ConfigTomlInputs): Rendered {
  const { path, replaceExisting, runners, secretPaths, secretVersions, ...globals } = restoreInputs(inputs);
  const keys = Object.keys(runners).sort();
  const entries = keys.map((key) => [key, renderEntry(key, runners[key] as EntryInputs)] as const);
  return { globals: renderGlobals(globals), entries: new Map(entries) };
}

/** A new file gets these two from the Runner itself. */
function renderGlobals(globals: Arguments): Table {
  const declared = toTable("GlobalConfiguration", globals);
  const session = { session_timeout: 1800n, ...(declared.session_server as Table | undefined) };
  return { concurrent: 1n, ...declared, session_server: session };
}

function renderEntry(key: string, { runner, template, ...settings }: EntryInputs): Table {
  const { url, id, token } = runner;
  const { value, obtainedAt: tokenObtainedAt, expiresAt: tokenExpiresAt } = token;
  const credentials: RunnerCredentials = { url, id, token: value, tokenObtainedAt, tokenExpiresAt };
  const read = template === undefined ? {} : readTemplate(template).entry;
  return buildEntry(key, toTable("RunnerConfiguration", settings), read, credentials);
}

/** The text of the file, confirmed by a second parser. */
export function writeText(owner: string, { globals, entries }: Rendered): string {
  const text = writeHeader(owner) + encodeConfiguration({ ...globals, runners: [...entries.values()] });
  confirmText(text);
  return text;
}

/** The identities of the declared entries, each with its key. */
export function listIdentities({ runners }: ConfigTomlInputs): Map<string, string> {
  return new Map(Object.entries(runners).map(([key, { runner }]) => [identify(runner.url, runner.id), key]));
}
