import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT, TestStack } from "../support/stack.js";

const FIXTURES = join(ROOT, "test/fixtures/state");

/** Every state that a release left behind: its folder. */
const fixtures = readdirSync(FIXTURES)
  .filter((version) => /^\d/.test(version))
  .flatMap((version) => readdirSync(join(FIXTURES, version)).map((name) => join(version, name)));

/** By the changelog, the releases before the version of the package, which may not be out yet. */
function findReleases(): string[] {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  const all = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8").matchAll(/^## (\d\S*)$/gm);
  const releases = [...all].map(([, release = ""]) => release);
  assert.ok(releases.includes(version), `CHANGELOG.md has no ${version}`);
  return releases.slice(releases.indexOf(version) + 1);
}

/** A resource of this package: a state without one would show nothing. */
const OURS = /"type": "pulumi-nodejs:dynamic\/gitlab-runner:(Runner|ConfigToml)"/;

/** As the fixture has it: nothing listens there, and a preview asks nobody. */
const ADDRESS = "https://gitlab.fixture.example.com";

/** A stack as a release left it, with today's package under the program of then. */
async function restore(fixture: string): Promise<TestStack> {
  const token = "glpat-not-a-token";
  const stack = new TestStack({ GITLAB_BASE_URL: ADDRESS, GITLAB_TOKEN: token, OTHER_GITLAB_TOKEN: token });
  await stack.init();
  const folder = join(FIXTURES, fixture);
  cpSync(join(folder, "program.js"), stack.path("project/index.js"));
  await stack.restore(join(folder, "state.json"));
  return stack;
}

/**
 * What an update would do, but for the one thing that is new: a stack with runners now has an identity, which 0.1.0 did
 * not make.
 */
async function stepsOf(stack: TestStack): Promise<string[]> {
  const { stdout } = await stack.succeed("preview", "--json");
  const { steps } = JSON.parse(stdout) as { steps: { op: string; urn: string }[] };
  const changes = steps
    .filter(({ op }) => op !== "same")
    .map(({ op, urn }) => `${op} ${urn.split("::").slice(2).join(" ")}`);
  return changes.filter(
    (change) => change !== "create pulumi-nodejs:dynamic/gitlab-runner:StackIdentity gitlab-runner",
  );
}

describe("state of earlier releases", () => {
  it("is kept of every release, with its programs", () => {
    const missing = findReleases().filter((version) => !fixtures.some((fixture) => dirname(fixture) === version));
    assert.deepEqual(missing, []);
    for (const fixture of fixtures)
      assert.match(readFileSync(join(FIXTURES, fixture, "state.json"), "utf8"), OURS, fixture);
  });

  for (const fixture of fixtures) {
    it(`is taken by today's code without replacement and without update: ${fixture}`, async () => {
      const stack = await restore(fixture);
      assert.deepEqual(await stepsOf(stack), []);
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
    assert.doesNotMatch(output, /to (replace|delete)/);
  });
});
