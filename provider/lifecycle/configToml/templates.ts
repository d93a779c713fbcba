import { toTable } from "../../config/arguments.js";
import { readTemplate } from "../../config/template.js";
import { type TemplateWarning, warnOfTemplate } from "../../config/templateWarnings.js";
import type { Table } from "../../config/value.js";
import type { Problem } from "../../errors.js";
import { formatPath } from "../../path.js";
import { toArgumentPath } from "./argumentPath.js";
import type { ConfigTomlInputs, EntryInputs } from "./spec.js";

/** Where the merge of a template may surprise although the Runner does just that, told by argument. */
export function warnOfTemplates(inputs: ConfigTomlInputs, entries: ReadonlyMap<string, Table>): Problem[] {
  return [...entries].flatMap(([key, { executor }]) => {
    const { runner, template, ...settings } = inputs.runners[key] as EntryInputs;
    if (template === undefined) return [];
    const declared = { name: key, ...toTable("RunnerConfiguration", settings) };
    const warnings = warnOfTemplate(declared, readTemplate(template), executor as string);
    return warnings.map((warning) => nameArgument(key, warning));
  });
}

function nameArgument(key: string, { of, path, message }: TemplateWarning): Problem {
  const entry = ["runners", key];
  if (of === "setting") return { path: formatPath(toArgumentPath("RunnerConfiguration", entry, path)), message };
  return { path: formatPath([...entry, "template"]), message: `its ${formatPath(path)} ${message}` };
}
