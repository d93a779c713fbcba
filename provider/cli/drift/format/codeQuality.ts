import { createHash } from "node:crypto";
import { makeJsonVisible, makeVisible } from "../../visible.js";
import type { DriftReport, Place, ReportedResource, Severity } from "../report.js";
import { describeDifference, describePlace, GONE, listCounting, nameResource, nameStack } from "../words.js";

/** What GitLab shows of an issue, before it is placed. */
interface Issue {
  /** What stays the same from run to run, whatever the values are: GitLab tells new issues from known ones by it. */
  identity: string[];
  check: string;
  severity: Severity;
  description: string;
  program?: Place;
}

/**
 * An issue for each difference, and for what is gone or could not be read. It is placed where the program declares the
 * resource, since a report's paths are those of the repository; where that is not known, at the project's Pulumi.yaml.
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function formatCodeQuality(report: DriftReport): string {
  const { resources, problem, projectFile } = report;
  const failure: Issue[] =
    problem === undefined
      ? []
      : [
          {
            identity: ["run"],
            check: "drift-unknown",
            severity: "major",
            description: makeVisible(joinLines(problem)),
          },
        ];
  const seen = new Map<string, number>();
  const issues = [...resources.flatMap(listIssues), ...failure].map(
    ({ identity, check, severity, description, program }) => ({
      type: "issue",
      check_name: check,
      description,
      categories: ["Bug Risk"],
      severity,
      fingerprint: makeFingerprint([nameStack(report), ...identity], seen),
      location: { path: program?.file ?? projectFile, lines: placeLine(program?.line ?? 1) },
    }),
  );
  return `${makeJsonVisible(JSON.stringify(issues, null, 2))}\n`;
}

function placeLine(line: number): { begin: number; end: number } {
  return { begin: line, end: line };
}

/** A description has one line. */
function joinLines(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line !== "").join(" | ");
}

function listIssues(resource: ReportedResource): Issue[] {
  const { urn, result, reason = "", program, mend, notices } = resource;
  const about = (text: string) => {
    const ways = [...(mend === undefined ? [] : [`mend: ${mend}`]), ...notices].map(makeVisible);
    return [`${nameResource(resource)}: ${text}`, describePlace(resource), ...ways].join(" - ");
  };
  if (result === "gone") {
    return [{ identity: [urn], check: "drift-gone", severity: "critical", description: about(GONE), program }];
  }
  if (result === "unknown") {
    const description = about(`it could not be read: ${makeVisible(reason)}`);
    return [{ identity: [urn], check: "drift-unknown", severity: "major", description, program }];
  }
  return listCounting(resource).map((difference) => ({
    identity: [urn, difference.path],
    check: "drift",
    severity: difference.severity,
    description: about(describeDifference(difference)),
    program,
  }));
}

function makeFingerprint(identity: readonly string[], seen: Map<string, number>): string {
  const key = JSON.stringify(identity);
  const count = seen.get(key) ?? 0;
  seen.set(key, count + 1);
  return createHash("sha256").update(`${key} ${count}`).digest("hex");
}
