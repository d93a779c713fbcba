import assert from "node:assert/strict";
import { describeProblem } from "../../provider/errors.js";
import { render } from "../../provider/lifecycle/configToml/spec.js";
import { warnOfTemplates } from "../../provider/lifecycle/configToml/templates.js";

const RUNNER = { url: "https://gitlab.example.com", id: 1, token: { value: "glrt-fake" } };

function warningsOf(settings: Record<string, unknown>, template?: string): string[] {
  const inputs = { runners: { build: { runner: RUNNER, ...settings, template } } };
  return warnOfTemplates(inputs, render(inputs).entries).map(describeProblem);
}

describe("what a ConfigToml says of its templates", () => {
  it("is nothing without a template, or where the template only fills", () => {
    assert.deepEqual(warningsOf({ executor: "shell" }), []);
    assert.deepEqual(warningsOf({ executor: "docker" }, "[[runners]]\nlimit = 2\n[runners.docker]\nimage = 'x'"), []);
  });

  const rows: [title: string, settings: Record<string, unknown>, template: string, expected: RegExp][] = [
    [
      "names the argument of an explicit false that gives way",
      { executor: "docker", docker: { privileged: false } },
      "[[runners]]\n[runners.docker]\nprivileged = true",
      /^runners\.build\.docker\.privileged: is set to false, which counts as not set/,
    ],
    [
      "names an argument in its own spelling",
      { executor: "shell", outputLimit: 0 },
      "[[runners]]\noutput_limit = 9",
      /^runners\.build\.outputLimit: is set to 0/,
    ],
    [
      "names a global setting",
      { executor: "shell" },
      "concurrent = 3\n[[runners]]",
      /^runners\.build\.template: its concurrent is ignored/,
    ],
    [
      "names another executor's section",
      { executor: "shell" },
      "[[runners]]\n[runners.docker]\nimage = 'x'",
      /^runners\.build\.template: its docker is left out/,
    ],
    [
      "names a token, and does not show it",
      { executor: "shell" },
      "[[runners]]\ntoken = 'fake-SECRET'",
      /^runners\.build\.template: its token is ignored/,
    ],
    [
      "names a name",
      { executor: "shell" },
      "[[runners]]\nname = 'x'",
      /^runners\.build\.template: its name is ignored/,
    ],
    [
      "names a key that the Runner does not know",
      { executor: "shell" },
      "[[runners]]\nnonsense = 1",
      /^runners\.build\.template: its runners\[0\]\.nonsense is ignored/,
    ],
  ];
  for (const [title, settings, template, expected] of rows) {
    it(title, () => {
      const [warning = "", ...more] = warningsOf(settings, template);
      assert.match(warning, expected);
      assert.deepEqual(more, []);
      assert.ok(!warning.includes("SECRET"));
    });
  }
});
