import { randomBytes } from "node:crypto";
import { chmod, copyFile } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { runCommand, runShell } from "./command.js";
import { defaultPath } from "./defaultPath.js";
import { DeliveryError, type Host, joinVolume, type Site } from "./host.js";
import { codeOf, findPlace, readIfThere, removeThroughLink, replace, statIfThere, sweep } from "./localFile.js";
import { takeLock } from "./lock.js";
import { CommandFailure, explainCheck, NO_TRIAL } from "./trial.js";
import { explainVolume } from "./volume.js";

const DEFAULT_TIMEOUT_S = 30;

/** This machine. A relative path counts from the Pulumi project. */
export class LocalHost implements Host {
  readonly where = "";

  constructor(private readonly site: Site & { timeout?: number } = { trial: NO_TRIAL }) {}

  async locate(path: string | undefined): Promise<string | undefined> {
    const { volume } = this.site;
    if (volume !== undefined) return this.#findInVolume(volume, path);
    return path ?? findDefault();
  }

  read(path: string): Promise<string | undefined> {
    return explain(path, "cannot be read", () => readIfThere(resolve(path)));
  }

  async write(path: string, text: string, like?: string): Promise<void> {
    const how = like === undefined ? {} : { like: resolve(like) };
    await explain(path, "cannot be written", () => replace(resolve(path), text, how));
  }

  swap(path: string, from: string | undefined, to: string): Promise<boolean> {
    const { check, hook } = this.site.trial;
    const isStill = async () => (await readIfThere(resolve(path))) === from;
    const examine = check && ((temporary: string) => this.#examine(temporary, { path, text: to }));
    const settle = hook === undefined ? undefined : () => this.#callHook(hook, { path, text: to });
    return explain(path, "cannot be written", () =>
      replace(resolve(path), to, { isStill, examine, settle, keepsLast: true }),
    );
  }

  remove(path: string): Promise<void> {
    return explain(path, "cannot be removed", () => removeThroughLink(resolve(path)));
  }

  keepCopy(path: string): Promise<string> {
    return explain(path, "cannot be copied", () => copyBeside(resolve(path)));
  }

  async exclusively<T>(path: string, act: (file: string) => Promise<T>): Promise<T> {
    const file = await explain(path, "cannot be written", () => findPlace(resolve(path)));
    return takeTurn(file, async () => {
      const giveBack = await explain(path, "cannot be written", () => takeLock(file));
      try {
        await sweep(file);
        return await act(file);
      } finally {
        await giveBack();
      }
    });
  }

  async #findInVolume(volume: string, path: string | undefined): Promise<string | undefined> {
    const args = ["volume", "inspect", "--format", "{{.Mountpoint}}", volume];
    const { exitCode, words } = await runCommand("docker", args, this.#timeout);
    if (exitCode === 0 && (await isFolder(words.trim()))) return joinVolume(words.trim(), path);
    if (exitCode !== 0 && /no such volume/i.test(words)) return undefined;
    const problem = exitCode === 0 ? `${words.trim()}: its folder is not there, or may not be seen` : words.trim();
    throw explainVolume({ volume, path, where: this.where }, problem);
  }

  async #examine(temporary: string, { path, text }: { path: string; text: string }): Promise<void> {
    const result = await runCommand("gitlab-runner", ["lint", "--config", temporary], this.#timeout);
    if (result.exitCode !== 0) throw explainCheck({ path, where: this.where, text, trial: this.site.trial }, result);
  }

  async #callHook(hook: string, { path, text }: { path: string; text: string }): Promise<void> {
    const result = await runShell(hook, this.#timeout);
    if (result.exitCode !== 0)
      throw new CommandFailure({ path, where: this.where, text, trial: this.site.trial }, result);
  }

  get #timeout(): number {
    return (this.site.timeout ?? DEFAULT_TIMEOUT_S) * 1000;
  }
}

/** This machine, where nothing is asked of it. */
export const localHost: Host = new LocalHost();

function findDefault(): string {
  const system = { win32: "Windows", freebsd: "FreeBSD" }[process.platform as string] ?? process.platform;
  const isRoot = process.getuid?.() === 0;
  return defaultPath({ system, isRoot, home: process.env.HOME || homedir(), folder: process.cwd() });
}

async function isFolder(path: string): Promise<boolean> {
  return path !== "" && (await statIfThere(path).catch(() => undefined))?.isDirectory() === true;
}

const turns = new Map<string, Promise<unknown>>();

/** One after the other for each file: Pulumi runs resources side by side in one process. */
function takeTurn<T>(file: string, act: () => Promise<T>): Promise<T> {
  const turn = (turns.get(file) ?? Promise.resolve()).then(act, act);
  turns.set(file, turn);
  return turn;
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
  ENAMETOOLONG:
    "The file's name, with what is put before and after it for the files beside it, is too long: choose a shorter one",
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
