import { listExtraKeys, pickExtras } from "./extraToml.js";
import { quoteKey } from "./load.js";
import type { Field } from "./schema/field.js";
import { KEY_TABLE, type TypeName } from "./schema/table.js";
import { DateTime, isTable, isZero, NO_TIME, type Table, type Value } from "./value.js";

/**
 * The text of a config.toml, as GitLab Runner itself would save this configuration: order of keys, indent, blank lines
 * and which zero values are written (its encoder is BurntSushi/toml; the rules are in the key table).
 */
export function encodeConfiguration(configuration: Table): string {
  const lines: string[] = [];
  writeMembers(lines, [], listMembers("GlobalConfiguration", configuration));
  if (lines[0] === "") lines.shift();
  return `${lines.join("\n")}\n`;
}

/**
 * One `[[runners]]` entry as it stands in a file, without the blank line before it.
 * @param root the key as the file spells it: the Runner reads keys in any case
 */
export function encodeEntry(entry: Table, root = "runners"): string {
  const lines: string[] = [];
  writeTable(lines, [quoteKey(root)], { key: root, value: [entry], type: "RunnerConfiguration" });
  return `${lines.slice(1).join("\n")}\n`;
}

/** One entry as an item of `runners = [ … ]`. */
export function encodeInlineEntry(entry: Table): string {
  return encodeTyped({ key: "", value: entry, type: "RunnerConfiguration" });
}

/** A value that is no table as it stands behind the `=`. */
export function encodeValue(value: Value): string {
  return encode(value);
}

function encodeTyped({ value, type }: Member): string {
  if (Array.isArray(value)) return `[${value.map((item) => encodeTyped({ key: "", value: item, type })).join(", ")}]`;
  if (!isTable(value)) return encode(value);
  const members = membersOf(type, value).map((member) => `${quoteKey(member.key)} = ${encodeTyped(member)}`);
  return `{${members.join(", ")}}`;
}

/** The text of a table without a type: members in order of their keys, each value of its kind. */
export function encodeTable(table: Table): string {
  const lines: string[] = [];
  writeMembers(lines, [], membersOf(undefined, table));
  if (lines[0] === "") lines.shift();
  return `${lines.join("\n")}\n`;
}

/** One key that is to be written, with what the encoder makes of it. */
interface Member {
  key: string;
  value: Value;
  /** Of a table or an array of tables: which one; undefined for a free-form table. */
  type?: TypeName;
}

/** The members of a table that the encoder does not leave out, in its order. */
function listMembers(type: TypeName, table: Table): Member[] {
  const members: Member[] = [];
  let known = 0;
  for (const { field, unset } of planOf(type)) {
    const value = table[field.key];
    if (value !== undefined) known++;
    if (value === undefined) {
      if (unset) members.push(unset);
    } else if (!isLeftOut(field, value)) members.push({ key: field.key, value, type: field.type });
  }
  const isAll = known === Object.keys(table).length;
  return isAll ? members : [...members, ...membersOf(undefined, pickExtras(type, table))];
}

/** A field, and what is written where nobody set it. */
interface Plan {
  field: Field;
  unset?: Member;
}

const plans = new Map<TypeName, Plan[]>();

/** A file has thousands of settings that nobody set: what becomes of each is found once. */
function planOf(type: TypeName): Plan[] {
  const known = plans.get(type);
  if (known) return known;
  const plan = KEY_TABLE[type].map((field) => ({ field, unset: unsetMember(field) }));
  plans.set(type, plan);
  return plan;
}

function unsetMember(field: Field): Member | undefined {
  const value = zeroOf(field);
  return value === undefined || isLeftOut(field, value) ? undefined : { key: field.key, value, type: field.type };
}

/** What a key that nobody set holds in Go; undefined where it is nil, which is never written. */
function zeroOf(field: Field): Value | undefined {
  if (field.pointer || field.kind.includes("list<") || field.kind.startsWith("map<")) return undefined;
  return ZEROS[field.kind];
}

const ZEROS: Partial<Record<Field["kind"], Value>> = {
  string: "",
  bool: false,
  int: 0n,
  float: 0,
  duration: "0s",
  datetime: NO_TIME,
  table: {},
};

