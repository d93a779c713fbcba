import assert from "node:assert/strict";
import { type Loaded, loadTable } from "../../provider/config/load.js";
import { parseToml } from "../../provider/config/toml.js";
import { DateTime } from "../../provider/config/value.js";
import { TomlSyntaxError } from "../../provider/errors.js";

function load(text: string): Loaded {
  return loadTable("GlobalConfiguration", parseToml(text));
}

describe("loading a config.toml as the Runner does", () => {
  it("takes keys in any case, an exact spelling first", () => {
    const { table } = load('CONCURRENT = 3\n[[runners]]\n[runners.Docker]\nIMAGE = "wrong"\nimage = "right"\n');
    assert.deepEqual(table, { concurrent: 3n, runners: [{ docker: { image: "right" } }] });
  });

  it("collects unknown keys by their path and ignores them", () => {
    const { table, unknown } = load('[[runners]]\nname = "a"\nsurprise = 1\n[runners.docker]\n"odd key" = true\n');
    assert.deepEqual(table, { runners: [{ name: "a", docker: {} }] });
    assert.deepEqual(Object.fromEntries(unknown), { "runners[0].surprise": 1n, 'runners[0].docker."odd key"': true });
  });

  const wrong: [string, string, string][] = [
    ["a float for an integer", "concurrent = 1.0", "concurrent"],
    ["a number for text", "[[runners]]\n[runners.docker]\ncpus = 2", "runners[0].docker.cpus"],
    ["text for a bool", '[[runners]]\n[runners.docker]\nprivileged = "yes"', "runners[0].docker.privileged"],
    ["a duration without unit", 'connection_max_age = "5"', "connection_max_age"],
    ["a table for a list of tables", "[runners]\n", "runners"],
    ["an integer beyond 64 bits", "concurrent = 9223372036854775808", "concurrent"],
    ["a list that holds another kind", "[[runners]]\nenvironment = [1]", "runners[0].environment[0]"],
  ];
  for (const [what, text, path] of wrong) {
    it(`names ${what} by its path`, () => {
      const { problems } = load(text);
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
      );
    });
  }

  it("takes a bare integer for a duration as nanoseconds", () => {
    assert.equal(load("connection_max_age = 5").table.connection_max_age, "5ns");
  });

  it("takes one word for a list where the Runner allows it", () => {
    const { table } = load('[[runners]]\n[runners.docker]\npull_policy = "always"\n');
    assert.deepEqual(table, { runners: [{ docker: { pull_policy: ["always"] } }] });
  });

  it("takes times as date-time, local date and text", () => {
    for (const [text, expected] of [
      ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"],
      ["2026-01-02 03:04:05.500Z", "2026-01-02T03:04:05.5Z"],
      ["2026-01-02", "2026-01-02T00:00:00Z"],
      ['"2026-01-02T03:04:05Z"', "2026-01-02T03:04:05Z"],
      ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"],
    ]) {
      const { table } = load(`[[runners]]\ntoken_expires_at = ${text}\n`);
      assert.deepEqual(table, { runners: [{ token_expires_at: new DateTime(expected ?? "") }] }, text);
    }
  });

  it("reads TOML 1.1, a byte order mark and CRLF", () => {
    const { table } = load('\ufeffconcurrent = 2\r\nlabels = {\r\n  a = "\\e", # a comment\r\n}\r\n');
    assert.deepEqual(table, { concurrent: 2n, labels: { a: "\u001b" } });
  });

  it("tells line and column of a syntax error, and not the line's text", () => {
    assert.throws(
      () => load('concurrent = 1\n[[runners]]\ntoken = "glrt-secret\n'),
      (error: unknown) =>
        error instanceof TomlSyntaxError && error.line === 3 && !error.message.includes("glrt-secret"),
    );
  });

  it("keeps a key named __proto__ a key", () => {
    const { table } = load('[[runners]]\n[runners.autoscaler.plugin_config]\n"__proto__" = "x"\n');
    assert.ok(JSON.stringify(table).includes('"__proto__":"x"'));
  });
});
