import { closeSync, constants, fstatSync, openSync, writeSync } from "node:fs";

/** Names the file to which `read` adds its finding; set by `pulumi-gitlab-runner drift` alone. */
export const REPORT_VARIABLE = "PULUMI_GITLAB_RUNNER_DRIFT_REPORT";

/** One setting that is not as it was applied; secrets are fingerprints. `undefined` is "not set". */
export interface Difference {
  path: string;
  declared?: unknown;
  observed?: unknown;
  /**
   * What is more than another value: GitLab Runner refuses it (`invalid`), a declared entry is not there (`missing`), an
   * entry is there that nobody declares (`foreign`), a token that we do not know (`token`).
   */
  kind?: "invalid" | "missing" | "foreign" | "token";
  /** The line in the file as it is now, from 1, where it stands in it. */
  line?: number;
}

/** What `read` found of one resource. */
export interface Finding {
  /** `Runner`, `RunnerSet` or `ConfigToml`, with id and address as state has them. */
  type: string;
  id: string;
  url?: string;
  /**
   * Of a Runner: what tells it from another one of the stack that has the same runner. Of a RunnerSet there is a
   * finding for each runner, with its number as id.
   */
  identity?: string;
  result: "clean" | "drifted" | "gone" | "unknown";
  differences?: Difference[];
  /** Why it is unknown. */
  reason?: string;
  /** What there is to know and is no drift. */
  notices?: string[];
}

/** Whether this run only looks for drift: then what cannot be reached is "unknown", and the run goes on. */
export function isReporting(): boolean {
  return !!process.env[REPORT_VARIABLE];
}

/** Adds a finding to the report of this run, if there is one. */
export function report(finding: Finding): void {
  const file = process.env[REPORT_VARIABLE];
  if (!file) return;
  const descriptor = openReport(file);
  try {
    // One write per line: reads run side by side, and O_APPEND keeps their lines whole.
    writeSync(descriptor, `${JSON.stringify(finding)}\n`);
  } finally {
    closeSync(descriptor);
  }
}

/** The variable could name anything: only a regular file of this user, private and without other names, is written to. */
function openReport(file: string): number {
  const { O_WRONLY, O_APPEND, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const descriptor = openSync(file, O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK);
  const stat = fstatSync(descriptor);
  const isOurs = process.getuid === undefined || stat.uid === process.getuid();
  const isPrivate = process.platform === "win32" || (stat.mode & 0o077) === 0;
  if (stat.isFile() && stat.nlink === 1 && isOurs && isPrivate) return descriptor;
  closeSync(descriptor);
  throw new Error(`${REPORT_VARIABLE} must name a private regular file of this user`);
}

/** In `drift`, what is not there: a null would get lost on the way to state. */
export const NOT_SET = "(not set)";
