import { describeProblem, type Problem } from "../../errors.js";
import { formatPath, type Path } from "../../path.js";
import { listChangedLeaves } from "../leaves.js";
import { mergeTemplate, readTemplate, type Template } from "../template.js";
import { type TemplateWarning, warnOfTemplate } from "../templateWarnings.js";
import type { Table } from "../value.js";
import type { Environment } from "./commandLine.js";
import { CommandFailure } from "./failure.js";
import { expandCredentials } from "./loadFile.js";

/** An entry after the merge. */
export interface Filled {
  entry: Table;
  /** Where the template gave the value. */
  paths: Path[];
  /** Where the merge may surprise, once the executor is known. */
  warnings: (executor: string) => Problem[];
}

/** Fills an entry from the template that flag or environment names, before any question is asked. */
export function fillFromTemplate(
  file: string,
  text: string | undefined,
  { values, environment }: { values: Table; environment: Environment },
): Filled {
  const before = values.entry as Table;
  if (file === "") return { entry: before, paths: [], warnings: () => [] };
  const template = readNamedTemplate(file, text);
  const entry = mergeTemplate(before, expandCredentials(template.entry, environment));
  const paths = listChangedLeaves(before, entry).map(({ path }) => path);
  const warnings = (executor: string) => warnOfTemplate(before, template, executor).map(namePath);
  return { entry, paths, warnings };
}

function readNamedTemplate(file: string, text: string | undefined): Template {
  if (text === undefined) {
    throw new CommandFailure(
      `--template-config: there is no file ${JSON.stringify(file)} (in a container: is it mounted there?)`,
    );
  }
  const template = readTemplate(text);
  if (template.problems.length === 0) return template;
  const lines = template.problems.map(describeProblem);
  throw new CommandFailure(`--template-config: ${JSON.stringify(file)}: ${lines.join("\n")}`);
}

function namePath({ of, path, message }: TemplateWarning): Problem {
  return { path: formatPath(of === "template" ? ["template", ...path] : path), message };
}
