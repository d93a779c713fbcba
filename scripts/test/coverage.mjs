// @ts-check
import { readFileSync } from "node:fs";
import path from "node:path";
import { listFiles } from "../setup/fingerprint.mjs";
import { runTool } from "../setup/tool.mjs";
import { sourceOf } from "./compile.mjs";

/** Percent of provider/ that the unit specs must reach; of functions none, as every re-export counts for one. */
const thresholds = { lines: 90, functions: 0, branches: 80 };

/** @typedef {keyof typeof thresholds} Measure */
/** @typedef {Record<Measure, { total: number, covered: number, pct: number }>} Coverage */
/** @typedef {import("../setup/project.mjs").Project} Project */

const measures = /** @type {Measure[]} */ (Object.keys(thresholds));

/**
 * Prints what the unit specs reached of provider/, folder by folder.
 *
 * @param {Project} project
 * @param {string} raw the folder that was NODE_V8_COVERAGE while they ran
 * @returns {Promise<string[]>} the thresholds that were missed, in words
 */
export async function reportCoverage(project, raw) {
  const folder = path.join(project.root, "build", "coverage");
  const args = ["report", "--temp-directory", raw, "--reports-dir", folder];
  const scope = ["--all", "--src", "provider", "--include", "provider/**/*.ts", "--exclude-after-remap"];
  const excluded = findTypeOnly(project.root).flatMap((file) => ["--exclude", file]);
  const c8 = path.join(project.modules, "c8", "bin", "c8.js");
  const reporters = ["--reporter", "text-summary", "--reporter", "json-summary"];
  const all = [c8, ...args, ...scope, ...excluded, ...reporters];
  const { ok } = await runTool(process.execPath, all, { cwd: project.root, show: true });
  if (!ok) return ["the coverage could not be told"];
  const { total, ...files } = JSON.parse(readFileSync(path.join(folder, "coverage-summary.json"), "utf8"));
  printFolders(sumByFolder(files, project.root));
  return measures
    .filter((measure) => total[measure].total > 0 && total[measure].pct < thresholds[measure])
    .map((measure) => `${total[measure].pct} % of the ${measure} are covered, which is below ${thresholds[measure]} %`);
}

/**
 * Files that are gone at run time, so that nothing can load and thereby cover them.
 *
 * @param {string} root
 */
function findTypeOnly(root) {
  const boilerplate = /^("use strict";|Object\.defineProperty\(exports, "__esModule".*|\/\/.*|)$/;
  const isEmpty = (/** @type {string} */ file) =>
    readFileSync(path.join(root, file), "utf8")
      .split(/\r?\n/)
      .every((line) => boilerplate.test(line));
  const compiled = listFiles(root, "build/provider").filter((name) => name.endsWith(".js"));
  return compiled.filter(isEmpty).map(sourceOf);
}

/**
 * @param {Record<string, Coverage>} files
 * @param {string} root
 * @returns {Map<string, Coverage>}
 */
function sumByFolder(files, root) {
  /** @type {Map<string, Coverage>} */
  const folders = new Map();
  for (const [file, coverage] of Object.entries(files)) {
    const folder = path.dirname(path.relative(root, file));
    const sum = folders.get(folder);
    folders.set(folder, sum ? add(sum, coverage) : coverage);
  }
  return new Map([...folders].sort(([one], [other]) => one.localeCompare(other)));
}

/**
 * @param {Coverage} one
 * @param {Coverage} other
 */
function add(one, other) {
  const sum = measures.map((measure) => {
    const total = one[measure].total + other[measure].total;
    const covered = one[measure].covered + other[measure].covered;
    return [measure, { total, covered, pct: total === 0 ? 100 : (covered / total) * 100 }];
  });
  return /** @type {Coverage} */ (Object.fromEntries(sum));
}

/** @param {Map<string, Coverage>} folders */
function printFolders(folders) {
  const width = Math.max(...[...folders.keys()].map((folder) => folder.length));
  console.log(`${"".padEnd(width)}${measures.map((measure) => measure.padStart(12)).join("")}`);
  for (const [folder, coverage] of folders) {
    const cells = measures.map((measure) => `${coverage[measure].pct.toFixed(1)} %`.padStart(12));
    console.log(`${folder.padEnd(width)}${cells.join("")}`);
  }
}
