/** How much a difference matters, in the words of GitLab's Code Quality reports; see `judgeSeverity`. */
export type Severity = "critical" | "major" | "minor" | "info";

/** One setting that is not as the last `pulumi up` applied it. */
export interface ReportedDifference {
  /** The argument, as a program spells it; a place in the file that has no argument, as the file has it. */
  path: string;
  /** What was applied; absent: not set. A secret is a fingerprint, here and in `observed`. */
  declared?: unknown;
  /** What is there now; absent: not set. */
  observed?: unknown;
  severity: Severity;
  /** The line of the config.toml as it is now, from 1, where the setting stands in it. */
  line?: number;
  /** Set where a pattern of `--ignore` matches: then it counts for nothing. */
  isIgnored?: true;
}

/** One resource of this package in the stack's state, and what became of it; a RunnerSet is one for each of its runners. */
export interface ReportedResource {
  urn: string;
  name: string;
  type: "Runner" | "RunnerSet" | "ConfigToml" | (string & {});
  /** Of a runner GitLab's number, of a ConfigToml its own id. */
  id: string;
  /** Of a Runner: the address of its GitLab. */
  url?: string;
  /** Of a Runner: its page in GitLab, or its record in the API where the way to its page is not known. */
  link?: string;
  /** Of a ConfigToml: its file. */
  path?: string;
  /** Of a ConfigToml: `USER@HOST` or `USER@HOST:PORT`; absent: the machine that runs Pulumi. */
  host?: string;
  /** Where the program declares it: a file of the repository, and its line from 1. */
  program?: Place;
  /** `gone`: it was removed. `unknown`: it could not be read, so that it counts neither as clean nor as drifted. */
  result: "clean" | "drifted" | "gone" | "unknown";
  /** Why it is unknown. */
  reason?: string;
  /** What there is to know and is no drift, such as a token that is due for rotation. */
  notices: string[];
  differences: ReportedDifference[];
  /** The command that brings it back to what is declared; absent where nothing is to be mended. */
  mend?: string;
}

/** A line of a file; both from the repository's folder on. */
export interface Place {
  file: string;
  line: number;
}

export interface Counts {
  resources: number;
  clean: number;
  drifted: number;
  gone: number;
  unknown: number;
  /** Differences that count. */
  differences: number;
  /** Differences that do not count, by `--ignore`. */
  ignored: number;
}

/**
 * What `drift` found, as `--format json` prints it. Within a `schemaVersion` members are added, never changed or taken
 * away: a reader passes over those that it does not know.
 */
export interface DriftReport {
  schemaVersion: 1;
  /** Name of the Pulumi project; absent, as `stack` is, where the stack could not be read. */
  project?: string;
  stack?: string;
  /** The file that makes a folder a Pulumi project, as the repository names it. */
  projectFile: string;
  /** RFC 3339, UTC. */
  startedAt: string;
  /** `drifted` counts what is gone, too; `unknown` where anything could not be told, whatever else was found. */
  result: "clean" | "drifted" | "unknown";
  counts: Counts;
  /** Why the run as a whole could not tell all: Pulumi's words. */
  problem?: string;
  /** The command that brings all back; absent where there is nothing to mend. */
  mend?: string;
  /** Patterns of `--ignore` that matched nothing. */
  unusedIgnores: string[];
  resources: ReportedResource[];
}
