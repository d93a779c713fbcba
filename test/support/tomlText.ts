import fc from "./chance.js";

/** What a random config.toml may look like. */
export interface TomlTextOptions {
  /** `1.0` leaves out what older parsers cannot read. */
  version?: "1.0" | "1.1";
}

/** A random config.toml of somebody else, and what is known of it. */
export interface ForeignFile {
  text: string;
  eol: string;
  /** `runners = [ {…} ]` instead of `[[runners]]` headers. */
  isInline: boolean;
  entries: number;
}

type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;

const URL = "https://gitlab.example.com";

/**
 * Random files as people and programs write them: comments, odd spacing, dotted and quoted keys, multi-line strings and
 * arrays, inline tables, unknown keys, sub-tables that come after other tables, CRLF, a byte order mark, no final line end.
 */
export function foreignFiles(options: TomlTextOptions = {}): fc.Arbitrary<ForeignFile> {
  return fc.gen().map((gen) => new Writer((arbitrary) => gen(() => arbitrary), options).writeFile());
}

const PLAIN_KEYS = ["limit", "x-y", "builds_dir", "Shell", "k_1", "3", "unknown", "environment", "clone_url", "z"];
const QUOTED_KEYS = ['"a.b"', "'c d'", '"net.ipv4.ip_forward"', '"\\u00e9"', '""', "'#'", '"[x]"', '"="'];
const COMMENT_TEXTS = [
  "# note",
  "#",
  "#[[runners]]",
  '# id = 1, "x',
  "#\ttab \u00e9 \ud83d\ude00",
  "# a = [",
  "## '''",
];

class Writer {
  readonly #draw: Draw;
  readonly #isNew: boolean;
  readonly #eol: string;
  #serial = 0;

  constructor(draw: Draw, { version = "1.1" }: TomlTextOptions) {
    this.#draw = draw;
    this.#isNew = version === "1.1";
    this.#eol = draw(fc.constantFrom("\n", "\n", "\r\n"));
  }

  writeFile(): ForeignFile {
    const isInline = this.#chance(15);
    const entries = this.#number(0, 4);
    const parts = [this.#noise(), ...this.#repeat(0, 3, () => this.#member())];
    if (isInline) parts.push(this.#inlineEntries(entries));
    const tables = this.#repeat(0, 3, () => this.#table());
    if (!isInline) for (let number = 0; number < entries; number++) tables.push(this.#entry(number));
    const shuffled = this.#draw(fc.shuffledSubarray(tables, { minLength: tables.length }));
    const text = [...parts, ...shuffled, this.#noise()].join("");
    const ended = this.#chance(20) ? text.replace(/(\r?\n)+$/, "") : text;
    return { text: (this.#chance(15) ? "\uFEFF" : "") + ended, eol: this.#eol, isInline, entries };
  }

  #number(min: number, max: number): number {
    return this.#draw(fc.integer({ min, max }));
  }

  #chance(percent: number): boolean {
    return this.#number(1, 100) <= percent;
  }

  #pick<T>(...choices: readonly T[]): T {
    return this.#draw(fc.constantFrom(...choices));
  }

  #repeat(min: number, max: number, write: () => string): string[] {
    return Array.from({ length: this.#number(min, max) }, write);
  }

  /** Keys of a table must differ: each gets a number. */
  #key(): string {
    const key = this.#pick(...PLAIN_KEYS, ...QUOTED_KEYS);
    const serial = this.#serial++;
    return /["']$/.test(key) ? `${key.slice(0, -1)}${serial}${key.at(-1)}` : `${key}${serial}`;
  }

  #blank(): string {
    return this.#pick("", " ", " ", "  ", "\t");
  }

  /** The rest of a line: blanks, perhaps a comment. */
  #end(): string {
    return `${this.#blank()}${this.#chance(20) ? this.#pick(...COMMENT_TEXTS) : ""}${this.#eol}`;
  }

  /** Lines without data. */
  #noise(): string {
    return this.#repeat(0, 2, () => this.#blank() + this.#pick("", ...COMMENT_TEXTS) + this.#eol).join("");
  }

  #member(): string {
    const key = this.#chance(20) ? `${this.#key()}${this.#blank()}.${this.#blank()}${this.#key()}` : this.#key();
    return this.#line(key, this.#value(2));
  }

