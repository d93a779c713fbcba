import { randomBytes } from "node:crypto";
import { posix } from "node:path";
import { DeliveryError } from "../host.js";
import { describeSelf, isProvablyDead, parseHolder } from "../lockHolder.js";
import { ifThere, type SftpClient, SftpRefusal } from "./client.js";
import { putInPlace, readIfThere, remove, sweep, writeBeside } from "./files.js";

// The same lock as over a shell (see ../ssh/lock), with one difference: nothing of ours runs on the host, so that its
// holder is the process here, and a connection that is cut leaves the lock. That this process is dead can be told on
// this machine alone.

const TIMEOUT_MS = 60_000;
const LONGEST_PAUSE_MS = 500;

/** Locks of this process that are held by a session which still lives. */
const held = new Set<string>();

interface Place {
  file: string;
  /** The lock's folder. */
  lock: string;
  /** Of our file in it. */
  name: string;
}

/**
 * Takes the lock of a file on the host.
 * @returns what gives it back
 */
export async function takeSftpLock(
  sftp: SftpClient,
  file: string,
  timeoutMs = TIMEOUT_MS,
): Promise<() => Promise<void>> {
  const lock = posix.join(posix.dirname(file), `.${posix.basename(file)}.pulumi-lock`);
  const name = `${process.pid}-${randomBytes(6).toString("hex")}.json`;
  const place = { file, lock, name };
  const end = performance.now() + timeoutMs;
  held.add(name);
  try {
    for (let pause = 20; !(await tryToTake(sftp, place)); pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const found = await look(sftp, lock);
      if (found && isDead(found)) await ifThere(sftp.unlink(posix.join(lock, found.name)));
      else if (performance.now() > end) throw describeHolder({ sftp, file, lock, timeoutMs }, found);
      // Not a fixed time: those who wait would come back all at once.
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
    await sweep(sftp, file);
  } catch (error) {
    await giveBack(sftp, lock, name);
    throw error;
  }
  return () => giveBack(sftp, lock, name);
}

async function tryToTake(sftp: SftpClient, { file, lock, name }: Place): Promise<boolean> {
  const mine = posix.join(lock, name);
  await makeLock(sftp, lock);
  if (!(await enter(sftp, { file, mine, name }))) return false;
  if ((await sftp.list(lock)).length === 1) return true;
  await sftp.unlink(mine);
  return false;
}

/** SFTP does not say that it is there already; and when we look, its holder may have taken it away. */
async function makeLock(sftp: SftpClient, lock: string, tries = 5): Promise<void> {
  try {
    await sftp.mkdir(lock);
  } catch (error) {
    const found = await ifThere(sftp.stat(lock));
    if (found?.isDirectory()) return;
    if (found || tries === 1) throw error;
    await makeLock(sftp, lock, tries - 1);
  }
}

/**
 * Written beside, and then moved in: a file that was cut off half-way would not tell whose the lock is.
 * @returns whether it is in; the lock's last holder may take the folder away, or the new one what lies beside it
 */
async function enter(sftp: SftpClient, { file, mine, name }: { file: string; mine: string; name: string }) {
  const stem = posix.join(posix.dirname(file), `.${posix.basename(file)}.${randomBytes(6).toString("hex")}`);
  const content = Buffer.from(JSON.stringify({ ...describeSelf(), by: `process ${process.pid}`, name }));
  await writeBeside(sftp, `${stem}.tmp`, { content });
  try {
    await putInPlace(sftp, { temporary: `${stem}.tmp`, file: mine, isNew: true });
    return true;
  } catch (error) {
    await remove(sftp, `${stem}.tmp`);
    if (error instanceof SftpRefusal && error.kind === "missing") return false;
    throw error;
  }
}

interface Found {
  name: string;
  text: string;
  since: Date;
}

async function look(sftp: SftpClient, lock: string): Promise<Found | undefined> {
  const [name] = (await ifThere(sftp.list(lock))) ?? [];
  if (name === undefined) return undefined;
  const path = posix.join(lock, name);
  const found = await ifThere(sftp.stat(path));
  const text = await readIfThere(sftp, path);
  return found && text && { name, text: text.toString(), since: new Date(found.mtime * 1000) };
}

function isDead({ name, text }: Found): boolean {
  const holder = parseHolder(text);
  if (!holder) return false;
  const self = describeSelf();
  const isOurs = holder.pid === self.pid && holder.started === self.started && holder.machine === self.machine;
  // A session of this very process that was cut off.
  if (isOurs && holder.pidSpace === self.pidSpace && holder.host === self.host && text.includes(`"name":"${name}"`))
    return !held.has(name);
  return isProvablyDead(holder, self);
}

async function giveBack(sftp: SftpClient, lock: string, name: string): Promise<void> {
  held.delete(name);
  try {
    await sftp.unlink(posix.join(lock, name));
    await sftp.rmdir(lock);
  } catch (error) {
    // Somebody else holds it by now, or it is gone.
    if (!(error instanceof SftpRefusal)) throw error;
  }
}

interface Waited {
  sftp: SftpClient;
  file: string;
  lock: string;
  timeoutMs: number;
}

function describeHolder({ sftp, file, lock, timeoutMs }: Waited, found: Found | undefined): DeliveryError {
  const holder = parseHolder(found?.text ?? "");
  const who = holder ? `process ${holder.pid} on ${holder.host}` : "somebody unknown";
  const since = found ? ` since ${found.since.toISOString()}` : "";
  return new DeliveryError(
    file,
    `on ${sftp.target.host} is being changed by ${who}${since}; waited ${timeoutMs / 1000} s`,
    `Nothing was written. Run again when that has ended; if no such process runs any more, remove the folder ${lock} there first`,
  );
}
