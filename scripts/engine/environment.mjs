// @ts-check
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import path from "node:path";
import { codeOf } from "../setup/failure.mjs";
import { cliName, findAllOnPath, languageHostName, launcherName } from "./executable.mjs";

/** @typedef {import("./onPath.mjs").Engine} Engine */

/** @param {NodeJS.ProcessEnv} env */
export function searchPathOf(env) {
  return env[pathName(env)] ?? "";
}

/** Windows spells it Path. */
function pathName(/** @type {NodeJS.ProcessEnv} */ env) {
  return Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
}

/**
 * @param {{ engine: Engine, project: import("../setup/project.mjs").Project, env: NodeJS.ProcessEnv }} what
 * @returns {NodeJS.ProcessEnv} `env`, in which programs find `engine` first
 */
export function environmentWith({ engine, project, env }) {
  const searchPath = searchPathOf(env);
  const folders = [];
  if (!isFirst(engine.cli, cliName, searchPath) || !isFirst(engine.languageHost, languageHostName, searchPath)) {
    folders.push(engine.folder ?? folderWithOnly(engine, project.state));
  }
  const bundle = path.dirname(realpathSync(engine.cli));
  if (!existsSync(path.join(bundle, launcherName))) folders.push(path.join(project.modules, "@pulumi", "pulumi"));
  const value = [...folders, searchPath].filter((entry) => entry !== "").join(path.delimiter);
  return { ...env, [pathName(env)]: value, PULUMI_SKIP_UPDATE_CHECK: "true" };
}

/**
 * @param {string} file
 * @param {string} name
 * @param {string} searchPath
 */
function isFirst(file, name, searchPath) {
  const [first] = findAllOnPath(searchPath, name);
  return first !== undefined && realpathSync(first) === realpathSync(file);
}

/**
 * A folder such as /usr/local/bin, put in front, would also change which `node` is found.
 *
 * @param {Engine} engine
 * @param {string} state
 */
function folderWithOnly({ cli, languageHost }, state) {
  const name = createHash("sha256").update(`${cli}\0${languageHost}`).digest("hex").slice(0, 12);
  const folder = path.join(state, `engine-${name}`);
  mkdirSync(folder, { recursive: true });
  try {
    for (const file of [cli, languageHost]) link(file, path.join(folder, path.basename(file)));
    return folder;
  } catch (error) {
    // Windows lets only some users make links.
    if (codeOf(error) === "EPERM") return path.dirname(cli);
    throw error;
  }
}

/**
 * @param {string} target
 * @param {string} file
 */
function link(target, file) {
  try {
    symlinkSync(target, file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}
