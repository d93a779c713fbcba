import { makeLinesVisible, makeVisible } from "../../visible.js";
import type { DriftReport, ReportedResource } from "../report.js";
import {
  countThings,
  describeDifference,
  describePlace,
  GONE,
  listCounting,
  listIgnored,
  nameResource,
  nameStack,
} from "../words.js";
import { html, type Markup } from "./markup.js";

/**
 * A test for each resource: it fails where the resource drifted or is gone, and is in error where it could not be read.
 * @see https://docs.gitlab.com/ci/testing/unit_test_reports/
 */
export function formatJunit(report: DriftReport): string {
  const { resources, problem, counts, startedAt } = report;
  const name = `drift of ${nameStack(report)}`;
  const tests = resources.length + (problem === undefined ? 0 : 1);
  const failures = counts.drifted + counts.gone;
  const errors = counts.unknown + (problem === undefined ? 0 : 1);
  const run = problem === undefined ? "" : formatRun(report, problem);
  const suite = html`  <testsuite name="${name}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="0" timestamp="${startedAt.replace(/\.\d+Z$/, "")}">
${resources.map((resource) => formatCase(report, resource))}${run}  </testsuite>
`;
  return `${html`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="pulumi-gitlab-runner drift" tests="${tests}" failures="${failures}" errors="${errors}">
${suite}</testsuites>
`}`;
}

function formatRun(report: DriftReport, problem: string): Markup {
  return html`    <testcase classname="${nameStack(report)}" name="the preview reads all">
      <error type="unknown" message="not all may be told">${makeLinesVisible(problem)}</error>
    </testcase>
`;
}

function formatCase(report: DriftReport, resource: ReportedResource): Markup {
  return html`    <testcase classname="${nameClass(report, resource)}" name="${nameResource(resource)}">
${formatResult(resource)}${formatRemarks(resource)}    </testcase>
`;
}

/** With the components around it: two of them may have resources of the same name. */
function nameClass(report: DriftReport, { urn }: ReportedResource): string {
  const around = urn.split("::")[2]?.split("$").slice(0, -1) ?? [];
  return [nameStack(report), ...around.map(makeVisible)].join(".");
}

function formatResult(resource: ReportedResource): Markup | string {
  const { result, reason = "" } = resource;
  const way = [describePlace(resource), ...(resource.mend ? [`mend: ${makeVisible(resource.mend)}`] : [])];
  if (result === "clean") return "";
  if (result === "unknown") {
    return html`      <error type="unknown" message="it could not be read">${[makeVisible(reason), ...way].join("\n")}</error>
`;
  }
  const found = listCounting(resource);
  const message = result === "gone" ? GONE : `${countThings(found.length, "setting")} drifted`;
  const lines = found.map((difference) => `${difference.severity}: ${describeDifference(difference)}`);
  return html`      <failure type="${result}" message="${message}">${[...lines, ...way].join("\n")}</failure>
`;
}

function formatRemarks(resource: ReportedResource): Markup | string {
  const ignored = listIgnored(resource).map((difference) => `ignored: ${describeDifference(difference)}`);
  const lines = [...ignored, ...resource.notices.map((notice) => `notice: ${makeVisible(notice)}`)];
  if (lines.length === 0) return "";
  return html`      <system-out>${lines.join("\n")}</system-out>
`;
}
