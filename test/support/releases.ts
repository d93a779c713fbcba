import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { NewRunner, StandInGitLab } from "../../provider/testing/index.js";
import { ROOT, TestStack } from "./stack.js";

const FIXTURES = join(ROOT, "test/fixtures/state");

/** GitLab's address in the fixtures; nothing listens there. */
export const ADDRESS = "https://gitlab.fixture.example.com";

/** What the releases left behind, oldest first: `0.1.0/docker`. */
export function listFixtures(): string[] {
  const releases = readdirSync(FIXTURES).filter((name) => /^\d/.test(name));
  releases.sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  return releases.flatMap((release) => readdirSync(join(FIXTURES, release)).map((name) => `${release}/${name}`));
}

export function readFixture(fixture: string, file: string): string {
  return readFileSync(join(FIXTURES, fixture, file), "utf8");
}

/** A stack and its hosts as a release left them, but for GitLab's address, with today's package under the program of then. */
export async function restoreRelease(fixture: string, gitlab: { url: string; token: string }): Promise<TestStack> {
  const { url, token } = gitlab;
  const stack = new TestStack({ GITLAB_BASE_URL: url, GITLAB_TOKEN: token, OTHER_GITLAB_TOKEN: token });
  await stack.init();
  const copy = (file: string, path: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, readFixture(fixture, file).replaceAll(ADDRESS, url), { mode: 0o600 });
  };
  copy("program.js", stack.path("project/index.js"));
  for (const file of listHostFiles(fixture)) copy(file, stack.path("project", file));
  copy("state.json", stack.path("state.json"));
  await stack.restore(stack.path("state.json"));
  return stack;
}

/** Kept from 0.5.0 on. */
function listHostFiles(fixture: string): string[] {
  const folder = join(FIXTURES, fixture);
  if (!existsSync(join(folder, "host"))) return [];
  const names = readdirSync(join(folder, "host"), { recursive: true, encoding: "utf8" });
  return names.map((name) => join("host", name)).filter((name) => statSync(join(folder, name)).isFile());
}

/** Makes the runners as GitLab had them, which is kept from 0.5.0 on. */
export function reviveRunners(fixture: string, gitlab: StandInGitLab): void {
  for (const runner of JSON.parse(readFixture(fixture, "runners.json")) as NewRunner[]) gitlab.createRunner(runner);
}
