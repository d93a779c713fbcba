/**
 * Base of every error that this package throws on purpose: its message is written for the user and holds no secret.
 * Anything else that escapes is a bug of ours.
 */
export class GitLabRunnerError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** One thing that is wrong with an argument. */
export interface Problem {
  /** The argument, as a program spells it: `runners.docker.docker.image`. */
  path: string;
  /** What is wrong and what to do; never the value that was given. */
  message: string;
}

/** Thrown when inputs cannot be used; carries all problems at once. Nothing was sent or written. */
export class InvalidInputError extends GitLabRunnerError {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(describeProblem).join("\n"));
  }
}

/** A problem as one line; the path comes first, so that a reader finds the argument. */
export function describeProblem(problem: Problem): string {
  return problem.path === "" ? problem.message : `${problem.path}: ${problem.message}`;
}

/** Thrown when a text is not TOML as GitLab Runner reads it. */
export class TomlSyntaxError extends GitLabRunnerError {
  constructor(
    readonly reason: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(`line ${line}, column ${column}: ${reason}`);
  }
}

/** What a failed call carries besides its message. */
export interface FailedCall {
  /** HTTP method. */
  verb: string;
  /** Path from the address on, without query. */
  path: string;
  /** The GitLab that was asked, without credentials. */
  address: string;
  /** HTTP status; undefined when no complete answer came. */
  status?: number;
  /** GitLab's own words, or the network's. */
  words: string;
  /** What to do next. */
  advice: string;
  /** The record that was asked for does not exist there: a 404 in GitLab's own form. */
  isGone?: boolean;
  /** Somebody before GitLab, or at a wrong address, gave the answer: it says nothing of the record or of its token. */
  isForeign?: boolean;
  /** GitLab may have carried out the request although no usable answer came. */
  mayHaveHappened?: boolean;
  /** The answer was not waited for any longer: GitLab may still be at work on it. */
  isLate?: boolean;
}

/** Thrown when GitLab refuses a call, cannot be reached, or answers with something that is not GitLab's API. */
export class GitLabCallError extends GitLabRunnerError {
  constructor(readonly call: FailedCall) {
    super(describeCall(call));
  }
}

/** Whether GitLab itself refused the call, by one of these statuses. */
export function isRefusal(error: unknown, ...statuses: number[]): error is GitLabCallError {
  return error instanceof GitLabCallError && !error.call.isForeign && statuses.includes(error.call.status ?? 0);
}

function describeCall({ verb, path, address, status, words, advice }: FailedCall): string {
  const result = status === undefined ? "failed" : `answered ${status}`;
  return `${verb} ${path} at ${address} ${result}: ${words}. ${advice}`.replace(/\.\.( |$)/, ".$1").trim();
}
