import type { Problem } from "../../errors.js";
import type { Path } from "../../path.js";
import { type DateTime, NO_TIME, parseTime, type Table } from "../value.js";
import { CommandFailure } from "./failure.js";
import { type OwnSettings, readOwnSettings } from "./flags.js";
import type { Interview } from "./interview.js";
import { isRunnerToken, type RunnerRequest, registerRequest, verifyRequest } from "./requests.js";

/** What GitLab says to the one call that registering makes: the runner, or a status by which it refuses. */
export type GitLabAnswer = GitLabRunner | { status: number };

export interface GitLabRunner {
  id: number | bigint;
  /** The runner authentication token that a registration token was exchanged for. */
  token?: string;
  /** RFC 3339; left out where the token does not expire. */
  tokenExpiresAt?: string;
  /** RFC 3339; left out: now. */
  tokenObtainedAt?: string;
}

interface Call {
  answer?: GitLabAnswer;
  now: Date;
  systemId: string;
  /** The entries that are in the file already. */
  entries: readonly Table[];
}

/** What came of the questions about the runner, and of the call. */
export interface RunnerStep {
  requests: RunnerRequest[];
  warnings: Problem[];
  /** The call succeeded in a way that is taken back where a later step fails. */
  isMade: boolean;
  /** Keys of the entry whose value GitLab gave. */
  answered: Path[];
}

/** Address, token and name, and the call that verifies the token or makes the runner. */
export function askRunner(interview: Interview, call: Call): RunnerStep {
  interview.fill({ flag: "url", what: "address of the GitLab instance" });
  const token = tokenOf(interview);
  if (token !== "" && !isRunnerToken(token)) return verifyOldToken(token, call);
  if (token === "") {
    const asked = interview.ask({
      flag: "registration-token",
      what: "token (--token; or, deprecated, a registration token)",
    });
    interview.set(["entry", "token"], asked);
  }
  return isRunnerToken(tokenOf(interview)) ? verifyRunner(interview, call) : makeRunner(interview, call);
}

function tokenOf({ values }: Interview): string {
  return ((values.entry as Table).token ?? "") as string;
}

/** An authentication token of the time before `glrt-`: only a refusal counts, and the entry learns nothing. */
function verifyOldToken(token: string, { answer, systemId }: Call): RunnerStep {
  const requests = [verifyRequest(token, systemId)];
  if (answer && "status" in answer && answer.status === 403) {
    throw new CommandFailure(
      "GitLab refused the token of --token (403): it is not, or no longer, a runner's",
      requests,
    );
  }
  const message =
    "does not begin with glrt-, so register takes it for an authentication token of the old kind: it is only verified, and the entry gets no id and no times. A registration token belongs into --registration-token";
  return { requests, warnings: [{ path: "--token", message }], isMade: false, answered: [] };
}

function verifyRunner(interview: Interview, call: Call): RunnerStep {
  const token = tokenOf(interview);
  const own = readOwnSettings(interview.values);
  const warnings = [...warnOfSameToken(token, call.entries), ...checkReserved(own, token)];
  checkAddress(interview);
  const requests = [verifyRequest(token, call.systemId)];
  const runner = requireRunner(call, requests);
  if (BigInt(runner.id) === 0n) throw new CommandFailure("GitLab's answer has no number of the runner", requests);
  const answered = storeAnswer(interview, runner, call.now);
  try {
    interview.fill({ flag: "name", what: "name of the runner" });
  } catch (error) {
    throw error instanceof CommandFailure ? new CommandFailure(error.message, requests) : error;
  }
  return { requests, warnings, isMade: true, answered };
}

function warnOfSameToken(token: string, entries: readonly Table[]): Problem[] {
  if (!entries.some((entry) => entry.token === token)) return [];
  return [{ path: "--token", message: "is in the file already: this adds a second entry for the same runner" }];
}

const RESERVED =
  "--locked, --access-level, --run-untagged, --maximum-timeout, --paused, --tag-list, --maintenance-note";

