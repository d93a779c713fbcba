import { parseDocument, type TomlDocument } from "../../config/document.js";
import { EXTRA_TOML } from "../../config/extraToml.js";
import { readConfigFile } from "../../config/file.js";
import { respell } from "../../config/respell.js";
import { findByArgument } from "../../config/schema/field.js";
import type { TypeName } from "../../config/schema/table.js";
import { TomlSyntaxError } from "../../errors.js";
import type { Path } from "../../path.js";
import type { PlacedDifference } from "../differences.js";
import type { ConfigTomlInputs } from "./spec.js";
import { assignEntries } from "./state.js";

/**
 * The differences with the lines where they stand in the file, for whoever is going to look at it. A setting that the file
 * does not have is shown at the table in which it is missing.
 */
export function addLines(
  inputs: ConfigTomlInputs,
  text: string,
  differences: readonly PlacedDifference[],
): PlacedDifference[] {
  const document = differences.length > 0 ? tryToParse(text) : undefined;
  if (!document) return [...differences];
  const { placeOf } = assignEntries(inputs, readConfigFile(text).entries);
  return differences.map((difference) => {
    const place = difference.place ?? findKeys(difference.path, placeOf);
    return { ...difference, line: difference.line ?? findLine(document, place) };
  });
}

function tryToParse(text: string): TomlDocument | undefined {
  try {
    return parseDocument(text);
  } catch (error) {
    // That is the difference then, and it has its line.
    if (error instanceof TomlSyntaxError) return undefined;
    throw error;
  }
}

function findLine(document: TomlDocument, place: Path): number | undefined {
  const path = respell(document.table, place);
  for (let length = path.length; length > 0; length--) {
    const located = document.locate(path.slice(0, length));
    if (located) return located.key.line;
  }
  return undefined;
}

/** GitLab's keys of a path of arguments; entries have names there, and numbers in the file. */
export function findKeys([first, name, ...rest]: Path, placeOf: ReadonlyMap<string, number>): Path {
  if (first !== "runners") return translate("GlobalConfiguration", [first, name, ...rest].filter(isStep));
  const place = placeOf.get(String(name));
  if (place === undefined) return [];
  const inside = rest[0] === "runner" ? rest.slice(1) : rest;
  return ["runners", place, ...translate("RunnerConfiguration", inside)];
}

function isStep(step: string | number | undefined): step is string | number {
  return step !== undefined;
}

function translate(type: TypeName, path: Path): Path {
  let at: TypeName | undefined = type;
  return path.flatMap((step): Path => {
    if (typeof step === "number") return [step];
    if (at && step === EXTRA_TOML) {
      at = undefined;
      return [];
    }
    const field = at && findByArgument(at, step);
    at = field?.type;
    return [field?.key ?? step];
  });
}
