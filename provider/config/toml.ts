import type * as smolToml from "smol-toml" with { "resolution-mode": "import" };
import { TomlSyntaxError } from "../errors.js";
import { DateTime, type Table, type Value } from "./value.js";

type Raw = string | boolean | number | bigint | smolToml.TomlDate | Raw[] | { [key: string]: Raw };

/** The parser is loaded at first use: a Pulumi program that only declares resources never needs it. */
function loadParser(): typeof smolToml {
  return require("smol-toml") as typeof smolToml;
}

/**
 * Reads TOML 1.1, as GitLab Runner does (byte order mark and CRLF included).
 * @throws TomlSyntaxError with line and column
 */
export function parseToml(text: string): Table {
  const { parse, TomlError } = loadParser();
  refuseBrokenText(text);
  try {
    const raw = parse(text, { integersAsBigInt: true }) as { [key: string]: Raw };
    return convertTable(raw);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new TomlSyntaxError(describeSyntax(error.message), error.line, error.column);
  }
}

/** Bytes that are no UTF-8 reach us as half a character. */
function refuseBrokenText(text: string): void {
  const position = text.search(/\p{Surrogate}/u);
  if (position < 0) return;
  const lines = text.slice(0, position).split("\n");
  throw new TomlSyntaxError("is not valid UTF-8", lines.length, (lines.at(-1) ?? "").length + 1);
}

/** The parser's message goes on with a picture of the line, which may show a secret. */
function describeSyntax(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
}

function convertTable(raw: { [key: string]: Raw }): Table {
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, convertValue(value)]));
}

function convertValue(raw: Raw): Value {
  if (Array.isArray(raw)) return raw.map(convertValue);
  if (typeof raw !== "object") return raw;
  return isDate(raw) ? new DateTime(raw.toISOString()) : convertTable(raw);
}

function isDate(raw: smolToml.TomlDate | { [key: string]: Raw }): raw is smolToml.TomlDate {
  return raw instanceof Date;
}
