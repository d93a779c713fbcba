import type { RunnerRecord } from "../world/records.js";
import { findRunnerByToken } from "../world/runnerTokens.js";
import type { Call, Route } from "./call.js";
import { forbidden, Refusal, refuse } from "./refusal.js";

/** An endpoint for runners: no user is asked for. While the database migrates, all of them are put off. */
export function runnerRoute(method: Route["method"], path: string, answer: Route["answer"]): Route {
  const guarded: Route["answer"] = (call) => {
    if (call.world.settings.migrationBackoff) throw migrating();
    return answer(call);
  };
  return { method, path, answer: guarded };
}

/** The runner that a request is from. A wrong or expired token is 403, never 401 or 404. */
export function authenticateRunner(call: Call, token: string | null | undefined): RunnerRecord {
  const runner = findRunnerByToken(call.world, token ?? "");
  if (runner === undefined) throw forbidden();
  return runner;
}

/** Refuses a project runner that has lost all its projects. */
export function checkNotOrphaned(runner: RunnerRecord): void {
  if (runner.runnerType === "project_type" && runner.projectIds.length === 0) throw refuse(422, "Runner is orphaned");
}

function migrating(): Refusal {
  const message = "Executing database migrations. Please retry later.";
  return new Refusal({ status: 429, headers: { "Retry-After": "60" }, body: { message } });
}
