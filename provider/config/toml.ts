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
    const raw = parse(markFineTimes(text), { integersAsBigInt: true }) as { [key: string]: Raw };
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
  if (typeof raw === "string") return raw.startsWith(MARK) ? formatTime(raw.slice(MARK.length)) : raw;
  if (typeof raw !== "object") return raw;
  return isDate(raw) ? formatTime(raw.toISOString()) : convertTable(raw);
}

function isDate(raw: smolToml.TomlDate | { [key: string]: Raw }): raw is smolToml.TomlDate {
  return raw instanceof Date;
}

/** As Go prints a time: without zeros at the end of the fraction, of which nine digits count, and with `Z` for UTC. */
function formatTime(text: string): DateTime {
  const fraction = text.replace(/\.(\d{1,9})\d*/, (_, digits: string) => `.${digits}`.replace(/\.?0+$/, ""));
  return new DateTime(
    fraction
      .replace(" ", "T")
      .replace(/[+-]00:00$/, "Z")
      .toUpperCase(),
  );
}

/** A private character: no config.toml begins a text with it. */
const MARK = "\u{f8ff}time ";

const TEXT_OR_COMMENT = /"""(?:\\[\s\S]|[^\\])*?"""+|'''[\s\S]*?'''+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*/;
const FINE_TIME = /\b\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d\.\d{4,}(?:[Zz]|[+-]\d\d:\d\d)?/;
const FINE_TIMES = new RegExp(`(${TEXT_OR_COMMENT.source})|(${FINE_TIME.source})`, "g");

/** The parser keeps a time in milliseconds, and the Runner writes nanoseconds: such times go through it as texts. */
function markFineTimes(text: string): string {
  if (!FINE_TIME.test(text)) return text;
  return text.replace(FINE_TIMES, (all, _other, time?: string) => (time ? `"${MARK}${time}"` : all));
}
