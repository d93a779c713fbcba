import { has, type Milestone } from "../world/version.js";
import type { Route } from "./call.js";
import { Refusal } from "./refusal.js";

/** An endpoint that there is no route for before a version. */
export function since(thing: Milestone, route: Route): Route {
  const answer: Route["answer"] = (call) => {
    if (!has(call.world, thing)) throw new Refusal({ status: 404, body: { error: "404 Not Found" } });
    return route.answer(call);
  };
  return { ...route, answer };
}
