import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readOptions } from "../../../provider/cli/drift/options.js";
import { InvalidInputError } from "../../../provider/errors.js";
import { makeFolder } from "../../support/folder.js";

describe("the options of drift", () => {
  let folder: string;

  beforeEach(() => {
    folder = makeFolder();
  });

  const file = (name: string) => join(folder, name);
  const problemsOf = (...words: string[]) => {
    try {
      readOptions(words);
    } catch (error) {
      if (error instanceof InvalidInputError) return error.problems.map(({ path }) => path);
      throw error;
    }
    return [];
  };

  const outputs: [words: string, expected: { format: string; file?: string }[]][] = [
    ["", [{ format: "text" }]],
    ["--format json", [{ format: "json" }]],
    [
      "--format junit --output a --format=html --output=b",
      [{ format: "junit", file: "a" }, { format: "html", file: "b" }, { format: "text" }],
    ],
    ["--format json --format html --output b", [{ format: "json" }, { format: "html", file: "b" }]],
  ];
  for (const [words, expected] of outputs) {
    it(`give each report its file, and standard output to text where nothing else goes there: ${words}`, () => {
      assert.deepEqual(readOptions(words.split(" ").filter(Boolean)).outputs, expected);
    });
  }

  it("are refused with all that is wrong at once", () => {
    const words = [
      "--format",
      "xml",
      "--format",
      "text",
      "--cwd",
      file("none"),
      "--ignore",
      "x",
      "--ignore",
      "a.b",
      "--ignore",
      "{a}.b",
    ];
    assert.deepEqual(problemsOf(...words), ["--cwd", "--format", "--format", "--ignore", "--ignore"]);
  });

  it("are refused where a report would go nowhere, into a folder, or over another one", () => {
    writeFileSync(file("there"), "");
    assert.deepEqual(problemsOf("--output", file("a")), ["--output"]);
    assert.deepEqual(problemsOf("--format", "json", "--output", file("a"), "--output", file("b")), ["--output"]);
    assert.deepEqual(problemsOf("--format", "json", "--output", folder), ["--output"]);
    assert.deepEqual(problemsOf("--format", "json", "--output", join(folder, "none", "a")), ["--output"]);
    assert.deepEqual(problemsOf("--format", "json", "--output", join(file("there"), "a")), ["--output"]);
    const twice = ["--format", "json", "--output", file("a"), "--format", "html", "--output", join(folder, ".", "a")];
    assert.deepEqual(problemsOf(...twice), ["--output"]);
    assert.deepEqual(problemsOf("--format", "json", "--output", file("there")), []);
  });
});
