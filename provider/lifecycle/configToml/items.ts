import { holdsUnknown } from "../check.js";
import { isKept } from "../runnerSet/kept.js";
import type { ConfigTomlInputs, EntryInputs } from "./spec.js";

/** The inputs, where a preview does not know a set's token that yet will not change, with what state has of it. */
export function settleItems(former: ConfigTomlInputs, inputs: ConfigTomlInputs): ConfigTomlInputs {
  if (typeof inputs.runners !== "object") return inputs;
  const entries = Object.entries(inputs.runners).map(([key, entry]) => [key, settle(former.runners[key], entry)]);
  return { ...inputs, runners: Object.fromEntries(entries) };
}

function settle(former: EntryInputs | undefined, entry: EntryInputs): EntryInputs {
  const { item, token, id } = entry.runner ?? {};
  if (former === undefined || item === undefined || !(holdsUnknown(token) || holdsUnknown(id))) return entry;
  if (!isKept(item, former.runner)) return entry;
  return { ...entry, runner: { ...entry.runner, id: former.runner.id, token: former.runner.token } };
}
