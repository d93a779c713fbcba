// The four steps of the tour.
import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { callGitLab } from "./gitlab.mjs";
import { say } from "./screen.mjs";

/** What the first step learned of the runner, for the later ones to compare with. */
const known = { id: 0, token: "" };

const readFile = (tour) => readFileSync(tour.file, "utf8");
const tokenIn = (text) => /^ {2}token = "(.*)"$/m.exec(text)?.[1];
const readRunner = async (tour) => (await callGitLab(tour.gitlab, "GET", `/runners/${known.id}`)).body;

async function succeed(run) {
  const { code, output } = await run;
  if (code !== 0) throw new Error(`the command above ended with ${code}`);
  return output;
}

/** The file as the screen may show it. */
function showFile(tour) {
  say.text(`${tour.file}:`);
  for (const line of readFile(tour).trimEnd().split("\n"))
    say.output(line.replace(known.token, `${known.token.slice(0, 5)}…`));
}

export async function firstUp(tour) {
  say.step("1", "A runner is registered in GitLab, and its config.toml written");
  const { pulumi, checks, gitlab, file } = tour;
  await pulumi.init();
  await pulumi.set("quickstart:path", file);
  await pulumi.set("quickstart:image", "alpine:3.20");
  await pulumi.set("quickstart:tags[0]", "docker");
  for (const [key, value] of Object.entries(gitlab.owner)) await pulumi.set(`quickstart:owner.${key}`, value);
  await succeed(pulumi.run("up", "--yes", "--skip-preview"));
  known.id = Number((await succeed(pulumi.ask("stack", "output", "runnerId"))).trim());
  known.token = tokenIn(readFile(tour)) ?? "";
  showFile(tour);
  await checks.expect(`GitLab has runner ${known.id} with tag docker`, async () => {
    assert.deepEqual((await readRunner(tour)).tag_list, ["docker"]);
  });
  await checks.expect("config.toml has its token, and what the template adds; only its owner may read it", () => {
    assert.match(known.token, /glrt-/);
    assert.match(
      readFile(tour),
      /image = "alpine:3\.20"[\s\S]*pull_policy = \["if-not-present"\][\s\S]*name = "redis:7"/,
    );
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });
}

export async function changeProgram(tour) {
  say.step("2", "Tags and image are changed: an update in place, same runner, same token");
  const { pulumi, checks } = tour;
  await pulumi.set("quickstart:tags[1]", "linux");
  await pulumi.set("quickstart:image", "alpine:3.21");
  await succeed(pulumi.run("up", "--yes", "--skip-preview", "--diff"));
  await checks.expect("GitLab has the new tag on the same runner", async () => {
    assert.deepEqual((await readRunner(tour)).tag_list.sort(), ["docker", "linux"]);
  });
  await checks.expect("config.toml has the new image and the same token", () => {
    assert.match(readFile(tour), /image = "alpine:3\.21"/);
    assert.equal(tokenIn(readFile(tour)), known.token);
  });
}

export async function driftAndHeal(tour) {
  say.step("3", "Somebody pauses the runner in GitLab and edits the file: found, named and healed");
  const { pulumi, checks, gitlab, file } = tour;
  await callGitLab(gitlab, "PUT", `/runners/${known.id}`, { paused: true });
  writeFileSync(file, readFile(tour).replace("concurrent = 4", "concurrent = 40"));
  const drift = await pulumi.drift();
  await checks.expect('"drift" names both, and ends with 2', () => {
    assert.equal(drift.code, 2);
    assert.match(drift.output, /Runner docker: paused[\s\S]*ConfigToml host: concurrent/);
  });
  const preview = await succeed(pulumi.run("preview", "--refresh", "--diff"));
  await checks.expect("a preview with refresh names both", () => {
    assert.match(preview, /paused/);
    assert.match(preview, /concurrent *: 40 => 4/);
  });
  await succeed(pulumi.run("up", "--yes", "--skip-preview", "--refresh"));
  await checks.expect("the runner takes jobs again", async () => assert.equal((await readRunner(tour)).paused, false));
  await checks.expect("config.toml is as declared, with the same token", () => {
    assert.match(readFile(tour), /concurrent = 4\n/);
    assert.equal(tokenIn(readFile(tour)), known.token);
  });
  const clean = await pulumi.drift();
  await checks.expect('"drift" finds nothing any more, and ends with 0', () => assert.equal(clean.code, 0));
}

export async function destroyAll(tour) {
  say.step("4", "All is taken back");
  const { pulumi, checks, gitlab, file } = tour;
  await succeed(pulumi.run("destroy", "--yes", "--skip-preview"));
  await checks.expect(`GitLab knows no runner ${known.id}`, async () => {
    assert.equal((await callGitLab(gitlab, "GET", `/runners/${known.id}`)).status, 404);
  });
  await checks.expect("config.toml is gone", () => assert.equal(existsSync(file), false));
  await succeed(pulumi.run("stack", "rm", "--yes"));
}
