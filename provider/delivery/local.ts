import { randomBytes } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { chmod, chown, copyFile, mkdir, open, readlink, realpath, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { decode } from "./decode.js";
import { exchange, requireText } from "./exchange.js";
import { DeliveryError, type Host } from "./host.js";
import { takeLock } from "./lock.js";

/** This machine. A relative path counts from the Pulumi project. */
export const localHost: Host = {
  where: "",
  read: (path) => explain(path, "cannot be read", () => readIfThere(resolve(path))),
  write: async (path, text) => {
    await explain(path, "cannot be written", () => replace(resolve(path), text));
  },
  swap: (path, from, to) => {
    const isStill = async () => (await readIfThere(resolve(path))) === from;
    return explain(path, "cannot be written", () => replace(resolve(path), to, isStill));
  },
  remove: (path) => explain(path, "cannot be removed", () => removeThroughLink(resolve(path))),
  keepCopy: (path) => explain(path, "cannot be copied", () => copyBeside(resolve(path))),
  exclusively: async (path, act) => {
    const file = await explain(path, "cannot be written", () => findPlace(resolve(path)));
    return takeTurn(file, async () => {
      const giveBack = await explain(path, "cannot be written", () => takeLock(file));
      try {
        return await act(file);
      } finally {
        await giveBack();
      }
    });
  },
};

async function readIfThere(path: string): Promise<string | undefined> {
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

const turns = new Map<string, Promise<unknown>>();

/** One after the other for each file: Pulumi runs resources side by side in one process. */
function takeTurn<T>(file: string, act: () => Promise<T>): Promise<T> {
  const turn = (turns.get(file) ?? Promise.resolve()).then(act, act);
  turns.set(file, turn);
  return turn;
}

/** The file itself, in a folder that is there. */
async function findPlace(path: string): Promise<string> {
  const target = await followLink(path);
  await makeFolder(dirname(target));
  return target;
}

/**
 * A temporary file in the same folder, renamed over the old one: a reader sees the old text or the new one, whole. What
 * does not read back as it was written is undone.
 * @returns whether it was done: asked at the last moment, `isStill` may say no
 */
async function replace(path: string, text: string, isStill = async () => true): Promise<boolean> {
  const target = await findPlace(path);
  const folder = dirname(target);
  const old = await statIfThere(target);
  if (old) requireFile(old);
  const temporary = join(folder, `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await writeDurably(temporary, text);
    // A Runner that does not run as root could no longer read a file that root has replaced.
    if (old && process.getuid?.() === 0) await chown(temporary, old.uid, old.gid);
    const confirm = async () => {
      await syncFolder(folder);
      await requireText(target, text);
    };
    return await exchange({ target, temporary, isStill, confirm });
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Node's own recursive mkdir never ends where the file system denies a folder with ENOENT, as /proc does. */
async function makeFolder(folder: string): Promise<void> {
  if ((await statIfThere(folder))?.isDirectory()) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  try {
    await mkdir(folder, { mode: 0o700 });
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

/** The link is somebody else's; what it names is the file that we wrote, with the tokens in it. */
async function removeThroughLink(path: string): Promise<void> {
  await rm(await followLink(path), { force: true });
}

async function statIfThere(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
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

async function copyBeside(path: string): Promise<string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const copy = `${path}.${time}-${randomBytes(2).toString("hex")}.bak`;
  await copyFile(path, copy);
  await chmod(copy, 0o600);
  return copy;
}

const ADVICE: Record<string, string> = {
  EISDIR: "Name a file in it, such as config.toml",
  ENXIO: "It is a pipe, a socket or a device: choose another path",
  EACCES: "Give the user who runs Pulumi the right to do this, or choose another path",
  EPERM: "Give the user who runs Pulumi the right to do this, or choose another path",
  EROFS: "The file system is read-only: choose another path",
  ENOTDIR: "A part of the path is a file, not a folder: choose another path",
  ENOSPC: "Free some space on the disk",
  EDQUOT: "Free some space: the user's quota is used up",
  ELOOP: "The symbolic links lead in a circle: mend them",
  ENOENT: "A symbolic link on the way leads nowhere, or the folder cannot be made there: choose another path",
};

async function explain<T>(path: string, what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new DeliveryError(path, `${what} (${code})`, ADVICE[code] ?? "Look at the path on the machine");
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
