import type { Route } from "./call.js";
import { assignRunnerRoutes } from "./routes/assignRunner.js";
import { changeRunnerRoutes } from "./routes/changeRunner.js";
import { createRunnerRoutes } from "./routes/createRunner.js";
import { issuesRoutes } from "./routes/issues.js";
import { listJobsRoutes } from "./routes/listJobs.js";
import { listProjectJobsRoutes } from "./routes/listProjectJobs.js";
import { listProjectsRoutes } from "./routes/listProjects.js";
import { listRunnersRoutes } from "./routes/listRunners.js";
import { notesRoutes } from "./routes/notes.js";
import { ownRunnerRoutes } from "./routes/ownRunner.js";
import { peopleRoutes } from "./routes/people.js";
import { preflightRoutes } from "./routes/preflight.js";
import { readRunnerRoutes } from "./routes/readRunner.js";
import { registerRunnerRoutes } from "./routes/registerRunner.js";
import { requestJobRoutes } from "./routes/requestJob.js";
import { resetTokensRoutes } from "./routes/resetTokens.js";

/** Every endpoint of the API. Words in a path come before parameters: `/runners/all` before `/runners/:id`. */
export const routes: readonly Route[] = [
  ...createRunnerRoutes,
  ...registerRunnerRoutes,
  ...ownRunnerRoutes,
  ...requestJobRoutes,
  ...listRunnersRoutes,
  ...readRunnerRoutes,
  ...listJobsRoutes,
  ...listProjectJobsRoutes,
  ...listProjectsRoutes,
  ...issuesRoutes,
  ...notesRoutes,
  ...changeRunnerRoutes,
  ...assignRunnerRoutes,
  ...resetTokensRoutes,
  ...preflightRoutes,
  ...peopleRoutes,
];
