import { randomBytes } from "node:crypto";
import { posix } from "node:path";
import type { Stats } from "ssh2";
import { isLeftOver, lastGoodOf } from "../host.js";
import { ifThere, ignoreUnsupported, type SftpClient, SftpRefusal } from "./client.js";

const { basename, dirname, join } = posix;

/** As SFTP writes a path of Windows: `/C:/GitLab-Runner/config.toml`. */
export function toWire(path: string): string {
  return /^[A-Za-z]:[\\/]/.test(path) ? `/${path.replaceAll("\\", "/")}` : path;
}

const MOST_LINKS = 40;

/** The file itself, where the path is a symbolic link; it need not be there. */
export async function follow(sftp: SftpClient, path: string): Promise<string> {
  let file = path;
  for (let links = 0; (await ifThere(sftp.lstat(file)))?.isSymbolicLink(); links++) {
    if (links === MOST_LINKS) throw new SftpRefusal("failed", "Too many levels of symbolic links");
    const next = await sftp.readlink(file);
    file = next.startsWith("/") ? next : join(dirname(file), next);
  }
  return file;
}

function requireFile(found: Stats): void {
  if (found.isDirectory()) throw new SftpRefusal("failed", "Is a directory");
  if (!found.isFile()) throw new SftpRefusal("failed", "No regular file");
}

export async function readIfThere(sftp: SftpClient, path: string): Promise<Buffer | undefined> {
  const found = await ifThere(sftp.stat(path));
  if (!found) return undefined;
  // To open a pipe waits for its writer.
  requireFile(found);
  const handle = await ifThere(sftp.open(path));
  if (!handle) return undefined;
  try {
    return await sftp.read(handle);
  } finally {
    await sftp.closeHandle(handle);
  }
}

/** The file itself, in a folder that is there and has one name. */
export async function findPlace(sftp: SftpClient, path: string): Promise<string> {
  const file = await follow(sftp, path);
  await makeFolder(sftp, dirname(file));
  return join(await sftp.realpath(dirname(file)), basename(file));
}

async function makeFolder(sftp: SftpClient, folder: string): Promise<void> {
  const found = await ifThere(sftp.stat(folder));
  if (found?.isDirectory()) return;
  if (found) throw new SftpRefusal("failed", "Not a directory");
  if (dirname(folder) !== folder) await makeFolder(sftp, dirname(folder));
  try {
    await sftp.mkdir(folder);
    await takeOwner(sftp, folder, await sftp.stat(dirname(folder)));
  } catch (error) {
    // Another one may have made it meanwhile.
    if (!(await ifThere(sftp.stat(folder)))?.isDirectory()) throw error;
  }
}

/** A Runner that is not root could not read what root has made. Only root's files can be given away. */
async function takeOwner(sftp: SftpClient, path: string, { uid, gid }: Stats): Promise<void> {
  const made = await sftp.stat(path);
  if (made.uid === 0 && (uid !== 0 || gid !== made.gid)) await sftp.chown(path, { uid, gid });
}

interface NewFile {
  content: Buffer;
  /** Whose owner it gets; absent: ours. */
  like?: Stats;
}

/** @returns the handle of the file, which stays open */
async function writeNew(sftp: SftpClient, path: string, { content, like }: NewFile): Promise<Buffer> {
  const handle = await sftp.create(path);
  try {
    await sftp.write(handle, content);
    if (like) await takeOwner(sftp, path, like);
    return handle;
  } catch (error) {
    // Before what was written is removed, and there is room again.
    const told = await nameFullDisk(sftp, path, error);
    await sftp.closeHandle(handle);
    throw told;
  }
}

/** Less than a page: a write that failed then failed for it. */
export const LITTLE_BYTES = 4_096;

/** SFTP has no word for a full disk. */
async function nameFullDisk(sftp: SftpClient, path: string, error: unknown): Promise<unknown> {
  if (!(error instanceof SftpRefusal) || error.kind !== "failed") return error;
  const space = await sftp.space(dirname(path)).catch(() => undefined);
  return space && space.free < LITTLE_BYTES ? new SftpRefusal("failed", "No space left on device") : error;
}

