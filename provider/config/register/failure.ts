import { GitLabRunnerError } from "../../errors.js";
import type { RunnerRequest } from "./requests.js";

/** Thrown where `gitlab-runner` would end without writing a file; says what it would have asked of GitLab until then. */
export class CommandFailure extends GitLabRunnerError {
  constructor(
    message: string,
    readonly requests: readonly RunnerRequest[] = [],
    /** What of GitLab's answer was not given: the runner, or the token that it has for a registration token. */
    readonly needs?: "runner" | "token",
  ) {
    super(message);
  }
}
