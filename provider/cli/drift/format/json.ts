import { makeJsonVisible } from "../../visible.js";
import type { DriftReport } from "../report.js";

export function formatJson(report: DriftReport): string {
  return `${makeJsonVisible(JSON.stringify(report, null, 2))}\n`;
}
