import type { ReportedResource } from "./report.js";

type Judged = Pick<ReportedResource, "urn" | "result" | "differences">;

/**
 * The command that brings a resource back. What is gone is made anew, with another token, which others need, too: then the
 * whole stack is brought up.
 */
export function adviseMending({ urn, result, differences }: Judged, stack: string | undefined): string | undefined {
  const command = `pulumi up --refresh${stack === undefined ? "" : ` --stack ${quote(stack)}`}`;
  if (result === "gone") return command;
  const isMendable = result === "drifted" && differences.some(({ isIgnored }) => !isIgnored);
  return isMendable ? `${command} --target ${quote(urn)}` : undefined;
}

/** For a POSIX shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}
