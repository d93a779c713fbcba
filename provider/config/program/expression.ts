/** A piece of a TypeScript program. */
export type Expression =
  | { kind: "code"; text: string }
  | { kind: "text"; text: string }
  | { kind: "number"; text: string }
  | { kind: "list"; items: Expression[] }
  | { kind: "object"; members: Member[] };

/** One property of an object, with the comments above it. */
export interface Member {
  key: string;
  value: Expression;
  comments?: readonly string[];
}

export function code(text: string): Expression {
  return { kind: "code", text };
}

export function text(value: string): Expression {
  return { kind: "text", text: value };
}

/** A JSON value as a program writes it. */
export function literal(value: unknown): Expression {
  if (typeof value === "string") return text(value);
  if (typeof value === "number") return { kind: "number", text: String(value) };
  if (Array.isArray(value)) return { kind: "list", items: value.map(literal) };
  if (typeof value !== "object" || value === null) return code(String(value));
  return { kind: "object", members: Object.entries(value).map(([key, item]) => ({ key, value: literal(item) })) };
}

const WIDTH = 120;

/** Where an expression begins, and how deep the line is indented. */
interface Position {
  indent: number;
  column: number;
}

/** The text of an expression, formatted as biome and prettier leave it; what comes after it is one character. */
export function print(expression: Expression, position: Position): string {
  if (expression.kind === "text") return quote(expression.text);
  if (expression.kind === "list") return printList(expression.items, position);
  if (expression.kind === "object") return printObject(expression.members, position.indent);
  return expression.text;
}

function printObject(members: readonly Member[], indent: number): string {
  if (members.length === 0) return "{}";
  const inner = indent + 2;
  const lines = members.flatMap(({ key, value, comments = [] }) => [
    ...comments.map((comment) => `${pad(inner)}//${comment === "" ? "" : ` ${comment}`}`),
    `${pad(inner)}${printMember(key, value, inner)},`,
  ]);
  return ["{", ...lines, `${pad(indent)}}`].join("\n");
}

function pad(indent: number): string {
  return " ".repeat(indent);
}

/** A text that is too long for the line begins on the next one, unless the key is so short that this gains nothing. */
function printMember(key: string, value: Expression, indent: number): string {
  const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
  const start = `${name}: `;
  const column = indent + start.length;
  const printed = print(value, { indent, column });
  const isLong = column + printed.length + 1 > WIDTH;
  if (value.kind !== "text" || !isLong || printed.startsWith("`") || name.length <= 2) return start + printed;
  return `${name}:\n${pad(indent + 2)}${printed}`;
}

function printList(items: readonly Expression[], { indent, column }: Position): string {
  const inner = indent + 2;
  const printed = items.map((item) => print(item, { indent: inner, column: inner }));
  const line = `[${printed.join(", ")}]`;
  const isBroken = mustBreak(items) || (line.includes("\n") && !items.every(({ kind }) => kind === "text"));
  if (!isBroken && column + lengthOf(line) + 1 <= WIDTH) return line;
  const isNumbers = items.every(({ kind }) => kind === "number");
  const lines = isNumbers ? fill(printed, inner) : printed.map((item) => `${pad(inner)}${item},`);
  return ["[", ...lines, `${pad(indent)}]`].join("\n");
}

/** Of a text that spans lines only its longest line counts for the width. */
function lengthOf(line: string): number {
  return line.includes("\n") ? WIDTH : line.length;
}

/** Several items that have several parts each always stand one below the other. */
function mustBreak(items: readonly Expression[]): boolean {
  const sizes = items.map((item) => (item.kind === "list" ? item.items.length : 0));
  return items.length > 1 && sizes.every((size) => size > 1);
}

/** Numbers fill their lines. */
function fill(printed: readonly string[], indent: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const item of printed) {
    const longer = line === "" ? `${item},` : `${line} ${item},`;
    if (indent + longer.length <= WIDTH || line === "") line = longer;
    else {
      lines.push(pad(indent) + line);
      line = `${item},`;
    }
  }
  return [...lines, pad(indent) + line];
}

/** A text with the quotes that need the fewest escapes; one of several lines as a template. */
export function quote(value: string): string {
  if (/\n./s.test(value)) return `\`${escapeTemplate(value)}\``;
  const doubled = JSON.stringify(value);
  const doubles = value.split('"').length;
  if (doubles <= value.split("'").length) return doubled;
  return `'${doubled.slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

/** What stands between backticks for this text. */
export function escapeTemplate(value: string): string {
  const escaped = value.replace(/[\\`]/g, "\\$&").replace(/\$\{/g, "\\${");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a template would change or hide these
  return escaped.replace(/[\u0000-\u0009\u000b-\u001f\u007f\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
