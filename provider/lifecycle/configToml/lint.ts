import { type Finding, lintConfiguration } from "../../config/lint/lint.js";
import { formatKeys } from "../../config/load.js";
import type { TypeName } from "../../config/schema/table.js";
import { readTemplate } from "../../config/template.js";
import type { Problem } from "../../errors.js";
import { formatPath, getAt, type Path } from "../../path.js";
import { isUnknown, prune } from "../check.js";
import { toArgumentPath } from "./argumentPath.js";
import { type ConfigTomlInputs, type EntryInputs, render } from "./spec.js";
import { makeShield } from "./state.js";
import { warnOfTemplates } from "./templates.js";

/** What lint says of a ConfigToml's arguments. */
export interface Lint {
  /** GitLab Runner would refuse the file. */
  problems: Problem[];
  /** It takes the file, but cannot use a setting, or the file does harm, lacks something, or could be better. */
  warnings: Problem[];
}

/**
 * The rules of `pulumi-gitlab-runner lint` on what the arguments render to, told by argument. Arguments that have the
 * right shape come here. While a setting is not known yet nothing is said: the `up` that knows it asks again.
 */
export function lintInputs(inputs: ConfigTomlInputs): Lint {
  if (!areRunnersKnown(inputs)) return { problems: [], warnings: [] };
  const known = fillRunners(inputs);
  // The identity of a new stack is no setting.
  if (prune({ ...known, stack: undefined }).gaps.length > 0) return { problems: [], warnings: [] };
  const { globals, entries } = render(known);
  const isPart = inputs.ownership === "entries" && inputs.concurrent === undefined;
  const { concurrent, ...rest } = globals;
  const configuration = {
    globals: isPart ? rest : globals,
    entries: [...entries.values()],
    isManaged: true,
    isPart,
  };
  const findings = lintConfiguration(configuration).map((finding) => ({
    severity: finding.severity,
    problem: nameArgument(finding, { inputs: known, keys: [...entries.keys()] }),
  }));
  const list = (isWanted: (severity: Finding["severity"]) => boolean) =>
    findings.filter(({ severity }) => isWanted(severity)).map(({ problem }) => problem);
  const warnings = list((severity) => severity !== "fatal");
  return {
    problems: list((severity) => severity === "fatal"),
    warnings: [...warnings, ...warnOfTemplates(known, entries)],
  };
}

/** Entries and their runners, but for the values in them. */
function areRunnersKnown({ runners }: ConfigTomlInputs): boolean {
  return !isUnknown(runners) && !Object.values(runners).some((entry) => isUnknown(entry) || isUnknown(entry.runner));
}

/** A runner that is made in this very run has no token yet; each gets one of its own, so that none looks like another. */
function fillRunners(inputs: ConfigTomlInputs): ConfigTomlInputs {
  const entries = Object.entries(inputs.runners).map(([key, entry]) => [key, fillRunner(key, entry)] as const);
  return { ...inputs, runners: Object.fromEntries(entries) };
}

function fillRunner(key: string, { runner, ...settings }: EntryInputs): EntryInputs {
  const { url, id, token } = runner;
  const isKnown = !isUnknown(token) && !isUnknown(token.value);
  const filled = {
    url: isUnknown(url) ? "https://unknown.invalid" : url,
    id: isUnknown(id) ? 0 : id,
    token: isKnown ? withoutGaps(token) : { value: `unknown ${key}` },
  };
  return { ...settings, runner: filled };
}

function withoutGaps<T extends object>(value: T): T {
  return prune(value).known as T;
}

interface Named {
  inputs: ConfigTomlInputs;
  /** Of the entries, in the order in which they are rendered. */
  keys: readonly string[];
}

function nameArgument({ path, message, rule }: Finding, { inputs, keys }: Named): Problem {
  const isTelling = makeShield("lint", inputs).show(message) !== message;
  const said = isTelling ? `breaks the rule ${rule} of "pulumi-gitlab-runner lint"` : message;
  const [first, index, ...rest] = path;
  if (first !== "runners" || typeof index !== "number")
    return { path: nameKeys("GlobalConfiguration", [], path), message: said };
  const start = ["runners", keys[index] ?? ""];
  if (FROM_RUNNER.has(String(rest[0])))
    return { path: formatPath([...start, "runner"]), message: `its ${rest[0]} ${said}` };
  const argument = toArgumentPath("RunnerConfiguration", start, rest);
  const template = inputs.runners[String(start[1])]?.template;
  const isFromTemplate = template !== undefined && getAt(readTemplate(template).entry, rest) !== undefined;
  if (!isFromTemplate || getAt(inputs, argument) !== undefined) return { path: formatPath(argument), message: said };
  return { path: formatPath([...start, "template"]), message: `its ${formatKeys(["runners", 0, ...rest])} ${said}` };
}

const FROM_RUNNER = new Set(["url", "id", "token", "token_obtained_at", "token_expires_at"]);

function nameKeys(type: TypeName, start: Path, keys: Path): string {
  return formatPath(toArgumentPath(type, start, keys));
}
