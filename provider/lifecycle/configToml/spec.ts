import { type Arguments, toTable } from "../../config/arguments.js";
import { encodeConfiguration } from "../../config/encode.js";
import { buildEntry, type RunnerCredentials } from "../../config/entry.js";
import { writeHeader } from "../../config/file.js";
import { confirmText } from "../../config/secondOpinion.js";
import { readTemplate } from "../../config/template.js";
import type { Table } from "../../config/value.js";
import type { Target } from "../../delivery/target.js";
import { restoreItems, type SecretItems } from "../secretItems.js";
import type { SecretVersions } from "../secretVersions.js";
import type { ContactArgs } from "./contact.js";

/** A ConfigToml's arguments, checked, as the engine passes them. */
export interface ConfigTomlInputs {
  [global: string]: unknown;
  path?: string;
  /** Absent: this machine. */
  target?: Target;
  replaceExisting?: boolean;
  /** @default "file" */
  ownership?: "file" | "entries";
  /** With `ownership: "entries"`; the resource class sets it. */
  stack?: StackName;
  /** What `.runner_system_id` beside the file is to hold. */
  systemId?: string;
  /** @default false */
  unregisterManagers?: boolean;
  waitForContact?: ContactArgs;
  /** @default "fail" */
  onUnreachable?: "fail" | "forget";
  runners: Record<string, EntryInputs>;
  secretPaths?: string[];
  secretItems?: SecretItems;
  secretVersions?: SecretVersions;
}

/** A stack: what tells it from all others, and how its people call it. */
export interface StackName {
  id: string;
  name: string;
}

export interface EntryInputs {
  [setting: string]: unknown;
  runner: {
    url: string;
    id: number;
    token: { value: string; obtainedAt?: string; expiresAt?: string };
    selfRotation?: boolean;
    /** The ConfigTomls of the program that have this runner, where it rotates its own token and they are several. */
    alsoIn?: string[];
    /** Of a runner of a set: which item it is. */
    item?: string;
  };
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
  const { runners } = restoreInputs(inputs);
  const keys = Object.keys(runners).sort();
  const entries = keys.map((key) => [key, renderEntry(key, runners[key] as EntryInputs)] as const);
  return { globals: renderGlobals(inputs), entries: new Map(entries) };
}

/** The global section as it is declared, and no more. */
export function declareGlobals(inputs: ConfigTomlInputs): Table {
  const { path, target, replaceExisting, ownership, stack, runners, secretPaths, secretVersions, ...globals } =
    restoreInputs(inputs);
  return toTable("GlobalConfiguration", globals as Arguments);
}

/** A new file gets two settings from the Runner itself; of a file that others write, too, only what is declared is ours. */
function renderGlobals(inputs: ConfigTomlInputs): Table {
  const declared = declareGlobals(inputs);
  if (inputs.ownership === "entries") return declared;
  const session = { session_timeout: 1800n, ...(declared.session_server as Table | undefined) };
  return { concurrent: 1n, ...declared, session_server: session };
}

function renderEntry(key: string, { runner, template, ...settings }: EntryInputs): Table {
  const { url, id, token, selfRotation } = runner;
  const { value, obtainedAt: tokenObtainedAt, expiresAt: tokenExpiresAt } = token;
  const credentials: RunnerCredentials = { url, id, token: value, tokenObtainedAt, tokenExpiresAt, selfRotation };
  const read = template === undefined ? {} : readTemplate(template).entry;
  return buildEntry(key, toTable("RunnerConfiguration", settings), read, credentials);
}

/** The text of the file, confirmed by a second parser. */
export function writeText(owner: string, { globals, entries }: Rendered): string {
  const text = writeHeader(owner) + encodeConfiguration({ ...globals, runners: [...entries.values()] });
  confirmText(text);
  return text;
}

/** Of each declared entry, in order of their keys, what it is found by in a file. */
export function listCredentials(inputs: ConfigTomlInputs | undefined): Table[] {
  const entries = Object.entries(inputs?.runners ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.map(([, { runner }]) => ({ url: runner.url, id: BigInt(runner.id), token: runner.token.value }));
}
