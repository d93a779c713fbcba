import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ADDRESS, listFixtures, readFixture, restoreRelease } from "../support/releases.js";
import { ROOT, type TestStack } from "../support/stack.js";

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

/** Nobody listens there: a preview asks nobody. */
const restore = (fixture: string) => restoreRelease(fixture, { url: ADDRESS, token: "glpat-not-a-token" });

/** Ids, fingerprints and times, which each run makes anew. */
const MADE_ANEW = /\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{12,32}\b|\b\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const ENGINES_OWN = ["created", "modified", "sourcePosition", "stackTrace"];

/** Program and state but for what each run makes anew; of a secret its length counts, since nobody sees more of it. */
function formOf(fixture: string): string {
  const { deployment } = JSON.parse(readFixture(fixture, "state.json"), (key, value: unknown) => {
    if (ENGINES_OWN.includes(key)) return undefined;
    if (/^(id|runnerId)$/.test(key)) return typeof value;
    if (Array.isArray(value) && String(value[0]).startsWith("urn:")) return value.sort();
    if (typeof value !== "string") return value;
    return key === "ciphertext" ? value.length : value.replace(MADE_ANEW, (made) => made.replace(/[0-9a-f]/g, "0"));
  }) as { deployment: { resources: { urn: string }[] } };
  const resources = deployment.resources.sort((one, other) => one.urn.localeCompare(other.urn));
  return `${readFixture(fixture, "program.js")}\n${JSON.stringify(resources)}`;
}

/** Fixtures of one form: what one preview shows counts for all. */
function groupByForm(): string[][] {
  const groups = new Map<string, string[]>();
  for (const fixture of listFixtures()) {
    const form = formOf(fixture);
    groups.set(form, [...(groups.get(form) ?? []), fixture]);
  }
  return [...groups.values()];
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
    const fixtures = listFixtures();
    const missing = findReleases().filter((version) => !fixtures.some((fixture) => fixture.startsWith(`${version}/`)));
    assert.deepEqual(missing, []);
    for (const fixture of fixtures) assert.match(readFixture(fixture, "state.json"), OURS, fixture);
  });

  for (const fixtures of groupByForm()) {
    it(`is taken by today's code without replacement and without update: ${fixtures.join(", ")}`, async () => {
      const stack = await restore(fixtures[0] ?? assert.fail());
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
