import type { Reply } from "../../http/reply.js";
import { canReadAll, levels, standingInProject } from "../../world/access.js";
import { jobStatuses } from "../../world/jobs.js";
import type { JobRecord } from "../../world/records.js";
import { canReadJobsOf } from "../../world/runnerAccess.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { type Declared, optional, readParams, required } from "../declare.js";
import { oneRunner } from "../gates.js";
import { lookUpRunner } from "../lookups.js";
import { listUrl, pageSize, paginate, pagination } from "../paginate.js";
import { integer, oneOf, text } from "../paramTypes.js";
import { badParameters, forbidden } from "../refusal.js";
import { showJob } from "../represent/job.js";

const declaration = {
  id: required(integer),
  system_id: optional(text),
  status: optional(oneOf(jobStatuses)),
  order_by: optional(oneOf(["id"])),
  sort: optional(oneOf(["asc", "desc"])),
  cursor: optional(text),
  pagination: optional(oneOf(["keyset", "legacy"])),
  ...pagination,
};

type Wish = Declared<typeof declaration>;

/** The jobs of a runner. */
export const listJobsRoutes: Route[] = [
  userRoute("GET", "/runners/:id/jobs", { gate: oneRunner("read_runner"), answer: listJobs }),
];

function listJobs(call: UserCall): Reply {
  const wish = readParams(declaration, call.params);
  const runner = lookUpRunner(call.world, wish.id);
  if (!canReadJobsOf(call.world, call.caller, runner)) throw forbidden("No access granted");
  const jobs = sortJobs(
    call.world.jobs.where((job) => job.runnerId === runner.id && isWanted(call, job, wish)),
    wish,
  );
  if (wish.pagination === "keyset") return answerWithCursor(call, jobs, wish);
  // GitLab saves itself the counting where jobs of one manager are asked for.
  const uncounted = Boolean(wish.system_id);
  return paginate(call, jobs, { declared: wish, show: (job) => showJob(call.world, job), uncounted });
}

function isWanted(call: UserCall, job: JobRecord, wish: Wish): boolean {
  if (wish.status && job.status !== wish.status) return false;
  if (wish.system_id && job.systemId !== wish.system_id) return false;
  const project = call.world.projects.get(job.projectId);
  return canReadAll(call.caller) || standingInProject(call.world, call.caller, project).level >= levels.reporter;
}

// `sort` counts only together with `order_by`; offset pages go up by themselves, keyset pages go down.
function sortJobs(jobs: JobRecord[], wish: Wish): JobRecord[] {
  const fallback = wish.pagination === "keyset" ? "desc" : "asc";
  const direction = wish.order_by ? (wish.sort ?? "desc") : fallback;
  return direction === "desc" ? jobs.reverse() : jobs;
}

function answerWithCursor(call: UserCall, jobs: JobRecord[], wish: Wish): Reply {
  const size = pageSize(wish.per_page);
  const seen = wish.cursor ? decodeCursor(wish.cursor) : null;
  const start = jobs.findIndex((job) => job.id === seen) + 1;
  const page = jobs.slice(start, start + size);
  const body = page.map((job) => showJob(call.world, job));
  const last = page.at(-1);
  if (last === undefined || start + size >= jobs.length) return { status: 200, body };
  const next = listUrl(call, { cursor: encodeCursor(last.id), per_page: size });
  return { status: 200, headers: { Link: `<${next}>; rel="next"` }, body };
}

function encodeCursor(id: number): string {
  return Buffer.from(JSON.stringify({ id: String(id), _kd: "n" })).toString("base64url");
}

function decodeCursor(cursor: string): number {
  try {
    const parsed = JSON.parse(Buffer.from(cursor, "base64url").toString()) as { id?: unknown };
    return Number(parsed.id);
  } catch {
    throw badParameters(["cursor is invalid"]);
  }
}