/** With a token of the present workflow these settings are GitLab's; see the table of tokens in GitLab's documentation. */
function checkReserved(own: OwnSettings, token: string): Problem[] {
  const { locked, accessLevel, runUntagged, maximumTimeout, paused, tagList, maintenanceNote } = own;
  const isDefault = locked && !runUntagged && !paused && maximumTimeout === 0n;
  if (isDefault && accessLevel === "" && tagList === "" && maintenanceNote === "") return [];
  if (own.registrationToken === token) {
    const message = `holds a runner authentication token, so these are ignored: ${RESERVED}. Give the token by --token`;
    return [{ path: "--registration-token", message }];
  }
  throw new CommandFailure(
    `${RESERVED}: cannot be given with a runner authentication token (glrt-): they are settings of the runner in GitLab. Leave them out, and set them there. See https://docs.gitlab.com/ci/runners/new_creation_workflow/`,
  );
}

const LONGEST_NOTE = 255;

function makeRunner(interview: Interview, call: Call): RunnerStep {
  interview.fill({ flag: "name", what: "description of the runner" });
  interview.fill({ flag: "tag-list", what: "tags", optional: true });
  interview.fill({ flag: "maintenance-note", what: "maintenance note", optional: true });
  const own = readOwnSettings(interview.values);
  if ([...own.maintenanceNote].length > LONGEST_NOTE) {
    throw new CommandFailure(`--maintenance-note: has more than ${LONGEST_NOTE} characters, which GitLab refuses`);
  }
  checkAddress(interview);
  const { name } = interview.values.entry as Table;
  const sent = { ...own, runUntagged: own.runUntagged || own.tagList === "" };
  const requests = [registerRequest(tokenOf(interview), name as string, sent)];
  const runner = requireRunner(call, requests);
  if (!runner.token) {
    throw new CommandFailure(
      "GitLab's answer to a registration token holds the runner's own token: it is needed",
      requests,
      "token",
    );
  }
  interview.set(["entry", "token"], runner.token);
  const answered = [["token"], ...storeAnswer(interview, runner, call.now)];
  return { requests, warnings: warnOfOldWorkflow(own), isMade: true, answered };
}

function warnOfOldWorkflow({ tagList, runUntagged }: OwnSettings): Problem[] {
  const message =
    "registration tokens are deprecated, and GitLab may have them switched off: create the runner in GitLab, and give its token by --token. See https://docs.gitlab.com/ci/runners/new_creation_workflow/";
  const forced = "is sent as true, since there are no tags";
  const isForced = tagList === "" && !runUntagged;
  return [
    { path: "--registration-token", message },
    ...(isForced ? [{ path: "--run-untagged", message: forced }] : []),
  ];
}

/** The Runner sends nothing to such an address. */
function checkAddress({ values }: Interview): void {
  const url = ((values.entry as Table).url ?? "") as string;
  if (/^https?:/i.test(url) && URL.canParse(url)) return;
  throw new CommandFailure("--url: must be an address that begins with http:// or https://");
}

function requireRunner({ answer }: Call, requests: RunnerRequest[]): GitLabRunner {
  if (!answer) throw new CommandFailure("GitLab's answer is needed: the number of the runner", requests, "runner");
  if ("status" in answer) throw new CommandFailure(explainStatus(answer.status), requests);
  return answer;
}

const EXPLANATIONS: Readonly<Record<number, string>> = {
  403: "the token is wrong, or was changed: an administrator can look it up, or make a new one",
  410: "registration with registration tokens is switched off for the instance, the group or the project",
};

function explainStatus(status: number): string {
  const why = EXPLANATIONS[status] ?? "its answer was no runner";
  return `GitLab refused to register the runner (${status}): ${why}. See https://docs.gitlab.com/runner/register/`;
}

function storeAnswer(interview: Interview, runner: GitLabRunner, now: Date): Path[] {
  const obtainedAt = runner.tokenObtainedAt ?? `${now.toISOString().slice(0, 19)}Z`;
  interview.set(["entry", "id"], BigInt(runner.id));
  interview.set(["entry", "token_obtained_at"], toTime(obtainedAt));
  interview.set(["entry", "token_expires_at"], toTime(runner.tokenExpiresAt));
  return [["id"], ["token_obtained_at"], ["token_expires_at"]];
}

function toTime(text: string | undefined): DateTime {
  return (text && parseTime(text)) || NO_TIME;
}
