import { GitLabRunnerError } from "../errors.js";
import { isWindowsPath } from "./target.js";
import type { Trial } from "./trial.js";

/** A machine to which files are delivered. */
export interface Host {
  /** How messages go on after a path: nothing for this machine, ` on NAME` for another one. */
  readonly where: string;
  /**
   * The file's own path there: the given one, GitLab Runner's own for that system and user where none is given, or the one
   * in a Docker volume. Undefined where there is no such volume, so that there can be no file.
   */
  locate(path: string | undefined): Promise<string | undefined>;
  /** The file's text; undefined when there is none. Bytes that are no UTF-8 come as half a character each. */
  read(path: string): Promise<string | undefined>;
  /**
   * Replaces the file as a whole or not at all; mode 0600, in a folder that is made (0700) where it is missing.
   * @param like the file whose owner it gets, where that is there: else it keeps its own, and a new one gets its folder's
   */
  write(path: string, text: string, like?: string): Promise<void>;
  /**
   * Likewise, where the file still holds `from` at the last moment: GitLab Runner knows nothing of our locks, and may have
   * saved it meanwhile. Otherwise nothing is done, and the answer is false. The machine's check comes before, its hook
   * after; when one fails, the file is as it was. What was there before stays beside it: see `lastGoodOf`.
   */
  swap(path: string, from: string | undefined, to: string): Promise<boolean>;
  /** Removes the file; no error when there is none. */
  remove(path: string): Promise<void>;
  /** Copies the file beside itself and tells where the copy is. */
  keepCopy(path: string): Promise<string>;
  /**
   * Does `act` while nobody else, in this process or another one, works on the same file. `act` gets the path of the
   * file itself, where the given one is a link. The folder is made where it is missing.
   */
  exclusively<T>(path: string, act: (file: string) => Promise<T>): Promise<T>;
}

/** A file in the same folder, by what it is called there. A backslash ends a folder on Windows alone. */
export function besideOf(file: string, nameOf: (base: string) => string): string {
  const isWindows = process.platform === "win32" || isWindowsPath(file);
  return file.replace(isWindows ? /[^/\\]*$/ : /[^/]*$/, nameOf);
}

/** Where the file that was replaced last is kept, mode 0600: one for each config.toml. */
export function lastGoodOf(file: string): string {
  return besideOf(file, (base) => `.${base}.pulumi-last-good`);
}

const LEFT_OVER = /^\.[0-9a-f]{12}\.(tmp|old|last|out|out\.late)$/;

/** Whether a name in the folder of a file is what somebody who was killed has left there; for the lock's holder alone. */
export function isLeftOver(base: string, name: string): boolean {
  return name.startsWith(`.${base}.`) && LEFT_OVER.test(name.slice(base.length + 1));
}

/** Where a file is to lie, beyond its path, and what the machine does with it. */
export interface Site {
  /** Of Docker. */
  volume?: string;
  trial: Trial;
}

/** A path in a volume, below its folder on the machine. */
export function joinVolume(folder: string, path = "config.toml"): string {
  return `${folder.replace(/\/+$/, "")}/${path}`;
}

/** Thrown when a file cannot be read, written or removed; the file is as it was before. */
export class DeliveryError extends GitLabRunnerError {
  constructor(
    readonly path: string,
    what: string,
    advice: string,
  ) {
    super(`path: ${path} ${what}. ${advice}`);
  }
}
