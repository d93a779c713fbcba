import type { ReportedResource } from "./report.js";

type Judged = Pick<ReportedResource, "urn" | "result" | "differences">;

/**
 * The command that brings a resource back. What is gone is made anew, with another token, which others need, too: then the
 * whole stack is brought up.
 */
export function adviseMending({ urn, result, differences }: Judged, stack: string | undefined): string | undefined {
  const command = commandFor(stack);
  if (result === "gone") return command;
  const isMendable = result === "drifted" && differences.some(({ isIgnored }) => !isIgnored);
  return isMendable ? `${command} --target ${quote(urn)}` : undefined;
}

/** The command that brings all of these back. It rolls out, too, what the program has and nobody applied yet. */
export function adviseMendingAll(
  mends: readonly (string | undefined)[],
  stack: string | undefined,
): string | undefined {
  return mends.some((mend) => mend !== undefined) ? commandFor(stack) : undefined;
}

function commandFor(stack: string | undefined): string {
  return `pulumi up --refresh${stack === undefined ? "" : ` --stack ${quote(stack)}`}`;
}

/** For a POSIX shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}
