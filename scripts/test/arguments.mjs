// @ts-check
import { existsSync } from "node:fs";
import path from "node:path";
import { SetUpFailure } from "../setup/failure.mjs";

const withValue = ["--grep", "-g", "--fgrep", "-f", "--timeout", "-t", "--retries"];
const filters = ["--grep", "-g", "--fgrep", "-f"];

/**
 * What follows `npm test --`: spec files or folders (`test/config`), options of mocha (`--grep`), `--no-lint`.
 *
 * @typedef {{ lint: boolean, narrowed: boolean, paths: string[], mocha: string[] }} Selection
 * @param {string[]} given
 * @param {string} root
 * @returns {Selection} `paths` are relative to `root`; `narrowed` is whether not all tests are meant
 */
export function readArguments(given, root) {
  /** @type {Selection} */
  const selection = { lint: true, narrowed: false, paths: [], mocha: [] };
  const rest = [...given];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === "--no-lint") selection.lint = false;
    else if (argument.startsWith("-")) {
      selection.mocha.push(argument);
      if (withValue.includes(argument)) selection.mocha.push(rest.shift() ?? "");
    } else selection.paths.push(findSpecPath(argument, root));
  }
  const isFilter = (/** @type {string} */ argument) => filters.includes(argument.split("=")[0] ?? "");
  selection.narrowed = selection.paths.length > 0 || selection.mocha.some(isFilter);
  return selection;
}

/**
 * @param {string} given
 * @param {string} root
 */
function findSpecPath(given, root) {
  const candidates = [root, process.env.INIT_CWD ?? root].map((folder) => path.resolve(folder, given));
  const found = candidates.find((file) => existsSync(file));
  const relative = found && path.relative(root, found).split(path.sep).join("/");
  if (relative === "test" || relative?.startsWith("test/")) return relative;
  throw new SetUpFailure(`There is no ${given} in test/. Give spec files or folders, such as test/config.`);
}
