import { constants } from "node:fs";
import { copyFile, link, readFile, rename, rm, stat } from "node:fs/promises";
import { DeliveryError } from "./host.js";
import { CommandFailure, type Outcome } from "./trial.js";

/** A file that is to take another one's place. */
export interface Exchange {
  /** What is replaced, if it is there. */
  target: string;
  /** The new file, beside it. */
  temporary: string;
  /** Asked at the last moment; where it says no, nothing is done. */
  isStill: () => Promise<boolean>;
  /** What must be done when the new file is in place; when it fails, the last good one comes back. */
  confirm: () => Promise<void>;
  /** What the machine does after that; when it fails, likewise. */
  settle?: () => Promise<void>;
}

/**
 * Puts the new file in place, and the last good one back when it does not stand.
 * @returns whether it was done
 */
export async function exchange({ target, temporary, isStill, confirm, settle }: Exchange): Promise<boolean> {
  const kept = await keepLast(target, temporary.replace(/\.tmp$/, ".old"));
  try {
    const { ino } = await stat(temporary, { bigint: true });
    if (!(await isStill())) {
      await rm(temporary, { force: true });
      return false;
    }
    await rename(temporary, target);
    try {
      await confirm();
      await settle?.();
    } catch (error) {
      explainUndone(await undo({ target, kept, ino }), { target, error });
    }
    return true;
  } finally {
    if (kept !== undefined) await rm(kept, { force: true });
  }
}

/** A second name for the file, or a copy where the file system knows no second names; undefined when there is none. */
async function keepLast(target: string, kept: string): Promise<string | undefined> {
  try {
    await link(target, kept);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    await copyFile(target, kept, constants.COPYFILE_EXCL);
  }
  return kept;
}

interface Undoing {
  target: string;
  kept: string | undefined;
  /** Tells our file from one that somebody else has put there meanwhile. */
  ino: bigint;
}

async function undo({ target, kept, ino }: Undoing): Promise<Outcome> {
  const present = await stat(target, { bigint: true }).catch(() => undefined);
  // GitLab Runner, say, has saved its own: that one stays.
  if (present?.ino !== ino) return "other";
  if (kept === undefined) await rm(target, { force: true });
  else await rename(kept, target);
  return kept === undefined ? "gone" : "back";
}

function explainUndone(outcome: Outcome, { target, error }: { target: string; error: unknown }): void {
  if (error instanceof CommandFailure) throw error.explain(outcome);
  if (outcome === "other") return;
  const reason = error instanceof Error ? (codeOf(error) ?? error.message) : "unknown";
  const what = `was not stored as it should be (${reason})`;
  throw new DeliveryError(target, what, "What was there before is back. Look at the disk, and run again");
}

/** That the file holds the text, as it can be read back. */
export async function requireText(file: string, text: string): Promise<void> {
  if ((await readFile(file)).equals(Buffer.from(text))) return;
  throw new Error("it reads back otherwise");
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
