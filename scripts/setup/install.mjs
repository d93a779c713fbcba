// @ts-check
import { cpSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { fingerprint, hasStamp, writeStamp } from "./fingerprint.mjs";
import { runNpm } from "./npm.mjs";
import { inPartial, swapIn } from "./partial.mjs";
import { step } from "./progress.mjs";

const wantedBy = ["package.json", "package-lock.json", ".npmrc"];

/** @typedef {import("./project.mjs").Project} Project */

/** @param {Project} project */
export function isInstalled(project) {
  return hasStamp(stampOf(project), expectedStamp(project));
}

/**
 * Installs what package-lock.json says, beside, and swaps it in: an interrupted install leaves the old one in use.
 *
 * @param {Project} project
 */
export function install(project) {
  const what = { title: "installing the locked dependencies with npm", expect: "about 15 s, once" };
  return step(what, () =>
    inPartial(project.state, async (folder) => {
      const stamp = expectedStamp(project);
      for (const name of wantedBy) {
        const file = path.join(project.root, name);
        if (existsSync(file)) cpSync(file, path.join(folder, name));
      }
      // NODE_ENV=production would leave the compiler out.
      await runNpm(["ci", "--include=dev", "--no-audit", "--no-fund", "--prefer-offline"], folder);
      const modules = path.join(folder, "node_modules");
      mkdirSync(modules, { recursive: true });
      await swapIn(modules, project.modules);
      writeStamp(stampOf(project), stamp);
    }),
  );
}

/** @param {Project} project */
function stampOf(project) {
  return path.join(project.modules, ".set-up");
}

/** @param {Project} project */
function expectedStamp(project) {
  const [major] = process.versions.node.split(".");
  return `${fingerprint(project.root, ["package-lock.json"])} node${major} ${process.platform}-${process.arch}`;
}