function isLeftOut(field: Field, value: Value): boolean {
  if (field.omitzero && typeof value !== "boolean" && (isZero(value) || value === "0s")) return true;
  if (!field.omitempty || field.pointer) return false;
  return isEmpty(field, value);
}

/** Empty as Go's encoder sees it: numbers, durations and times never are, but do not keep a table from being empty. */
function isEmpty(field: Field, value: Value): boolean {
  if (field.kind === "duration" || field.kind === "datetime") return false;
  if (Array.isArray(value)) return value.length === 0;
  if (!isTable(value)) return value === "" || value === false;
  const type = field.type;
  if (!type) return Object.keys(value).length === 0;
  return (
    KEY_TABLE[type].every((member) => isUnset(member, value[member.key])) && listExtraKeys(type, value).length === 0
  );
}

function isUnset(field: Field, value: Value | undefined): boolean {
  if (value === undefined) return true;
  if (field.pointer) return false;
  return isZero(value) || (field.kind === "duration" && value === "0s") || isEmpty(field, value);
}

/** Scalars come before tables: after a table's header they would belong to it. */
function writeMembers(lines: string[], path: string[], members: Member[]): void {
  for (const member of members) {
    if (!hasHeader(member)) lines.push(`${indent(path.length)}${quoteKey(member.key)} = ${encode(member.value)}`);
  }
  for (const member of members) {
    if (hasHeader(member)) writeTable(lines, [...path, quoteKey(member.key)], member);
  }
}

/** Tables get a header, but for names such as `constructor`, which the parser of our second opinion then misreads. */
function hasHeader({ key, value }: Member): boolean {
  if (key in Object.prototype) return false;
  return isTable(value) || (Array.isArray(value) && value.length > 0 && value.every(isTable));
}

function indent(depth: number): string {
  return "  ".repeat(depth);
}

function writeTable(lines: string[], path: string[], { value, type }: Member): void {
  if (isTable(value)) {
    if (path.length === 1) lines.push("");
    lines.push(`${indent(path.length - 1)}[${path.join(".")}]`);
    writeMembers(lines, path, membersOf(type, value));
    return;
  }
  for (const item of value as Table[]) {
    lines.push("", `${indent(path.length - 1)}[[${path.join(".")}]]`);
    writeMembers(lines, path, membersOf(type, item));
  }
}

/** Free-form tables and maps are written in order of their keys. */
function membersOf(type: TypeName | undefined, table: Table): Member[] {
  if (type) return listMembers(type, table);
  const keys = Object.keys(table).sort(compareBytes);
  return keys.map((key) => ({ key, value: table[key] as Value }));
}

/** Go sorts by bytes, JavaScript by UTF-16 units. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function encode(value: Value): string {
  if (typeof value === "string") return encodeString(value);
  if (typeof value === "number") return encodeFloat(value);
  if (value instanceof DateTime) return value.text;
  if (Array.isArray(value)) return `[${value.map(encode).join(", ")}]`;
  if (isTable(value)) return encodeInline(value);
  return String(value);
}

function encodeInline(table: Table): string {
  const members = membersOf(undefined, table).map(({ key, value }) => `${quoteKey(key)} = ${encode(value)}`);
  return `{${members.join(", ")}}`;
}

function encodeFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  if (Number(exponent) < -4 || Number(exponent) >= SHORTEST_EXPONENT) return `${digits}e${padExponent(exponent)}`;
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.includes(".") ? text : `${text}.0`;
}

/** From here on Go prints a float with an exponent, whose digits are two at least. */
const SHORTEST_EXPONENT = 6;

function padExponent(exponent: string): string {
  return exponent.replace(/\d+/, (digits) => digits.padStart(2, "0"));
}

const ESCAPES: Record<string, string> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what TOML wants escaped
const TO_ESCAPE = /["\\\u0000-\u001f\u007f]/;
const ALL_TO_ESCAPE = new RegExp(TO_ESCAPE.source, "g");

function encodeString(text: string): string {
  if (!TO_ESCAPE.test(text)) return `"${text}"`;
  return `"${text.replace(ALL_TO_ESCAPE, (character) => ESCAPES[character] ?? escapeCode(character))}"`;
}

function escapeCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
