import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DeliveryError } from "./host.js";
import { describeSelf, type Holder, isProvablyDead, parseHolder } from "./lockHolder.js";

// A lock is a folder beside the file, and in it one file that says who holds it, under a name of its own. It is taken by
// renaming a prepared folder onto it, which fails while it holds a file; it is given back, or taken from a dead holder,
// by removing the file of that very holder. So nobody can break another lock than the one they looked at, which a lock
// that is a single file, made with O_EXCL, cannot give: between looking and removing, it may be a new one.

const TIMEOUT_MS = 60_000;
const LONGEST_PAUSE_MS = 150;

/** How long to wait for others. */
export interface LockOptions {
  timeoutMs?: number;
}

/**
 * Takes the lock of a file from all other processes that ask for it.
 * @param target the file itself, not a link to it; its folder exists
 * @returns what gives the lock back
 * @throws DeliveryError that says who holds the lock since when, where that one does not end in time
 */
export async function takeLock(target: string, options: LockOptions = {}): Promise<() => Promise<void>> {
  const lock = join(dirname(target), `.${basename(target)}.pulumi-lock`);
  const owner = await take(lock, { target, timeoutMs: options.timeoutMs ?? TIMEOUT_MS });
  await sweep(lock);
  return () => giveBack(lock, owner);
}

interface Wait {
  target: string;
  timeoutMs: number;
}

/** @returns the name of our file in the lock */
async function take(lock: string, { target, timeoutMs }: Wait): Promise<string> {
  const owner = `${process.pid}-${randomBytes(6).toString("hex")}.json`;
  const prepared = `${lock}.${owner}`;
  const end = performance.now() + timeoutMs;
  try {
    for (let pause = 5; !(await tryToTake(lock, { owner, prepared })); pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await breakIfDead(lock);
      if (performance.now() > end) throw await describeHolder(lock, { target, timeoutMs });
      // Not a fixed time: those who wait would come back all at once.
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  } catch (error) {
    await rm(prepared, { recursive: true, force: true });
    throw error;
  }
  const now = new Date();
  await utimes(join(lock, owner), now, now);
  return owner;
}

/** EEXIST and ENOTEMPTY say that somebody holds it; ENOENT, that its holder has swept our prepared folder away. */
const IS_HELD = ["EEXIST", "ENOTEMPTY", "ENOENT", ...(process.platform === "win32" ? ["EPERM", "EACCES"] : [])];

async function tryToTake(lock: string, { owner, prepared }: { owner: string; prepared: string }): Promise<boolean> {
  if (!(await prepare(prepared, owner))) return false;
  // Windows renames onto no folder at all, not even onto an empty one.
  if (process.platform === "win32") await removeEmpty(lock);
  try {
    await rename(prepared, lock);
    return true;
  } catch (error) {
    if (IS_HELD.includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}

/** @returns whether it is there; the lock's holder may sweep it away while it is still empty */
async function prepare(folder: string, owner: string): Promise<boolean> {
  if (await isThere(folder)) return true;
  await mkdir(folder, { mode: 0o700 });
  try {
    // A machine that loses its power must not leave a lock of which nobody can tell whose it is.
    await writeFile(join(folder, owner), JSON.stringify(describeSelf()), { flag: "wx", mode: 0o600, flush: true });
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

async function isThere(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

async function giveBack(lock: string, owner: string): Promise<void> {
  await removeFile(join(lock, owner));
  await removeEmpty(lock);
}

async function breakIfDead(lock: string): Promise<void> {
  const found = await findHolder(lock);
  if (found?.holder && isProvablyDead(found.holder, describeSelf())) await removeFile(found.file);
}

interface Found {
  file: string;
  /** Undefined when its file cannot be understood. */
  holder?: Holder;
  since: Date;
}

async function findHolder(lock: string): Promise<Found | undefined> {
  try {
    const [name] = await readdir(lock);
    if (name === undefined) return undefined;
    const file = join(lock, name);
    return { file, since: (await stat(file)).mtime, holder: parseHolder(await readFile(file, "utf8")) };
  } catch (error) {
    // Given back while we looked.
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function describeHolder(lock: string, { target, timeoutMs }: Wait): Promise<DeliveryError> {
  const found = await findHolder(lock);
  const who = found?.holder ? `process ${found.holder.pid} on ${found.holder.host}` : "somebody unknown";
  const since = found ? ` since ${found.since.toISOString()}` : "";
  const what = `is being changed by ${who}${since}; waited ${timeoutMs / 1000} s`;
  return new DeliveryError(
    target,
    what,
    `Nothing was written. Run again when that has ended; if no such process runs any more, remove the folder ${lock} first`,
  );
}

/**
 * Prepared folders of processes that were killed before they got the lock. Only the lock's holder may do this; what it
 * cannot remove does no harm.
 */
async function sweep(lock: string): Promise<void> {
  const folder = dirname(lock);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((name) => name.startsWith(`${basename(lock)}.`))) {
    await breakIfDead(join(folder, name)).catch(() => {});
    await removeEmpty(join(folder, name));
  }
}

async function removeFile(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

async function removeEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch {
    // Somebody holds it by now, or it is gone.
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
