import { parseDuration } from "../../duration.js";
import type { Table, Value } from "../../value.js";
import { checkPeriod, isTimezone } from "../periods.js";
import { checkRegex } from "../regex.js";
import {
  type Fault,
  forEachEntry,
  forEachItem,
  forEachSetting,
  listAt,
  type Rule,
  type Setting,
  tableAt,
  textAt,
} from "../rule.js";
import { findNear } from "../suggest.js";

/** Single values that have the right kind and still cannot be used. */
export const VALUE_RULES: readonly Rule[] = [
  forEachSetting("unknown-word", "error", (setting) =>
    strayWords(setting, (word, choices) => !choices.some((choice) => choice.toLowerCase() === word.toLowerCase())),
  ),
  forEachSetting("word-case", "warning", (setting) =>
    strayWords(setting, (word, choices) => choices.some((choice) => choice.toLowerCase() === word.toLowerCase())),
  ),
  forEachSetting("deprecated-key", "warning", ({ field }) =>
    field.deprecated ? [`is deprecated: ${field.deprecated}`] : [],
  ),
  forEachSetting("invalid-period", "fatal", ({ field, value }) =>
    /^periods$/i.test(field.key) ? forEachItem(value as string[], checkPeriod) : [],
  ),
  forEachSetting("invalid-timezone", "error", ({ field, value }) =>
    /^timezone$/i.test(field.key) && !isTimezone(value as string)
      ? ['is no time zone: write one of the tz database, such as "Europe/Berlin", "UTC" or "Local"']
      : [],
  ),
  forEachSetting("invalid-job-regex", "fatal", ({ field, value }) =>
    field.key === "jobs_running_for_project" ? checkRegex(value as string) : [],
  ),
  forEachSetting("invalid-regex", "error", ({ type, field, value }) =>
    type === "KubernetesConfig" && REGEX.test(field.key) ? checkRegex(value as string) : [],
  ),
  forEachSetting("invalid-size", "error", ({ type, field, value }) =>
    type === "DockerConfig" && MEMORY.test(field.key) && !isSize(value as string, field.key)
      ? ['is no size: write a number with a unit, such as "512m" or "2g"']
      : [],
  ),
  forEachSetting("invalid-quantity", "error", ({ type, field, value }) =>
    QUANTITY.test(field.key) && /^Kubernetes/.test(type) && !isQuantity(value as string)
      ? ['is no Kubernetes quantity: write one such as "500m", "2" or "512Mi"']
      : [],
  ),
  forEachSetting("idle-time-too-short", "error", ({ field, value }) => {
    const length = field.key === "idle_time" ? (parseDuration(value as string) ?? 0n) : 0n;
    return length !== 0n && length < 1_000_000_000n ? ['must be at least "1s": a bare number counts nanoseconds'] : [];
  }),
  forEachSetting("environment-item", "harmful", ({ field, value }) =>
    field.key === "environment"
      ? forEachItem(value as string[], (item) =>
          /^[^=]+=/.test(item) ? [] : ["is not NAME=value, so the Runner drops it: write it so"],
        )
      : [],
  ),
  forEachSetting("nfs-volume-not-complete", "fatal", (setting) =>
    setting.field.key === "nfs" ? checkVolumes(setting, ["name", "mount_path", "server", "path"]) : [],
  ),
  forEachSetting("volume-not-complete", "error", (setting) =>
    setting.field.key === "nfs" ? [] : checkVolumes(setting, ["name", "mount_path"]),
  ),
  forEachEntry("machine-options", "fatal", (entry, path) => {
    const machine = tableAt(entry, "machine");
    const options = listAt(machine, "MachineOptionsWithName").map((option, index) => [String(option), index] as const);
    return options
      .filter(([option]) => !option.includes("%s"))
      .map(([, index]) => ({
        path: [...path, "machine", "MachineOptionsWithName", index],
        message: "has no %s, where the machine's name goes: gitlab-runner does not start",
      }));
  }),
  forEachEntry("machine-name", "error", (entry, path) => {
    const name = textAt(tableAt(entry, "machine") ?? {}, "MachineName");
    if (name === "" || name.includes("%s")) return [];
    const message = 'has no %s, where each machine gets its own part: write it like "runner-%s"';
    return [{ path: [...path, "machine", "MachineName"], message }];
  }),
];

type IsStray = (word: string, choices: readonly string[]) => boolean;

/** Words that are none of those that the Runner knows; empty is not set. */
function strayWords({ field, value }: Setting, isStray: IsStray): Fault[] {
  const choices = field.enum?.filter((choice) => choice !== "");
  if (!choices) return [];
  const check = (word: string) =>
    word !== "" && !choices.includes(word) && isStray(word, choices) ? [explainChoices(choices, word)] : [];
  return Array.isArray(value) ? forEachItem(value as string[], check) : check(value as string);
}

function explainChoices(choices: readonly string[], word: string): string {
  const near = findNear(word, choices);
  const list = choices.map((choice) => JSON.stringify(choice));
  const wanted = `must be ${list.slice(0, -1).join(", ")} or ${list.at(-1)}`;
  return near ? `${wanted}; did you mean "${near}"?` : wanted;
}

const REGEX =
  /^(namespace|node_selector|node_tolerations|pod_labels|service_account|pod_annotations)_overwrite_allowed$/;

const MEMORY = /^(service_)?memory(_swap|_reservation)?$/;

function isSize(text: string, key: string): boolean {
  if (text === "" || (key.endsWith("_swap") && text === "-1")) return true;
  return /^\d+(\.\d+)? ?([kmgtp]i?)?b?$/i.test(text);
}

const QUANTITY = /((^|_)(cpu|memory|ephemeral_storage)_(limit|request)(_overwrite_max_allowed)?|^size_limit)$/;

function isQuantity(text: string): boolean {
  return text === "" || /^[+-]?(\d+(\.\d*)?|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.test(text);
}

/** What a volume cannot do without. The load fails for an nfs volume only; Kubernetes refuses the others. */
function checkVolumes({ type, value }: Setting, needed: readonly string[]): Fault[] {
  if (type !== "KubernetesVolumes") return [];
  return forEachItem(value as Table[], (volume) => {
    const missing = needed.filter((key) => isBlank(volume[key]));
    return missing.length > 0 ? [`lacks ${missing.join(", ")}: no volume works without`] : [];
  });
}

function isBlank(value: Value | undefined): boolean {
  return value === undefined || value === "";
}
