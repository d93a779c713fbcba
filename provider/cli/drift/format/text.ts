import type { Counts, DriftReport, ReportedDifference, ReportedResource } from "../report.js";
import { makeLinesVisible, makeVisible, showValue } from "../visible.js";
import { describePlace } from "../words.js";

/** For a person at a terminal or in a job's log; of clean resources there is nothing to say. */
export function formatText(report: DriftReport): string {
  const { resources, problem, counts, unusedIgnores } = report;
  const lines = [
    ...resources.flatMap(describe),
    ...(problem === undefined ? [] : [makeLinesVisible(problem)]),
    ...unusedIgnores.map((pattern) => `--ignore ${makeVisible(pattern)}: nothing matches it`),
    summarize(counts),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function describe(resource: ReportedResource): string[] {
  const label = `${resource.type} ${makeVisible(resource.name)}`;
  const notices = resource.notices.map((notice) => `notice   ${label}: ${makeVisible(notice)}`);
  const facts = tell(resource).map(({ word, text }) => `${word.padEnd(8)} ${label}: ${text}`);
  return [...facts, ...(resource.mend ? describeWay(resource) : []), ...notices];
}

interface Fact {
  word: string;
  text: string;
}

function tell({ result, reason, differences }: ReportedResource): Fact[] {
  if (result === "gone") return [{ word: "gone", text: "it is no longer there" }];
  if (result === "unknown") return [{ word: "unknown", text: makeVisible(reason ?? "") }];
  return differences.map(tellDifference);
}

function tellDifference({ path, declared, observed, severity, isIgnored }: ReportedDifference): Fact {
  const text = `${makeVisible(path)}: applied ${showValue(declared)}, now ${showValue(observed)}`;
  return isIgnored ? { word: "ignored", text } : { word: "drifted", text: `${text} (${severity})` };
}

function describeWay(resource: ReportedResource): string[] {
  const indent = " ".repeat(9);
  return [
    `${indent}where: ${makeVisible(describePlace(resource))}`,
    `${indent}mend:  ${makeVisible(resource.mend ?? "")}`,
  ];
}

function summarize({ resources, clean, drifted, gone, unknown, ignored }: Counts): string {
  const rest = ignored === 0 ? "" : `; ${ignored} ${ignored === 1 ? "difference" : "differences"} ignored`;
  return `${resources} resources: ${clean} clean, ${drifted} drifted, ${gone} gone, ${unknown} unknown${rest}`;
}
