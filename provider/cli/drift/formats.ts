import { formatJson } from "./format/json.js";
import { formatText } from "./format/text.js";
import type { DriftReport } from "./report.js";

/** The forms of a report, by the word of `--format`. */
export const FORMATS: Readonly<Record<string, (report: DriftReport) => string>> = {
  text: formatText,
  json: formatJson,
};
