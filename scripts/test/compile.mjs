// @ts-check
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { listFiles } from "../setup/fingerprint.mjs";
import { withLock } from "../setup/lock.mjs";
import { runTool } from "../setup/tool.mjs";

const compiled = ["provider", "test"];
const outputEnding = /\.(js|js\.map|d\.ts)$/;

/** @typedef {import("../setup/project.mjs").Project} Project */

/**
 * Compiles provider/ and test/ into build/, so that it holds what the sources say and nothing else.
 *
 * @param {Project} project
 * @returns {Promise<boolean>} whether the types are right
 */
export function compileTests(project) {
  return withLock({ folder: project.lock, purpose: "compiles the tests in this folder" }, async () => {
    removeStale(project.root);
    if (!(await runCompiler(project))) return false;
    if (isComplete(project.root)) return true;
    // The compiler trusts its own notes over what is really there.
    rmSync(path.join(project.root, "build", "tsconfig.tsbuildinfo"), { force: true });
    return (await runCompiler(project)) && isComplete(project.root);
  });
}

/** @param {Project} project */
async function runCompiler({ root, modules }) {
  const compiler = path.join(modules, "typescript", "bin", "tsc");
  const { ok } = await runTool(process.execPath, [compiler, "-p", "tsconfig.json"], { cwd: root, show: true });
  return ok;
}

/**
 * A compiled spec whose source was deleted must not run any more.
 *
 * @param {string} root
 */
function removeStale(root) {
  const isStale = (/** @type {string} */ output) => !existsSync(path.join(root, sourceOf(output)));
  const outputs = compiled.flatMap((folder) => listFiles(root, `build/${folder}`));
  for (const output of outputs.filter((name) => outputEnding.test(name)).filter(isStale)) {
    rmSync(path.join(root, output));
  }
}

/** @param {string} root */
function isComplete(root) {
  const sources = compiled.flatMap((folder) => listFiles(root, folder)).filter(isSource);
  return sources.every((source) => existsSync(path.join(root, outputOf(source))));
}

/** @param {string} name */
function isSource(name) {
  return name.endsWith(".ts") && !name.endsWith(".d.ts");
}

/**
 * @param {string} source such as test/config/toml.spec.ts
 * @returns {string} such as build/test/config/toml.spec.js
 */
export function outputOf(source) {
  return `build/${source.replace(/\.ts$/, ".js")}`;
}

/**
 * @param {string} output
 * @returns {string}
 */
export function sourceOf(output) {
  return output.replace(/^build\//, "").replace(outputEnding, ".ts");
}
