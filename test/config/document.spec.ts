import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Located, parseDocument, type TomlDocument } from "../../provider/config/document.js";
import { parseToml } from "../../provider/config/toml.js";
import { isTable, type Value } from "../../provider/config/value.js";
import { TomlSyntaxError } from "../../provider/errors.js";
import { formatPath, type Path } from "../../provider/path.js";
import fc from "../support/chance.js";
import { ROOT } from "../support/stack.js";
import { foreignFiles } from "../support/tomlText.js";

/** Each value that is no table or list of values, with its path. */
function listLeaves(value: Value, path: Path = []): [Path, Value][] {
  const steps = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : isTable(value)
      ? Object.entries(value)
      : [];
  const inner = steps.flatMap(([step, item]) => listLeaves(item, [...path, step]));
  return steps.length > 0 || path.length === 0 ? inner : [[path, value]];
}

/** That the text at each place is the value itself: read alone, it gives the same. */
function assertPlaces(document: TomlDocument): number {
  const leaves = listLeaves(document.table);
  for (const [path, value] of leaves) {
    const located = document.locate(path) ?? assert.fail(`${formatPath(path)} is not found in\n${document.text}`);
    assertPosition(document.text, located);
    const text = document.text.slice(located.value.start, located.value.end);
    // An empty table may have a header only.
    if (!text.startsWith("[") || Array.isArray(value)) assert.deepEqual(parseToml(`v = ${text}`).v, value, text);
    else assert.match(text, /^\[[^\n]*\]$/);
  }
  return leaves.length;
}

function assertPosition(text: string, { key, value }: Located): void {
  for (const { start, line, column } of [key, value]) {
    const before = text
      .slice(0, start)
      .replace(/^\uFEFF/, "")
      .split("\n");
    assert.deepEqual([line, column], [before.length, (before.at(-1) ?? "").length + 1]);
  }
}

function at(text: string, path: Path): string[] | undefined {
  const located = parseDocument(text).locate(path);
  return located && [located.key, located.value].map(({ start, end }) => text.slice(start, end));
}

describe("a TOML document with places", () => {
  const text = [
    "\uFEFFconcurrent = 4 # few",
    "log.level = 'debug'",
    "[[runners]]",
    '  name = "a"',
    '  "tls-ca-file" = "x"',
    "  docker.image = 'alpine'",
    "[other]",
    "list = [1, {deep.er = 2,",
    "  last = 3,}, # TOML 1.1",
    "]",
    "[[runners]]",
    "[ runners . docker ]",
    "memory = '\\e'",
    "",
  ].join("\r\n");

  const cases: [Path, [string, string]][] = [
    [["concurrent"], ["concurrent", "4"]],
    [
      ["log", "level"],
      ["level", "'debug'"],
    ],
    [["log"], ["log", "log.level = 'debug'"]],
    [
      ["runners", 0, "tls-ca-file"],
      ['"tls-ca-file"', '"x"'],
    ],
    [
      ["runners", 0, "docker", "image"],
      ["image", "'alpine'"],
    ],
    [
      ["other", "list", 1, "deep", "er"],
      ["er", "2"],
    ],
    [
      ["other", "list", 1, "last"],
      ["last", "3"],
    ],
    [
      ["other", "list", 0],
      ["1", "1"],
    ],
    [
      ["runners", 1],
      ["runners", "[[runners]]"],
    ],
    [
      ["runners", 1, "docker"],
      ["docker", "[ runners . docker ]\r\nmemory = '\\e'"],
    ],
  ];
  for (const [path, expected] of cases) {
    it(`finds ${formatPath(path)}`, () => assert.deepEqual(at(text, path), expected));
  }

  it("finds nothing where nothing is, and a table's own header before those of its sub-tables", () => {
    for (const path of [["no"], ["runners", 2], ["runners", 0, "docker", "memory"]]) {
      assert.equal(at(text, path), undefined);
    }
    assert.deepEqual(at("[a.b]\n[a]\nc = 1\n", ["a"]), ["a", "[a]\nc = 1"]);
  });

  it("counts lines and columns from 1, a byte order mark not at all", () => {
    const { key, value } = parseDocument(text).locate(["concurrent"]) ?? assert.fail();
    assert.deepEqual([key.line, key.column, value.line, value.column], [1, 1, 1, 14]);
  });

  it("lists blocks, members and comments as they stand", () => {
    const { blocks, comments } = parseDocument(text);
    assert.deepEqual(
      blocks.map(({ path, isItem, members }) => [formatPath(path), isItem, members.length]),
      [
        ["", false, 2],
        ["runners[0]", true, 3],
        ["other", false, 1],
        ["runners[1]", true, 0],
        ["runners[1].docker", false, 1],
      ],
    );
    assert.deepEqual(
      comments.map(({ start, end }) => text.slice(start, end)),
      ["# few", "# TOML 1.1"],
    );
  });

  it("refuses what is no TOML, with line and column", () => {
    assert.throws(
      () => parseDocument("a = 1\nb = = 2\n"),
      (error: unknown) => error instanceof TomlSyntaxError && error.line === 2,
    );
  });

  it("agrees with the other parser on every file of the recorded runs", () => {
    const folder = join(ROOT, "test/fixtures/register-runs");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".toml"));
    const leaves = files.map((name) => assertPlaces(parseDocument(readFileSync(join(folder, name), "utf8"))));
    assert.ok(files.length > 20 && leaves.reduce((sum, count) => sum + count, 0) > 500, `${files.length} files`);
  });

  it("agrees with the other parser on random files: each value stands where it is said to stand", () => {
    fc.assert(
      fc.property(foreignFiles(), ({ text }) => void assertPlaces(parseDocument(text))),
      { numRuns: 500, endOnFailure: true },
    );
  }).timeout(60_000);
});
