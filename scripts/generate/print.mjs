// The generated files, as text.
import { describeType } from "./docs.mjs";

const HEADER = "// Generated from fields.json by `npm run generate`: do not edit.\n";

const SCALARS = {
  string: "string",
  bool: "boolean",
  int: "Integer",
  float: "number",
  duration: "Duration",
  datetime: "string",
  any: "unknown",
};

function printKind(field) {
  const { kind, type } = field;
  if (kind === "table") return type;
  if (kind === "list<table>") return `${type}[]`;
  if (field.enum && kind === "string") return printEnum(field.enum);
  if (kind === "string|list<string>") {
    const word = field.enum ? printEnum(field.enum) : "string";
    return `${word} | (${word})[]`;
  }
  const list = /^list<(\w+)>$/.exec(kind);
  if (list) return `${field.enum ? `(${printEnum(field.enum)})` : SCALARS[list[1]]}[]`;
  if (kind === "map<string,any>") return "FreeTable";
  const map = /^map<string,(.+)>$/.exec(kind);
  if (map) return `Record<string, ${printKind({ kind: map[1] })}>`;
  const scalar = SCALARS[kind];
  if (!scalar) throw new Error(`${field.key}: no TypeScript type for kind ${kind}`);
  return scalar;
}

const printEnum = (words) => words.map((word) => JSON.stringify(word)).join(" | ");

function describeDefault(field) {
  return field.default === undefined ? [] : [`@default ${field.default}`];
}

/** How a reader is told of secrets: one that is always kept as such, or a place where they are common. */
function describeSecret({ secret, kind }) {
  if (!secret) return [];
  if (secret === true) return ["A secret, kept as one even where the program gives plain text."];
  const isOne = kind === "string";
  return [`${isOne ? "It" : "Its items"} often hold${isOne ? "s" : ""} secrets: mark them with \`pulumi.secret\`.`];
}

function printDoc(field, owner) {
  const lines = [field.doc, "", `GitLab's key: \`${field.key}\`${field.unit ? `, in ${field.unit}` : ""}.`];
  lines.push(...describeSecret(field));
  if (field.since) lines.push(`Since GitLab Runner ${field.since}.`);
  lines.push(...describeDefault(field));
  if (field.deprecated) lines.push(`@deprecated ${field.deprecated}`);
  lines.push(`@see ${describeType(field.type ?? owner).link}`);
  return printComment(lines, "  ");
}

function printComment(lines, indent) {
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

const EXTRA = [
  "Raw settings of this table, as TOML text: for keys of a GitLab Runner newer than this package. A key that has an",
  "argument of its own is refused here. What a newer Runner has in a nested table goes into that table's own `extraToml`.",
  "",
  "It often holds secrets: mark it with `pulumi.secret` then.",
];

function printInterface(name, fields) {
  const { title, link } = describeType(name);
  const members = fields.map((field) => `${printDoc(field, name)}  ${field.argument}?: ${printKind(field)};`);
  members.push(`${printComment(EXTRA, "  ")}  extraToml?: string;`);
  return `${printComment([`${title}.`, `@see ${link}`], "")}export interface ${name} {\n${members.join("\n")}\n}\n`;
}

/** @param {Map<string, Array<object>>} types */
export function printTypes(types) {
  const scalars =
    "/** A whole number; beyond 2^53 as decimal text, since a JavaScript number would lose digits. */\n" +
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a TypeScript template literal type
    "export type Integer = number | `${bigint}`;\n\n" +
    '/** A length of time as Go writes it: `"90s"`, `"1h30m"`. */\nexport type Duration = string;\n\n' +
    "/**\n * A table whose keys depend on a plugin. A number without a fraction is an integer. Where that is not meant, or a\n" +
    " * value is a time or beyond 2^53, give the table as TOML text.\n */\n" +
    "export type FreeTable = Record<string, unknown> | string;\n";
  const parts = [...types].map(([name, fields]) => printInterface(name, fields));
  return `${HEADER}\n${scalars}\n${parts.join("\n")}`;
}

function printField(field) {
  const { doc, unit, default: preset, since, ...rest } = field;
  const shown = Object.entries(rest).filter(([, value]) => value !== false && value !== undefined);
  return `    { ${shown.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ")} },`;
}

/** @param {Map<string, Array<object>>} types */
export function printTable(types) {
  const parts = [...types].map(([name, fields]) => `  ${name}: [\n${fields.map(printField).join("\n")}\n  ],`);
  const names = [...types.keys()].map((name) => `  | ${JSON.stringify(name)}`).join("\n");
  return [
    HEADER,
    'import type { Field } from "./field.js";\n',
    `export type TypeName =\n${names};\n`,
    "/** Per table of config.toml its keys, in the order in which the Runner writes them. */",
    `export const KEY_TABLE: Record<TypeName, readonly Field[]> = {\n${parts.join("\n")}\n};\n`,
  ].join("\n");
}

/** @param {Array<{ names: string[], env?: string, path: string[] }>} flags */
export function printFlags(flags) {
  const lines = flags.map(({ names, env, path }) => {
    const parts = [`names: ${JSON.stringify(names)}`, `path: ${JSON.stringify(path)}`];
    return `  { ${[...parts, ...(env ? [`env: ${JSON.stringify(env)}`] : [])].join(", ")} },`;
  });
  return [
    HEADER,
    'import type { KeyFlag } from "./flag.js";\n',
    "/** The flags of `gitlab-runner register` that set a key of the entry. */",
    `export const KEY_FLAGS: readonly KeyFlag[] = [\n${lines.join("\n")}\n];\n`,
  ].join("\n");
}
