import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, TestStack } from "../support/stack.js";

const FIXTURES = join(ROOT, "test/fixtures/state");

/** Every state that a release left behind: its folder. */
const fixtures = readdirSync(FIXTURES)
  .filter((version) => /^\d/.test(version))
  .flatMap((version) => readdirSync(join(FIXTURES, version)).map((name) => join(version, name)));

/** As the fixture has it: nothing listens there, and a preview asks nobody. */
const ADDRESS = "https://gitlab.fixture.example.com";

/** A stack as a release left it, with today's package under the program of then. */
async function restore(fixture: string): Promise<TestStack> {
  const token = "glpat-not-a-token";
  const stack = new TestStack({ GITLAB_BASE_URL: ADDRESS, GITLAB_TOKEN: token, OTHER_GITLAB_TOKEN: token });
  await stack.init();
  const folder = join(FIXTURES, fixture);
  cpSync(join(folder, "program.js"), stack.path("project/index.js"));
  await stack.succeed("stack", "import", "--file", join(folder, "state.json"));
  return stack;
}

describe("state of earlier releases", () => {
  it("is kept of every release, with its programs", () => {
    assert.ok(fixtures.length >= 5, fixtures.join());
    for (const fixture of fixtures) assert.ok(existsSync(join(FIXTURES, fixture, "state.json")), fixture);
  });

  for (const fixture of fixtures) {
    it(`is taken by today's code without replacement and without update: ${fixture}`, async () => {
      const stack = await restore(fixture);
      const count = (await stack.resources()).length;
      assert.ok(count > 0);
      const { output } = await stack.preview("--expect-no-changes");
      assert.match(output, /\d+ unchanged/);
      assert.doesNotMatch(output, /(create|update|replace|delete)d?\b.*\d/i);
    });
  }

  it("is taken for what it is: a changed program shows as an update, and no more", async () => {
    const stack = await restore("0.1.0/docker");
    const file = stack.path("project/index.js");
    writeFileSync(file, readFileSync(file, "utf8").replace("alpine:3.20", "alpine:3.21"));
    mkdirSync(stack.path("project/host"));
    const { output } = await stack.preview();
    assert.match(output, /image *: "alpine:3\.20" => "alpine:3\.21"/);
    assert.match(output, /1 to update/);
    assert.doesNotMatch(output, /to (replace|create|delete)/);
  });
});
