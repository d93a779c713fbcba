import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { ROOT } from "./stack.js";

export const FOLDER = join(ROOT, "test/fixtures/import");

export const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".toml"))
  .sort();

/** What none of the programs may hold: tokens are FAKE…, other secrets begin with canary. */
export const SECRET = /canary|FAKE/;

/** A fixture whose GitLabs are living ones; each of its runners is there, with attributes of its own. */
export function settle(name: string, folder: string, gitlabs: { a: StandInGitLab; b: StandInGitLab }): string {
  let text = readFileSync(join(FOLDER, name), "utf8");
  for (const [letter, gitlab] of Object.entries(gitlabs)) {
    const address = `https://gitlab-${letter}.example.com`;
    const entry = new RegExp(`"${address}/?",?\\s+id = (\\d+),?\\s+token = "([^"]+)"`, "g");
    text = text.replace(entry, (found, id: string, token: string) => {
      const runner = gitlab.createRunner({ ...attributesFor(Number(id), gitlab), token });
      return found.replace(`id = ${id}`, `id = ${runner.id}`);
    });
    text = text.replaceAll(address, gitlab.url);
  }
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** By turns: an instance runner, a group's, a project's. */
function attributesFor(id: number, gitlab: StandInGitLab) {
  const attributes = { description: `runner ${id}`, tagList: ["linux", `n${id}`], maximumTimeout: 3600 + id };
  if (id % 3 === 0) return { ...attributes, runnerType: "instance_type", paused: true } as const;
  if (id % 3 === 1) {
    return { ...attributes, runnerType: "group_type", groupId: gitlab.groupId, runUntagged: false } as const;
  }
  const locked = { locked: true, accessLevel: "ref_protected", maintenanceNote: 'ask "ops"' } as const;
  return { ...attributes, ...locked, runnerType: "project_type", projectIds: [gitlab.projectId] } as const;
}
