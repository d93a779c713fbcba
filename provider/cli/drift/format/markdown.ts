import { code } from "../../markdown.js";
import { encodeLink, showValue } from "../../visible.js";
import type { DriftReport, ReportedDifference, ReportedResource } from "../report.js";
import {
  conclude,
  describeMending,
  GONE,
  isRunner,
  listCounting,
  MENDS_ALL,
  nameResource,
  nameStack,
  needsAttention,
  sortByWeight,
  summarize,
} from "../words.js";

/** GitLab takes a note or a description of at most 1,048,576 characters. */
const MOST_CHARACTERS = 900_000;

/**
 * For a note at a merge request, or an issue. All that others may have written stands in code spans, where it is no
 * mark-up, mentions nobody and refers to nothing.
 */
export function formatMarkdown(report: DriftReport): string {
  const { resources, problem, unusedIgnores, counts } = report;
  const parts = [
    ...(problem === undefined ? [] : [`**The run failed, so not all may be told:**\n\n${quoteLines(problem)}`]),
    ...sortByWeight(resources.filter(needsAttention)).map(describe),
    ...resources.flatMap((resource) => resource.notices.map((notice) => tellNotice(resource, notice))),
    ...unusedIgnores.map((pattern) => `\`--ignore\` ${code(pattern)}: nothing matches it`),
  ];
  const head = [
    `<!-- pulumi-gitlab-runner drift -->`,
    `## Drift of ${code(nameStack(report))}`,
    `**${conclude(report)}.**`,
  ];
  const mend = describeMending(report);
  const way = mend === undefined ? [] : [`Mend all: ${code(mend)} (${MENDS_ALL})`];
  return `${[...head, ...cut(parts), ...way, summarize(counts)].join("\n\n")}\n`;
}

function cut(parts: readonly string[]): string[] {
  let length = 0;
  const fitting = parts.filter((part) => {
    length += part.length + 2;
    return length <= MOST_CHARACTERS;
  });
  const left = parts.length - fitting.length;
  return left === 0 ? [...fitting] : [...fitting, `… and ${left} more, which the other reports have.`];
}

function describe(resource: ReportedResource): string {
  const { result, reason = "", mend } = resource;
  const facts =
    result === "gone"
      ? [`- **critical** ${GONE}`]
      : result === "unknown"
        ? [`- **unknown** ${code(reason)}`]
        : listCounting(resource).map(describeDifference);
  const way = mend === undefined ? [] : [`- mend: ${code(mend)}`];
  return [`### ${code(nameResource(resource))}\n`, `${describePlace(resource)}\n`, ...facts, ...way].join("\n");
}

function describeDifference({ severity, path, line, declared, observed }: ReportedDifference): string {
  const place = line === undefined ? "" : ` (line ${line})`;
  return `- **${severity}** ${code(path)}${place}: applied ${code(showValue(declared))}, now ${code(showValue(observed))}`;
}

function describePlace({ type, id, link, path, host, program }: ReportedResource): string {
  const runner =
    link === undefined ? `runner ${code(id)}` : `[runner ${/^\d+$/.test(id) ? id : ""}](<${encodeLink(link)}>)`;
  const file = `${code(path ?? "(content)")} on ${host === undefined ? "this machine" : code(host)}`;
  const declared = program ? `, declared in ${code(`${program.file}:${program.line}`)}` : "";
  return `${isRunner({ type }) ? runner : file}${declared}`;
}

function tellNotice(resource: ReportedResource, notice: string): string {
  return `${code(nameResource(resource))}: ${code(notice)}`;
}

function quoteLines(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.map((line) => `- ${code(line)}`).join("\n");
}
