import type { Reply } from "../http/reply.js";
import type { RunnerRecord } from "../world/records.js";
import { resetRunnerToken } from "../world/runners.js";
import { isRotationRefused } from "../world/tokenExpiry.js";
import type { World } from "../world/world.js";
import { Refusal } from "./refusal.js";
import { showRunnerToken } from "./represent/token.js";

/** Gives a runner a new token and answers with it, unless that is refused. */
export function resetAndShow(world: World, runner: RunnerRecord): Reply {
  if (isRotationRefused(world, runner)) {
    throw new Refusal({ status: 403, body: { error: "Token rotation deadline has passed" } });
  }
  resetRunnerToken(world, runner);
  return { status: 201, body: showRunnerToken(runner) };
}
