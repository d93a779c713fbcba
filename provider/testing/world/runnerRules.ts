import type { RunnerRecord } from "./records.js";
import { has } from "./version.js";
import type { World } from "./world.js";

/** What is wrong with a runner: texts by attribute, as GitLab names the attribute in errors. */
export type Problems = Record<string, string[]>;

/** The attributes that have rules. */
export type RuledAttributes = Pick<
  RunnerRecord,
  "tagList" | "runUntagged" | "maximumTimeout" | "description" | "maintenanceNote"
>;

const MAX_TEXT = 1024;
const MAX_NOTE_ONCE = 255;
const MAX_TAGS = 50;
const MAX_TAG_LENGTH = 255;
const MIN_TIMEOUT = 600;

/** Everything that is wrong with a runner; empty when it may be saved. The parameter is tag_list, the key tags_list. */
export function findProblems(world: World, runner: RuledAttributes, changed: { tags: boolean }): Problems {
  const problems: Problems = {};
  const add = (key: string, text: string) => {
    problems[key] = [...(problems[key] ?? []), text];
  };
  if (changed.tags && runner.tagList.length > MAX_TAGS) {
    add("tags_list", `Too many tags specified. Please limit the number of tags to ${MAX_TAGS}`);
  }
  if (!runner.runUntagged && runner.tagList.length === 0) {
    add("tags_list", "can not be empty when runner is not allowed to pick untagged jobs");
  }
  if (runner.maximumTimeout !== null && runner.maximumTimeout < MIN_TIMEOUT) {
    add("maximum_timeout", "needs to be at least 10 minutes");
  }
  const checkLength = (key: string, text: string | null, most: number) => {
    if (text !== null && [...text].length > most) add(key, `is too long (maximum is ${most} characters)`);
  };
  checkLength("description", runner.description, MAX_TEXT);
  checkLength("maintenance_note", runner.maintenanceNote, has(world, "longNote") ? MAX_TEXT : MAX_NOTE_ONCE);
  return problems;
}

/** Whether there is a tag that no rule refuses but the database does. */
export function hasUnstorableTag(tags: readonly string[]): boolean {
  return tags.some((tag) => [...tag].length > MAX_TAG_LENGTH);
}

/** The problems as sentences: `Tags list can not be empty …`. */
export function toFullMessages(problems: Problems): string[] {
  return Object.entries(problems).flatMap(([key, texts]) => texts.map((text) => `${humanize(key)} ${text}`));
}

function humanize(key: string): string {
  const words = key.replace(/[_.]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
