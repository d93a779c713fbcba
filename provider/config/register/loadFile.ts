import { TomlSyntaxError } from "../../errors.js";
import { expandVariables } from "../expand.js";
import { loadTable } from "../load.js";
import { checkLoaded } from "../loadChecks.js";
import { addLoadDefaults } from "../normalize.js";
import { parseToml } from "../toml.js";
import type { Table } from "../value.js";
import type { Environment } from "./commandLine.js";
import { CommandFailure } from "./failure.js";

/** What the Runner holds where there is no config.toml yet. */
const NEW_FILE: Table = { concurrent: 1n, session_server: { session_timeout: 1800n } };

/**
 * A config.toml as the Runner holds it after loading: variables in addresses and tokens expanded, defaults set. All of
 * it stays when the Runner saves.
 * @throws CommandFailure where the Runner cannot load it
 */
export function loadConfiguration(text: string | undefined, environment: Environment): Table {
  if (text === undefined) return NEW_FILE;
  const loaded = loadTable("GlobalConfiguration", parse(text));
  const problems = [...loaded.problems, ...checkLoaded(loaded.table)];
  if (problems.length > 0) {
    const lines = problems.map(({ path, message }) => `${path}: ${message}`);
    throw new CommandFailure(`the existing config.toml cannot be loaded by GitLab Runner:\n${lines.join("\n")}`);
  }
  return completeLoaded(loaded.table, environment);
}

function parse(text: string): Table {
  try {
    return parseToml(text);
  } catch (error) {
    if (!(error instanceof TomlSyntaxError)) throw error;
    throw new CommandFailure(`the existing config.toml is not valid TOML: ${error.message}`);
  }
}

function completeLoaded(table: Table, environment: Environment): Table {
  const dsn = environment.SENTRY_DSN;
  const complete = addLoadDefaults(dsn === undefined ? table : { sentry_dsn: dsn, ...table });
  const entries = table.runners as Table[] | undefined;
  return entries ? { ...complete, runners: entries.map((entry) => expandCredentials(entry, environment)) } : complete;
}

/** The two settings of an entry in which the Runner expands variables when it loads. */
export function expandCredentials(entry: Table, environment: Environment): Table {
  const expanded: Table = { ...entry };
  for (const key of ["url", "token"]) {
    if (entry[key] !== undefined) expanded[key] = expandVariables(entry[key] as string, environment);
  }
  return expanded;
}

export function entriesOf(configuration: Table): Table[] {
  return (configuration.runners ?? []) as Table[];
}
