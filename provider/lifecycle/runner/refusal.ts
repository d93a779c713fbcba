import { type GitLabCallError, isRefusal } from "../../errors.js";

/** How GitLab speaks of what a program knows as an argument. */
const MENTIONS: readonly [RegExp, string][] = [
  [/runner_type/, "runnerType"],
  [/group_id|invalid group|group runners/, "groupId"],
  [/project_id|invalid project|project runners/, "projectId"],
  [/tags?[ _]list/i, "tagList"],
  [/maximum[ _]timeout/i, "maximumTimeout"],
  [/maintenance[ _]note/i, "maintenanceNote"],
  [/\bdescription\b(?! -)/i, "description"],
  [/access_level/, "accessLevel"],
  [/token_expires_at/, "initialTokenExpiresAt"],
  [/token_rotation_deadline/, "tokenRotationDeadline"],
];

/** Puts the arguments that GitLab complains of in front of its refusal. */
export async function nameArguments<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (isRefusal(error, 400)) error.message = addNames(error);
    throw error;
  }
}

function addNames({ call, message }: GitLabCallError): string {
  const names = MENTIONS.filter(([mention]) => mention.test(call.words)).map(([, name]) => name);
  return names.length === 0 ? message : `${names.join(", ")}: ${message}`;
}
