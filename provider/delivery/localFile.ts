import { randomBytes } from "node:crypto";
import { constants, type Stats } from "node:fs";
import {
  chown,
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { decode } from "./decode.js";
import { type Exchange, exchange, requireText } from "./exchange.js";
import { isLeftOver, lastGoodOf } from "./host.js";

export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readRegular(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** To open a pipe waits for its writer, unless it is opened like this; a device might never end. */
async function readRegular(path: string): Promise<string> {
  const { O_RDONLY, O_NONBLOCK = 0 } = constants;
  const file = await open(path, O_RDONLY | O_NONBLOCK);
  try {
    requireFile(await file.stat());
    return decode(await file.readFile());
  } finally {
    await file.close();
  }
}

function requireFile(found: Stats): void {
  if (found.isDirectory()) throw Object.assign(new Error("it is a directory"), { code: "EISDIR" });
  if (!found.isFile()) throw Object.assign(new Error("it is no regular file"), { code: "ENXIO" });
}

/** The file itself, in a folder that is there. */
export async function findPlace(path: string): Promise<string> {
  const target = await followLink(path);
  await makeFolder(dirname(target));
  return target;
}

/** How a file is replaced. */
export interface Replacement extends Partial<Pick<Exchange, "isStill" | "settle">> {
  /** Asked about the new file before it takes its place. */
  examine?: (temporary: string) => Promise<void>;
  /** The file whose owner it gets. */
  like?: string;
  /** Whether what is replaced stays beside the file. */
  keepsLast?: boolean;
}

/**
 * A temporary file in the same folder, renamed over the old one: a reader sees the old text or the new one, whole. What
 * does not read back as it was written is undone.
 * @returns whether it was done: asked at the last moment, `isStill` may say no
 */
export async function replace(path: string, text: string, how: Replacement = {}): Promise<boolean> {
  const target = await findPlace(path);
  const folder = dirname(target);
  const old = await statIfThere(target);
  if (old) requireFile(old);
  const model = how.like === undefined ? undefined : await statIfThere(how.like);
  const owner = model ?? old ?? (await stat(folder));
  const temporary = join(folder, `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await writeDurably(temporary, { content: text, owner });
    await how.examine?.(temporary);
    const confirm = async () => {
      await syncFolder(folder);
      await requireText(target, text);
    };
    const isStill = async () => {
      if (how.isStill && !(await how.isStill())) return false;
      if (how.keepsLast && old) await keepLast(target, { temporary, owner });
      return true;
    };
    return await exchange({ target, temporary, isStill, confirm, settle: how.settle });
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** A copy, since the file itself may have other names, and a wider mode. */
async function keepLast(target: string, { temporary, owner }: { temporary: string; owner: Stats }): Promise<void> {
  const copy = temporary.replace(/\.tmp$/, ".last");
  try {
    await writeDurably(copy, { content: await readFile(target), owner });
    await rename(copy, lastGoodOf(target));
  } catch (error) {
    await rm(copy, { force: true });
    throw error;
  }
}

/** Node's own recursive mkdir never ends where the file system denies a folder with ENOENT, as /proc does. */
async function makeFolder(folder: string): Promise<void> {
  if ((await statIfThere(folder))?.isDirectory()) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  try {
    await mkdir(folder, { mode: 0o700 });
    if (process.getuid?.() === 0) {
      const { uid, gid } = await stat(dirname(folder));
      await chown(folder, uid, gid);
    }
  } catch (error) {
    // Another resource of the same program may have made it meanwhile.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/** Renaming over a symbolic link would leave the file that it names as it was, or never make it. */
async function followLink(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    const next = await readLinkIfThere(path);
    return next === undefined ? path : followLink(next);
  }
}

/** Where a link leads that leads nowhere yet. */
async function readLinkIfThere(path: string): Promise<string | undefined> {
  try {
    return resolve(await realpath(dirname(path)), await readlink(path));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** What a process that was killed has left beside the file, tokens in it; for the lock's holder alone. */
export async function sweep(file: string): Promise<void> {
  const names = await readdir(dirname(file)).catch(() => []);
  for (const name of names.filter((name) => isLeftOver(basename(file), name))) {
    await rm(join(dirname(file), name), { force: true }).catch(() => {});
  }
}

/** The link is somebody else's; what it names is the file that we wrote, with the tokens in it. */
export async function removeThroughLink(path: string): Promise<void> {
  await rm(await followLink(path), { force: true });
}

export async function statIfThere(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

interface NewFile {
  content: string | Buffer;
  owner: Stats;
}

async function writeDurably(path: string, { content, owner }: NewFile): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(content);
    await takeOwner(file, owner);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A Runner that does not run as root could not read what root has made. */
async function takeOwner(file: FileHandle, { uid, gid }: Stats): Promise<void> {
  if (process.getuid?.() === 0) await file.chown(uid, gid);
}

/** Without this a crash of the machine could undo the rename. Windows opens no folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
