import type { Reply } from "../../http/reply.js";
import { findRegistrationHome } from "../../world/registration.js";
import { addRunner, type NewRunner } from "../../world/runners.js";
import { normalizeTags } from "../../world/tags.js";
import type { Call, Route } from "../call.js";
import { type Declared, mutuallyExclusive, optional, readParams, required } from "../declare.js";
import { checkNewRunner } from "../newRunnerRules.js";
import { flag, hash, text } from "../paramTypes.js";
import { forbidden, refuse } from "../refusal.js";
import { showNewRunner } from "../represent/token.js";
import { runnerAttributes } from "../runnerParams.js";
import { runnerRoute } from "../runnerRoute.js";

const declaration = {
  token: required(text),
  maintainer_note: optional(text),
  info: optional(hash),
  active: optional(flag),
  ...runnerAttributes,
};
const rules = [mutuallyExclusive(["maintainer_note", "maintenance_note"]), mutuallyExclusive(["active", "paused"])];

type Wish = Declared<typeof declaration>;

/** The retired way to make a runner, by a registration token. */
export const registerRunnerRoutes: Route[] = [runnerRoute("POST", "/runners", registerRunner)];

function registerRunner(call: Call): Reply {
  const { world } = call;
  const wish = readParams(declaration, call.params, rules);
  const home = findRegistrationHome(world, wish.token ?? "");
  if (home === null) throw forbidden("invalid token supplied");
  if (home === "disallowed") throw refuse(410, "410 Gone - runner registration disallowed");
  const fresh: NewRunner = { ...readAttributes(wish), ...home, registrationType: "registration_token" };
  checkNewRunner(world, fresh, (problems) => refuse(400, problems));
  return { status: 201, body: showNewRunner(addRunner(world, fresh)) };
}

// As on creation by a user, empty values count as absent.
function readAttributes(wish: Wish): Omit<NewRunner, "runnerType"> {
  const note = wish.maintenance_note ?? wish.maintainer_note;
  const name = wish.info?.name;
  return {
    name: typeof name === "string" && name.trim() ? name : null,
    description: wish.description?.trim() ? wish.description : null,
    maintenanceNote: note?.trim() ? note : null,
    paused: wish.paused ?? (wish.active == null ? false : !wish.active),
    locked: wish.locked ?? false,
    accessLevel: wish.access_level ?? "not_protected",
    runUntagged: wish.run_untagged ?? true,
    tagList: normalizeTags(wish.tag_list ?? []),
    maximumTimeout: wish.maximum_timeout ?? null,
  };
}
