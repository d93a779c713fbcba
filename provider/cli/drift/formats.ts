import { formatCodeQuality } from "./format/codeQuality.js";
import { formatHtml } from "./format/html.js";
import { formatJson } from "./format/json.js";
import { formatJunit } from "./format/junit.js";
import { formatMarkdown } from "./format/markdown.js";
import { formatText } from "./format/text.js";
import type { DriftReport } from "./report.js";

/** The forms of a report, by the word of `--format`. */
export const FORMATS: Readonly<Record<string, (report: DriftReport) => string>> = {
  text: formatText,
  json: formatJson,
  markdown: formatMarkdown,
  junit: formatJunit,
  codequality: formatCodeQuality,
  html: formatHtml,
};
