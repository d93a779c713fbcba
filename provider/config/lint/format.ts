import { createHash } from "node:crypto";
import type { PlacedFinding } from "./lint.js";

/** A finding with the file that it was found in. */
export interface FileFinding extends PlacedFinding {
  file: string;
}

export const FORMATS: Readonly<Record<string, (findings: readonly FileFinding[]) => string>> = {
  text: (findings) => findings.map((finding) => `${formatLine(finding)}\n`).join(""),
  json: (findings) => formatJson(findings.map(({ anchor, ...finding }) => finding)),
  codequality: (findings) => formatJson(toCodeQuality(findings)),
};

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** As compilers write it, so that editors find the place. */
function formatLine({ file, line, column, severity, rule, path, message }: FileFinding): string {
  return `${file}:${line}:${column}: ${severity}: ${path === "" ? "" : `${path} `}${message} [${rule}]`;
}

/** GitLab's words for how bad it is. */
const CODE_QUALITY = { fatal: "blocker", error: "critical", harmful: "major", warning: "minor" } as const;

/** @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
function toCodeQuality(findings: readonly FileFinding[]): object[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { file, line, severity, rule, path, message } = finding;
    const identity = JSON.stringify([file, rule, finding.anchor]);
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    return {
      description: path === "" ? message : `${path} ${message}`,
      check_name: rule,
      fingerprint: createHash("sha256").update(`${identity} ${count}`).digest("hex"),
      severity: CODE_QUALITY[severity],
      location: { path: file, lines: { begin: line } },
    };
  });
}
