import { type CommandError, ConcurrentUpdateError, LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import type { Outcome } from "./runAll";

export interface Site {
  folder: string;
  site: string;
  /** Aborted: the Pulumi CLI finishes the steps that it is at, saves the state and gives up its lock. */
  signal: AbortSignal;
}

/** A stack that has nothing to do ends as "unchanged" after some seconds: so the same run again goes on where it stopped. */
export async function up({ folder, site, signal }: Site): Promise<Outcome> {
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: site, workDir: folder });
  return run(stack, signal, async () => (await stack.up({ signal, suppressProgress: true })).summary.resourceChanges);
}

/** The stack itself, with its history and settings, stays. */
export async function destroy({ folder, site, signal }: Site): Promise<Outcome> {
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: site, workDir: folder });
  return run(
    stack,
    signal,
    async () => (await stack.destroy({ signal, suppressProgress: true })).summary.resourceChanges,
  );
}

type Changes = Readonly<Partial<Record<string, number>>>;

async function run(stack: Stack, signal: AbortSignal, work: () => Promise<Changes | undefined>): Promise<Outcome> {
  // An abort that came while the stack was looked up would not be seen by the CLI.
  if (signal.aborted) return { kind: "bad", words: "not begun" };
  try {
    return { kind: "good", words: describeChanges((await work()) ?? {}) };
  } catch (error) {
    return describeFailure(stack, error as CommandError, signal);
  }
}

function describeChanges(changes: Changes): string {
  const counts = Object.entries(changes).filter(([operation]) => operation !== "same");
  return counts.map(([operation, count]) => `${count} ${operation}`).join(", ") || "unchanged";
}

function describeFailure(stack: Stack, error: CommandError, signal: AbortSignal): Outcome {
  if (signal.aborted) return { kind: "bad", words: "stopped", details: "run it again: it goes on where it stopped" };
  const { message } = error;
  if (error instanceof ConcurrentUpdateError)
    return { kind: "bad", words: "locked", details: explainLock(stack, message) };
  const lines = message.split("\n").filter((line) => /\berror\b/.test(line));
  const details = [...new Set(lines.map((line) => line.trim()))].join("\n") || message;
  return { kind: "bad", words: "failed", details };
}

/** The lock of a folder, bucket or database tells who made it and when; Pulumi Cloud's does not. */
function explainLock({ name }: Stack, message: string): string {
  const locks = [...message.matchAll(/: created by (.+) at (\S+)$/gm)];
  const holders = new Set(locks.map(([, holder, time]) => `locked by ${holder} since ${time}`));
  const way = `wait for the end of that run; where its process has died: pulumi cancel --stack ${name}`;
  return [...holders, way].join("\n");
}
