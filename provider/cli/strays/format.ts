import { makeJsonVisible, makeVisible } from "../visible.js";
import type { Declared } from "./declared.js";
import { type Finding, KINDS } from "./finding.js";

/** What was looked at, and found. */
export interface Report {
  gitlab: string;
  scope: string;
  stacks: readonly string[];
  /** How many runners belong to the scope. */
  runners: number;
  findings: readonly Finding[];
  unreadable: Declared["unreadable"];
}

export const FORMATS: Readonly<Record<string, (report: Report) => string>> = { text: asText, json: asJson };

const WIDTH = Math.max(...KINDS.map((kind) => kind.length));

function asText({ runners, stacks, findings, unreadable }: Report): string {
  const lines = findings.map(({ kind, subject, message }) => `${kind.padEnd(WIDTH)}  ${subject}: ${message}`);
  const unknown = unreadable.map(
    ({ stack, resource }) =>
      `${"unknown".padEnd(WIDTH)}  ${resource} of stack ${stack} is encrypted as a whole: which runners it names is not known`,
  );
  const counts = count(findings).map(([kind, number]) => `${number} ${kind}`);
  const sum = `${runners} runners, ${stacks.length} stacks: ${counts.length > 0 ? counts.join(", ") : "nothing found"}`;
  // Machines name themselves, and anybody may write a note.
  return `${[...lines, ...unknown, sum].map(makeVisible).join("\n")}\n`;
}

function asJson({ findings, ...report }: Report): string {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, findings.filter((one) => one.kind === kind).length]));
  return `${makeJsonVisible(JSON.stringify({ schemaVersion: 1, ...report, counts, findings }, undefined, 2))}\n`;
}

function count(findings: readonly Finding[]): [string, number][] {
  const all = KINDS.map((kind): [string, number] => [kind, findings.filter((one) => one.kind === kind).length]);
  return all.filter(([, number]) => number > 0);
}
