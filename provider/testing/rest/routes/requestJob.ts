import { createHash } from "node:crypto";
import { applicationLimitReply } from "../../http/rateLimitReplies.js";
import type { Reply } from "../../http/reply.js";
import { takeJob } from "../../world/jobs.js";
import type { RunnerRecord } from "../../world/records.js";
import { noteContact } from "../../world/runners.js";
import { has } from "../../world/version.js";
import type { Call, Route } from "../call.js";
import { optional, readParams, required } from "../declare.js";
import { readManagerInfo, readSystemId } from "../managerParams.js";
import { checkAddress } from "../outages.js";
import { hash, text } from "../paramTypes.js";
import { Refusal } from "../refusal.js";
import { showJobToRun } from "../represent/job.js";
import { authenticateRunner, checkNotOrphaned, runnerRoute } from "../runnerRoute.js";

const declaration = {
  token: required(text),
  system_id: optional(text),
  last_update: optional(text),
  info: optional(hash),
  session: optional(hash),
};

const LIMIT_PERIOD_SECONDS = 60;

/** Runners asking for work. They get the jobs that a test made; how a job ends, the test says too. */
export const requestJobRoutes: Route[] = [runnerRoute("POST", "/jobs/request", requestJob)];

function requestJob(call: Call): Reply {
  const declared = readParams(declaration, call.params);
  const runner = authenticateRunner(call, declared.token);
  checkLimit(call, runner);
  checkNotOrphaned(runner);
  const systemId = readSystemId(declared.system_id);
  runner.creationState = "finished";
  noteContact(call.world, runner, { systemId, ipAddress: call.ipAddress, info: readManagerInfo(declared.info) });
  const job = takeJob(call.world, runner, systemId);
  if (job !== undefined) return { status: 201, body: showJobToRun(call.world, job, runner) };
  return { status: 204, headers: { "X-GitLab-Last-Update": queueValue(runner) } };
}

function checkLimit(call: Call, runner: RunnerRecord): void {
  const { runnerJobsRequestApiLimit: limit, jobsRequestAddressThrottle } = call.world.settings;
  checkAddress(call, jobsRequestAddressThrottle, `jobs/request ${runner.token}`);
  if (limit === 0 || !has(call.world, "jobsRequestLimit")) return;
  const count = call.world.counters.count(`jobs/request ${runner.token}`, LIMIT_PERIOD_SECONDS);
  if (count > limit) throw new Refusal(applicationLimitReply(LIMIT_PERIOD_SECONDS));
}

// It changes whenever the runner is updated, which is how waiting runners get to ask anew.
function queueValue(runner: RunnerRecord): string {
  return createHash("md5").update(`${runner.id} ${runner.updatedAt.toISOString()}`).digest("hex");
}
