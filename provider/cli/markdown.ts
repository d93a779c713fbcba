import { makeVisible } from "./visible.js";

/** In code spans and blocks the texts of others are no mark-up, mention nobody and refer to nothing. */
export function code(text: string): string {
  const shown = makeVisible(text);
  // A space at both ends is taken away again by the reader.
  const fence = "`".repeat(1 + longestRun(shown));
  const isBare = shown !== "" && !/^[` ]|[` ]$/.test(shown);
  return isBare ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

/** Lines as they are; none of them may begin with a slash, which GitLab could take for a command. */
export function codeBlock(text: string, language: string): string {
  const fence = "`".repeat(Math.max(3, 1 + longestRun(text)));
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** By what a later run finds again what this one wrote; readers do not see it. A name is encoded, so that it ends nothing. */
export function hiddenMark(what: string, { project = "", stack = "" }: { project?: string; stack?: string }): string {
  const name = [project, stack].map((part) => encodeURIComponent(part).replace(/-/g, "%2D")).join("/");
  return `<!-- pulumi-gitlab-runner ${what} of ${name} -->`;
}
