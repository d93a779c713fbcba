import type { Difference } from "../../lifecycle/report.js";
import { parsePath } from "../../path.js";
import type { Severity } from "./report.js";

const isOn = (observed: unknown) => observed === true;

/** Settings that open a host, or a runner that is kept for protected branches, to jobs that it was closed to; by their last name. */
const OPENS: Readonly<Record<string, (observed: unknown) => boolean>> = {
  accessLevel: (observed) => observed === "not_protected",
  allowPrivilegeEscalation: isOn,
  disableStrictHostKeyChecking: isOn,
  privileged: isOn,
  servicesPrivileged: isOn,
  tlsVerify: (observed) => observed !== true,
};

/** How much at once, and how often: jobs are run all the same. */
const PACE = new Set([
  "checkInterval",
  "concurrent",
  "connectionMaxAge",
  "limit",
  "outputLimit",
  "requestConcurrency",
  "shutdownTimeout",
  "strictCheckInterval",
  "tokenExpiresAt",
  "tokenObtainedAt",
  "unhealthyInterval",
  "unhealthyRequestsLimit",
]);

/** Words for people, and what is logged. */
const WORDS = new Set(["description", "labels", "logFormat", "logLevel", "maintenanceNote", "name", "sentryDsn"]);

/**
 * `critical`: no job is run any more, or a host is open to jobs that it was closed to - a file that GitLab Runner refuses, an
 * entry that is missing or nobody's, a token that we do not know, a privilege that was not given. `minor`: how much at once
 * and how often. `info`: words for people and logs. `major` is all the rest: which jobs are run, where, and how.
 */
export function judgeSeverity({ kind, path, observed }: Difference): Severity {
  if (kind) return "critical";
  const [setting, last] = readSetting(path);
  if (Object.hasOwn(OPENS, last) && OPENS[last]?.(observed)) return "critical";
  if (PACE.has(setting)) return "minor";
  return WORDS.has(setting) ? "info" : "major";
}

/** Of a path the setting of the runner, of the file, or of an entry in it; and its last named step. */
function readSetting(path: string): [setting: string, last: string] {
  const steps = parsePath(path);
  const inEntry = steps[0] === "runners" ? steps.slice(steps[2] === "runner" ? 3 : 2) : steps;
  const last = inEntry.findLast((step) => typeof step === "string");
  return [String(inEntry[0] ?? ""), String(last ?? "")];
}
