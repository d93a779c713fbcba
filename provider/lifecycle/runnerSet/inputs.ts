import { z } from "zod";
import type { Problem } from "../../errors.js";
import { formatPath } from "../../path.js";
import { findProblems, isUnknown } from "../check.js";
import type { Properties } from "../method.js";
import { normalizeRunnerInputs, withoutMissing } from "../runner/attributes.js";
import { checkItemInputs, checkScope, commonShape } from "../runner/inputs.js";
import { placeIn } from "./place.js";

const NEED_OF_ITEMS = "must be a map: name -> settings of a runner";

const item = z.record(z.string(), z.unknown(), { error: "must be the settings of a runner" });

const shape = commonShape.extend({
  items: z.record(z.string(), item, { error: NEED_OF_ITEMS }),
  isBySize: z.boolean().optional(),
});

function isMap(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Arguments in one form, so that equal settings look equal. Any value is taken. */
export function normalizeSetInputs(inputs: Properties): Properties {
  const { items, ...common } = normalizeRunnerInputs(withoutMissing(inputs));
  if (!isMap(items)) return { ...common, items };
  const normalized = Object.entries(items).map(([name, settings]) => [
    name,
    isMap(settings) ? normalizeRunnerInputs(withoutMissing(settings)) : settings,
  ]);
  return { ...common, items: Object.fromEntries(normalized) };
}

/** All that is wrong with a RunnerSet's arguments; none of it needs GitLab. `olds` were accepted before. */
export function checkSetInputs(inputs: Properties, olds: Properties): Problem[] {
  const { items, ...common } = inputs;
  const problems = [...findProblems(shape, inputs), ...checkScope(common, olds)];
  if (!isMap(items)) return problems;
  const known = isMap(olds.items) ? olds.items : {};
  const inItems = Object.entries(items).flatMap(([name, settings]) => {
    const found = isMap(settings) ? checkItemInputs(settings, common, !Object.hasOwn(known, name)) : [];
    return [...checkName(name), ...found.map((problem) => placeIn(name, problem))];
  });
  return [...problems, ...inItems, ...checkAdoptions(items)];
}

function checkName(name: string): Problem[] {
  return name.trim() === "" ? [{ path: formatPath(["items", name]), message: "needs a name that is not blank" }] : [];
}

/** One runner cannot be two items. */
function checkAdoptions(items: Properties): Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [name, settings] of Object.entries(items)) {
    const adopt = isMap(settings) && isMap(settings.adopt) ? settings.adopt : {};
    if (adopt.runnerId === undefined || isUnknown(adopt.runnerId)) continue;
    const other = first.get(String(adopt.runnerId));
    const message = `is the same runner as in ${formatPath(["items", other ?? ""])}: adopt it once`;
    if (other !== undefined) problems.push({ path: formatPath(["items", name, "adopt", "runnerId"]), message });
    else first.set(String(adopt.runnerId), name);
  }
  return problems;
}
