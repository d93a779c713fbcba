import type { FleetRunner } from "../../gitlab/fleet.js";
import { quote } from "../visible.js";

/** What a finding is about. */
export const KINDS = ["stray", "never-contacted", "stale", "missing-manager", "shared-system-id", "stuck-job"] as const;

export type Kind = (typeof KINDS)[number];

/** One thing that somebody should look at. */
export interface Finding {
  kind: Kind;
  /** What it is about, in words: `runner 12 "docker"`. */
  subject: string;
  /** What is found, and what to do. */
  message: string;
  /** GitLab's number of the runner, where it is about one. */
  runnerId?: number;
  /** Resources that name the runner. */
  resources?: readonly { stack: string; resource: string }[];
}

export function nameRunner({ id, description }: FleetRunner): string {
  return description === "" ? `runner ${id}` : `runner ${id} ${quote(description)}`;
}

/** Of a runner, what tells whether somebody needs it. */
export function describeUse(runner: FleetRunner): string {
  const { runnerType, status, paused, contactedAt, createdAt, managers, isRunningJobs } = runner;
  const contact = contactedAt === undefined ? "never contacted" : `${status}, last contact ${contactedAt}`;
  const facts = [
    runnerType.replace("_type", " runner"),
    contact,
    ...(createdAt === undefined ? [] : [`created ${createdAt}`]),
    `${managers.length} ${managers.length === 1 ? "machine" : "machines"}`,
    ...(paused ? ["paused"] : []),
    ...(isRunningJobs ? ["runs jobs now"] : []),
  ];
  return facts.join(", ");
}
