import { GitLabRunnerError } from "../errors.js";

/** A machine to which files are delivered. */
export interface Host {
  /** How messages go on after a path: nothing for this machine, ` on NAME` for another one. */
  readonly where: string;
  /** The file's text; undefined when there is none. Bytes that are no UTF-8 come as half a character each. */
  read(path: string): Promise<string | undefined>;
  /** Replaces the file as a whole or not at all; mode 0600, in a folder that is made (0700) where it is missing. */
  write(path: string, text: string): Promise<void>;
  /**
   * Likewise, where the file still holds `from` at the last moment: GitLab Runner knows nothing of our locks, and may have
   * saved it meanwhile. Otherwise nothing is done, and the answer is false.
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
