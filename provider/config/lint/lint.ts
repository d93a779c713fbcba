import { TomlSyntaxError } from "../../errors.js";
import type { Path } from "../../path.js";
import { parseDocument, type TomlDocument } from "../document.js";
import { formatKeys, loadTable, type Remark } from "../load.js";
import { respell } from "../respell.js";
import type { Table } from "../value.js";
import type { Configuration, Flaw, Severity } from "./rule.js";
import { RULES } from "./rules.js";
import { suggestKey } from "./suggest.js";

/** A flaw with the rule that found it. */
export interface Finding extends Flaw {
  rule: string;
  severity: Severity;
}

/** A finding in a text; line and column begin with 1. */
export interface PlacedFinding {
  rule: string;
  severity: Severity;
  /** The key as a dotted path; empty for the file as a whole. */
  path: string;
  message: string;
  line: number;
  column: number;
  /** The same place, told so that it stays the same when lines or entries above it come and go. */
  anchor: string;
}

/** All that is wrong with loaded data. */
export function lintConfiguration(configuration: Configuration): Finding[] {
  return RULES.flatMap(({ id, severity, find }) =>
    find(configuration).map((flaw) => ({ rule: id, severity, ...flaw })),
  );
}

/** All that is wrong with the text of a config.toml, in the order of the text. */
export function lintText(text: string, now?: Date): PlacedFinding[] {
  const document = parseOrPlace(text);
  if ("rule" in document) return [document];
  const { table, remarks } = loadTable("GlobalConfiguration", document.table);
  const { runners, ...globals } = table;
  const entries = (runners ?? []) as Table[];
  const refused = new Set(remarks.filter(({ kind }) => kind === "refused").map(({ path }) => formatKeys(path)));
  const found = lintConfiguration({ globals, entries, now })
    .map((finding) => ({ ...finding, path: respell(document.table, finding.path) }))
    .filter(({ path }) => !refused.has(formatKeys(path)));
  const placed = [...remarks.map(explainRemark), ...found].map((finding) => place(document, finding, entries));
  return placed.sort((a, b) => a.line - b.line || a.column - b.column || compare(a.rule, b.rule));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function parseOrPlace(text: string): TomlDocument | PlacedFinding {
  try {
    return parseDocument(text);
  } catch (error) {
    if (!(error instanceof TomlSyntaxError)) throw error;
    const { line, column, reason } = error;
    const message = `is not TOML: ${reason}`;
    return { rule: "toml-syntax", severity: "fatal", path: "", message, line, column, anchor: "" };
  }
}

const REMARKS: Readonly<Record<Remark["kind"], { rule: string; severity: Severity; message?: string }>> = {
  unknown: { rule: "unknown-key", severity: "error" },
  refused: { rule: "wrong-type", severity: "fatal" },
  otherCase: { rule: "key-case", severity: "warning" },
  shadowed: {
    rule: "key-twice",
    severity: "error",
    message: "is the same key as another one in this table, in other letter case, and is ignored: keep one of them",
  },
  nanoseconds: {
    rule: "duration-without-unit",
    severity: "warning",
    message: 'is a bare number, which counts nanoseconds: write it with a unit, such as "90s"',
  },
};

function explainRemark({ kind, path, type, message }: Remark): Finding {
  const key = path.at(-1);
  const { rule, severity, message: fixed } = REMARKS[kind];
  const said =
    kind === "unknown" && type && typeof key === "string"
      ? suggestKey(type, key)
      : kind === "otherCase"
        ? `is read as "${message}": write it so, as other tools look for that`
        : (fixed ?? message ?? "");
  return { rule, severity, path, message: said };
}

function place(document: TomlDocument, finding: Finding, entries: readonly Table[]): PlacedFinding {
  const { rule, severity, path, message } = finding;
  const { line, column } = findPlace(document, path);
  return { rule, severity, path: formatKeys(path), message, line, column, anchor: anchorOf(path, entries) };
}

/** A key that is missing is shown at the table in which it is missing. */
function findPlace(document: TomlDocument, path: Path): { line: number; column: number } {
  for (let length = path.length; length > 0; length--) {
    const located = document.locate(path.slice(0, length));
    if (located) return located.key;
  }
  return { line: 1, column: 1 };
}

/** An entry by its name and identity: its number changes with the entries above it. */
function anchorOf(path: Path, entries: readonly Table[]): string {
  const [first, index] = path;
  const entry = typeof first === "string" && /^runners$/i.test(first) ? entries[index as number] : undefined;
  if (!entry) return formatKeys(path);
  return `${formatKeys(["runners", `${entry.name ?? ""} ${entry.url ?? ""} ${entry.id ?? 0}`])}.${formatKeys(path.slice(2))}`;
}
