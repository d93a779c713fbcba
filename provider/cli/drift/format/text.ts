import { makeLinesVisible, makeVisible } from "../../visible.js";
import type { DriftReport, ReportedDifference, ReportedResource } from "../report.js";
import {
  describeDifference,
  describeMending,
  describePlace,
  GONE,
  MENDS_ALL,
  nameResource,
  summarize,
} from "../words.js";

/** For a person at a terminal or in a job's log; of clean resources there is nothing to say. */
export function formatText(report: DriftReport): string {
  const { resources, problem, counts, unusedIgnores } = report;
  const mend = describeMending(report);
  const lines = [
    ...resources.flatMap(describe),
    ...(problem === undefined ? [] : [makeLinesVisible(problem)]),
    ...unusedIgnores.map((pattern) => `--ignore ${makeVisible(pattern)}: nothing matches it`),
    ...(mend === undefined ? [] : [`mend all: ${makeVisible(mend)} (${MENDS_ALL})`]),
    summarize(counts),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function describe(resource: ReportedResource): string[] {
  const line = ({ word, text }: Fact) => `${word.padEnd(8)} ${nameResource(resource)}: ${text}`;
  const notices = resource.notices.map((notice) => ({ word: "notice", text: makeVisible(notice) }));
  return [...tell(resource).map(line), ...describeWay(resource), ...notices.map(line)];
}

interface Fact {
  word: string;
  text: string;
}

function tell({ result, reason, differences }: ReportedResource): Fact[] {
  if (result === "gone") return [{ word: "gone", text: GONE }];
  if (result === "unknown") return [{ word: "unknown", text: makeVisible(reason ?? "") }];
  return differences.map(tellDifference);
}

function tellDifference(difference: ReportedDifference): Fact {
  const text = describeDifference(difference);
  return difference.isIgnored
    ? { word: "ignored", text }
    : { word: "drifted", text: `${text} (${difference.severity})` };
}

function describeWay(resource: ReportedResource): string[] {
  if (resource.mend === undefined) return [];
  const indent = " ".repeat(9);
  return [`${indent}where: ${describePlace(resource)}`, `${indent}mend:  ${makeVisible(resource.mend)}`];
}
