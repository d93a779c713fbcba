import assert from "node:assert/strict";
import { loadTable } from "../../provider/config/load.js";
import { mergeTemplate, readTemplate } from "../../provider/config/template.js";
import { parseToml } from "../../provider/config/toml.js";
import type { Table } from "../../provider/config/value.js";

function entry(text: string): Table {
  const { table, problems } = loadTable("RunnerConfiguration", parseToml(text));
  assert.deepEqual(problems, []);
  return table;
}

function merge(runner: string, template: string): Table {
  return mergeTemplate(entry(runner), entry(template));
}

describe("reading a configuration template", () => {
  it("takes exactly one [[runners]]", () => {
    const { entry, problems } = readTemplate('[[runners]]\nexecutor = "shell"\n');
    assert.deepEqual([entry, problems], [{ executor: "shell" }, []]);
  });

  const refused: [string, string, RegExp][] = [
    ["an empty text", "", /exactly one \[\[runners\]\] entry and has none/],
    ["two entries", "[[runners]]\n[[runners]]\n", /exactly one \[\[runners\]\] entry and has 2/],
    ["wrong TOML", "[[runners]\n", /not valid TOML: line 1/],
    ["a wrong kind", "[[runners]]\nlimit = true\n", /must be a whole number/],
  ];
  for (const [what, text, message] of refused) {
    it(`refuses ${what}`, () => assert.match(readTemplate(text).problems[0]?.message ?? "", message));
  }

  it("names global settings, which registering ignores", () => {
    assert.deepEqual(readTemplate("concurrent = 4\n[[runners]]\n").ignored, ["concurrent"]);
  });
});

describe("merging a template by the Runner's rule", () => {
  it("fills what is empty and leaves what is set", () => {
    const merged = merge('shell = "bash"\nlimit = 0', 'shell = "sh"\nlimit = 4\nbuilds_dir = "/b"');
    assert.deepEqual(merged, { shell: "bash", limit: 4n, builds_dir: "/b" });
  });

  it("lets a template's true win over an explicit false, also behind a pointer", () => {
    const merged = merge(
      "clean_git_config = false\ndebug_trace_disabled = false",
      "clean_git_config = true\ndebug_trace_disabled = true",
    );
    assert.deepEqual(merged, { clean_git_config: true, debug_trace_disabled: true });
  });

  it("takes a list whole when there is none, and not at all when there is one", () => {
    assert.deepEqual(merge("", 'environment = ["A=1"]'), { environment: ["A=1"] });
    assert.deepEqual(merge('environment = ["B=2"]', 'environment = ["A=1"]'), { environment: ["B=2"] });
    assert.deepEqual(merge("environment = []", 'environment = ["A=1"]'), { environment: ["A=1"] });
    assert.deepEqual(merge("", "environment = []"), {});
  });

  it("merges maps key by key, overwriting empty values", () => {
    const merged = merge(
      "[feature_flags]\nFF_A = false\nFF_B = true",
      "[feature_flags]\nFF_A = true\nFF_B = false\nFF_C = true",
    );
    assert.deepEqual(merged, { feature_flags: { FF_A: true, FF_B: true, FF_C: true } });
  });

  it("merges tables field by field at any depth", () => {
    const merged = merge(
      '[docker]\nimage = "a"\n[cache.s3]\nBucketName = "b"',
      '[docker]\nimage = "x"\nmemory = "1g"\n[cache]\nType = "s3"\n[cache.s3]\nInsecure = true',
    );
    assert.deepEqual(merged, {
      docker: { image: "a", memory: "1g" },
      cache: { Type: "s3", s3: { BucketName: "b", Insecure: true } },
    });
  });

  it("copies a table that the runner lacks whole, its empty lists too", () => {
    assert.deepEqual(merge("", '[docker]\nimage = "x"\ncap_add = []'), { docker: { image: "x", cap_add: [] } });
  });

  it("never takes token and token times from the template, and a name only where the entry has none", () => {
    const template =
      'token = "t"\nname = "n"\ntoken_obtained_at = 2026-01-01T00:00:00Z\ntoken_expires_at = 2026-01-01T00:00:00Z\nlimit = 1';
    assert.deepEqual(merge("", template), { name: "n", limit: 1n });
    assert.deepEqual(merge('name = "r"', template), { name: "r", limit: 1n });
  });

  it("changes nothing with an empty template, and nothing more when merged twice", () => {
    const runner = 'shell = "bash"\n[docker]\nimage = "a"\nvolumes = ["/v"]';
    const template = '[docker]\nmemory = "1g"\nvolumes = ["/t"]';
    assert.deepEqual(merge(runner, ""), entry(runner));
    const once = merge(runner, template);
    assert.deepEqual(mergeTemplate(once, entry(template)), once);
  });
});
