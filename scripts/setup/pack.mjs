// @ts-check
import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import path from "node:path";
import { SetUpFailure } from "./failure.mjs";
import { fingerprint, hasStamp, writeStamp } from "./fingerprint.mjs";
import { runNpm } from "./npm.mjs";
import { inPartial, swapIn } from "./partial.mjs";
import { step } from "./progress.mjs";
import { mustRun } from "./tool.mjs";

const packed = ["dist", "package.json", "README.md", "CHANGELOG.md", "LICENSE"];

/** @typedef {import("./project.mjs").Project} Project */

/** @param {Project} project */
export function isPacked(project) {
  return (
    hasStamp(stampOf(project), expectedStamp(project)) &&
    existsSync(project.tarball) &&
    existsSync(path.join(project.installed, "package.json"))
  );
}

/**
 * Installs our package the way a user has it: from the packed tarball, as a folder. With a symlink, Pulumi would copy
 * the provider's code into every stack instead of naming its module.
 *
 * @param {Project} project
 */
export function pack(project) {
  return step({ title: "packing the package and installing it for examples and tests" }, () =>
    inPartial(project.state, async (folder) => {
      const stamp = expectedStamp(project);
      await runNpm(["pack", "--ignore-scripts", "--pack-destination", folder], project.root);
      const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
      if (!tarball) throw new SetUpFailure("npm pack made no tarball");
      await mustRun("tar", ["-xzf", tarball], { name: "tar", cwd: folder });
      await swapIn(path.join(folder, "package"), project.installed);
      mkdirSync(path.dirname(project.tarball), { recursive: true });
      renameSync(path.join(folder, tarball), project.tarball);
      writeStamp(stampOf(project), stamp);
    }),
  );
}

/** @param {Project} project */
function stampOf(project) {
  return path.join(project.state, "packed");
}

/** @param {Project} project */
function expectedStamp(project) {
  return fingerprint(project.root, packed);
}
