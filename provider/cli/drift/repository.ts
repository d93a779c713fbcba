import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Place } from "./report.js";

/**
 * Names a place in a Pulumi project as its repository does, which GitLab's reports want: the repository is the folder, at or
 * above the project, that has `.git`. Without one it is named from the folder of the project on.
 */
export function placesIn(project: string): (place: Place) => Place {
  const root = findUp(project, ".git") ?? project;
  return ({ file, line }) => ({ file: relative(root, join(project, file)).split(sep).join("/"), line });
}

/** Pulumi takes the nearest folder with a project, from the given one up. */
export function findProject(cwd: string): string {
  return findUp(cwd, "Pulumi.yaml") ?? findUp(cwd, "Pulumi.yml") ?? resolve(cwd);
}

function findUp(from: string, name: string): string | undefined {
  const folder = resolve(from);
  if (existsSync(join(folder, name))) return folder;
  return dirname(folder) === folder ? undefined : findUp(dirname(folder), name);
}
