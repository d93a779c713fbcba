import type { DriftReport } from "../report.js";
import { makeJsonVisible } from "../visible.js";

export function formatJson(report: DriftReport): string {
  return `${makeJsonVisible(JSON.stringify(report, null, 2))}\n`;
}
