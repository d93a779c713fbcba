// The guided tour of `npm run quickstart`: the whole life of a runner on the real Pulumi engine. After each step GitLab
// and the disk are asked whether it is so; the exit code is 0 only if all held.
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Checks, checkAll } from "./tour/checks.mjs";
import { chooseGitLab } from "./tour/gitlab.mjs";
import { makePulumi } from "./tour/pulumi.mjs";
import { say } from "./tour/screen.mjs";
import { changeProgram, destroyAll, driftAndHeal, firstUp } from "./tour/steps.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const state = join(here, ".state");

async function main() {
  const started = Date.now();
  say.title("pulumi-gitlab-runner: the life of a runner, on the real Pulumi engine");
  const gitlab = await chooseGitLab(join(here, "../.."));
  // A tour that was cut off may have left a stack behind; the stand-in of that time is gone, and its runners with it.
  if (gitlab.isStandIn) rmSync(state, { recursive: true, force: true });
  mkdirSync(join(state, "backend"), { recursive: true, mode: 0o700 });
  const file = join(state, "gitlab-runner/config.toml");
  const tour = { gitlab, file, pulumi: makePulumi({ root: join(here, "../.."), state, gitlab }), checks: new Checks() };
  try {
    for (const step of [firstUp, changeProgram, driftAndHeal, destroyAll]) await step(tour);
  } finally {
    await gitlab.close();
  }
  return checkAll(tour.checks, started);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    say.failure(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
