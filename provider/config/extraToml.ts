import { TomlSyntaxError } from "../errors.js";
import { formatPath } from "../path.js";
import { findByKey } from "./schema/field.js";
import type { TypeName } from "./schema/table.js";
import { parseToml } from "./toml.js";
import { findHuge, type Table } from "./value.js";

/** The argument, at every typed table, for settings that this version does not know. */
export const EXTRA_TOML = "extraToml";

/** Of an entry, what comes from its runner: such a key has no argument of its own. */
const FROM_RUNNER = new Set(["url", "id", "token", "token_obtained_at", "token_expires_at"]);

/** The keys of a table that its type does not have, in a stable order. */
export function listExtraKeys(type: TypeName, table: Table): string[] {
  const extras = Object.keys(table).filter((key) => !findByKey(type, key));
  return extras.sort();
}

/** The part of a table that its type does not know. */
export function pickExtras(type: TypeName, table: Table): Table {
  return Object.fromEntries(listExtraKeys(type, table).map((key) => [key, table[key] as Table[string]]));
}

/**
 * Reads the text of an `extraToml` argument.
 * @throws TomlSyntaxError
 */
export function readExtraToml(text: string): Table {
  return parseToml(text);
}

/** All that is wrong with the text as raw settings of a table of `type`; values are never repeated. */
export function findExtraProblems(type: TypeName, text: string): string[] {
  try {
    const table = readExtraToml(text);
    const keys = Object.keys(table);
    return [...keys.flatMap((key) => describeClash(type, key)), ...findTwins(keys), ...describeHuge(table)];
  } catch (error) {
    if (!(error instanceof TomlSyntaxError)) throw error;
    return [`is not valid TOML: ${error.message}`];
  }
}

/** A typed key in raw text would be written twice, or pass by the checks; the Runner reads keys in any case. */
function describeClash(type: TypeName, key: string): string[] {
  const field = findByKey(type, key);
  if (!field) return [];
  const name = JSON.stringify(key);
  if (type === "RunnerConfiguration" && FROM_RUNNER.has(field.key)) {
    return [`must not set ${name}: it comes from the argument "runner"`];
  }
  const isTable = field.type !== undefined && field.kind === "table";
  const place = isTable
    ? `"${field.argument}", and what is new in that table in "${field.argument}.${EXTRA_TOML}"`
    : `"${field.argument}"`;
  return [`must not set ${name}, which has an argument of its own: use ${place}`];
}

/** What is wrong with the integers of a table that a program gives as text. */
export function describeHuge(table: Table): string[] {
  return findHuge(table).map((path) => `must hold whole numbers of at most 64 bits: ${formatPath(path)} has more`);
}

function findTwins(keys: readonly string[]): string[] {
  const first = new Map<string, string>();
  return keys.flatMap((key) => {
    const twin = first.get(key.toLowerCase());
    if (twin === undefined) first.set(key.toLowerCase(), key);
    return twin === undefined
      ? []
      : [`must not set both ${JSON.stringify(twin)} and ${JSON.stringify(key)}: GitLab Runner reads keys in any case`];
  });
}
