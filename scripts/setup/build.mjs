// @ts-check
import path from "node:path";
import { fingerprint, hasStamp, writeStamp } from "./fingerprint.mjs";
import { inPartial, swapIn } from "./partial.mjs";
import { step } from "./progress.mjs";
import { mustRun } from "./tool.mjs";

const sources = ["provider", "tsconfig.json", "tsconfig.build.json", "package.json", "package-lock.json"];

/** @typedef {import("./project.mjs").Project} Project */

/** @param {Project} project */
export function isBuilt(project) {
  return hasStamp(stampOf(project), expectedStamp(project));
}

/**
 * Compiles provider/ into a new dist/: what a deleted source had left there is gone with the old one.
 *
 * @param {Project} project
 */
export function build(project) {
  return step({ title: "compiling provider/ to dist/" }, () =>
    inPartial(project.state, async (folder) => {
      // Taken first: what is edited meanwhile is for the next build.
      const compiled = fingerprint(project.root, sources);
      const dist = path.join(folder, "dist");
      const compiler = path.join(project.modules, "typescript", "bin", "tsc");
      const args = ["-p", "tsconfig.build.json", "--outDir", dist, "--tsBuildInfoFile", path.join(folder, "buildinfo")];
      await mustRun(process.execPath, [compiler, ...args], { name: "The TypeScript compiler", cwd: project.root });
      await swapIn(dist, project.dist);
      writeStamp(stampOf(project), `${compiled} ${fingerprint(project.root, ["dist"])}`);
    }),
  );
}

/** @param {Project} project */
function stampOf(project) {
  return path.join(project.state, "built");
}

/** @param {Project} project */
function expectedStamp(project) {
  return `${fingerprint(project.root, sources)} ${fingerprint(project.root, ["dist"])}`;
}
