import type { Reply } from "../../http/reply.js";
import type { RunnerRecord } from "../../world/records.js";
import {
  canListAllRunners,
  canListGroupRunners,
  canListProjectRunners,
  ownedRunnerTest,
} from "../../world/runnerAccess.js";
import { usableInGroup, usableInProject } from "../../world/runnerLists.js";
import { userRoute } from "../authenticate.js";
import type { Route, UserCall } from "../call.js";
import { type Declared, optional, readParams } from "../declare.js";
import { manyRunners } from "../gates.js";
import { lookUpGroup, lookUpProject } from "../lookups.js";
import { paginate } from "../paginate.js";
import { oneOf } from "../paramTypes.js";
import { forbidden, refuse } from "../refusal.js";
import { showRunner } from "../represent/runner.js";
import { matchesFilters, matchesScope, runnerFilters, runnerScopes, statusFilters } from "../runnerFilters.js";

const gate = manyRunners("read_runner");
const withScope = { ...runnerFilters, scope: optional(oneOf(runnerScopes)) };

/** The lists of runners. */
export const listRunnersRoutes: Route[] = [
  userRoute("GET", "/runners", { gate, answer: listOwnedRunners }),
  userRoute("GET", "/runners/all", { gate, answer: listAllRunners }),
  userRoute("GET", "/projects/:id/runners", { gate, answer: listProjectRunners }),
  userRoute("GET", "/groups/:id/runners", { gate, answer: listGroupRunners }),
];

function listOwnedRunners(call: UserCall): Reply {
  const declared = readParams(withScope, call.params);
  const scope = declared.scope;
  if (scope && !statusFilters.some((status) => status === scope)) throw refuse(400, "Scope contains invalid value");
  return list(call, declared, ownedRunnerTest(call.world, call.caller));
}

function listAllRunners(call: UserCall): Reply {
  const declared = readParams(withScope, call.params);
  if (!canListAllRunners(call.world, call.caller)) throw forbidden();
  return list(call, declared, () => true);
}

function listProjectRunners(call: UserCall): Reply {
  const project = lookUpProject(call);
  if (!canListProjectRunners(call.world, call.caller, project)) throw forbidden();
  return list(call, readParams(withScope, call.params), usableInProject(call.world, project));
}

function listGroupRunners(call: UserCall): Reply {
  const group = lookUpGroup(call);
  if (!canListGroupRunners(call.world, call.caller, group)) throw forbidden();
  return list(call, readParams(runnerFilters, call.params), usableInGroup(call.world, group));
}

function list(call: UserCall, declared: Declared<typeof withScope>, belongs: (runner: RunnerRecord) => boolean): Reply {
  const { world } = call;
  const fits = (runner: RunnerRecord) =>
    belongs(runner) && matchesScope(world, runner, declared.scope) && matchesFilters(world, runner, declared);
  return paginate(call, world.runners.where(fits), { declared, show: (runner) => showRunner(world, runner) });
}