export async function writeBeside(sftp: SftpClient, path: string, file: NewFile): Promise<void> {
  await sftp.closeHandle(await writeNew(sftp, path, file));
}

/** How a file is replaced. */
export interface Replacement {
  content: Buffer;
  /** Absent: whatever is there. `missing`: nothing. */
  expected?: Buffer | "missing";
  keepsLast: boolean;
  /** The file whose owner it gets. */
  like?: string;
}

export type Replaced = "done" | "changed" | "spoiled";

/** A temporary file in the same folder, renamed over the old one; what does not read back as it was sent is undone. */
export async function replace(
  sftp: SftpClient,
  file: string,
  { content, expected, keepsLast, like: model }: Replacement,
): Promise<Replaced> {
  const old = await ifThere(sftp.stat(file));
  if (old) requireFile(old);
  const found = model === undefined ? undefined : await ifThere(sftp.stat(model));
  const like = found ?? old ?? (await sftp.stat(dirname(file)));
  const stem = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString("hex")}`);
  const [temporary, kept] = [`${stem}.tmp`, `${stem}.old`];
  try {
    const handle = await writeNew(sftp, temporary, { content, like });
    try {
      const present = await readIfThere(sftp, file);
      if (!isAsExpected(present, expected)) return "changed";
      if (present && old) await keep(sftp, { file, kept, stem, present, like: old, keepsLast });
      await putInPlace(sftp, { temporary, file, isNew: present === undefined });
      return await verify(sftp, { file, handle, content, kept: present && kept });
    } finally {
      await sftp.closeHandle(handle);
    }
  } finally {
    await remove(sftp, temporary);
    await remove(sftp, kept);
  }
}

function isAsExpected(present: Buffer | undefined, expected: Replacement["expected"]): boolean {
  if (expected === undefined) return true;
  return expected === "missing" ? present === undefined : present?.equals(expected) === true;
}

interface Keeping {
  file: string;
  kept: string;
  stem: string;
  present: Buffer;
  like: Stats;
  keepsLast: boolean;
}

/** A second name for what is replaced, or a copy where the server knows no second names; and the copy that stays. */
async function keep(sftp: SftpClient, { file, kept, stem, present, like, keepsLast }: Keeping): Promise<void> {
  const content = present;
  await sftp.link(file, kept).catch(() => writeBeside(sftp, kept, { content, like }));
  if (!keepsLast) return;
  const copy = `${stem}.last`;
  try {
    await writeBeside(sftp, copy, { content, like });
    await sftp.rename(copy, lastGoodOf(file));
  } catch (error) {
    await remove(sftp, copy);
    throw error;
  }
}

interface Placing {
  temporary: string;
  file: string;
  isNew: boolean;
}

/** Onto what is there, or onto nothing where the server knows no more. */
export async function putInPlace(sftp: SftpClient, { temporary, file, isNew }: Placing): Promise<void> {
  try {
    await sftp.rename(temporary, file);
  } catch (error) {
    if (!isNew) throw error;
    ignoreUnsupported(error);
    await sftp.move(temporary, file);
  }
}

interface Verifying {
  file: string;
  /** Of the new file, whatever its name. */
  handle: Buffer;
  content: Buffer;
  kept: string | undefined;
}

async function verify(sftp: SftpClient, { file, handle, content, kept }: Verifying): Promise<Replaced> {
  if ((await readIfThere(sftp, file))?.equals(content)) return "done";
  // It is whole, so that somebody else, such as GitLab Runner, has put another file in its place: that one stays.
  if ((await sftp.read(handle)).equals(content)) return "done";
  if (kept === undefined) await sftp.unlink(file);
  else await sftp.rename(kept, file);
  return "spoiled";
}

/** What is not there any more needs no removal; what cannot be removed is swept away by the next holder of the lock. */
export async function remove(sftp: SftpClient, path: string): Promise<void> {
  await sftp.unlink(path).catch(() => {});
}

/** What somebody who was cut off has left beside the file; for the lock's holder alone. */
export async function sweep(sftp: SftpClient, file: string): Promise<void> {
  const names = await sftp.list(dirname(file));
  for (const name of names.filter((name) => isLeftOver(basename(file), name))) {
    await remove(sftp, join(dirname(file), name));
  }
}