  #line(key: string, value: string): string {
    return `${this.#noise()}${this.#blank()}${key}${this.#blank()}=${this.#blank()}${value}${this.#end()}`;
  }

  #header(open: string, path: string[], close: string): string {
    const key = path.join(`${this.#blank()}.${this.#blank()}`);
    return `${this.#noise()}${this.#blank()}${open}${this.#blank()}${key}${this.#blank()}${close}${this.#end()}`;
  }

  #members(): string {
    return this.#repeat(0, 3, () => this.#member()).join("");
  }

  #table(): string {
    const path = [this.#key(), ...(this.#chance(30) ? [this.#key()] : [])];
    const brackets = this.#chance(30) ? (["[[", "]]"] as const) : (["[", "]"] as const);
    return this.#header(brackets[0], path, brackets[1]) + this.#members();
  }

  #credentials(number: number): string[] {
    const id = this.#chance(20) ? 0 : 900 + number;
    return [
      `name = "foreign ${number}"`,
      `url = "${URL}"`,
      `id = ${id}`,
      `token = "glrt-foreign-${number}"`,
      this.#pick('executor = "shell"', "Executor = 'docker'", 'executor = """docker"""'),
    ];
  }

  #entry(number: number): string {
    const lines = this.#credentials(number).map((line) => {
      const [key = "", value = ""] = line.split(" = ");
      return this.#line(key, value);
    });
    const own = [...lines, ...this.#repeat(0, 3, () => this.#member())];
    if (this.#chance(30)) own.push(this.#line("docker.image", '"alpine"'));
    const shuffled = this.#draw(fc.shuffledSubarray(own, { minLength: own.length })).join("");
    const between = this.#chance(30) ? this.#table() : "";
    const inner = this.#repeat(0, 2, () => this.#subTable()).join("");
    return this.#header("[[", ["runners"], "]]") + shuffled + between + inner;
  }

  #subTable(): string {
    const name = this.#key();
    const isList = this.#chance(20);
    return (
      this.#header(isList ? "[[" : "[", ["runners", name], isList ? "]]" : "]") +
      this.#members() +
      (this.#chance(30) ? this.#header("[", ["runners", name, this.#key()], "]") + this.#members() : "")
    );
  }

  #inlineEntries(count: number): string {
    const items = Array.from({ length: count }, (_, number) => {
      const docker = this.#chance(50) ? [`docker = ${this.#inlineTable(1)}`] : [];
      return `{${[...this.#credentials(number), ...docker].join(", ")}}`;
    });
    return this.#line("runners", this.#list(items));
  }

  #value(depth: number): string {
    const kind = this.#number(0, depth > 0 ? 9 : 6);
    if (kind === 7 || kind === 8) return this.#list(this.#repeat(0, 3, () => this.#value(depth - 1)));
    if (kind === 9) return this.#inlineTable(depth);
    return this.#scalar(kind);
  }

  #scalar(kind: number): string {
    if (kind === 0) return this.#pick("1", "-0", "+7", "0x1F", "0o17", "0b11", "1_000", "9223372036854775807");
    if (kind === 1) return this.#pick("1.5", "-0.0", "1e3", "6.6_2E-3", "inf", "-inf", "nan");
    if (kind === 2) return this.#pick("true", "false");
    if (kind === 3) return this.#time();
    if (kind === 4) return this.#pick("'C:\\x # y'", "''", "'\"\"'", `'''${this.#eol}a = 1${this.#eol}[[runners]]'''`);
    if (kind === 5) return this.#multiline();
    const escapes = this.#isNew ? ["\\e[0m", "\\x41"] : [];
    return `"${this.#pick("", "a", "# no comment", "\\n\\t\\\\", "\\u00e9", "\\U0001F600", "\ud83d\ude00", "'x'", ...escapes)}"`;
  }

  #time(): string {
    const short = this.#isNew ? ["03:04", "2026-01-02 03:04Z", "2026-01-02T03:04"] : [];
    return this.#pick("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123+01:00", "2026-01-02", "03:04:05", ...short);
  }

  #multiline(): string {
    const lines = this.#repeat(0, 3, () =>
      this.#pick("[[runners]]", "id = 7", "# x", "", 'say ""hi""', "a \\\\", "\\t"),
    );
    return `"""${this.#eol}${lines.join(this.#eol)}${this.#pick("", this.#eol, `\\${this.#eol}  end`)}"""`;
  }

  /** Inside of brackets, line ends and comments may stand anywhere. */
  #gap(): string {
    return this.#chance(80) ? this.#blank() : `${this.#end()}${this.#blank()}`;
  }

  #list(items: string[]): string {
    const body = items.map((item) => `${this.#gap()}${item}${this.#gap()}`).join(",");
    const comma = items.length > 0 && this.#chance(30) ? `,${this.#gap()}` : "";
    return `[${body === "" ? this.#gap() : body}${comma}]`;
  }

  #inlineTable(depth: number): string {
    const gap = () => (this.#isNew ? this.#gap() : this.#blank());
    const members = this.#repeat(0, 3, () => {
      const key = this.#chance(20) ? `${this.#key()}.${this.#key()}` : this.#key();
      const value = this.#isNew ? this.#value(depth - 1) : this.#scalar(this.#number(0, 4));
      return `${gap()}${key}${this.#blank()}=${this.#blank()}${value}${gap()}`;
    });
    const comma = this.#isNew && members.length > 0 && this.#chance(30) ? `,${gap()}` : "";
    return `{${members.join(",")}${comma}}`;
  }
}
