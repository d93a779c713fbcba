import { toArgument } from "../../config/arguments.js";
import { readConfigFile } from "../../config/file.js";
import { isZero, type Value } from "../../config/value.js";
import { getAt } from "../../path.js";
import type { PlacedDifference } from "../differences.js";
import { findKeys } from "./lines.js";
import { type ConfigTomlInputs, restoreInputs } from "./spec.js";
import { assignEntries } from "./state.js";

/**
 * Differences as they are told: a setting that is zero counts as one that is not there, but who wrote `false` or `0`, in
 * the program or in the file, is to read that.
 */
export function showZeros(
  inputs: ConfigTomlInputs,
  text: string,
  differences: readonly PlacedDifference[],
): PlacedDifference[] {
  if (!differences.some(isHalf)) return [...differences];
  const { globals, entries } = readConfigFile(text);
  const { placeOf } = assignEntries(inputs, entries);
  const file = { ...globals, runners: entries };
  const program = restoreInputs(inputs);
  return differences.map((difference) => {
    if (!isHalf(difference)) return difference;
    const { path, declared, observed } = difference;
    return {
      ...difference,
      declared: declared ?? pickZero(getAt(program, path)),
      observed: observed ?? pickZero(getAt(file, findKeys(path, placeOf))),
    };
  });
}

/** Whether it is of a setting, of which one side has nothing. */
function isHalf({ declared, observed, place }: PlacedDifference): boolean {
  return place === undefined && (declared === undefined || observed === undefined);
}

function pickZero(value: unknown): unknown {
  const isEmptyList = Array.isArray(value) && value.length === 0;
  return isEmptyList || value === "0s" || isZero(value as Value) ? toArgument(undefined, value as Value) : undefined;
}
