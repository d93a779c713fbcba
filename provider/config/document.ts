import type * as tomlEslintParser from "toml-eslint-parser";
import { TomlSyntaxError } from "../errors.js";
import type { Path } from "../path.js";
import { parseToml } from "./toml.js";
import type { Table } from "./value.js";

/** A part of a text: offsets as JavaScript counts them, and where a person finds it; line and column begin with 1. */
export interface Place {
  start: number;
  end: number;
  line: number;
  column: number;
}

/** A key or an array item in a text. An item has no key, and one that a header began has that header's. */
export interface Located {
  key: Place;
  value: Place;
}

/** A value with what stands in it. */
export interface Node {
  place: Place;
  /** Of an array. */
  items?: Node[];
  /** Of an inline table. */
  members?: Member[];
}

/** One `key = value`; a dotted key has several steps. */
export interface Member {
  /** From the root of the document on. */
  path: Path;
  /** One for each part of the key. */
  keys: Place[];
  place: Place;
  value: Node;
}

/** A header with the members below it. The first block of a document has no header: it is the root table. */
export interface Block {
  path: Path;
  /** One for each part of the header's key. */
  keys: Place[];
  /** Whether the header is one of `[[…]]`. */
  isItem: boolean;
  /** From the header to the end of the last member. */
  place: Place;
  members: Member[];
}

/** A TOML text, read, with the places of all its parts. */
export interface TomlDocument {
  text: string;
  /** The data, keys as the text spells them. */
  table: Table;
  blocks: Block[];
  comments: Place[];
  /** Where a key, a table or an array item stands; undefined where the text has none. */
  locate(path: Path): Located | undefined;
}

/**
 * Reads TOML 1.1 with the places of its parts. The data is `parseToml`'s; the places come from a parser made for linters,
 * which keeps them.
 * @throws TomlSyntaxError with line and column, also where the two parsers disagree on what is TOML
 */
export function parseDocument(text: string): TomlDocument {
  const table = parseToml(text);
  const { program, offset } = parsePlaces(text);
  const reader = new Reader(text, offset);
  const blocks = reader.readBlocks(program);
  const comments = program.comments.map((comment) => reader.placeOf(comment));
  let index: Map<string, Located> | undefined;
  const locate = (path: Path) => {
    index ??= indexBlocks(blocks);
    return index.get(keyOf(path));
  };
  return { text, table, blocks, comments, locate };
}

type AST = typeof tomlEslintParser.AST;
type Program = ReturnType<typeof tomlEslintParser.parseTOML>;
type TopLevel = Program["body"][0]["body"][number];
type KeyValue = Extract<TopLevel, { type: "TOMLKeyValue" }>;
type Header = Extract<TopLevel, { type: "TOMLTable" }>;

/** The parser knows no byte order mark, so it gets the text without; its places are moved by it. */
function parsePlaces(text: string): { program: Program; offset: number } {
  const { parseTOML, ParseError } = require("toml-eslint-parser") as typeof tomlEslintParser & { AST: AST };
  const offset = text.startsWith("\uFEFF") ? 1 : 0;
  try {
    return { program: parseTOML(text.slice(offset), { tomlVersion: "1.1" }), offset };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new TomlSyntaxError(error.message, error.lineNumber, error.column + 1);
  }
}

interface Ranged {
  range: [number, number];
  loc: { start: { line: number; column: number } };
}

/** Turns the parser's tree into blocks and members. */
class Reader {
  constructor(
    readonly text: string,
    readonly offset: number,
  ) {}

  placeOf({ range, loc: { start } }: Ranged): Place {
    return {
      start: range[0] + this.offset,
      end: range[1] + this.offset,
      line: start.line,
      column: start.column + 1,
    };
  }

  readBlocks(program: Program): Block[] {
    const nodes = program.body[0].body;
    const members = nodes.filter((node): node is KeyValue => node.type === "TOMLKeyValue");
    const headers = nodes.filter((node): node is Header => node.type === "TOMLTable");
    const first = members[0] && this.placeOf(members[0]);
    const begin = first ?? { start: this.offset, end: this.offset, line: 1, column: 1 };
    const end = members.at(-1)?.range[1];
    const place = end === undefined ? begin : { ...begin, end: end + this.offset };
    const root = { path: [], keys: [], isItem: false, place, members: this.#readMembers(members, []) };
    return [root, ...headers.map((header) => this.#readHeader(header))];
  }

  #readHeader(header: Header): Block {
    return {
      path: header.resolvedKey,
      keys: header.key.keys.map((key) => this.placeOf(key)),
      isItem: header.kind === "array",
      place: this.placeOf(header),
      members: this.#readMembers(header.body, header.resolvedKey),
    };
  }

  #readMembers(nodes: readonly KeyValue[], path: Path): Member[] {
    return nodes.map((node) => {
      const steps = node.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value));
      const inner = [...path, ...steps];
      const keys = node.key.keys.map((key) => this.placeOf(key));
      return { path: inner, keys, place: this.placeOf(node), value: this.#readValue(node.value, inner) };
    });
  }

  #readValue(value: KeyValue["value"], path: Path): Node {
    const place = this.placeOf(value);
    if (value.type === "TOMLArray") {
      return { place, items: value.elements.map((item, index) => this.#readValue(item, [...path, index])) };
    }
    return value.type === "TOMLInlineTable" ? { place, members: this.#readMembers(value.body, path) } : { place };
  }
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}

/** A table may be begun by a header of one of its sub-tables: its own header wins over that, the first over later ones. */
function indexBlocks(blocks: readonly Block[]): Map<string, Located> {
  const index = new Map<string, Located>();
  for (const { path, keys, place, members } of blocks) {
    addSteps(index, path, { keys, place });
    if (keys.length > 0) index.set(keyOf(path), { key: keys.at(-1) as Place, value: place });
    addMembers(index, members);
  }
  return index;
}

/** The tables that a header or a dotted key leads through; numbers among the steps have no key of their own. */
function addSteps(index: Map<string, Located>, path: Path, { keys, place }: { keys: Place[]; place: Place }): void {
  const names = path.filter((step) => typeof step === "string").length;
  let next = keys.length - names;
  path.forEach((step, position) => {
    const key = keys[typeof step === "string" ? next++ : next - 1];
    const id = keyOf(path.slice(0, position + 1));
    if (key && !index.has(id)) index.set(id, { key, value: place });
  });
}

function addMembers(index: Map<string, Located>, members: readonly Member[]): void {
  for (const { path, keys, place, value } of members) {
    addSteps(index, path, { keys, place });
    index.set(keyOf(path), { key: keys.at(-1) as Place, value: value.place });
    addValue(index, value, path);
  }
}

function addValue(index: Map<string, Located>, { items, members }: Node, path: Path): void {
  if (members) addMembers(index, members);
  items?.forEach((item, position) => {
    index.set(keyOf([...path, position]), { key: item.place, value: item.place });
    addValue(index, item, [...path, position]);
  });
}
