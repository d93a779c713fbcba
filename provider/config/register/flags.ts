import { type Field, findByPath } from "../schema/field.js";
import { KEY_FLAGS } from "../schema/flags.js";
import type { Table } from "../value.js";
import type { Flag } from "./commandLine.js";

/** The flags of `register` that are no keys of the entry. Their values lie under `own`, by the long name. */
const OWN_FLAGS: readonly { names: readonly string[]; env: string; kind?: "bool" | "int" }[] = [
  { names: ["template-config"], env: "TEMPLATE_CONFIG_FILE" },
  { names: ["c", "config"], env: "CONFIG_FILE" },
  { names: ["tag-list"], env: "RUNNER_TAG_LIST" },
  { names: ["n", "non-interactive"], env: "REGISTER_NON_INTERACTIVE", kind: "bool" },
  { names: ["leave-runner"], env: "REGISTER_LEAVE_RUNNER", kind: "bool" },
  { names: ["r", "registration-token"], env: "REGISTRATION_TOKEN" },
  { names: ["run-untagged"], env: "REGISTER_RUN_UNTAGGED", kind: "bool" },
  { names: ["locked"], env: "REGISTER_LOCKED", kind: "bool" },
  { names: ["access-level"], env: "REGISTER_ACCESS_LEVEL" },
  { names: ["maximum-timeout"], env: "REGISTER_MAXIMUM_TIMEOUT", kind: "int" },
  { names: ["paused"], env: "REGISTER_PAUSED", kind: "bool" },
  { names: ["maintenance-note"], env: "REGISTER_MAINTENANCE_NOTE" },
];

/** What `register` asks of its own flags. */
export interface OwnSettings {
  templateFile: string;
  configFile: string;
  tagList: string;
  nonInteractive: boolean;
  leaveRunner: boolean;
  registrationToken: string;
  runUntagged: boolean;
  locked: boolean;
  accessLevel: string;
  maximumTimeout: bigint;
  paused: boolean;
  maintenanceNote: string;
}

export function readOwnSettings({ own }: Table): OwnSettings {
  const values = own as Table;
  const text = (name: string) => (values[name] ?? "") as string;
  const isOn = (name: string) => values[name] === true;
  return {
    templateFile: text("template-config"),
    configFile: text("config"),
    tagList: text("tag-list"),
    nonInteractive: isOn("non-interactive"),
    leaveRunner: isOn("leave-runner"),
    registrationToken: text("registration-token"),
    runUntagged: isOn("run-untagged"),
    locked: isOn("locked"),
    accessLevel: text("access-level"),
    maximumTimeout: (values["maximum-timeout"] ?? 0n) as bigint,
    paused: isOn("paused"),
    maintenanceNote: text("maintenance-note"),
  };
}

/** All flags of `gitlab-runner register`: 12 of its own, 348 that set a key of the entry (under `entry`). */
export const REGISTER_FLAGS: readonly Flag[] = [
  ...OWN_FLAGS.map(
    ({ names, env, kind }): Flag => ({ names, env, kind: kind ?? "string", path: ["own", names.at(-1) ?? ""] }),
  ),
  ...KEY_FLAGS.map(({ names, env, path }): Flag => {
    const { kind, pointer } = findByPath("RunnerConfiguration", path).at(-1) as Field;
    return { names, env, kind, pointer, path: ["entry", ...path] };
  }),
];

/** Where a flag of the given name puts its value. */
export function placeOf(name: string): readonly string[] {
  const flag = REGISTER_FLAGS.find(({ names }) => names.includes(name));
  if (!flag) throw new Error(`register has no flag --${name}`);
  return flag.path;
}

/**
 * The values before any flag: locked, named after the host, and with every table that a flag can reach. The Runner makes
 * these tables to find its flags, and they stay in the file.
 */
export function startingValues(hostname: string): Table {
  const entry: Table = { name: hostname };
  for (const { path } of KEY_FLAGS) addTables(entry, path);
  return { own: { locked: true }, entry };
}

function addTables(entry: Table, path: readonly string[]): void {
  let at = entry;
  for (const field of findByPath("RunnerConfiguration", path).slice(0, -1)) {
    at[field.key] ??= {};
    at = at[field.key] as Table;
  }
}
