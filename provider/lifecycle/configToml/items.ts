import { holdsUnknown } from "../check.js";
import type { Properties } from "../method.js";
import { isKept } from "../runnerSet/kept.js";
import type { ConfigTomlInputs, EntryInputs } from "./spec.js";

type Runner = EntryInputs["runner"];

/** The inputs, where a preview does not know a set's token that yet will not change, with what state has of it. */
export function settleItems(former: ConfigTomlInputs, inputs: ConfigTomlInputs): ConfigTomlInputs {
  return settle(former, inputs, ({ id, token }) => ({ id, token })) as ConfigTomlInputs;
}

/**
 * The same for inputs that are not checked yet, with the runner's number alone: what `check` returns in the place of what
 * is not known, the engine takes for no secret, and shows.
 */
export function settleNumbers(former: Partial<ConfigTomlInputs>, inputs: Properties): Properties {
  return settle(former, inputs, ({ id }) => ({ id }));
}

function settle(
  former: Partial<ConfigTomlInputs>,
  inputs: Partial<ConfigTomlInputs>,
  pick: (runner: Runner) => Partial<Runner>,
): Properties {
  const { runners } = inputs;
  if (typeof runners !== "object" || runners === null) return inputs;
  const entries = Object.entries(runners).map(([key, entry]: [string, EntryInputs | null]) => {
    const before = former.runners?.[key]?.runner;
    const { item, token, id } = entry?.runner ?? {};
    const isOpen = item !== undefined && (holdsUnknown(token) || holdsUnknown(id));
    if (entry === null || before === undefined || !isOpen || !isKept(item, before)) return [key, entry];
    return [key, { ...entry, runner: { ...entry.runner, ...pick(before) } }];
  });
  return { ...inputs, runners: Object.fromEntries(entries) };
}
