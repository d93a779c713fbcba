// @ts-check
import { paint } from "../setup/colour.mjs";
import { formatDuration } from "../setup/duration.mjs";
import { sourceOf } from "./compile.mjs";

const shownSlowest = 10;

/**
 * @typedef {import("./reporter.mjs").TestResult} TestResult
 * @typedef {{ name: string, ms: number, problems: string[] }} PartResult
 */

/** @param {string} text */
export function printHeadline(text) {
  console.log(`\n${paint("bold", `== ${text}`, process.stdout)}`);
}

/**
 * @param {TestResult[]} tests
 * @param {string} root
 */
export function printSlowest(tests, root) {
  printHeadline("slowest tests");
  const slowest = [...tests].sort((one, other) => other.ms - one.ms).slice(0, shownSlowest);
  for (const test of slowest) {
    console.log(`${formatDuration(test.ms).padStart(10)}  ${test.title} ${dim(fileOf(test, root))}`);
  }
}

/**
 * @param {PartResult[]} parts
 * @param {TestResult[]} tests
 * @param {string} root
 */
export function printOutcome(parts, tests, root) {
  printHeadline("outcome");
  for (const { name, ms, problems } of parts) {
    const mark =
      problems.length === 0 ? paint("green", "ok    ", process.stdout) : paint("red", "failed", process.stdout);
    console.log(
      `${mark}  ${name} ${dim(`(${formatDuration(ms)})`)}${problems.length ? `: ${problems.join("; ")}` : ""}`,
    );
  }
  const failed = tests.filter((test) => test.failed);
  for (const test of failed)
    console.log(`${paint("red", "✗", process.stdout)} ${test.title} ${dim(fileOf(test, root))}`);
  if (tests.length === 0) console.log("No test ran, which counts as a failure.");
  console.log(`passed: ${tests.length - failed.length}, failed: ${failed.length}`);
}

/** @param {string} text */
function dim(text) {
  return paint("dim", text, process.stdout);
}

/**
 * @param {TestResult} test
 * @param {string} root
 */
function fileOf({ file }, root) {
  return sourceOf(file.slice(root.length + 1).replaceAll("\\", "/"));
}
