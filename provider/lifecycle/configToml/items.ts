import { holdsUnknown } from "../check.js";
import type { Properties } from "../method.js";
import { isKept } from "../runnerSet/kept.js";
import type { ConfigTomlInputs, EntryInputs } from "./spec.js";

/** The inputs, not checked yet, where a preview does not know a set's token that yet will not change, with the former one. */
export function settleItems(former: Partial<ConfigTomlInputs>, inputs: Partial<ConfigTomlInputs>): Properties {
  const { runners } = inputs;
  if (typeof runners !== "object" || runners === null) return inputs;
  const entries = Object.entries(runners).map(([key, entry]) => [key, settle(former.runners?.[key], entry)]);
  return { ...inputs, runners: Object.fromEntries(entries) };
}

function settle(former: EntryInputs | undefined, entry: EntryInputs | null): EntryInputs | null {
  const { item, token, id } = entry?.runner ?? {};
  if (former === undefined || item === undefined || !(holdsUnknown(token) || holdsUnknown(id))) return entry;
  if (entry === null || !isKept(item, former.runner)) return entry;
  return { ...entry, runner: { ...entry.runner, id: former.runner.id, token: former.runner.token } };
}
