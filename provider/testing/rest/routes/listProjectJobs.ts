import type { Reply } from "../../http/reply.js";
import { canReadAll, levels, standingInProject } from "../../world/access.js";
import { jobStatuses } from "../../world/jobs.js";
import type { ProjectRecord } from "../../world/records.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { optional, type ParamType, readParams } from "../declare.js";
import { general } from "../gates.js";
import { lookUpProject } from "../lookups.js";
import { paginate, pagination } from "../paginate.js";
import { someOf } from "../paramTypes.js";
import { forbidden } from "../refusal.js";
import { showJobOfProject } from "../represent/job.js";

/** One status or a list of them; no other form, not even commas. */
const scopes: ParamType<string[]> = {
  ...someOf(jobStatuses),
  read: (raw) => someOf(jobStatuses).read(typeof raw === "string" ? [raw] : raw),
};

/** The jobs of a project. */
export const listProjectJobsRoutes: Route[] = [
  userRoute("GET", "/projects/:id/jobs", { gate: general("read_job"), answer: listProjectJobs }),
];

// The latest come first, and GitLab does not count them.
function listProjectJobs(call: UserCall): Reply {
  const project = lookUpProject(call);
  const declared = readParams({ scope: optional(scopes), ...pagination }, call.params);
  if (!canReadBuilds(call, project)) throw forbidden();
  const { scope } = declared;
  const isWanted = (status: string) => !scope || scope.length === 0 || scope.includes(status);
  const jobs = call.world.jobs.where((job) => job.projectId === project.id && isWanted(job.status)).reverse();
  return paginate(call, jobs, { declared, show: (job) => showJobOfProject(call.world, job), uncounted: true });
}

function canReadBuilds({ world, caller }: UserCall, project: ProjectRecord): boolean {
  if (project.buildsAccessLevel === "disabled") return false;
  if (canReadAll(caller)) return true;
  if (project.visibility === "public" && project.buildsAccessLevel === "enabled") return true;
  return standingInProject(world, caller, project).level >= levels.reporter;
}
