import { randomBytes } from "node:crypto";
import { pickExtras } from "../../config/extraToml.js";
import { type Field, findByKey } from "../../config/schema/field.js";
import type { TypeName } from "../../config/schema/table.js";
import { isTellingItem, isTellingName } from "../../config/schema/tellingNames.js";
import { isTable, type Table, type Value } from "../../config/value.js";
import { fingerprint, redactTokens } from "../../secrets.js";
import { isMark } from "./marks.js";

/** Of this process alone: two secrets of one diff can be told apart, and nobody can try guesses later. */
const KEY = randomBytes(32).toString("hex");

const PASSWORD = /(:\/\/[^/\s:@]*:)([^/\s@]+)(?=@)/g;

/**
 * A table of config.toml without the secrets that a program, a template or raw TOML has in plain text: credentials by
 * their key, items and members whose name tells of one, passwords in addresses, tokens of GitLab.
 */
export function redactTable(type: TypeName, table: Table): Table {
  const extras = pickExtras(type, table);
  const members = Object.entries(table).map(([key, value]) => {
    const field = key in extras ? undefined : findByKey(type, key);
    return [key, field ? redactField(field, value) : redactFree(key, value)] as const;
  });
  return Object.fromEntries(members);
}

function redactField(field: Field, value: Value): Value {
  if (field.secret === true) return hide(value);
  const { type } = field;
  if (type === undefined || isMark(value)) return redactFree(undefined, value);
  if (Array.isArray(value)) return value.map((item) => redactTable(type, item as Table));
  return isTable(value) ? redactTable(type, value) : value;
}

function redactFree(name: string | undefined, value: Value): Value {
  if (name !== undefined && isTellingName(name)) return hide(value);
  if (Array.isArray(value)) return value.map((item) => redactFree(undefined, item));
  if (isTable(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactFree(key, item)]));
  }
  if (typeof value !== "string") return value;
  // Each by its fingerprint: where one changes, the text does not stay as it is.
  const hidden = value.replace(PASSWORD, (_, start: string, password: string) => `${start}${hideText(password)}`);
  const shown = redactTokens(hidden, hideText);
  return isTellingItem(shown)
    ? `${shown.slice(0, shown.indexOf("="))}=${hide(shown.slice(shown.indexOf("=") + 1))}`
    : shown;
}

function hide(value: Value): Value {
  if (value === "" || value === false || isMark(value)) return value;
  const text =
    typeof value === "string"
      ? value
      : JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}` : part));
  return hideText(text);
}

function hideText(text: string): string {
  return `[secret ${fingerprint(KEY, text).slice(-8)}]`;
}
