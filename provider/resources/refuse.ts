import * as pulumi from "@pulumi/pulumi";
import { describeProblem, type Problem } from "../errors.js";

/** What a program gave that its resource's provider would never see, or not understand. Pulumi shows the message alone. */
export function refuse(resource: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  throw new pulumi.RunError(problems.map((problem) => `${resource}: ${describeProblem(problem)}`).join("\n"));
}
