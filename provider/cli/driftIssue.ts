import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { GitLabRunnerError, InvalidInputError, type Problem } from "../errors.js";
import type { GitLabClient } from "../gitlab/client.js";
import { changeIssue, createIssue, type Issue, listOpenIssues } from "../gitlab/issues.js";
import type { Command } from "./command.js";
import { formatMarkdown } from "./drift/format/markdown.js";
import type { DriftReport } from "./drift/report.js";
import { connect } from "./gitlabs.js";
import { hiddenMark } from "./markdown.js";
import { makeVisible } from "./visible.js";

const OPTIONS = {
  report: { type: "string" },
  project: { type: "string" },
  label: { type: "string", default: "gitlab-runner-drift" },
  confidential: { type: "boolean", default: false },
  gitlab: { type: "string" },
} as const;

export const driftIssue: Command = {
  usage: "drift-issue --report FILE --project FULL/PATH [options]",
  about: [
    "Keeps one open issue for each stack that drifts: opens or updates it by a report of drift --format json, and closes it",
    "when the stack is clean. A report that could not tell all opens or updates one where it tells of drift, and closes none.",
    "GitLab and token come from GITLAB_BASE_URL and GITLAB_TOKEN, or from --gitlab; the token needs api, its user Reporter.",
    "Exit code: 0, or 1 where the issue could not be brought up to date.",
  ],
  options: [
    ["--report FILE", "what drift --format json wrote"],
    ["--project FULL/PATH", "the project that has the issue, or its number"],
    ["--label NAME", "the label by which the issue is found again; default: gitlab-runner-drift"],
    ["--confidential", "a new issue is for members from Reporter up only"],
    ["--gitlab ADDRESS=VARIABLE", "another GitLab for the issue, and the variable that holds its token"],
  ],
  run: async (words) => {
    const { values } = parseArgs({ args: words, options: OPTIONS });
    const { report: file, project, label, confidential } = values;
    const problems: Problem[] = [];
    if (!file) problems.push({ path: "--report", message: "is needed: the file that drift --format json wrote" });
    if (!project || /[\s?#]/.test(project))
      problems.push({ path: "--project", message: "must be a full path or a number" });
    if (label.trim() === "" || label.includes(",")) {
      problems.push({ path: "--label", message: "must be one label, without a comma" });
    }
    if (!file || !project || problems.length > 0) throw new InvalidInputError(problems);
    const report = await readReport(file);
    const client = await connect(values.gitlab);
    console.log(await keepIssue(client, report, { project, label: label.trim(), confidential }));
    return 0;
  },
};

async function readReport(file: string): Promise<DriftReport> {
  let report: Partial<DriftReport>;
  try {
    report = JSON.parse(await readFile(file, "utf8")) as Partial<DriftReport>;
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : "it is no JSON";
    throw new GitLabRunnerError(`--report: the file cannot be read: ${reason}`);
  }
  if (report?.schemaVersion === 1 && Array.isArray(report.resources)) return report as DriftReport;
  throw new GitLabRunnerError(
    "--report: the file is no report that drift --format json wrote, or one of another version",
  );
}

interface IssueOptions {
  project: string;
  label: string;
  confidential: boolean;
}

/** Brings the issue of the report's stack up to date, and says what became of it. */
async function keepIssue(client: GitLabClient, report: DriftReport, options: IssueOptions): Promise<string> {
  const { project, label, confidential } = options;
  const { counts, result } = report;
  // A stack that could not be read has no name: it is not known which issue would be its own.
  if (report.stack === undefined) return "no issue was touched: the report does not tell of which stack it is";
  const marker = hiddenMark("drift", report);
  const ours = (await listOpenIssues(client, project, label)).filter(({ description }) =>
    description?.includes(marker),
  );
  const [issue, ...doubles] = ours;
  const close = async (all: readonly Issue[]) => {
    for (const { iid } of all) await changeIssue(client, { project, iid }, { state_event: "close" });
    return `closed ${all.map(nameIssue).join(" and ")}`;
  };
  const isDrifting = counts.drifted + counts.gone > 0;
  if (!isDrifting && result === "clean") {
    if (issue === undefined) return "no drift, and no open issue";
    return `${await close(ours)}: no drift any more`;
  }
  if (!isDrifting) return "no issue was touched: the report could not tell whether there is drift";
  const told = { title: titleOf(report), description: `${marker}\n\n${formatMarkdown(report)}` };
  if (issue === undefined) {
    return `opened ${nameIssue(await createIssue(client, project, { ...told, labels: label, confidential }))}`;
  }
  // Two jobs at once may have opened one each.
  const rest = doubles.length === 0 ? "" : `; ${await close(doubles)}, of the same stack`;
  if (issue.title === told.title && issue.description?.trim() === told.description.trim()) {
    return `${nameIssue(issue)} is up to date${rest}`;
  }
  await changeIssue(client, { project, iid: issue.iid }, told);
  return `updated ${nameIssue(issue)}${rest}`;
}

const LONGEST_TITLE = 255;

function titleOf({ project, stack, counts }: DriftReport): string {
  const facts = [
    ...(counts.drifted > 0 ? [`${counts.drifted} drifted`] : []),
    ...(counts.gone > 0 ? [`${counts.gone} gone`] : []),
  ];
  const title = makeVisible(`GitLab Runner drift in ${project}/${stack}: ${facts.join(", ")}`);
  return [...title].slice(0, LONGEST_TITLE).join("");
}

function nameIssue({ iid, web_url: link }: Issue): string {
  return `issue #${iid}${link ? ` (${makeVisible(link)})` : ""}`;
}
