import { GitLabRunnerError } from "../../errors.js";
import type { GitLabClient } from "../../gitlab/client.js";
import { changeNote, createNote, listNotes, type MergeRequest } from "../../gitlab/notes.js";
import { findUserId } from "../../gitlab/scopeRunners.js";
import { code, codeBlock, hiddenMark } from "../markdown.js";
import type { StepList } from "./steps.js";

/** What a note says: the changes of a stack, as `preview-files` prints them. */
export interface Told extends StepList {
  text: string;
}

/** A merge request as GitLab's own texts name it: `acme/infra!5`. Undefined for what is none. */
export function readMergeRequest(text: string): MergeRequest | undefined {
  const [, project, iid] = /^([^\s?#!]+)!([1-9]\d{0,14})$/.exec(text) ?? [];
  return project === undefined ? undefined : { project, iid: Number(iid) };
}

/**
 * Brings the one note of a stack on a merge request up to date, and says what became of it. Ours is the note that bears
 * the stack's mark and was written by the token's own user: a colleague's that quotes it is none. Where nothing would
 * change, none is begun.
 */
export async function keepNote(client: GitLabClient, request: MergeRequest, told: Told): Promise<string> {
  const userId = await findUserId(client);
  if (userId === undefined) {
    throw new GitLabRunnerError(
      "--note: GitLab does not tell whose the token is, so it is not known which note is ours",
    );
  }
  const mark = hiddenMark("preview", told);
  const notes = await listNotes(client, request);
  const own = notes.find(({ body, author }) => author?.id === userId && body?.trimStart().startsWith(mark));
  const name = `note of ${request.project}!${request.iid}`;
  const body = formatNote(told);
  if (own === undefined && told.steps.length === 0) return `nothing would change: no ${name} was begun`;
  if (own === undefined) {
    await createNote(client, request, body);
    return `wrote the ${name}`;
  }
  if (own.body?.trim() === body.trim()) return `the ${name} is up to date`;
  await changeNote(client, { ...request, id: own.id }, body);
  return `updated the ${name}`;
}

/** GitLab takes a million characters; nobody reads so many. */
const MOST_CHARACTERS = 200_000;

export function formatNote(told: Told): string {
  const { project, stack, steps, text } = told;
  const name = code([project, stack].filter((part) => part !== undefined).join("/") || "the stack");
  const head = [hiddenMark("preview", told), `## What \`pulumi up\` would change: ${name}`];
  if (steps.length === 0) return [...head, "Nothing any more."].join("\n\n");
  const shown = cutLines(text);
  const rest = shown === text ? [] : ["… The rest is in the output of the job."];
  const diff = ["<details><summary>Each config.toml, as a unified diff</summary>", codeBlock(shown, "diff"), ...rest];
  return [...head, `${countSteps(told)}.`, ...diff, "</details>"].join("\n\n");
}

/** `create 2 Runner, update 1 ConfigToml`. */
function countSteps({ steps }: StepList): string {
  const kinds = new Map<string, number>();
  for (const { op, type } of steps) kinds.set(`${op} ${type}`, (kinds.get(`${op} ${type}`) ?? 0) + 1);
  const parts = [...kinds].map(([kind, count]) => {
    const [op, type] = kind.split(" ");
    return `${op} ${count} ${type}`;
  });
  return parts.join(", ");
}

function cutLines(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  return text.slice(0, text.lastIndexOf("\n", MOST_CHARACTERS) + 1);
}
