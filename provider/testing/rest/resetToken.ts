import type { Reply } from "../http/reply.js";
import type { RunnerRecord } from "../world/records.js";
import { resetRunnerToken } from "../world/runners.js";
import { isPastRotationDeadline } from "../world/tokenExpiry.js";
import type { World } from "../world/world.js";
import { Refusal } from "./refusal.js";
import { showRunnerToken } from "./represent/token.js";

/** Gives a runner a new token and answers with it, unless the deadline for that has passed. */
export function resetAndShow(world: World, runner: RunnerRecord): Reply {
  if (isPastRotationDeadline(world, runner)) {
    throw new Refusal({ status: 403, body: { error: "Token rotation deadline has passed" } });
  }
  resetRunnerToken(world, runner);
  return { status: 201, body: showRunnerToken(runner) };
}
